//! What the terminal views share.

use crate::explore::{TimeTrend, ValueCount};
use crate::text::truncate;

/// Narrower terminals get lines of this width.
pub(super) const LEAST_WIDTH: usize = 80;

pub(super) const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Wraps at `width` characters, between words; later lines are indented.
pub(super) fn wrapped(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let long = line.chars().count() + 1 + word.chars().count();
        if !line.trim().is_empty() && long > width {
            lines.push_str(&truncate(&line, width));
            lines.push('\n');
            line = format!("  {word}");
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.push_str(&truncate(&line, width));
    lines.push('\n');
    lines
}

/// A trend as characters, each the mean of two of its parts.
pub(super) fn trend_line(strip: &TimeTrend) -> String {
    let height = |pair: &[Option<f64>]| {
        let there: Vec<f64> = pair.iter().flatten().copied().collect();
        let mean = there.iter().sum::<f64>() / there.len() as f64;
        (!there.is_empty()).then(|| strip.height(mean))
    };
    let character = |height: Option<f64>| match height {
        None => ' ',
        // A column of one value has no range.
        Some(height) if !height.is_finite() => BLOCKS[0],
        Some(height) => BLOCKS[((height * 8.0) as usize).min(7)],
    };
    strip.values.chunks(2).map(height).map(character).collect()
}

/// In quotation marks if spaces at the ends would be invisible.
pub(super) fn quoted(value: &ValueCount, room: usize) -> String {
    let word = truncate(&value.value, room);
    if word.trim() != word || word.contains("  ") || word.is_empty() {
        format!("“{word}”")
    } else {
        word
    }
}
