//! How often values fall where, without the tails squashing the middle.

use serde::Serialize;

/// Counts of values in cells of equal width, over a robust range; what lies outside is counted,
/// not drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Histogram {
    /// Left edge of the first cell.
    pub from: f64,
    /// Width of a cell.
    pub width: f64,
    /// Values in each cell.
    pub counts: Vec<usize>,
    /// Values left of the first cell.
    pub below: usize,
    /// Values right of the last cell.
    pub above: usize,
}

/// At most this many cells: more say nothing at the size of a card.
const MOST_CELLS: f64 = 32.0;

/// The range runs from the 1st to the 99th percentile, and on to an extreme that lies within half
/// its length: only a real tail overflows.
const STRETCH: f64 = 0.5;

impl Histogram {
    /// Of values in ascending order; `None` without values, or where they lie further apart than
    /// a number can say.
    pub fn of(sorted: &[f64]) -> Option<Self> {
        let (low, high) = (*sorted.first()?, *sorted.last()?);
        if !(high - low).is_finite() {
            return None;
        }
        let (p1, p99) = (quantile(sorted, 0.01), quantile(sorted, 0.99));
        let reach = STRETCH * (p99 - p1);
        let from = if low >= p1 - reach { low } else { p1 };
        let to = if high <= p99 + reach { high } else { p99 };
        let inside = &sorted[below(sorted, from)..sorted.partition_point(|x| *x <= to)];

        // Rice's rule: few values, few cells.
        let cells = (2.0 * (sorted.len() as f64).cbrt())
            .ceil()
            .clamp(6.0, MOST_CELLS);
        let rough = (to - from) / cells;
        let (from, width, cells) = match grid(inside) {
            None => {
                let half = (from.abs() * 0.05).max(0.5);
                (from - half, 2.0 * half, 1)
            }
            // Cells that hold now one, now two steps of a coarse grid would look like a comb.
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
        })
    }

    /// Of values in ascending order, in `cells` cells from the smallest to the largest.
    pub(super) fn even(sorted: &[f64], cells: usize) -> Option<Self> {
        let (from, to) = (*sorted.first()?, *sorted.last()?);
        let width = (to - from) / cells as f64;
        if !width.is_finite() || width <= 0.0 {
            return Self::of(sorted);
        }
        let edges = (1..cells).map(|at| below(sorted, from + width * at as f64));
        let ends: Vec<usize> = [0].into_iter().chain(edges).chain([sorted.len()]).collect();
        let counts = ends.windows(2).map(|pair| pair[1] - pair[0]).collect();
        Some(Self {
            from,
            width,
            counts,
            below: 0,
            above: 0,
        })
    }

    /// The cells as bars: from, to, and the count times `factor`.
    pub(super) fn bars(&self, factor: f64) -> Vec<(f64, f64, f64)> {
        let edge = |at: usize| self.from + self.width * at as f64;
        let bar = |(at, n): (usize, &usize)| (edge(at), edge(at + 1), factor * *n as f64);
        self.counts.iter().enumerate().map(bar).collect()
    }

    /// Right edge of the last cell.
    pub fn to(&self) -> f64 {
        self.from + self.width * self.counts.len() as f64
    }
}

/// The value with a share `p` of the others below it, linear between neighbours (type 7).
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

/// The smallest step between two values; `None` when all are the same.
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

    #[test]
    fn tenths_do_not_look_like_a_comb() {
        let found = of((0..2500).map(|x| f64::from(x % 25) / 10.0).collect());
        assert!(found.counts.iter().all(|n| *n == 100), "{:?}", found.counts);
    }
}
