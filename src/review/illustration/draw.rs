//! Marks that several pictures share.

use crate::chart::{Axis, Marks, Tone, log_ticks, ticks};
use crate::explore::Histogram;

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

/// Two bars for each place (at, first, second), side by side: what stood and what stands.
pub(super) fn pairs(heights: &[(f64, f64, f64)], names: [&str; 2]) -> Vec<Marks> {
    let [first, second] = names;
    let side = |name: &str, tone: Tone, from: f64, height: &dyn Fn(&(f64, f64, f64)) -> f64| {
        let bar = |place: &(f64, f64, f64)| (place.0 + from, place.0 + from + 0.42, height(place));
        Marks::Bars {
            name: name.to_owned(),
            bars: heights.iter().map(bar).collect(),
            tone,
        }
    };
    vec![
        side(first, Tone::Quiet, 0.06, &|place| place.1),
        side(second, Tone::Alarm, 0.52, &|place| place.2),
    ]
}

/// Histograms of values on a log scale over one grid, as counts or as shares of their own; the
/// last is drawn on top. What is zero or less has no logarithm and stands in a bar of its own.
pub(super) fn log_histograms(
    series: &[(&str, &[f64], Tone)],
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
    let cells = Cells {
        from: low,
        width: (high - low) / CELLS as f64,
        count: CELLS,
    };
    let below_zero = |value: &f64| *value < 0.0;
    let any_below = series
        .iter()
        .any(|(_, values, _)| values.iter().any(below_zero));
    let any_without = logged.iter().flatten().any(|log| log.is_infinite());
    let marks = series
        .iter()
        .zip(&logged)
        .map(|((name, _, tone), logs)| cells.bars(name, logs, *tone, as_shares))
        .collect();
    let mut axis = Axis {
        label: label.to_owned(),
        range: Some((low, high)),
        ticks: log_ticks(low, high),
    };
    if any_without {
        axis.range = Some((cells.apart(false).0, high));
        axis.ticks.retain(|tick| tick.0 >= low);
        let word = if any_below { "≤ 0" } else { "0" };
        axis.ticks.push((cells.apart(false).1, word.to_owned()));
    }
    Some((axis, marks))
}

/// Histograms of values as they are, as shares of their own; the few that lie far out are counted
/// in a bar of their own at either end.
pub(super) fn bars_of_values(
    series: &[(&str, &[f64], Tone)],
    label: &str,
) -> Option<(Axis, Vec<Marks>)> {
    let mut all: Vec<f64> = series
        .iter()
        .flat_map(|(_, values, _)| values.iter().copied())
        .filter(|value| value.is_finite())
        .collect();
    all.sort_unstable_by(f64::total_cmp);
    // Its cells hold whole steps of a coarse grid: no comb.
    let grid = Histogram::of(&all)?;
    let cells = Cells {
        from: grid.from,
        width: grid.width,
        count: grid.counts.len(),
    };
    let marks = series
        .iter()
        .map(|(name, values, tone)| cells.bars(name, values, *tone, true))
        .collect();
    let to = grid.to();
    let mut axis = Axis {
        label: label.to_owned(),
        range: Some((grid.from, to)),
        ticks: ticks(grid.from, to, 5),
    };
    for (any, above) in [(grid.below > 0, false), (grid.above > 0, true)] {
        if any {
            let (edge, middle) = cells.apart(above);
            let word = if above { "above" } else { "below" };
            axis.ticks.push((middle, word.to_owned()));
            axis.range = axis.range.map(|(from, to)| (from.min(edge), to.max(edge)));
        }
    }
    Some((axis, marks))
}

/// Log10 of what is above zero; minus infinity for zero and less, NaN for what is missing.
fn logs(values: &[f64]) -> Vec<f64> {
    let log = |value: &f64| match *value {
        value if value > 0.0 => libm::log10(value),
        value if value.is_nan() => value,
        _ => f64::NEG_INFINITY,
    };
    values.iter().map(log).collect()
}

/// A grid of cells, with room for one bar set apart on either side.
struct Cells {
    from: f64,
    width: f64,
    count: usize,
}

impl Cells {
    /// The far edge and the middle of the bar that stands apart, above or below.
    fn apart(&self, above: bool) -> (f64, f64) {
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
            // The largest value stands on the last edge.
            if at < 0.0 {
                below += 1;
            } else if at > self.count as f64 + 1e-6 {
                above += 1;
            } else {
                counts[(at as usize).min(self.count - 1)] += 1;
            }
        }
        let whole = if as_shares {
            all.max(1) as f64 / 100.0
        } else {
            1.0
        };
        let filled = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut bars: Vec<(f64, f64, f64)> = filled
            .map(|(at, count)| {
                let from = self.from + at as f64 * self.width;
                (from, from + self.width, *count as f64 / whole)
            })
            .collect();
        for (count, side) in [(below, false), (above, true)] {
            if count > 0 {
                let (edge, middle) = self.apart(side);
                let inner = 2.0 * middle - edge;
                bars.push((edge.min(inner), edge.max(inner), count as f64 / whole));
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
    fn a_histogram_of_nothing_is_none_and_of_one_value_one_bar() {
        assert!(log_histograms(&[("a", &[f64::NAN], Tone::First)], "", true).is_none());
        let (_, marks) = log_histograms(&[("a", &[100.0, 100.0], Tone::First)], "", false).unwrap();
        assert!(matches!(&marks[0], Marks::Bars { bars, .. } if bars.len() == 1));
    }
    #[test]
    fn zeros_on_a_log_scale_stand_in_a_bar_of_their_own() {
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
    fn hundredths_do_not_look_like_a_comb_and_the_far_ones_are_apart() {
        let mut values: Vec<f64> = (0..4_000).map(|at| f64::from(at % 100) / 100.0).collect();
        values.push(50.0);
        let (axis, marks) = bars_of_values(&[("a", &values, Tone::First)], "").unwrap();
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
