//! Groups matched one to one, or each to its best.

use super::super::assignment::best_assignment;
use super::super::contingency::Contingency;
use super::super::moments::ordered_sum;

/// Purity: the share of rows that lie in the largest group of the truth of their answer's group.
///
/// From the share of the truth's largest group to 1; 1 means that no group of the answer mixes two
/// of the truth, so splitting always helps it. One-sided. No row: no value.
///
/// Zhao & Karypis (2004), doi:10.1023/B:MACH.0000027785.44527.d6.
///
/// ```
/// use drumlin::{labels::Partition, measure::{purity, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b"].map(Some));
/// let whole = Partition::from_labels(&["x", "x", "x"].map(Some));
/// assert_eq!(purity(&Contingency::new(&truth, &whole)), Some(2.0 / 3.0));
/// ```
pub fn purity(table: &Contingency) -> Option<f64> {
    let mut largest = vec![0; table.answer_sizes().len()];
    for (_, answer, count) in table.cells() {
        let most: &mut u64 = &mut largest[*answer as usize];
        *most = (*most).max(*count);
    }
    let pure: u64 = largest.iter().sum();
    (table.rows() > 0).then(|| pure as f64 / table.rows() as f64)
}

/// Accuracy of the best one-to-one matching of groups (found by the Hungarian method).
///
/// From near 0 to 1, which means the same partition. Symmetric; groups beyond the other side's
/// number stay unmatched. Not corrected for chance. The cost grows with the cube of the number of
/// groups. No row: no value.
///
/// Kuhn (1955), doi:10.1002/nav.3800020109; as a measure, Meilă & Heckerman (2001),
/// doi:10.1023/A:1007648401407.
///
/// ```
/// use drumlin::{labels::Partition, measure::{matching_accuracy, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let answer = Partition::from_labels(&["x", "y", "x", "x"].map(Some));
/// assert_eq!(matching_accuracy(&Contingency::new(&truth, &answer)), Some(0.75));
/// ```
pub fn matching_accuracy(table: &Contingency) -> Option<f64> {
    let sides = Sides::of(table)?;
    let matched = sides.matched(|count, _, _| count);
    Some(ordered_sum(matched.into_iter()) / table.rows() as f64)
}

/// The pair sets index: matched groups weighed by n / max(a, b), corrected for chance, and not
/// below 0.
///
/// From 0 (not above chance) to 1 (the same partition). Symmetric; every group weighs the same,
/// however large. Both sides one group: 1. One side one group: 0. No row: no value.
///
/// Rezaei & Fränti (2016), doi:10.1109/TKDE.2016.2551240.
///
/// ```
/// use drumlin::{labels::Partition, measure::{pair_sets_index, Contingency}};
/// let truth = Partition::from_labels(&["a", "b", "c"].map(Some));
/// let answer = Partition::from_labels(&["x", "y", "y"].map(Some));
/// let psi = pair_sets_index(&Contingency::new(&truth, &answer)).unwrap();
/// assert!((psi - 5.0 / 14.0).abs() < 1e-15);
/// ```
pub fn pair_sets_index(table: &Contingency) -> Option<f64> {
    unclipped_pair_sets_index(table).map(|index| index.max(0.0))
}

/// [`pair_sets_index`] without the floor at 0: negative is worse than chance.
///
/// Gagolewski (2021), genieclust, doi:10.1016/j.softx.2021.100722, on Rezaei & Fränti (2016),
/// doi:10.1109/TKDE.2016.2551240.
///
/// ```
/// use drumlin::{labels::Partition, measure::{unclipped_pair_sets_index, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let answer = Partition::from_labels(&["x", "y", "x", "y"].map(Some));
/// assert_eq!(unclipped_pair_sets_index(&Contingency::new(&truth, &answer)), Some(0.0));
/// ```
pub fn unclipped_pair_sets_index(table: &Contingency) -> Option<f64> {
    let sides = Sides::of(table)?;
    let descending = |sizes: &[f64]| {
        let mut sizes = sizes.to_vec();
        sizes.sort_unstable_by(|left, right| right.total_cmp(left));
        sizes
    };
    let (truth, answer) = (descending(&sides.truth), descending(&sides.answer));
    let rows = table.rows() as f64;
    let chance = truth.iter().zip(&answer).map(|(a, b)| a.min(*b) / rows);
    Some(sides.pair_sets(ordered_sum(chance)))
}

/// The pair sets index with 1 in the place of its chance term, and not below 0.
///
/// From 0 to 1 (the same partition); a random answer gets somewhat above 0. Symmetric. Edge cases
/// as in [`pair_sets_index`].
///
/// Rezaei & Fränti (2016), doi:10.1109/TKDE.2016.2551240, as simplified in genieclust, Gagolewski
/// (2021), doi:10.1016/j.softx.2021.100722.
///
/// ```
/// use drumlin::{labels::Partition, measure::{simplified_pair_sets_index, Contingency}};
/// let truth = Partition::from_labels(&["a", "b", "c"].map(Some));
/// let answer = Partition::from_labels(&["x", "y", "y"].map(Some));
/// assert_eq!(simplified_pair_sets_index(&Contingency::new(&truth, &answer)), Some(0.25));
/// ```
pub fn simplified_pair_sets_index(table: &Contingency) -> Option<f64> {
    Some(Sides::of(table)?.pair_sets(1.0).max(0.0))
}

/// Normalised clustering accuracy: the mean over the truth's groups of how far each is found by
/// its match, above an even spread.
///
/// ((1/k) Σ n / a − 1/k) / (1 − 1/k) over the best one-to-one matching. From 0 to 1, which means
/// the same partition. One-sided: every group of the *truth* weighs the same, however large. Only
/// for as many groups on both sides, otherwise no value: a matching would leave groups out.
/// Both sides one group: 1. No row: no value.
///
/// Gagolewski (2024), doi:10.1007/s00357-024-09482-2.
///
/// ```
/// use drumlin::{labels::Partition, measure::{normalised_clustering_accuracy, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let answer = Partition::from_labels(&["x", "y", "x", "x"].map(Some));
/// let accuracy = normalised_clustering_accuracy(&Contingency::new(&truth, &answer)).unwrap();
/// assert!((accuracy - 0.5).abs() < 1e-15);
/// ```
pub fn normalised_clustering_accuracy(table: &Contingency) -> Option<f64> {
    let sides = Sides::of(table)?;
    let groups = sides.square()?;
    let matched = ordered_sum(sides.matched(|count, truth, _| count / truth).into_iter());
    Some(above_even(matched / groups, groups))
}

/// Normalised pivoted accuracy: the accuracy of the best one-to-one matching, above an even spread.
///
/// (accuracy − 1/k) / (1 − 1/k). At most 1, which means the same partition. Symmetric. Only for as
/// many groups on both sides, otherwise no value. Both sides one group: 1. No row: no value.
///
/// Gagolewski (2024), doi:10.1007/s00357-024-09482-2.
///
/// ```
/// use drumlin::{labels::Partition, measure::{normalised_pivoted_accuracy, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let answer = Partition::from_labels(&["x", "y", "x", "x"].map(Some));
/// assert_eq!(normalised_pivoted_accuracy(&Contingency::new(&truth, &answer)), Some(0.5));
/// ```
pub fn normalised_pivoted_accuracy(table: &Contingency) -> Option<f64> {
    let groups = Sides::of(table)?.square()?;
    Some(above_even(matching_accuracy(table)?, groups))
}

fn above_even(accuracy: f64, groups: f64) -> f64 {
    if groups > 1.0 {
        (accuracy - 1.0 / groups) / (1.0 - 1.0 / groups)
    } else {
        1.0
    }
}

/// A table without its empty groups, as numbers to match.
struct Sides {
    cells: Vec<(usize, usize, f64)>,
    truth: Vec<f64>,
    answer: Vec<f64>,
}

impl Sides {
    /// No value without a row.
    fn of(table: &Contingency) -> Option<Self> {
        let kept = |sizes: &[u64]| -> (Vec<usize>, Vec<f64>) {
            let mut places = vec![0; sizes.len()];
            let mut kept = Vec::new();
            for (group, size) in sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
                places[group] = kept.len();
                kept.push(*size as f64);
            }
            (places, kept)
        };
        let (of_truth, truth) = kept(table.truth_sizes());
        let (of_answer, answer) = kept(table.answer_sizes());
        let cells = table.cells().iter();
        let cells = cells
            .map(|(t, a, count)| (of_truth[*t as usize], of_answer[*a as usize], *count as f64));
        (table.rows() > 0).then(|| Self {
            cells: cells.collect(),
            truth,
            answer,
        })
    }

    /// The number of groups, when it is the same on both sides.
    fn square(&self) -> Option<f64> {
        (self.truth.len() == self.answer.len()).then_some(self.truth.len() as f64)
    }

    /// The worth of each pair of the matching with the largest sum; `worth` is told the rows in
    /// common and the sizes of both groups.
    fn matched(&self, worth: impl Fn(f64, f64, f64) -> f64) -> Vec<f64> {
        let mut worths = ndarray::Array2::zeros((self.truth.len(), self.answer.len()));
        for (truth, answer, count) in &self.cells {
            worths[[*truth, *answer]] = worth(*count, self.truth[*truth], self.answer[*answer]);
        }
        let pairs = best_assignment(worths.view());
        pairs.into_iter().map(|pair| worths[pair]).collect()
    }

    fn pair_sets(&self, chance: f64) -> f64 {
        let most = self.truth.len().max(self.answer.len()) as f64;
        if most < 2.0 {
            return 1.0;
        }
        let matched = self.matched(|count, truth, answer| count / truth.max(answer));
        (ordered_sum(matched.into_iter()) - chance) / (most - chance)
    }
}

#[cfg(test)]
mod tests {
    use crate::labels::Partition;

    use super::*;

    #[test]
    fn other_numbers_of_groups_have_no_normalised_accuracy() {
        let truth = Partition::from_labels(&["a", "b", "c"].map(Some));
        let whole = Partition::from_labels(&["x", "x", "x"].map(Some));
        let table = Contingency::new(&truth, &whole);
        assert_eq!(normalised_clustering_accuracy(&table), None);
        assert_eq!(normalised_pivoted_accuracy(&table), None);
        assert!(pair_sets_index(&table).unwrap().abs() < 1e-15);
        assert!(simplified_pair_sets_index(&table).unwrap().abs() < 1e-15);
        let both = Contingency::new(&whole, &whole);
        assert_eq!(pair_sets_index(&both), Some(1.0));
        assert_eq!(normalised_clustering_accuracy(&both), Some(1.0));
    }
}
