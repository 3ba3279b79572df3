//! How a hierarchy fits distances, groups and other hierarchies.

use std::collections::BTreeMap;

use crate::labels::{Hierarchy, Partition};

use super::contingency::Contingency;
use super::correlation::Correlation;
use super::partition::{Average, adjusted_mutual_information};

/// The height at which each pair of rows meets, in the order of pairs (0, 1), (0, 2), …, (1, 2), …
///
/// As many as [`super::pairwise_distances`] gives, in the same order. The cost grows with the
/// square of the rows: meant for a few thousand.
///
/// Sokal & Rohlf (1962), doi:10.2307/1217208.
///
/// ```
/// use drumlin::{labels::{Hierarchy, Merge}, measure::cophenetic_distances};
/// let merge = |left, right, height| Merge { left, right, height };
/// let tree = Hierarchy::from_merges(3, vec![merge(0, 2, 1.0), merge(1, 3, 2.5)]).unwrap();
/// assert_eq!(cophenetic_distances(&tree), vec![2.5, 1.0, 2.5]);
/// ```
pub fn cophenetic_distances(tree: &Hierarchy) -> Vec<f64> {
    let n = tree.rows();
    let mut distances = vec![0.0; n * n.saturating_sub(1) / 2];
    let mut members: Vec<Vec<usize>> = (0..n).map(|row| vec![row]).collect();
    for merge in tree.merges() {
        let (mut left, right) = (
            std::mem::take(&mut members[merge.left]),
            std::mem::take(&mut members[merge.right]),
        );
        for one in &left {
            for other in &right {
                let (low, high) = (*one.min(other), *one.max(other));
                // Pairs of `low` begin here, less what the first has no partner for.
                distances[low * (2 * n - low - 1) / 2 + high - low - 1] = merge.height;
            }
        }
        left.extend(right);
        members.push(left);
    }
    distances
}

/// The cophenetic correlation: how well the heights at which rows meet follow their `distances`.
///
/// From −1 to 1; 1 means that the tree distorts nothing (with [`Correlation::Pearson`], the usual
/// one) or no order (with the others). Distances that are not finite are left out. No value for
/// fewer than two pairs, or when either side is constant.
///
/// Sokal & Rohlf (1962), doi:10.2307/1217208.
///
/// ```
/// use drumlin::labels::{Hierarchy, Merge};
/// use drumlin::measure::{cophenetic_correlation, Correlation};
/// let merge = |left, right, height| Merge { left, right, height };
/// let tree = Hierarchy::from_merges(3, vec![merge(0, 2, 1.0), merge(1, 3, 2.5)]).unwrap();
/// let r = cophenetic_correlation(&tree, &[2.0, 1.0, 3.0], Correlation::Pearson).unwrap();
/// assert!((r - 0.75_f64.sqrt()).abs() < 1e-15);
/// ```
///
/// # Panics
/// When there is not a distance for each pair of rows.
pub fn cophenetic_correlation(tree: &Hierarchy, distances: &[f64], by: Correlation) -> Option<f64> {
    by.of(&cophenetic_distances(tree), distances)
}

/// How alike two hierarchies of the same rows are: the correlation of the heights at which each
/// pair of rows meets; with [`Correlation::Spearman`] it is Baker's gamma.
///
/// From −1 to 1; 1 means the same tree (up to heights, by ranks). Symmetric. No value for fewer
/// than two pairs, or when either side is constant.
///
/// Baker (1974), doi:10.1080/01621459.1974.10482971.
///
/// ```
/// use drumlin::labels::{Hierarchy, Merge};
/// use drumlin::measure::{hierarchy_correlation, Correlation};
/// let merge = |left, right, height| Merge { left, right, height };
/// let tree = Hierarchy::from_merges(3, vec![merge(0, 2, 1.0), merge(1, 3, 2.5)]).unwrap();
/// let other = Hierarchy::from_merges(3, vec![merge(0, 1, 1.0), merge(2, 3, 2.5)]).unwrap();
/// let gamma = hierarchy_correlation(&tree, &other, Correlation::Spearman).unwrap();
/// assert!((gamma + 0.5).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the hierarchies have different numbers of rows: the caller aligns them.
pub fn hierarchy_correlation(a: &Hierarchy, b: &Hierarchy, by: Correlation) -> Option<f64> {
    by.of(&cophenetic_distances(a), &cophenetic_distances(b))
}

/// Dendrogram purity: for two random rows of one group, the share of that group among the rows of
/// the smallest cluster that holds both.
///
/// From near 0 to 1; 1 means that every group is a subtree. Blind to heights and labels. Exact, by
/// counting pairs at every merge. Rows without a group do not count, in pairs or in clusters. No
/// pair of rows of one group: no value.
///
/// Heller & Ghahramani (2005), doi:10.1145/1102351.1102389.
///
/// ```
/// use drumlin::labels::{Hierarchy, Merge, Partition};
/// let merge = |left, right| Merge { left, right, height: 1.0 };
/// let tree = Hierarchy::from_merges(3, vec![merge(0, 2), merge(1, 3)]).unwrap();
/// let groups = Partition::from_labels(&["a", "a", "b"].map(Some));
/// assert_eq!(drumlin::measure::dendrogram_purity(&tree, &groups), Some(2.0 / 3.0));
/// ```
///
/// # Panics
/// When tree and groups have different numbers of rows: the caller aligns them.
pub fn dendrogram_purity(tree: &Hierarchy, groups: &Partition) -> Option<f64> {
    assert_eq!(tree.rows(), groups.rows(), "tree and groups of other rows");
    let alone = groups
        .codes()
        .iter()
        .map(|code| code.iter().map(|code| (*code, 1_u64)).collect());
    let mut counts: Vec<BTreeMap<u32, u64>> = alone.collect();
    let mut sizes: Vec<u64> = counts.iter().map(|counts| counts.len() as u64).collect();
    let (mut sum, mut pairs) = (0.0, 0.0);
    for merge in tree.merges() {
        let (left, right) = (
            std::mem::take(&mut counts[merge.left]),
            std::mem::take(&mut counts[merge.right]),
        );
        // Into the larger one, so that no row moves more than log n times.
        let (mut large, small) = if left.len() < right.len() {
            (right, left)
        } else {
            (left, right)
        };
        let size = sizes[merge.left] + sizes[merge.right];
        for (code, count) in small {
            let other = large.entry(code).or_insert(0);
            let joined = (*other * count) as f64;
            *other += count;
            sum += joined * (*other as f64 / size as f64);
            pairs += joined;
        }
        counts.push(large);
        sizes.push(size);
    }
    (pairs > 0.0).then(|| (sum / pairs).min(1.0))
}

/// The level of an answer that finds one level of a truth best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelMatch {
    /// Position of the answer's level.
    pub level: usize,
    /// Its adjusted mutual information with the truth's level, by the arithmetic mean.
    pub recovery: f64,
}

/// Level-by-level recovery: for each level of a truth, the answer's level that finds it best, by
/// adjusted mutual information; the first of equals.
///
/// At most 1 each; 0 is chance for one level, and the best of many is somewhat above it. Levels of
/// a tree are its cuts ([`Hierarchy::cut`]). A level of the truth that no level of the answer shares
/// a row with has no match. The correction for chance is what keeps the finest level from winning
/// always.
///
/// On Vinh, Epps & Bailey (2010), <https://jmlr.org/papers/v11/vinh10a.html>.
///
/// ```
/// use drumlin::{labels::Partition, measure::recover_levels};
/// let coarse = Partition::from_labels(&["a", "a", "a", "b", "b", "b"].map(Some));
/// let fine = Partition::from_labels(&["a", "a", "c", "b", "b", "d"].map(Some));
/// let found = recover_levels(&[coarse.clone(), fine.clone()], &[fine, coarse]);
/// assert_eq!(found[0].unwrap().level, 1);
/// assert_eq!(found[1].unwrap().level, 0);
/// ```
///
/// # Panics
/// When levels have different numbers of rows: the caller aligns them by row id.
pub fn recover_levels(truth: &[Partition], answer: &[Partition]) -> Vec<Option<LevelMatch>> {
    let best = |truth: &Partition| {
        let mut best: Option<LevelMatch> = None;
        for (level, answer) in answer.iter().enumerate() {
            let table = Contingency::new(truth, answer);
            let Some(recovery) = adjusted_mutual_information(&table, Average::Arithmetic) else {
                continue;
            };
            if best.is_none_or(|best| recovery > best.recovery) {
                best = Some(LevelMatch { level, recovery });
            }
        }
        best
    };
    truth.iter().map(best).collect()
}

#[cfg(test)]
mod tests {
    use crate::labels::Merge;

    use super::*;

    #[test]
    fn groups_without_a_pair_have_no_purity_and_no_answer_no_match() {
        let merge = Merge {
            left: 0,
            right: 1,
            height: 1.0,
        };
        let tree = Hierarchy::from_merges(2, vec![merge]).unwrap();
        let apart = Partition::from_labels(&["a", "b"].map(Some));
        assert_eq!(dendrogram_purity(&tree, &apart), None);
        assert_eq!(
            hierarchy_correlation(&tree, &tree, Correlation::Pearson),
            None
        );
        assert_eq!(recover_levels(&[apart], &[]), vec![None]);
    }
}
