//! Groups within groups: a binary tree over the rows.

use thiserror::Error;

use super::Partition;

/// One step of a hierarchy: two clusters become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merge {
    /// One cluster: a row, or the number of rows plus the position of an earlier merge.
    pub left: usize,
    /// The other.
    pub right: usize,
    /// At which distance they meet.
    pub height: f64,
}

/// A binary tree over rows, as merges from the leaves up. Clusters are numbered as in `SciPy`: rows
/// first, then merges.
#[derive(Debug, Clone, PartialEq)]
pub struct Hierarchy {
    rows: usize,
    merges: Vec<Merge>,
}

/// Why merges are no hierarchy.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum HierarchyError {
    /// A tree over n rows has n − 1 merges.
    #[error("{merges} merges cannot join {rows} rows into one tree")]
    Number {
        /// Number of rows.
        rows: usize,
        /// Number of merges.
        merges: usize,
    },
    /// A cluster is merged before it exists, twice, or with itself.
    #[error("merge {merge}: cluster {cluster} is not there to be merged")]
    Cluster {
        /// Position of the merge, from 0.
        merge: usize,
        /// The cluster it names.
        cluster: usize,
    },
    /// A height is not a number.
    #[error("merge {merge}: the height must be finite")]
    Height {
        /// Position of the merge, from 0.
        merge: usize,
    },
}

impl Hierarchy {
    /// From the merges of `rows` rows, in order; heights need not grow.
    ///
    /// ```
    /// use drumlin::labels::{Hierarchy, Merge};
    /// let merge = |left, right, height| Merge { left, right, height };
    /// let tree = Hierarchy::from_merges(3, vec![merge(0, 2, 1.0), merge(1, 3, 2.0)]).unwrap();
    /// assert_eq!(tree.cut(2).codes(), &[Some(0), Some(1), Some(0)]);
    /// ```
    pub fn from_merges(rows: usize, merges: Vec<Merge>) -> Result<Self, HierarchyError> {
        if merges.len() + 1 != rows.max(1) {
            let merges = merges.len();
            return Err(HierarchyError::Number { rows, merges });
        }
        let mut free = vec![true; rows + merges.len()];
        for (at, merge) in merges.iter().enumerate() {
            for cluster in [merge.left, merge.right] {
                if cluster >= rows + at || !std::mem::take(&mut free[cluster]) {
                    return Err(HierarchyError::Cluster { merge: at, cluster });
                }
            }
            if !merge.height.is_finite() {
                return Err(HierarchyError::Height { merge: at });
            }
        }
        Ok(Self { rows, merges })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The merges, from the leaves up.
    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// The partition into `groups` groups: the last `groups` − 1 merges undone. At least 1 group
    /// and at most one per row; groups are numbered by their first row.
    pub fn cut(&self, groups: usize) -> Partition {
        let kept = self.rows.saturating_sub(groups.max(1));
        let mut owner: Vec<usize> = (0..self.rows + self.merges.len()).collect();
        for (at, merge) in self.merges[..kept.min(self.merges.len())]
            .iter()
            .enumerate()
        {
            owner[merge.left] = self.rows + at;
            owner[merge.right] = self.rows + at;
        }
        // An owner has a larger number, so from the top down each knows its root.
        for cluster in (0..owner.len()).rev() {
            owner[cluster] = owner[owner[cluster]];
        }
        let mut roots: Vec<usize> = Vec::new();
        let mut numbers = vec![None; owner.len()];
        let codes = owner[..self.rows].iter().map(|root| {
            let number = *numbers[*root].get_or_insert_with(|| {
                roots.push(*root);
                roots.len() as u32 - 1
            });
            Some(number)
        });
        let codes = codes.collect();
        let names = (0..roots.len()).map(|name| name.to_string()).collect();
        Partition::from_codes(codes, names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(left: usize, right: usize) -> Merge {
        Merge {
            left,
            right,
            height: 1.0,
        }
    }

    #[test]
    fn cuts_go_from_one_group_to_all_rows() {
        let tree = Hierarchy::from_merges(4, vec![merge(3, 1), merge(4, 0), merge(5, 2)]).unwrap();
        assert_eq!(tree.cut(1).groups(), 1);
        assert_eq!(tree.cut(2).codes(), &[Some(0), Some(0), Some(1), Some(0)]);
        assert_eq!(tree.cut(3).codes(), &[Some(0), Some(1), Some(2), Some(1)]);
        assert_eq!(tree.cut(9).groups(), 4);
        assert_eq!(tree.cut(0), tree.cut(1));
    }

    #[test]
    fn what_is_no_tree_is_refused_with_its_place() {
        let refused = |rows, merges| Hierarchy::from_merges(rows, merges).unwrap_err();
        let number = HierarchyError::Number { rows: 3, merges: 1 };
        assert_eq!(refused(3, vec![merge(0, 1)]), number);
        let twice = HierarchyError::Cluster {
            merge: 1,
            cluster: 0,
        };
        assert_eq!(refused(3, vec![merge(0, 1), merge(0, 2)]), twice);
        let early = HierarchyError::Cluster {
            merge: 0,
            cluster: 4,
        };
        assert_eq!(refused(3, vec![merge(0, 4), merge(1, 2)]), early);
        let mut endless = merge(0, 1);
        endless.height = f64::NAN;
        assert_eq!(
            refused(2, vec![endless]),
            HierarchyError::Height { merge: 0 }
        );
    }

    #[test]
    fn no_row_and_one_row_are_trees() {
        for rows in [0, 1] {
            let tree = Hierarchy::from_merges(rows, vec![]).unwrap();
            assert_eq!(tree.cut(1).rows(), rows);
        }
    }
}
