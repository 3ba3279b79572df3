//! Labels along the axes and at rules, without overlaps.

use crate::chart::{self, Axis, Marks};

use super::pen::Anchor;
use super::scale::AxisScale;
use super::text_width::{ROW, SMALL, fit, width};

/// The label of a vertical rule, and its position.
#[derive(Debug)]
pub(super) struct RuleLabel {
    pub(super) word: String,
    pub(super) at: (f64, f64),
    pub(super) anchor: Anchor,
}

/// Names narrower than this are unreadable: every other one is omitted instead.
const LEAST_NAME: f64 = 40.0;

/// Ticks of the vertical axis.
pub(super) fn y_ticks(axis: &Axis, y: &AxisScale, wide: f64) -> Vec<(f64, String)> {
    let high = (y.start - y.end).abs();
    if axis.ticks.is_empty() {
        return chart::ticks(y.from, y.to, (high / 34.0).clamp(2.0, 6.0) as usize);
    }
    let seen: Vec<&(f64, String)> = axis.ticks.iter().filter(|tick| y.holds(tick.0)).collect();
    let stride = (seen.len() as f64 * 13.0 / high.max(1.0)).ceil().max(1.0) as usize;
    let room = (wide * 0.35).min(150.0);
    let short = |tick: &&(f64, String)| (tick.0, fit(&tick.1, SMALL, room));
    seen.iter().step_by(stride).map(short).collect()
}

/// Ticks of the horizontal axis: names are truncated or thinned out, never rotated.
pub(super) fn x_ticks(axis: &Axis, x: &AxisScale) -> Vec<(f64, String)> {
    let wide = x.end - x.start;
    if axis.ticks.is_empty() {
        return chart::ticks(x.from, x.to, (wide / 62.0).clamp(2.0, 9.0) as usize);
    }
    let mut seen: Vec<&(f64, String)> = axis.ticks.iter().filter(|tick| x.holds(tick.0)).collect();
    seen.sort_by(|a, b| a.0.total_cmp(&b.0));
    let widest = seen
        .iter()
        .map(|tick| width(&tick.1, SMALL))
        .fold(0.0, f64::max);
    for stride in 1..=seen.len() {
        let shown: Vec<&&(f64, String)> = seen.iter().step_by(stride).collect();
        let gap = shown
            .windows(2)
            .map(|pair| x.place(pair[1].0) - x.place(pair[0].0))
            .fold(wide, f64::min);
        let room = gap - 8.0;
        if room >= widest || room >= LEAST_NAME || shown.len() == 1 {
            let room = if shown.len() == 1 { wide } else { room };
            return shown
                .into_iter()
                .map(|tick| (tick.0, fit(&tick.1, SMALL, room)))
                .collect();
        }
    }
    Vec::new()
}

/// Labels of rules; on a lower row if two would overlap.
pub(super) fn rule_labels(marks: &[Marks], x: &AxisScale, top: f64) -> (Vec<RuleLabel>, usize) {
    let mut rules: Vec<(f64, &str)> = marks
        .iter()
        .filter_map(|mark| match mark {
            Marks::Rule { at, name } if x.holds(*at) && !name.is_empty() => {
                Some((x.place(*at), name.as_str()))
            }
            _ => None,
        })
        .collect();
    rules.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut row_ends: Vec<f64> = Vec::new();
    let mut words = Vec::new();
    for (place, name) in rules {
        let to_right = x.end - place >= place - x.start || x.end - place > width(name, SMALL) + 6.0;
        let room = if to_right {
            x.end - place
        } else {
            place - x.start
        } - 5.0;
        let word = fit(name, SMALL, room);
        let wide = width(&word, SMALL);
        let (from, to) = if to_right {
            (place, place + wide + 5.0)
        } else {
            (place - wide - 5.0, place)
        };
        let row = row_ends
            .iter()
            .position(|end| *end + 4.0 < from)
            .unwrap_or_else(|| {
                row_ends.push(f64::NEG_INFINITY);
                row_ends.len() - 1
            });
        row_ends[row] = to;
        let (at, anchor) = if to_right {
            (place + 5.0, Anchor::Start)
        } else {
            (place - 5.0, Anchor::End)
        };
        words.push(RuleLabel {
            word,
            at: (at, top + 8.0 + ROW * row as f64),
            anchor,
        });
    }
    (words, row_ends.len())
}
