//! Histograms whose tails do not squeeze the middle.

use serde::Serialize;

use crate::table::DAY;

/// Counts of values in bins of equal width, over a robust range; values outside are counted, not
/// drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Histogram {
    /// Left edge of the first bin; its log10 when `log`.
    pub from: f64,
    /// Width of a bin; in powers of ten when `log`.
    pub width: f64,
    /// Values in each bin.
    pub counts: Vec<usize>,
    /// Values left of the first bin.
    pub below: usize,
    /// Values right of the last bin.
    pub above: usize,
    /// Whether the bins are of equal width on a log scale.
    pub log: bool,
    /// Values of zero or less, which have no logarithm; 0 unless `log`.
    pub not_positive: usize,
}

/// Maximum number of bins: more are not visible at the size of a card.
const MOST_CELLS: f64 = 32.0;

/// Up to this number of days each day is a bin: enough to show the weekly rhythm.
const MOST_DAYS: f64 = 62.0;

/// The range is from the 1st to the 99th percentile, extended to an extreme that is within half its
/// length: only a real tail is cut.
const STRETCH: f64 = 0.5;

/// Ratio of the 99th to the 1st percentile of the positive values: over three powers of ten, bins
/// of equal width show one bar and a flat line.
const WIDE: f64 = 1000.0;

/// With more values below zero, a log scale would hide them.
const MOST_NEGATIVE: f64 = 0.01;

/// With more zeros, a log scale would show only the few other values.
const MOST_WITHOUT_LOG: f64 = 0.5;

impl Histogram {
    /// From values in ascending order, on a log scale if they span several powers of ten; `None` as
    /// for [`Histogram::of`].
    pub(super) fn of_numbers(sorted: &[f64]) -> Option<Self> {
        let positive = &sorted[sorted.partition_point(|x| *x <= 0.0)..];
        let not_positive = sorted.len() - positive.len();
        let share = |count: usize| count as f64 / sorted.len().max(1) as f64;
        let wide = !positive.is_empty()
            && quantile(positive, 0.99) >= WIDE * quantile(positive, 0.01)
            && share(below(sorted, 0.0)) <= MOST_NEGATIVE
            && share(not_positive) <= MOST_WITHOUT_LOG;
        if !wide {
            return Self::of(sorted);
        }
        let logs: Vec<f64> = positive.iter().map(|x| x.log10()).collect();
        Some(Self {
            log: true,
            not_positive,
            ..Self::of(&logs)?
        })
    }

    /// From times in ascending order, in milliseconds: bins of whole days or weeks, since others
    /// would interfere with the weekly rhythm. `None` as for [`Histogram::of`].
    pub(super) fn of_moments(sorted: &[f64]) -> Option<Self> {
        let (from, to) = robust(sorted)?;
        let day = DAY as f64;
        let days = (to - from) / day;
        let width = if days < 3.0 {
            let hours = [1.0, 2.0, 3.0].into_iter();
            let mut hours = hours.filter(|hours| days * 24.0 / hours <= MOST_CELLS);
            day / 24.0 * hours.next().unwrap_or(3.0)
        } else if days <= MOST_DAYS {
            day
        } else {
            7.0 * day * (days / 7.0 / MOST_CELLS).ceil()
        };
        // Whole days begin at midnight, whole hours at the hour.
        let unit = width.min(day);
        let from = (from / unit).floor() * unit;
        let cells = ((to - from) / width).floor() as usize + 1;
        Some(Self::fixed(sorted, from, width, cells))
    }

    /// With a number of bins of this width; values outside are counted.
    fn fixed(sorted: &[f64], from: f64, width: f64, cells: usize) -> Self {
        let edge = |at: usize| below(sorted, from + width * at as f64);
        let edges: Vec<usize> = (0..=cells).map(edge).collect();
        Self {
            from,
            width,
            counts: edges.windows(2).map(|pair| pair[1] - pair[0]).collect(),
            below: edges[0],
            above: sorted.len() - edges[cells],
            log: false,
            not_positive: 0,
        }
    }

    /// From values in ascending order; `None` without values, or if their range overflows.
    pub fn of(sorted: &[f64]) -> Option<Self> {
        let (from, to) = robust(sorted)?;
        let inside = &sorted[below(sorted, from)..sorted.partition_point(|x| *x <= to)];

        // Rice's rule: few values, few bins.
        let cells = (2.0 * (sorted.len() as f64).cbrt())
            .ceil()
            .clamp(6.0, MOST_CELLS);
        let rough = (to - from) / cells;
        let (from, width, cells) = match grid(inside) {
            None => {
                let half = (from.abs() * 0.05).max(0.5);
                (from - half, 2.0 * half, 1)
            }
            // Bins that alternate between one and two steps of a coarse grid would look like a
            // comb.
            Some(step) if rough / step < 50.0 => {
                let width = (rough / step - 1e-6).ceil().max(1.0) * step;
                let cells = ((to - from) / width + 1e-6).floor() as usize + 1;
                (from - step / 2.0, width, cells.min(MOST_CELLS as usize + 1))
            }
            Some(_) => (from, rough, cells as usize),
        };
        let edge = |at: usize| from + width * at as f64;
        let first = below(sorted, from);
        let mut counts = Vec::with_capacity(cells);
        let mut start = first;
        for at in 1..=cells {
            let end = if at == cells {
                sorted.partition_point(|x| *x <= edge(at).max(to))
            } else {
                below(sorted, edge(at))
            };
            counts.push(end.saturating_sub(start));
            start = end.max(start);
        }
        Some(Self {
            from,
            width,
            counts,
            below: first,
            above: sorted.len() - start,
            log: false,
            not_positive: 0,
        })
    }

    /// The bins as bars: from, to, and the count times `factor`.
    pub(super) fn bars(&self, factor: f64) -> Vec<(f64, f64, f64)> {
        let edge = |at: usize| self.from + self.width * at as f64;
        let bar = |(at, n): (usize, &usize)| (edge(at), edge(at + 1), factor * *n as f64);
        self.counts.iter().enumerate().map(bar).collect()
    }

    /// Right edge of the last bin.
    pub fn to(&self) -> f64 {
        self.from + self.width * self.counts.len() as f64
    }
}

/// The range drawn for values in ascending order: the 1st to the 99th percentile, extended to an
/// extreme that is close.
fn robust(sorted: &[f64]) -> Option<(f64, f64)> {
    let (low, high) = (*sorted.first()?, *sorted.last()?);
    if !(high - low).is_finite() {
        return None;
    }
    let (p1, p99) = (quantile(sorted, 0.01), quantile(sorted, 0.99));
    let reach = STRETCH * (p99 - p1);
    let from = if low >= p1 - reach { low } else { p1 };
    let to = if high <= p99 + reach { high } else { p99 };
    Some((from, to))
}

/// The `p` quantile, with linear interpolation (type 7).
pub(super) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let place = p * (sorted.len() - 1) as f64;
    let (low, high) = (
        sorted[place.floor() as usize],
        sorted[place.ceil() as usize],
    );
    low + (high - low) * place.fract()
}

fn below(sorted: &[f64], edge: f64) -> usize {
    sorted.partition_point(|x| *x < edge)
}

/// The smallest step between two values; `None` when all are equal.
fn grid(sorted: &[f64]) -> Option<f64> {
    sorted
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .filter(|step| *step > 0.0)
        .min_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mut values: Vec<f64>) -> Histogram {
        values.sort_unstable_by(f64::total_cmp);
        Histogram::of(&values).unwrap()
    }

    #[test]
    fn every_value_is_counted_once() {
        for values in [
            vec![1.0],
            vec![3.0; 50],
            (0..1000).map(f64::from).collect(),
            (0..1000).map(|x| (f64::from(x) / 100.0).exp()).collect(),
            (0..1000).map(|x| f64::from(x).sin()).collect(),
            (0..150).map(|x| f64::from(x % 25) / 10.0).collect(),
            vec![-1e300, 0.0, 1.0, 1e300],
            vec![1e16, 1e16 + 2.0, 1e16 + 4.0],
        ] {
            let n = values.len();
            let found = of(values);
            assert_eq!(
                found.counts.iter().sum::<usize>() + found.below + found.above,
                n
            );
        }
    }

    #[test]
    fn a_tail_overflows_and_a_near_extreme_does_not() {
        let mut values: Vec<f64> = (0..1000).map(f64::from).collect();
        assert_eq!(of(values.clone()).above, 0);
        values[7] = 1e6;
        let found = of(values);
        assert_eq!((found.below, found.above), (0, 1));
    }

    fn moments(values: impl Iterator<Item = f64>) -> Histogram {
        let mut values: Vec<f64> = values.map(|day| day * DAY as f64).collect();
        values.sort_unstable_by(f64::total_cmp);
        Histogram::of_moments(&values).unwrap()
    }

    #[test]
    fn half_a_year_is_counted_in_whole_weeks_and_a_month_in_days() {
        // Five busy days and two quiet ones, every week.
        let year = (0..182).flat_map(|day| {
            let rows = if day % 7 < 5 { 40 } else { 5 };
            (0..rows).map(move |row| 20_000.3 + f64::from(day) + f64::from(row) / 100.0)
        });
        let found = moments(year);
        assert!((found.width - 7.0 * DAY as f64).abs() < 1e-6);
        let inner = &found.counts[1..found.counts.len() - 2];
        assert!(inner.windows(2).all(|pair| pair[0] == pair[1]), "{inner:?}");
        assert!((found.from / DAY as f64).fract().abs() < 1e-9);
        let month = moments((0..3000).map(|at| 20_000.0 + f64::from(at) / 100.0));
        assert!((month.width - DAY as f64).abs() < 1e-6 && month.counts.len() == 30);
        assert!(month.counts.iter().all(|rows| *rows == 100));
        let hours = moments((0..200).map(|at| 20_000.0 + f64::from(at) / 200.0));
        assert!((hours.width * 24.0 - DAY as f64).abs() < 1e-6);
    }

    #[test]
    fn every_moment_is_counted_once() {
        for values in [
            vec![0.0],
            vec![7.5; 9],
            (0..999).map(f64::from).collect(),
            vec![-1e10, 0.0, 3.0, 1e10],
            (0..500)
                .map(|x| if x == 0 { -9e3 } else { f64::from(x) / 9.0 })
                .collect(),
        ] {
            let n = values.len();
            let found = moments(values.into_iter());
            let inside: usize = found.counts.iter().sum();
            assert_eq!(inside + found.below + found.above, n);
            assert!(found.counts.len() < 80, "{}", found.counts.len());
        }
    }

    #[test]
    fn several_powers_of_ten_ask_for_a_log_scale_and_keep_their_zeros() {
        let mut values: Vec<f64> = (0..600)
            .map(|x| 10_f64.powf(f64::from(x) / 100.0))
            .collect();
        values.extend([0.0; 40]);
        values.sort_unstable_by(f64::total_cmp);
        let found = Histogram::of_numbers(&values).unwrap();
        assert!(found.log && found.not_positive == 40);
        let most = found.counts.iter().max().unwrap();
        assert!(*most < 100, "{:?}", found.counts);
        assert_eq!(found.counts.iter().sum::<usize>(), 600);
    }

    #[test]
    fn a_column_below_zero_or_within_a_power_of_ten_stays_as_it_is() {
        let signed: Vec<f64> = (-500..500).map(f64::from).collect();
        assert!(!Histogram::of_numbers(&signed).unwrap().log);
        let near: Vec<f64> = (100..900).map(f64::from).collect();
        assert!(!Histogram::of_numbers(&near).unwrap().log);
        assert!(Histogram::of_numbers(&[]).is_none());
    }

    #[test]
    fn tenths_do_not_look_like_a_comb() {
        let found = of((0..2500).map(|x| f64::from(x % 25) / 10.0).collect());
        assert!(found.counts.iter().all(|n| *n == 100), "{:?}", found.counts);
    }
}
