//! Lookup in sorted numbers without binary search.

/// Sorted numbers, with an even grid over them that says where to start.
#[derive(Debug, Clone)]
pub(crate) struct Lookup {
    knots: Vec<f64>,
    /// Per grid cell, a number of knots that are below every value of the cell.
    starts: Vec<u32>,
    first: f64,
    /// Cells per unit.
    density: f64,
}

/// Cells per knot: with this many, few cells contain a knot, and branches are well predicted.
const CELLS: usize = 16;
/// More cells than this take longer to fill than they save.
const MOST_CELLS: usize = 1 << 20;

impl Lookup {
    /// `knots` are sorted.
    pub(crate) fn new(knots: &[f64]) -> Self {
        let (first, last) = match knots {
            [first, .., last] => (*first, *last),
            _ => (0.0, 0.0),
        };
        let cells = (CELLS * knots.len()).clamp(1, MOST_CELLS);
        let range = last - first;
        let density = if range > 0.0 {
            cells as f64 / range
        } else {
            0.0
        };
        let mut below = 0;
        let starts = (0..cells)
            .map(|cell| {
                // One cell early: a value may be put one cell too high by rounding.
                let edge = first + (cell as f64 - 1.0) * range / cells as f64;
                while below < knots.len() && knots[below] < edge {
                    below += 1;
                }
                below as u32
            })
            .collect();
        Self {
            knots: knots.to_vec(),
            starts,
            first,
            density,
        }
    }

    /// Number of knots that are at most `value`.
    pub(crate) fn count(&self, value: f64) -> usize {
        // A cast of a negative number gives 0, and one of a large number the last cell.
        let cell = ((value - self.first) * self.density) as usize;
        let mut count = self.starts[cell.min(self.starts.len() - 1)] as usize;
        while count < self.knots.len() && self.knots[count] <= value {
            count += 1;
        }
        count
    }

    pub(crate) fn knots(&self) -> &[f64] {
        &self.knots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Secret;

    #[test]
    fn a_place_is_the_one_that_a_search_finds() {
        let mut draws = Secret::demo(4).stream().draws();
        for size in [1, 2, 3, 81, 500] {
            let mut knots: Vec<f64> = (0..size).map(|_| draws.normal()).collect();
            knots.sort_by(f64::total_cmp);
            let lookup = Lookup::new(&knots);
            let others: Vec<f64> = (0..2000).map(|_| 2.0 * draws.normal()).collect();
            for value in knots.iter().chain(&others) {
                let searched = knots.partition_point(|knot| knot <= value);
                assert_eq!(lookup.count(*value), searched);
            }
        }
    }
}
