//! A figure as plain data: computed by one layer, drawn by another.
//!
//! The modules that know numbers make a [`Chart`]; `render::figure` draws it as SVG and computes
//! nothing.

use serde::{Deserialize, Serialize};

/// One figure: axes, marks, and the sentence that screen readers read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// What is shown, in a few words.
    pub title: String,
    /// One sentence that describes the figure.
    pub says: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// What is drawn, bottom first.
    pub marks: Vec<Marks>,
}

/// An axis of a chart.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Axis {
    /// What is measured, with its unit.
    pub label: String,
    /// From and to; taken from the marks when not given.
    pub range: Option<(f64, f64)>,
    /// Names for positions (categories, dates, powers of ten); numbers when empty.
    pub ticks: Vec<(f64, String)>,
}

/// Marks of one kind and tone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Marks {
    /// Points joined in order.
    Line {
        /// Entry in the legend; none when empty.
        name: String,
        /// Positions in order; a gap in the data starts a new line.
        points: Vec<(f64, f64)>,
        /// Its colour and shape.
        tone: Tone,
    },
    /// Loose points.
    Points {
        /// Entry in the legend; none when empty.
        name: String,
        /// Positions.
        points: Vec<(f64, f64)>,
        /// Its colour and shape.
        tone: Tone,
    },
    /// Bars starting at zero.
    Bars {
        /// Entry in the legend; none when empty.
        name: String,
        /// From, to, height.
        bars: Vec<(f64, f64, f64)>,
        /// Its colour.
        tone: Tone,
    },
    /// A range at each position, such as that of chance.
    Band {
        /// Entry in the legend; none when empty.
        name: String,
        /// Position, low, high.
        points: Vec<(f64, f64, f64)>,
        /// Its colour.
        tone: Tone,
    },
    /// A vertical line with a label: a date, a threshold.
    Rule {
        /// Where.
        at: f64,
        /// The label next to it.
        name: String,
    },
}

/// Colour and shape, by role; the page decides how each looks in light and dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// The thing shown.
    First,
    /// What it is compared with.
    Second,
    /// A third series.
    Third,
    /// A fourth series.
    Fourth,
    /// Background: all rows, no particular group.
    Quiet,
    /// What should be seen first: the defect, the artefact.
    Alarm,
}

impl Axis {
    /// An axis with a label; range and ticks from the marks.
    pub fn named(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..Self::default()
        }
    }
}

/// About `wanted` round positions between `from` and `to`, with their labels.
///
/// ```
/// let words: Vec<String> = drumlin::chart::ticks(0.0, 30_000.0, 3).into_iter().map(|t| t.1).collect();
/// assert_eq!(words, ["0", "10k", "20k", "30k"]);
/// ```
pub fn ticks(from: f64, to: f64, wanted: usize) -> Vec<(f64, String)> {
    let span = to - from;
    if !span.is_finite() || span <= 0.0 {
        return Vec::new();
    }
    let rough = span / wanted.max(1) as f64;
    let power = 10_f64.powi(rough.log10().floor() as i32);
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|nice| nice * power)
        .find(|step| *step >= rough * (1.0 - 1e-9))
        .unwrap_or(rough);
    // Multiplied, not accumulated: near the resolution of f64 a sum of steps would not grow.
    let first = (from / step - 1e-9).ceil();
    let count = ((to / step + 1e-9).floor() - first).clamp(0.0, 50.0) as usize;
    let mut ticks: Vec<(f64, String)> = (0..=count)
        .map(|at| (first + at as f64) * step)
        .filter(|value| value.is_finite())
        .map(|value| (value, tick_word(value, step)))
        .collect();
    ticks.dedup_by(|later, earlier| later.1 == earlier.1);
    ticks
}

/// Powers of ten between two logarithms, with 2 and 5 times them if there are few: positions
/// (log10) and labels.
///
/// ```
/// let words: Vec<String> = drumlin::chart::log_ticks(0.0, 4.0).into_iter().map(|t| t.1).collect();
/// assert_eq!(words, ["1", "10", "100", "1000", "10k"]);
/// ```
pub fn log_ticks(low: f64, high: f64) -> Vec<(f64, String)> {
    // There are no numbers beyond these powers.
    if !(-400.0..=400.0).contains(&low) || !(-400.0..=400.0).contains(&high) {
        return Vec::new();
    }
    let steps: &[f64] = if high - low < 2.0 {
        &[1.0, 2.0, 5.0]
    } else {
        &[1.0]
    };
    let mut ticks = Vec::new();
    for power in low.floor() as i32..=high.ceil() as i32 {
        for step in steps {
            let value = step * 10_f64.powi(power);
            ticks.push((f64::from(power) + step.log10(), short(value)));
        }
    }
    ticks.retain(|tick| (low - 1e-9..=high + 1e-9).contains(&tick.0));
    ticks
}

/// `0.001`, `20`, `5k`, `1M`.
fn short(value: f64) -> String {
    match value {
        value if !(0.999e-6..1e12).contains(&value) => minus_inside(&format!("{value:.0e}")),
        value if value >= 0.999e9 => format!("{:.0}G", value / 1e9),
        value if value >= 0.999e6 => format!("{:.0}M", value / 1e6),
        value if value >= 0.999e4 => format!("{:.0}k", value / 1e3),
        value if value >= 0.999 => format!("{value:.0}"),
        value => {
            let decimals = (-value.log10() - 1e-9).ceil().clamp(0.0, 9.0) as usize;
            format!("{value:.decimals$}")
        }
    }
}

fn minus_inside(word: &str) -> String {
    word.replace('-', "\u{2212}")
}

/// A round number as short as its step allows: `-0.25`, `40`, `10k`, `1.5M`, `2e15`.
fn tick_word(value: f64, step: f64) -> String {
    let size = value.abs().max(step);
    let (divisor, suffix) = match size {
        _ if value.abs() < step * 1e-6 => return "0".to_owned(),
        _ if !(1e-4..1e12).contains(&size) => {
            let digits = (value.abs().log10().floor() - step.log10().floor()).clamp(0.0, 3.0);
            return minus(format!("{value:.*e}", digits as usize));
        }
        size if size >= 1e9 => (1e9, "G"),
        size if size >= 1e6 => (1e6, "M"),
        size if size >= 1e4 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let decimals = (-((step / divisor) * (1.0 + 1e-9)).log10().floor()).clamp(0.0, 9.0);
    let word = format!("{:.*}", decimals as usize, value / divisor);
    minus(word + suffix)
}

/// The typographic minus is as wide as a plus, so signed numbers line up.
fn minus(word: String) -> String {
    match word.strip_prefix('-') {
        Some(rest) => format!("\u{2212}{rest}"),
        None => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(from: f64, to: f64, wanted: usize) -> Vec<String> {
        ticks(from, to, wanted).into_iter().map(|t| t.1).collect()
    }

    #[test]
    fn ticks_are_round_and_short() {
        assert_eq!(words(-0.3, 0.3, 3), ["\u{2212}0.2", "0", "0.2"]);
        assert_eq!(words(1.2e6, 2.6e6, 3), ["1.5M", "2.0M", "2.5M"]);
        assert_eq!(words(3.0, 97.0, 3), ["50"]);
        assert_eq!(words(0.0, 3.0, 3), ["0", "1", "2", "3"]);
    }

    #[test]
    fn powers_of_ten_have_short_words() {
        let words: Vec<String> = log_ticks(-2.0, 6.0).into_iter().map(|t| t.1).collect();
        assert_eq!(
            words,
            ["0.01", "0.1", "1", "10", "100", "1000", "10k", "100k", "1M"]
        );
        let words: Vec<String> = log_ticks(0.2, 1.5).into_iter().map(|t| t.1).collect();
        assert_eq!(words, ["2", "5", "10", "20"]);
        assert!(log_ticks(f64::NEG_INFINITY, 1.0).is_empty());
    }

    #[test]
    fn strange_ranges_give_few_ticks_and_no_panic() {
        assert!(ticks(1.0, 1.0, 5).is_empty());
        assert!(ticks(f64::NAN, 1.0, 5).is_empty());
        assert!(ticks(f64::MIN, f64::MAX, 5).is_empty());
        for (from, to) in [
            (1e16, 1e16 + 2.0),
            (0.0, 1e-300),
            (-1e300, 1e300),
            (0.0, 5e-324),
        ] {
            assert!(ticks(from, to, 5).len() < 20, "{from} {to}");
        }
    }
}
