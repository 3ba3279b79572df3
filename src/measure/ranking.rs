//! How easily a few rows are exposed by methods that do not look for them.

use std::collections::BTreeMap;

use ndarray::ArrayView2;

use crate::measure::detection::Detection;
use crate::measure::separation::neighbour_distances;

/// F1 of the group that matches the flagged rows best.
///
/// From 0 to 1; 1 means that one group of a clustering *is* the flagged rows, so anyone who
/// clusters will see them as a finding. Independent of labels. Compare with the same rows before
/// they were damaged: a large share of flagged rows gets a high value by chance. No value without a
/// flagged row.
///
/// ```
/// let groups = [0, 0, 1, 1, 1];
/// let flags = [false, false, true, true, false];
/// assert_eq!(drumlin::measure::best_cluster_f1(&groups, &flags), Some(0.8));
/// ```
///
/// # Panics
/// When groups and flags differ in length.
pub fn best_cluster_f1(groups: &[u32], flags: &[bool]) -> Option<f64> {
    assert_eq!(groups.len(), flags.len(), "groups and flags of other rows");
    let all = flags.iter().filter(|flag| **flag).count() as u64;
    let mut inside: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    for (group, flag) in groups.iter().zip(flags) {
        let counts = inside.entry(*group).or_default();
        counts.0 += u64::from(*flag);
        counts.1 += u64::from(!*flag);
    }
    if all == 0 {
        return None;
    }
    let scores = inside.values().filter_map(|(found, false_alarms)| {
        let seen = Detection {
            found: *found,
            false_alarms: *false_alarms,
            missed: all - found,
        };
        seen.f1()
    });
    scores.max_by(f64::total_cmp)
}

/// Area under the ROC curve: the chance that a flagged row scores above one that is not, ties
/// counting half.
///
/// From 0 to 1; ½ means that the score carries no information about the flag, 0 that it ranks in
/// reverse. Unchanged by any increasing transformation of the score. Scores that are not finite are
/// ignored. No value without a row on either side.
///
/// U / (n₁ n₀) of Mann & Whitney (1947), doi:10.1214/aoms/1177730491; as an area, Hanley &
/// `McNeil` (1982), doi:10.1148/radiology.143.1.7063747.
///
/// ```
/// let area = drumlin::measure::auc(&[1.0, 2.0, 2.0, 3.0], &[false, false, true, true]);
/// assert_eq!(area, Some(0.875));
/// ```
///
/// # Panics
/// When scores and flags differ in length.
pub fn auc(scores: &[f64], flags: &[bool]) -> Option<f64> {
    assert_eq!(scores.len(), flags.len(), "scores and flags of other rows");
    let mut rows: Vec<(f64, bool)> = scores
        .iter()
        .copied()
        .zip(flags.iter().copied())
        .filter(|(score, _)| score.is_finite())
        .collect();
    rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wins, mut below, mut flagged) = (0_u128, 0_u128, 0_u128);
    // `-0.0` and `0.0` are the same score, although `total_cmp` distinguishes them.
    for tied in rows.chunk_by(|a, b| a.0 >= b.0) {
        let with = tied.iter().filter(|(_, flag)| *flag).count() as u128;
        let without = tied.len() as u128 - with;
        // Twice the number of wins, so that ties stay integers.
        wins += with * (2 * below + without);
        below += without;
        flagged += with;
    }
    (flagged > 0 && below > 0).then(|| wins as f64 / (2 * flagged * below) as f64)
}

/// How isolated flagged rows are: the [`auc`] of the distance to the `k`-th neighbour.
///
/// From 0 to 1: near 1 they are isolated, ½ means no difference, and near 0 they are more crowded
/// than the rest. No value where [`neighbour_distances`] or [`auc`] has none.
///
/// ```
/// let points = ndarray::array![[0.0], [0.1], [0.3], [9.0]];
/// let flags = [false, false, false, true];
/// assert_eq!(drumlin::measure::neighbour_auc(points.view(), 1, &flags), Some(1.0));
/// ```
///
/// # Panics
/// When points and flags differ in number.
pub fn neighbour_auc(points: ArrayView2<'_, f64>, k: usize, flags: &[bool]) -> Option<f64> {
    assert_eq!(
        points.nrows(),
        flags.len(),
        "points and flags of other rows"
    );
    auc(&neighbour_distances(points, k)?, flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_that_knows_nothing_gets_a_half_and_one_side_alone_none() {
        assert_eq!(auc(&[1.0; 4], &[true, false, true, false]), Some(0.5));
        assert_eq!(auc(&[0.0, -0.0], &[true, false]), Some(0.5));
        assert_eq!(auc(&[1.0, 2.0], &[true, true]), None);
        assert_eq!(auc(&[f64::NAN, 2.0], &[true, false]), None);
        assert_eq!(auc(&[], &[]), None);
    }

    #[test]
    fn the_best_group_is_the_one_that_is_the_flagged_rows() {
        let flags = [true, true, false, false];
        assert_eq!(best_cluster_f1(&[7, 7, 3, 4], &flags), Some(1.0));
        assert_eq!(best_cluster_f1(&[1; 4], &flags), Some(2.0 / 3.0));
        assert_eq!(best_cluster_f1(&[1; 2], &[false; 2]), None);
    }
}
