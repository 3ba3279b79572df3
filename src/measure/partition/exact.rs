//! How often chance alone agrees as well: exactly, for few rows.

use std::collections::BTreeMap;

use super::super::contingency::Contingency;

/// Steps after which counting takes too long.
const MOST_STEPS: usize = 5_000_000;

/// Rows past which the number of ways overflows.
const MOST_ROWS: u64 = 1000;

/// The share of all permutations of the answer whose adjusted Rand index reaches the observed one.
///
/// From a share of one permutation to 1: small means that group sizes like these rarely agree as
/// well by chance. Exact, by counting the tables with the same margins row by row; the pair count
/// that decides is a whole number, so ties are ties. A trivial side: 1. No row: no value; nor for
/// more than a thousand rows or tables with too many states (some dozens of rows in several groups), where
/// [`super::super::null_tables`] draws instead.
///
/// The permutation model of Hubert & Arabie (1985), doi:10.1007/BF01908075.
///
/// ```
/// use drumlin::{labels::Partition, measure::{exact_adjusted_rand_p, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let p = exact_adjusted_rand_p(&Contingency::new(&truth, &truth)).unwrap();
/// assert!((p - 1.0 / 3.0).abs() < 1e-15);
/// ```
pub fn exact_adjusted_rand_p(table: &Contingency) -> Option<f64> {
    if table.rows() == 0 || table.rows() > MOST_ROWS {
        return None;
    }
    let together = |count: u64| u128::from(count) * u128::from(count.saturating_sub(1)) / 2;
    let observed: u128 = table.cells().iter().map(|cell| together(cell.2)).sum();
    let kept = |sizes: &[u64]| {
        let mut sizes: Vec<u64> = sizes.iter().copied().filter(|size| *size > 0).collect();
        sizes.sort_unstable();
        sizes
    };
    let (truth, answer) = (kept(table.truth_sizes()), kept(table.answer_sizes()));
    // What is left of each group of the answer, and how likely each pair count is there.
    let mut states: BTreeMap<(Vec<u64>, u128), f64> = BTreeMap::from([((answer, 0), 1.0)]);
    let (mut rows, mut steps) = (table.rows(), 0);
    for size in truth {
        let mut next = BTreeMap::new();
        for ((left, pairs), chance) in states {
            let mut spread = Spread {
                next: &mut next,
                steps: &mut steps,
                left: left.clone(),
                scale: chance / choose(rows, size),
            };
            spread.over(0, size, pairs, 1.0, &left)?;
        }
        states = next;
        rows -= size;
    }
    let reached = states
        .iter()
        .filter(|((_, pairs), _)| *pairs >= observed)
        .map(|(_, chance)| chance);
    Some(reached.sum::<f64>().min(1.0))
}

/// One group of the truth, spread over what is left of the groups of the answer.
struct Spread<'a> {
    next: &'a mut BTreeMap<(Vec<u64>, u128), f64>,
    steps: &'a mut usize,
    left: Vec<u64>,
    scale: f64,
}

impl Spread<'_> {
    fn over(&mut self, at: usize, rows: u64, pairs: u128, ways: f64, from: &[u64]) -> Option<()> {
        *self.steps += 1;
        if *self.steps > MOST_STEPS {
            return None;
        }
        if at == from.len() {
            if rows == 0 {
                let mut left = self.left.clone();
                left.sort_unstable();
                *self.next.entry((left, pairs)).or_insert(0.0) += self.scale * ways;
            }
            return Some(());
        }
        let room: u64 = from[at + 1..].iter().sum();
        for count in rows.saturating_sub(room)..=rows.min(from[at]) {
            self.left[at] = from[at] - count;
            let together = u128::from(count) * u128::from(count.saturating_sub(1)) / 2;
            let ways = ways * choose(from[at], count);
            self.over(at + 1, rows - count, pairs + together, ways, from)?;
        }
        self.left[at] = from[at];
        Some(())
    }
}

/// The ways to choose `k` of `n`.
fn choose(n: u64, k: u64) -> f64 {
    let k = k.min(n - k);
    (0..k).fold(1.0, |ways, at| ways * (n - at) as f64 / (at + 1) as f64)
}

#[cfg(test)]
mod tests {
    use crate::labels::Partition;

    use super::*;

    #[test]
    fn too_many_tables_have_no_exact_value() {
        let by = |groups: u32| {
            let codes = (0..1000).map(|row| Some(row * 7919 % groups)).collect();
            Partition::from_codes(codes, (0..groups).map(|name| name.to_string()).collect())
        };
        assert_eq!(
            exact_adjusted_rand_p(&Contingency::new(&by(13), &by(11))),
            None
        );
        let few = exact_adjusted_rand_p(&Contingency::new(&by(2), &by(2)));
        assert!(few.is_some_and(|p| p > 0.0 && p <= 1.0), "{few:?}");
    }
}
