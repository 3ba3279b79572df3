//! Mutual information, corrected for what chance tells.

use std::collections::BTreeMap;

use super::super::contingency::{Contingency, Trivial};
use super::super::information::{entropy, mutual_information};
use super::super::moments::ordered_sum;
use super::normalised::Average;

/// Adjusted mutual information: (I − E) / (average of the entropies − E), where E is
/// [`expected_mutual_information`].
///
/// At most 1, which means the same partition (with [`Average::Min`] any refinement reaches it);
/// 0 is a random answer with the same group sizes on average. Symmetric. Both sides trivial, or
/// both all singletons: 1. One side trivial: 0. One side all singletons: every permutation tells
/// as much, 0. No row: no value.
///
/// Vinh, Epps & Bailey (2010), <https://jmlr.org/papers/v11/vinh10a.html>.
///
/// ```
/// use drumlin::{labels::Partition, measure::{adjusted_mutual_information, Average, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let answer = Partition::from_labels(&["x", "x", "y", "z"].map(Some));
/// let table = Contingency::new(&truth, &answer);
/// let ami = adjusted_mutual_information(&table, Average::Arithmetic).unwrap();
/// assert!((ami - 4.0 / 7.0).abs() < 1e-12, "{ami}");
/// ```
pub fn adjusted_mutual_information(table: &Contingency, by: Average) -> Option<f64> {
    let told = mutual_information(table)?;
    if table.same() {
        return Some(1.0);
    }
    let alone = |sizes: &[u64]| sizes.iter().all(|size| *size < 2);
    if table.trivial() != Trivial::Neither
        || alone(table.truth_sizes())
        || alone(table.answer_sizes())
    {
        return Some(0.0);
    }
    let chance = expected_mutual_information(table)?;
    let whole = by.of(
        entropy(table.truth_sizes())?,
        entropy(table.answer_sizes())?,
    );
    Some(((told - chance) / (whole - chance)).min(1.0))
}

/// The mean of mutual information over all permutations of the answer, in nats.
///
/// From 0 (a trivial side) up; all singletons against a partition give its entropy. Symmetric.
/// Exact, and a function of the group sizes alone: it sums over *distinct* sizes, so a thousand
/// groups of a million rows take well under a second. No row: no value.
///
/// Vinh, Epps & Bailey (2010), <https://jmlr.org/papers/v11/vinh10a.html>, eq. 24a; the
/// hypergeometric weights by their ratio from the mode outwards instead of by factorials, which
/// lose digits at a million rows.
///
/// ```
/// use drumlin::{labels::Partition, measure::{expected_mutual_information, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b"].map(Some));
/// let alone = Partition::from_labels(&["x", "y", "z"].map(Some));
/// let mean = expected_mutual_information(&Contingency::new(&truth, &alone)).unwrap();
/// assert!((mean - (3_f64.ln() - 2.0 / 3.0 * 2_f64.ln())).abs() < 1e-14);
/// ```
pub fn expected_mutual_information(table: &Contingency) -> Option<f64> {
    let n = table.rows();
    if n == 0 {
        return None;
    }
    if table.trivial() != Trivial::Neither {
        return Some(0.0);
    }
    let [truth, answer] = [table.truth_sizes(), table.answer_sizes()].map(distinct);
    let terms = truth.iter().flat_map(|(a, of_a)| {
        answer
            .iter()
            .map(move |(b, of_b)| (of_a * of_b) as f64 * cell(n, *a.min(b), *a.max(b)))
    });
    Some(ordered_sum(terms).max(0.0))
}

/// Weights below this share of the largest change no bit of the sum.
const NEGLIGIBLE: f64 = 1e-22;

/// The mean of x / n · ln(n x / (a b)) when x, the rows in common of groups of `a` and `b` rows
/// out of `n`, is hypergeometric.
fn cell(n: u64, a: u64, b: u64) -> f64 {
    let (rows, small, large) = (n as f64, a as f64, b as f64);
    let (low, high) = ((a + b).saturating_sub(n), a);
    // In f64, since the product overflows u64 past 2³² rows.
    let mode = ((small + 1.0) * (large + 1.0) / (rows + 2.0)) as u64;
    let mode = mode.clamp(low, high);
    let scale = libm::log(small) + libm::log(large) - libm::log(rows);
    let value = |x: f64| {
        if x > 0.0 {
            x * (libm::log(x) - scale)
        } else {
            0.0
        }
    };
    let (mut weights, mut sum) = (1.0, value(mode as f64));
    let mut weight = 1.0;
    for x in mode..high {
        let x = x as f64;
        weight *= (small - x) * (large - x) / ((x + 1.0) * (rows - small - large + x + 1.0));
        if weight < NEGLIGIBLE {
            break;
        }
        weights += weight;
        sum += weight * value(x + 1.0);
    }
    weight = 1.0;
    for x in (low + 1..=mode).rev() {
        let x = x as f64;
        weight *= x * (rows - small - large + x) / ((small - x + 1.0) * (large - x + 1.0));
        if weight < NEGLIGIBLE {
            break;
        }
        weights += weight;
        sum += weight * value(x - 1.0);
    }
    sum / (weights * rows)
}

/// How many groups have each size.
fn distinct(sizes: &[u64]) -> BTreeMap<u64, u64> {
    let mut counts = BTreeMap::new();
    for size in sizes.iter().filter(|size| **size > 0) {
        *counts.entry(*size).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use crate::labels::Partition;
    use crate::random::Secret;

    use super::*;

    #[test]
    fn two_halves_have_the_mean_of_their_two_tables() {
        let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
        let mean = expected_mutual_information(&Contingency::new(&truth, &truth)).unwrap();
        // Two of the six ways to split four rows in halves tell everything, four tell nothing.
        assert!((mean - 2_f64.ln() / 3.0).abs() < 1e-15, "{mean}");
    }

    #[test]
    fn a_thousand_groups_of_many_rows_are_at_chance_in_no_time() {
        let mut draws = Secret::demo(3).stream().draws();
        let mut random = || {
            let codes = (0..1_000_000).map(|_| Some(draws.index(1000) as u32));
            let names = (0..1000).map(|name| name.to_string()).collect();
            Partition::from_codes(codes.collect(), names)
        };
        let table = Contingency::new(&random(), &random());
        let ami = adjusted_mutual_information(&table, Average::Arithmetic).unwrap();
        // The standard deviation of I is √(k²/2)/n, here against H − E of about 6.4.
        assert!(ami.abs() < 5.0 * 707e-6 / 6.4, "{ami}");
    }
}
