//! The frame around the marks: ranges, ticks, labels, the legend.

use crate::chart::Chart;

use super::legend::{LegendEntry, legend};
use super::pen::{Anchor, Ink, Pen};
use super::scale::{AxisScale, Extent};
use super::text_width::{LABEL, ROW, SMALL, fit, width};
use super::ticks::{RuleLabel, rule_labels, x_ticks, y_ticks};

/// The positions of everything.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) x: AxisScale,
    pub(super) y: AxisScale,
    x_ticks: Vec<(f64, String)>,
    y_ticks: Vec<(f64, String)>,
    keys: Vec<LegendEntry>,
    words: Vec<RuleLabel>,
}

impl Frame {
    /// Arrange `chart` on a sheet of `wide` × `high` pixels.
    pub(super) fn arrange(chart: &Chart, wide: f64, high: f64) -> Self {
        let extent = Extent::of(&chart.marks);
        let (from, to) = extent.x(chart.x.range);
        let (low, high_value) = extent.y(chart.y.range);
        let label_room = width(&chart.y.label, LABEL).min(wide - 24.0);
        let (keys, key_rows) = legend(&chart.marks, wide, label_room);
        let top = 6.0 + ROW * key_rows as f64 + if key_rows > 0 { 6.0 } else { 0.0 };
        let bottom = 8.0 + ROW + if chart.x.label.is_empty() { 0.0 } else { ROW };
        let mut y = AxisScale {
            from: low,
            to: high_value,
            start: high - bottom,
            end: top,
        };

        let y_ticks = y_ticks(&chart.y, &y, wide);
        let gutter = y_ticks
            .iter()
            .map(|tick| width(&tick.1, SMALL))
            .fold(0.0, f64::max);
        let left = 4.0 + gutter + 8.0;
        let x = AxisScale {
            from,
            to,
            start: left,
            end: (wide - 12.0).max(left + 10.0),
        };
        let x_ticks = x_ticks(&chart.x, &x);
        let (words, word_rows) = rule_labels(&chart.marks, &x, y.end);
        y.end += word_rows as f64 * ROW;
        Self {
            x,
            y,
            x_ticks,
            y_ticks,
            keys,
            words,
        }
    }

    /// The parts below the marks: grid, ticks and text.
    pub(super) fn draw(&self, pen: &mut Pen<'_>, chart: &Chart, wide: f64, high: f64) {
        let (left, right) = (self.x.start, self.x.end);
        for (value, word) in &self.y_ticks {
            let y = self.y.place(*value);
            pen.line(&[(left, y), (right, y)], Ink::Grid, 1.0);
            pen.word(word, (left - 6.0, y), SMALL, Anchor::End, Ink::Soft);
        }
        let floor = self.y.start;
        pen.line(&[(left, floor), (right, floor)], Ink::Soft, 1.0);
        for (value, word) in &self.x_ticks {
            let x = self.x.place(*value);
            pen.line(&[(x, floor), (x, floor + 4.0)], Ink::Soft, 1.0);
            let half = width(word, SMALL) / 2.0 + 4.0;
            // The first and last labels stay on the sheet.
            let x = x.clamp(half.min(wide / 2.0), (wide - half).max(wide / 2.0));
            pen.word(word, (x, floor + 13.0), SMALL, Anchor::Middle, Ink::Soft);
        }
        let label = fit(&chart.x.label, LABEL, right - left);
        pen.word(&label, (right, high - 9.0), LABEL, Anchor::End, Ink::Word);
        let label = fit(&chart.y.label, LABEL, wide - 24.0);
        pen.word(&label, (4.0, 10.0), LABEL, Anchor::Start, Ink::Word);
        for key in &self.keys {
            key.draw(pen);
        }
        for word in &self.words {
            pen.word(&word.word, word.at, SMALL, word.anchor, Ink::Word);
        }
    }
}

impl Frame {
    /// A message instead of marks if there are none.
    pub(super) fn draw_nothing(&self, pen: &mut Pen<'_>) {
        let middle = |scale: &AxisScale| f64::midpoint(scale.start, scale.end);
        let place = (middle(&self.x), middle(&self.y));
        pen.word("nothing to show", place, LABEL, Anchor::Middle, Ink::Soft);
    }
}
