//! Marks that several pictures share.

use crate::chart::{Axis, Marks, Tone};
use crate::measure::quantile;

/// Tones of series, in order.
pub(super) const TONES: [Tone; 4] = [Tone::First, Tone::Second, Tone::Third, Tone::Fourth];
/// More points make a picture slow and no clearer.
pub(super) const MOST_POINTS: usize = 2_000;
/// Cells of a histogram.
const CELLS: usize = 36;

/// A line without a jump in it.
pub(super) fn line(name: &str, points: Vec<(f64, f64)>, tone: Tone) -> Marks {
    Marks::Line {
        name: name.to_owned(),
        points,
        tone,
    }
}

/// Loose points.
pub(super) fn points(name: &str, points: Vec<(f64, f64)>, tone: Tone) -> Marks {
    Marks::Points {
        name: name.to_owned(),
        points,
        tone,
    }
}

/// One named bar.
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) height: f64,
    /// Whether it is the one to look at.
    pub(super) marked: bool,
}

/// Named bars side by side, the marked ones in `tone`; the axis carries the names.
pub(super) fn bars(bars: &[Bar], label: &str, tone: Tone) -> (Axis, Vec<Marks>) {
    let side = |marked: bool, tone: Tone| Marks::Bars {
        name: String::new(),
        bars: bars
            .iter()
            .enumerate()
            .filter(|(_, bar)| bar.marked == marked)
            .map(|(at, bar)| (at as f64 + 0.12, at as f64 + 0.88, bar.height))
            .collect(),
        tone,
    };
    let axis = Axis {
        label: label.to_owned(),
        range: Some((0.0, bars.len().max(1) as f64)),
        ticks: bars
            .iter()
            .enumerate()
            .map(|(at, bar)| (at as f64 + 0.5, bar.name.clone()))
            .collect(),
    };
    (axis, vec![side(false, Tone::Quiet), side(true, tone)])
}

/// Log10 of what is above zero.
pub(super) fn logs(values: &[f64]) -> Vec<f64> {
    let log = |value: &f64| {
        if *value > 0.0 {
            libm::log10(*value)
        } else {
            f64::NAN
        }
    };
    values.iter().map(log).collect()
}

/// Histograms of log10 values over one grid, as counts or as shares of their own; the last is
/// drawn on top.
pub(super) fn log_histograms(
    series: &[(&str, &[f64], Tone)],
    label: &str,
    as_shares: bool,
) -> Option<(Axis, Vec<Marks>)> {
    let all = series.iter().flat_map(|(_, values, _)| values.iter());
    let (low, high) = all
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        });
    let (range, marks) = histograms(series, (low, high), as_shares)?;
    let axis = Axis {
        label: label.to_owned(),
        range: Some(range),
        ticks: powers(range.0, range.1),
    };
    Some((axis, marks))
}

/// Histograms of values as they are, as shares of their own, from the first to the 99th hundredth
/// of all.
pub(super) fn bars_of_values(
    series: &[(&str, &[f64], Tone)],
    label: &str,
) -> Option<(Axis, Vec<Marks>)> {
    let all: Vec<f64> = series
        .iter()
        .flat_map(|(_, values, _)| values.iter().copied())
        .filter(|value| value.is_finite())
        .collect();
    let ends = (quantile(&all, 0.005)?, quantile(&all, 0.99)?);
    let (range, marks) = histograms(series, ends, true)?;
    let axis = Axis {
        label: label.to_owned(),
        range: Some(range),
        ticks: Vec::new(),
    };
    Some((axis, marks))
}

/// Histograms over one grid from `low` to `high`; values beyond stand in the outermost cells.
fn histograms(
    series: &[(&str, &[f64], Tone)],
    (low, high): (f64, f64),
    as_shares: bool,
) -> Option<((f64, f64), Vec<Marks>)> {
    if low > high {
        return None;
    }
    let (low, high) = if high - low < 1e-6 {
        (low - 0.5, high + 0.5)
    } else {
        (low, high)
    };
    let width = (high - low) / CELLS as f64;
    let marks = series
        .iter()
        .map(|(name, values, tone)| {
            let mut counts = [0_u64; CELLS];
            let finite = values.iter().filter(|value| value.is_finite());
            for value in finite {
                let at = ((value - low) / width).max(0.0) as usize;
                counts[at.min(CELLS - 1)] += 1;
            }
            let whole = if as_shares {
                counts.iter().sum::<u64>().max(1) as f64 / 100.0
            } else {
                1.0
            };
            let filled = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            Marks::Bars {
                name: (*name).to_owned(),
                bars: filled
                    .map(|(at, count)| {
                        let from = low + at as f64 * width;
                        (from, from + width, *count as f64 / whole)
                    })
                    .collect(),
                tone: *tone,
            }
        })
        .collect();
    Some(((low, high), marks))
}

/// Powers of ten between two logarithms, with 2 and 5 where there are few.
fn powers(low: f64, high: f64) -> Vec<(f64, String)> {
    let steps: &[f64] = if high - low < 2.0 {
        &[1.0, 2.0, 5.0]
    } else {
        &[1.0]
    };
    let mut ticks = Vec::new();
    for power in low.floor() as i32..=high.ceil() as i32 {
        for step in steps {
            let value = step * libm::pow(10.0, f64::from(power));
            ticks.push((libm::log10(value), short(value)));
        }
    }
    ticks
}

/// `0.001`, `20`, `5k`, `1M`.
fn short(value: f64) -> String {
    match value {
        value if value >= 0.999e6 => format!("{:.0}M", value / 1e6),
        value if value >= 0.999e4 => format!("{:.0}k", value / 1e3),
        value if value >= 0.999 => format!("{value:.0}"),
        value => {
            let decimals = (-libm::log10(value)).ceil().clamp(0.0, 9.0) as usize;
            format!("{value:.decimals$}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_have_short_words() {
        let words: Vec<String> = powers(-2.0, 6.0).into_iter().map(|tick| tick.1).collect();
        assert_eq!(
            words,
            ["0.01", "0.1", "1", "10", "100", "1000", "10k", "100k", "1M"]
        );
    }

    #[test]
    fn a_histogram_of_nothing_is_none_and_of_one_value_one_bar() {
        assert!(log_histograms(&[("a", &[f64::NAN], Tone::First)], "", true).is_none());
        let (_, marks) = log_histograms(&[("a", &[2.0, 2.0], Tone::First)], "", false).unwrap();
        assert!(matches!(&marks[0], Marks::Bars { bars, .. } if bars.len() == 1));
    }
}
