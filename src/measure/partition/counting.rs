//! Shares of pairs of rows that two partitions treat alike.

use super::super::contingency::{Contingency, Trivial};
use super::super::pairs::{PairCounts, pair_counts};

/// The Rand index: the share of pairs of rows that both sides put together or both keep apart.
///
/// From 0 to 1; 1 means the same partition. Symmetric. Not corrected for chance: many groups
/// bring it near 1 whatever they say, so read [`super::super::adjusted_rand`] beside it. A
/// single row has no pair that could be treated differently: 1. No row: no value.
///
/// Rand (1971), doi:10.1080/01621459.1971.10482356.
///
/// ```
/// use drumlin::{labels::Partition, measure::{rand_index, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b"].map(Some));
/// let whole = Partition::from_labels(&["x", "x", "x"].map(Some));
/// assert_eq!(rand_index(&Contingency::new(&truth, &whole)), Some(1.0 / 3.0));
/// ```
pub fn rand_index(table: &Contingency) -> Option<f64> {
    let pairs = pair_counts(table)?;
    let alike = pairs.both + pairs.neither;
    let all = alike + pairs.truth_only + pairs.answer_only;
    Some(if all == 0 {
        1.0
    } else {
        alike as f64 / all as f64
    })
}

/// Jaccard's index of pairs: of the pairs that either side puts together, the share that both do.
///
/// From 0 to 1; 1 means the same partition. Symmetric; unlike the Rand index it is not flattered
/// by the many pairs that everybody keeps apart. Neither side puts a pair together: no value.
///
/// Jaccard (1912), doi:10.1111/j.1469-8137.1912.tb05611.x; of pairs, Ben-Hur, Elisseeff & Guyon
/// (2002), `doi:10.1142/9789812799623_0002`.
///
/// ```
/// use drumlin::{labels::Partition, measure::{pair_jaccard, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b"].map(Some));
/// let whole = Partition::from_labels(&["x", "x", "x"].map(Some));
/// assert_eq!(pair_jaccard(&Contingency::new(&truth, &whole)), Some(1.0 / 3.0));
/// ```
pub fn pair_jaccard(table: &Contingency) -> Option<f64> {
    let pairs = pair_counts(table)?;
    let either = pairs.both + pairs.truth_only + pairs.answer_only;
    (either > 0).then(|| pairs.both as f64 / either as f64)
}

/// The index of Fowlkes and Mallows: the geometric mean of pair precision and pair recall.
///
/// From 0 to 1; 1 means the same partition. Symmetric; not corrected for chance. Neither side
/// puts a pair together: they say the same, 1 (scikit-learn writes 0). Only one of them does: 0.
/// No row: no value.
///
/// Fowlkes & Mallows (1983), doi:10.1080/01621459.1983.10478008.
///
/// ```
/// use drumlin::{labels::Partition, measure::{fowlkes_mallows, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b"].map(Some));
/// let whole = Partition::from_labels(&["x", "x", "x"].map(Some));
/// let fm = fowlkes_mallows(&Contingency::new(&truth, &whole)).unwrap();
/// assert!((fm - (1.0_f64 / 3.0).sqrt()).abs() < 1e-15);
/// ```
pub fn fowlkes_mallows(table: &Contingency) -> Option<f64> {
    let pairs = pair_counts(table)?;
    let (truth, answer) = together(pairs);
    Some(match (truth, answer) {
        (0, 0) => 1.0,
        (0, _) | (_, 0) => 0.0,
        _ => (pairs.both as f64 / geometric(truth, answer)).min(1.0),
    })
}

/// The index of Fowlkes and Mallows, corrected for chance: 0 for a random answer with the same
/// group sizes on average, 1 for the same partition.
///
/// (FM − E) / (1 − E), where E is its mean over permutations of the answer. Symmetric. Both sides
/// trivial, or both all singletons: 1. Only one of them: 0. No row: no value.
///
/// Hubert & Arabie (1985), doi:10.1007/BF01908075, eq. 3 on the index of Fowlkes & Mallows
/// (1983), doi:10.1080/01621459.1983.10478008.
///
/// ```
/// use drumlin::{labels::Partition, measure::{adjusted_fowlkes_mallows, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// assert_eq!(adjusted_fowlkes_mallows(&Contingency::new(&truth, &truth)), Some(1.0));
/// ```
pub fn adjusted_fowlkes_mallows(table: &Contingency) -> Option<f64> {
    let pairs = pair_counts(table)?;
    if pairs.truth_only == 0 && pairs.answer_only == 0 {
        return Some(1.0);
    }
    let (truth, answer) = together(pairs);
    if truth == 0 || answer == 0 || table.trivial() != Trivial::Neither {
        return Some(0.0);
    }
    let all = truth + pairs.answer_only + pairs.neither;
    let mean = geometric(truth, answer);
    let expected = mean / all as f64;
    Some((pairs.both as f64 / mean - expected) / (1.0 - expected))
}

/// Pairs that truth and answer put together.
fn together(pairs: PairCounts) -> (u128, u128) {
    (
        pairs.both + pairs.truth_only,
        pairs.both + pairs.answer_only,
    )
}

fn geometric(truth: u128, answer: u128) -> f64 {
    libm::sqrt(truth as f64) * libm::sqrt(answer as f64)
}

#[cfg(test)]
mod tests {
    use crate::labels::Partition;

    use super::*;

    #[test]
    fn singletons_on_both_sides_say_the_same() {
        let alone = Partition::from_labels(&["a", "b", "c"].map(Some));
        let table = Contingency::new(&alone, &alone);
        assert_eq!(fowlkes_mallows(&table), Some(1.0));
        assert_eq!(adjusted_fowlkes_mallows(&table), Some(1.0));
        assert_eq!(pair_jaccard(&table), None);
        let whole = Partition::from_labels(&["x", "x", "x"].map(Some));
        let table = Contingency::new(&alone, &whole);
        assert_eq!(fowlkes_mallows(&table), Some(0.0));
        assert_eq!(adjusted_fowlkes_mallows(&table), Some(0.0));
    }

    #[test]
    fn nobody_has_no_value() {
        let nobody = Partition::from_labels::<&str>(&[None]);
        let table = Contingency::new(&nobody, &nobody);
        assert_eq!(rand_index(&table), None);
        assert_eq!(fowlkes_mallows(&table), None);
    }
}
