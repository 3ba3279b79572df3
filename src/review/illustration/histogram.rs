//! Histograms of several series on one grid.

use crate::chart::{Axis, Marks, Tone, log_ticks, ticks};
use crate::explore::Histogram;

/// Bins of a histogram on a log scale.
const LOG_CELLS: usize = 36;

/// A named series and its tone.
type Series<'a> = (&'a str, &'a [f64], Tone);

/// Histograms on a log scale, as counts or as shares of their own series; the last is drawn on top.
/// Values of zero or less have no logarithm and are counted in a separate bar.
pub(super) fn log_histograms(
    series: &[Series<'_>],
    label: &str,
    as_shares: bool,
) -> Option<(Axis, Vec<Marks>)> {
    let logged: Vec<Vec<f64>> = series.iter().map(|(_, values, _)| logs(values)).collect();
    let all = logged.iter().flatten().filter(|value| value.is_finite());
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(*value), high.max(*value))
    });
    if low > high {
        return None;
    }
    let (low, high) = if high - low < 1e-6 {
        (low - 0.5, high + 0.5)
    } else {
        (low, high)
    };
    let grid = Grid {
        from: low,
        width: (high - low) / LOG_CELLS as f64,
        count: LOG_CELLS,
    };
    let marks = series
        .iter()
        .zip(&logged)
        .map(|((name, _, tone), logs)| grid.bars(name, logs, *tone, as_shares))
        .collect();
    let mut axis = Axis {
        label: label.to_owned(),
        range: Some((low, high)),
        ticks: log_ticks(low, high),
    };
    if logged.iter().flatten().any(|log| log.is_infinite()) {
        let mut values = series.iter().flat_map(|(_, values, _)| *values);
        let word = if values.any(|value| *value < 0.0) {
            "≤ 0"
        } else {
            "0"
        };
        let (edge, middle) = grid.outer_bar(false);
        axis.range = Some((edge, high));
        axis.ticks.retain(|tick| tick.0 >= low);
        axis.ticks.push((middle, word.to_owned()));
    }
    Some((axis, marks))
}

/// Histograms as shares of their own series; the few distant values are counted in a separate bar
/// at either end.
pub(super) fn linear_histograms(series: &[Series<'_>], label: &str) -> Option<(Axis, Vec<Marks>)> {
    let mut all: Vec<f64> = series
        .iter()
        .flat_map(|(_, values, _)| values.iter().copied())
        .filter(|value| value.is_finite())
        .collect();
    all.sort_unstable_by(f64::total_cmp);
    // Its bins are whole steps of a coarse grid, so there is no comb pattern.
    let overall = Histogram::of(&all)?;
    let (from, to) = (overall.from, overall.to());
    let grid = Grid {
        from,
        width: overall.width,
        count: overall.counts.len(),
    };
    let marks = series
        .iter()
        .map(|(name, values, tone)| grid.bars(name, values, *tone, true))
        .collect();
    let mut axis = Axis {
        label: label.to_owned(),
        range: Some((from, to)),
        ticks: ticks(from, to, 5),
    };
    for (count, above, word) in [
        (overall.below, false, "below"),
        (overall.above, true, "above"),
    ] {
        if count > 0 {
            let (edge, middle) = grid.outer_bar(above);
            axis.ticks.push((middle, word.to_owned()));
            axis.range = axis.range.map(|(from, to)| (from.min(edge), to.max(edge)));
        }
    }
    Some((axis, marks))
}

/// Log10 of positive values; minus infinity for zero and less, NaN for missing values.
fn logs(values: &[f64]) -> Vec<f64> {
    let log = |value: &f64| match *value {
        value if value > 0.0 => libm::log10(value),
        value if value.is_nan() => value,
        _ => f64::NEG_INFINITY,
    };
    values.iter().map(log).collect()
}

/// Bins of equal width, with room for one more bar on either side.
struct Grid {
    from: f64,
    width: f64,
    count: usize,
}

impl Grid {
    /// The outer edge and the middle of the bar outside the grid, above or below it.
    fn outer_bar(&self, above: bool) -> (f64, f64) {
        let to = self.from + self.width * self.count as f64;
        let room = self.width * (self.count as f64 / 12.0).max(1.0);
        if above {
            (to + 2.0 * room, to + 1.5 * room)
        } else {
            (self.from - 2.0 * room, self.from - 1.5 * room)
        }
    }

    fn bars(&self, name: &str, values: &[f64], tone: Tone, as_shares: bool) -> Marks {
        let mut counts = vec![0_usize; self.count];
        let (mut below, mut above, mut all) = (0_usize, 0_usize, 0_usize);
        for value in values.iter().filter(|value| !value.is_nan()) {
            let at = (value - self.from) / self.width;
            all += 1;
            // The largest value is on the last edge.
            if at < 0.0 {
                below += 1;
            } else if at > self.count as f64 + 1e-6 {
                above += 1;
            } else {
                counts[(at as usize).min(self.count - 1)] += 1;
            }
        }
        let unit = if as_shares {
            all.max(1) as f64 / 100.0
        } else {
            1.0
        };
        let filled = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut bars: Vec<(f64, f64, f64)> = filled
            .map(|(at, count)| {
                let from = self.from + at as f64 * self.width;
                (from, from + self.width, *count as f64 / unit)
            })
            .collect();
        for (count, side) in [(below, false), (above, true)] {
            if count > 0 {
                let (edge, middle) = self.outer_bar(side);
                let inner = 2.0 * middle - edge;
                bars.push((edge.min(inner), edge.max(inner), count as f64 / unit));
            }
        }
        Marks::Bars {
            name: name.to_owned(),
            bars,
            tone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_gives_no_histogram_and_one_value_one_bar() {
        assert!(log_histograms(&[("a", &[f64::NAN], Tone::First)], "", true).is_none());
        let (_, marks) = log_histograms(&[("a", &[100.0, 100.0], Tone::First)], "", false).unwrap();
        assert!(matches!(&marks[0], Marks::Bars { bars, .. } if bars.len() == 1));
    }
    #[test]
    fn zeros_on_a_log_scale_have_a_bar_of_their_own() {
        let values = [0.0, 0.0, 1.0, 10.0];
        let (axis, marks) = log_histograms(&[("a", &values, Tone::First)], "", false).unwrap();
        let Marks::Bars { bars, .. } = &marks[0] else {
            panic!("{marks:?}");
        };
        let zeros = bars.iter().find(|bar| bar.1 < 0.0).unwrap();
        assert!((zeros.2 - 2.0).abs() < 1e-9 && axis.range.unwrap().0 <= zeros.0);
        assert!(axis.ticks.iter().any(|(at, word)| word == "0" && *at < 0.0));
    }

    #[test]
    fn rounded_values_make_no_comb_and_outliers_have_their_own_bar() {
        let mut values: Vec<f64> = (0..4_000).map(|at| f64::from(at % 100) / 100.0).collect();
        values.push(50.0);
        let (axis, marks) = linear_histograms(&[("a", &values, Tone::First)], "").unwrap();
        let Marks::Bars { bars, .. } = &marks[0] else {
            panic!("{marks:?}");
        };
        let (inside, far): (Vec<&(f64, f64, f64)>, Vec<_>) =
            bars.iter().partition(|bar| bar.0 < 1.0);
        let heights = inside[..inside.len() - 1].iter().map(|bar| bar.2);
        let (low, high) = heights.fold((f64::MAX, 0.0_f64), |(low, high), height| {
            (low.min(height), high.max(height))
        });
        assert!(high - low < 1e-9 && far.len() == 1);
        assert!(axis.ticks.iter().any(|tick| tick.1 == "above"));
    }
}
