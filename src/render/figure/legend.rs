//! The legend: small swatches with their names.

use crate::chart::{Marks, Tone};

use super::marks;
use super::pen::{Anchor, Ink, Pen};
use super::text_width::{ROW, SMALL, fit, width};

/// One entry of the legend, with the position of its swatch.
#[derive(Debug)]
pub(super) struct LegendEntry {
    name: String,
    sample: Swatch,
    tone: Tone,
    at: (f64, f64),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Swatch {
    Line,
    Point,
    Block,
    Pale,
}

/// Space between a swatch and its label, and between a label and the next swatch.
const SAMPLE: f64 = 16.0;
const KEY_GAP: f64 = 16.0;

/// Space between the label of the y axis and the first entry: with less, it would look like an
/// entry.
const LABEL_GAP: f64 = 48.0;

/// Entries from left to right: to the right of the y axis label if all of them fit there, or on
/// rows below it.
pub(super) fn legend(marks: &[Marks], wide: f64, label_room: f64) -> (Vec<LegendEntry>, usize) {
    let named = marks.iter().filter_map(|mark| match mark {
        Marks::Line { name, tone, .. } => Some((name, Swatch::Line, *tone)),
        Marks::Points { name, tone, .. } => Some((name, Swatch::Point, *tone)),
        Marks::Bars { name, tone, .. } => Some((name, Swatch::Block, *tone)),
        Marks::Band { name, tone, .. } => Some((name, Swatch::Pale, *tone)),
        Marks::Rule { .. } => None,
    });
    let labelled = label_room > 0.0;
    let named: Vec<(String, Swatch, Tone)> = named
        .filter(|(name, _, _)| !name.is_empty())
        .map(|(name, sample, tone)| (fit(name, SMALL, wide - SAMPLE - 12.0), sample, tone))
        .collect();
    let room_of = |name: &str| SAMPLE + width(name, SMALL);
    let all: f64 = named.iter().map(|(name, _, _)| room_of(name)).sum();
    let all = all + KEY_GAP * named.len().saturating_sub(1) as f64;
    let (mut x, mut row) = if !labelled {
        (4.0, 0)
    } else if 4.0 + label_room + LABEL_GAP + all <= wide - 8.0 {
        (wide - 8.0 - all, 0)
    } else {
        (4.0, 1)
    };
    let mut keys = Vec::new();
    for (name, sample, tone) in named {
        let room = room_of(&name);
        if x > 4.0 && x + room > wide - 7.5 {
            (x, row) = (4.0, row + 1);
        }
        keys.push(LegendEntry {
            name,
            sample,
            tone,
            at: (x, 10.0 + ROW * f64::from(row)),
        });
        x += room + KEY_GAP;
    }
    let rows = if keys.is_empty() {
        usize::from(labelled)
    } else {
        row as usize + 1
    };
    (keys, rows)
}

impl LegendEntry {
    pub(super) fn draw(&self, pen: &mut Pen<'_>) {
        let (x, y) = self.at;
        let ink = Ink::Tone(self.tone);
        let block = ((x, x + 10.0), (y - 5.0, y + 5.0));
        match self.sample {
            Swatch::Line => pen.line(
                &[(x - 2.0, y), (x + 12.0, y)],
                ink,
                marks::line_width(self.tone),
            ),
            Swatch::Point => marks::point(pen, (x + 5.0, y), self.tone, 1),
            Swatch::Block => pen.rectangle(block.0, block.1, ink, 0.9),
            Swatch::Pale => pen.rectangle(block.0, block.1, ink, 1.6 * marks::BAND_OPACITY),
        }
        pen.word(&self.name, (x + SAMPLE, y), SMALL, Anchor::Start, Ink::Word);
    }
}
