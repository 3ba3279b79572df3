//! Element-centric similarity of any two clusterings: partitions, covers, memberships, trees.

use std::collections::BTreeMap;

use ndarray::{Array2, Axis};

use crate::labels::{Cover, Hierarchy, Memberships, Partition};

use super::matrix::solve_square;
use super::soft::answered;

/// Which clusters each row belongs to, and how strongly: what element-centric similarity compares.
#[derive(Debug, Clone, PartialEq)]
pub struct Affinity {
    /// Per row, its clusters and weights; none for a row that was left out.
    rows: Vec<Vec<(usize, f64)>>,
}

impl Affinity {
    /// Of a partition: one cluster per row.
    pub fn of_partition(partition: &Partition) -> Self {
        let rows = partition.codes().iter();
        Self {
            rows: rows
                .map(|code| code.iter().map(|code| (*code as usize, 1.0)).collect())
                .collect(),
        }
    }

    /// Of groups that overlap: a row belongs equally to each of its groups.
    pub fn of_cover(cover: &Cover) -> Self {
        let rows = (0..cover.rows()).map(|row| {
            let groups = cover.row(row).iter();
            groups.map(|group| (*group as usize, 1.0)).collect()
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// Of soft memberships: by the row's shares.
    pub fn of_memberships(memberships: &Memberships) -> Self {
        let rows = (0..memberships.rows()).map(|row| {
            let shares = memberships.row(row);
            let shares = shares.iter().filter(|_| answered(shares)).copied();
            shares
                .enumerate()
                .filter(|(_, share)| *share > 0.0)
                .collect()
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// Of a tree: a row belongs to every cluster above it, itself included, by
    /// exp(`depth` × how far down the tree that is, from 0 at the root to 1 at the rows).
    ///
    /// A `depth` of 0 weighs all levels alike, a large one the finest most, a negative one the
    /// coarsest. How far down is the length of the path from the root, as a share of the longest
    /// path through the cluster.
    pub fn of_hierarchy(tree: &Hierarchy, depth: f64) -> Self {
        let (rows, merges) = (tree.rows(), tree.merges());
        let (mut above, mut below) = (
            vec![0.0_f64; rows + merges.len()],
            vec![0.0_f64; rows + merges.len()],
        );
        let mut parent = vec![None; rows + merges.len()];
        for (at, merge) in merges.iter().enumerate() {
            for child in [merge.left, merge.right] {
                parent[child] = Some(rows + at);
                below[rows + at] = below[rows + at].max(below[child] + 1.0);
            }
        }
        for cluster in (0..parent.len()).rev() {
            if let Some(parent) = parent[cluster] {
                above[cluster] = above[parent] + 1.0;
            }
        }
        let weight = |cluster: usize| {
            let path = above[cluster] + below[cluster];
            let down = if path > 0.0 {
                above[cluster] / path
            } else {
                0.0
            };
            libm::exp(depth * down)
        };
        let rows = (0..rows).map(|row| {
            let path = std::iter::successors(Some(row), |cluster| parent[*cluster]);
            path.map(|cluster| (cluster, weight(cluster))).collect()
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// Element-centric similarity of each row: how alike the two sides send a walk that starts at
    /// this row, goes to the rows it shares clusters with, and returns with chance 1 − `alpha`.
    ///
    /// From 0 to 1, which means the same neighbourhood; no value for a row that either side left
    /// out. Symmetric, and blind to labels; not corrected for chance. For two partitions `alpha`
    /// does not matter and [`super::element_similarities`] is the same in closed form. The walk is
    /// solved exactly, in the clusters or in the kinds of rows, whichever are fewer: meant for a
    /// few thousand different rows, and for trees of a few hundred. No value at all when `alpha`
    /// is not between 0 and 1 (0.9 is the usual one), or a weight is not finite.
    ///
    /// Gates, Wood, Hetrick & Ahn (2019), doi:10.1038/s41598-019-44892-y.
    ///
    /// ```
    /// use drumlin::{labels::Cover, measure::Affinity};
    /// let a = Affinity::of_cover(&Cover::from_codes(vec![vec![0], vec![0], vec![1], vec![1]]));
    /// let b = Affinity::of_cover(&Cover::from_codes(vec![vec![0], vec![1], vec![0], vec![1]]));
    /// for row in a.similarities(&b, 0.9).unwrap() {
    ///     assert!((row.unwrap() - 0.5).abs() < 1e-12);
    /// }
    /// ```
    ///
    /// # Panics
    /// When the sides have different numbers of rows: the caller aligns them by row id.
    pub fn similarities(&self, other: &Self, alpha: f64) -> Option<Vec<Option<f64>>> {
        let sides = [self, other];
        assert_eq!(self.rows.len(), other.rows.len(), "two sides of other rows");
        let whole = |row: &Vec<(usize, f64)>| row.iter().all(|(_, weight)| weight.is_finite());
        let answerable = sides.iter().all(|side| side.rows.iter().all(whole));
        if !(alpha > 0.0 && alpha < 1.0 && answerable) {
            return None;
        }
        // Rows of the same clusters on both sides are alike, and need only one walk.
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        let mut counts = Vec::new();
        let of_row: Vec<Option<usize>> = (0..self.rows.len())
            .map(|row| {
                let kind = sides.map(|side| bits(&side.rows[row]));
                if kind.iter().any(Vec::is_empty) {
                    return None;
                }
                let at = *kinds.entry(kind).or_insert_with(|| {
                    counts.push((row, 0.0));
                    counts.len() - 1
                });
                counts[at].1 += 1.0;
                Some(at)
            })
            .collect();
        let [a, b] = sides.map(|side| Walk::new(&side.rows, &counts, alpha));
        let similarities: Vec<f64> = (0..counts.len())
            .map(|kind| {
                let gaps = (0..counts.len())
                    .map(|to| counts[to].1 * (a.reach(kind, to) - b.reach(kind, to)).abs());
                (1.0 - (1.0 - alpha) / 2.0 * gaps.sum::<f64>()).clamp(0.0, 1.0)
            })
            .collect();
        let rows = of_row.into_iter();
        Some(
            rows.map(|kind| kind.map(|kind| similarities[kind]))
                .collect(),
        )
    }

    /// Element-centric similarity: the mean of [`Affinity::similarities`] over the rows that both
    /// sides have; no value without one.
    ///
    /// ```
    /// use drumlin::{labels::Memberships, measure::Affinity};
    /// let soft = Memberships::from_weights(2, vec![1.0, 0.0, 0.5, 0.5]).unwrap();
    /// let soft = Affinity::of_memberships(&soft);
    /// assert_eq!(soft.similarity(&soft, 0.9), Some(1.0));
    /// ```
    ///
    /// # Panics
    /// When the sides have different numbers of rows: the caller aligns them by row id.
    pub fn similarity(&self, other: &Self, alpha: f64) -> Option<f64> {
        let rows: Vec<f64> = self
            .similarities(other, alpha)?
            .into_iter()
            .flatten()
            .collect();
        super::moments::mean(&rows)
    }
}

/// The clusters and weights of one row on both sides, as bits: an order without `NaN`.
type Kind = [Vec<(usize, u64)>; 2];

fn bits(row: &[(usize, f64)]) -> Vec<(usize, u64)> {
    let mut bits: Vec<(usize, u64)> = row
        .iter()
        .filter(|(_, weight)| *weight > 0.0)
        .map(|(cluster, weight)| (*cluster, weight.to_bits()))
        .collect();
    bits.sort_unstable();
    bits
}

/// Where a walk goes after it left its own row.
///
/// With A the weights by row and B by cluster (each summing to 1), the walk's distribution is
/// (1 − α)(1 − α A Bᵀ)⁻¹ = (1 − α)(1 + α A M Bᵀ) with M = (1 − α Bᵀ A)⁻¹, of the number of
/// clusters; or A M = (1 − α A Bᵀ)⁻¹ A, of the number of kinds of rows.
struct Walk {
    /// A M, by kind of row.
    out: Array2<f64>,
    /// B, by kind of row.
    back: Array2<f64>,
}

impl Walk {
    /// `kinds`: a row of each kind, and how many there are.
    fn new(rows: &[Vec<(usize, f64)>], kinds: &[(usize, f64)], alpha: f64) -> Self {
        let mut used: Vec<usize> = kinds
            .iter()
            .flat_map(|(row, _)| rows[*row].iter().map(|(cluster, _)| *cluster))
            .collect();
        used.sort_unstable();
        used.dedup();
        let (t, k) = (kinds.len(), used.len());
        let mut by_row = Array2::<f64>::zeros((t, k));
        for (kind, (row, _)) in kinds.iter().enumerate() {
            for (cluster, weight) in &rows[*row] {
                by_row[[kind, used.partition_point(|other| other < cluster)]] += weight;
            }
        }
        let mut back = by_row.clone();
        for mut row in by_row.rows_mut() {
            let sum = row.sum();
            row.mapv_inplace(|weight| weight / sum);
        }
        let counts: Vec<f64> = kinds.iter().map(|(_, count)| *count).collect();
        let mut counted = Array2::<f64>::zeros((t, k));
        for ((mut to, from), count) in counted.rows_mut().into_iter().zip(back.rows()).zip(&counts)
        {
            to.assign(&(&from * *count));
        }
        let sizes = counted.sum_axis(Axis(0));
        let scale = |matrix: &mut Array2<f64>| {
            for mut row in matrix.rows_mut() {
                row.zip_mut_with(&sizes, |weight, size| {
                    *weight = if *size > 0.0 { *weight / size } else { 0.0 };
                });
            }
        };
        scale(&mut back);
        scale(&mut counted);
        let out = if k <= t {
            let step = counted.t().dot(&by_row);
            by_row.dot(&solve_square(Array2::eye(k) - step * alpha, Array2::eye(k)))
        } else {
            let step = by_row.dot(&counted.t());
            solve_square(Array2::eye(t) - step * alpha, by_row)
        };
        Self { out, back }
    }

    fn reach(&self, from: usize, to: usize) -> f64 {
        self.out.row(from).dot(&self.back.row(to))
    }
}

#[cfg(test)]
mod tests {
    use super::super::element_similarities;
    use super::*;

    #[test]
    fn partitions_have_their_closed_form_whatever_the_restart() {
        let a =
            Partition::from_labels(&[Some("a"), Some("a"), Some("b"), None, Some("b"), Some("b")]);
        let b = Partition::from_labels(&["x", "y", "y", "y", "y", "z"].map(Some));
        let closed = element_similarities(&a, &b);
        for alpha in [0.1, 0.5, 0.9] {
            let walked =
                Affinity::of_partition(&a).similarities(&Affinity::of_partition(&b), alpha);
            for (walked, closed) in walked.unwrap().into_iter().zip(&closed) {
                match (walked, closed) {
                    (Some(walked), Some(closed)) => assert!((walked - closed).abs() < 1e-12),
                    (walked, closed) => assert_eq!(walked, *closed),
                }
            }
        }
        assert_eq!(
            Affinity::of_partition(&a).similarities(&Affinity::of_partition(&b), 1.0),
            None
        );
    }

    #[test]
    fn nobody_has_no_similarity() {
        let nobody = Affinity::of_cover(&Cover::from_codes(vec![vec![], vec![]]));
        assert_eq!(nobody.similarities(&nobody, 0.9), Some(vec![None, None]));
        assert_eq!(nobody.similarity(&nobody, 0.9), None);
    }
}
