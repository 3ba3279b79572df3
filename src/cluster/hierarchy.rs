//! Agglomerative clustering, through kodama.

use kodama::{Method, linkage};

use super::error::ClusterError;

/// How the distance between two groups is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linkage {
    /// Smallest increase of the sum of squares within groups. Ward (1963),
    /// doi:10.1080/01621459.1963.10500845.
    Ward,
    /// Mean distance of all pairs.
    Average,
    /// Largest distance of all pairs.
    Complete,
}

/// A hierarchy of merges; cut it into any number of groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Hierarchy {
    /// The two groups of each merge: rows from 0, then merges from n.
    merges: Vec<(usize, usize)>,
    rows: usize,
}

impl Hierarchy {
    /// Merge rows by `distances`, Euclidean, as [`crate::measure::pairwise_distances`] gives them.
    ///
    /// # Errors
    /// When `distances` are not finite or do not belong to `rows` rows, or there is no row.
    pub fn new(distances: &[f64], rows: usize, by: Linkage) -> Result<Self, ClusterError> {
        if rows == 0 || distances.len() != rows * (rows - 1) / 2 {
            return Err(ClusterError::NoPoints { rows, columns: 1 });
        }
        if let Some(at) = distances.iter().position(|distance| !distance.is_finite()) {
            return Err(ClusterError::NotFinite {
                row: at,
                column: 0,
                value: distances[at].to_string(),
            });
        }
        let method = match by {
            Linkage::Ward => Method::Ward,
            Linkage::Average => Method::Average,
            Linkage::Complete => Method::Complete,
        };
        let mut scratch = distances.to_vec();
        let steps = linkage(&mut scratch, rows, method);
        Ok(Self {
            merges: steps
                .steps()
                .iter()
                .map(|step| (step.cluster1, step.cluster2))
                .collect(),
            rows,
        })
    }

    /// The `k` groups before the last k − 1 merges: a label from 0 for each row, in order of first
    /// appearance. A `k` of 0 is treated as 1, and a `k` above the number of rows as that number.
    pub fn groups(&self, k: usize) -> Vec<u32> {
        let kept = self.rows.saturating_sub(k.max(1));
        let mut parents: Vec<usize> = (0..self.rows + kept).collect();
        for (at, (left, right)) in self.merges.iter().take(kept).enumerate() {
            parents[*left] = self.rows + at;
            parents[*right] = self.rows + at;
        }
        // Parents come after their children: going top down, each finds its root in one step.
        for at in (0..parents.len()).rev() {
            parents[at] = parents[parents[at]];
        }
        let mut names = Vec::new();
        (0..self.rows)
            .map(|row| {
                let root = parents[row];
                let known = names.iter().position(|name| *name == root);
                known.unwrap_or_else(|| {
                    names.push(root);
                    names.len() - 1
                }) as u32
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on a line: 0, 1, 10, 11, 100.
    fn distances() -> Vec<f64> {
        let places = [0.0_f64, 1.0, 10.0, 11.0, 100.0];
        let from = |at: usize| places[at + 1..].iter().map(move |to| to - places[at]);
        (0..5).flat_map(from).collect()
    }

    #[test]
    fn a_hierarchy_is_cut_into_any_number_of_groups() {
        for by in [Linkage::Ward, Linkage::Average, Linkage::Complete] {
            let tree = Hierarchy::new(&distances(), 5, by).unwrap();
            assert_eq!(tree.groups(1), [0, 0, 0, 0, 0]);
            assert_eq!(tree.groups(2), [0, 0, 0, 0, 1]);
            assert_eq!(tree.groups(3), [0, 0, 1, 1, 2]);
            assert_eq!(tree.groups(5), [0, 1, 2, 3, 4]);
            assert_eq!(tree.groups(9), tree.groups(5));
        }
    }

    #[test]
    fn distances_of_other_rows_are_refused() {
        assert!(Hierarchy::new(&distances(), 4, Linkage::Ward).is_err());
        assert!(Hierarchy::new(&[], 0, Linkage::Ward).is_err());
        assert_eq!(
            Hierarchy::new(&[], 1, Linkage::Ward).unwrap().groups(1),
            [0]
        );
    }
}
