//! Soft memberships: each row is a mixture of groups.

use thiserror::Error;

use super::Partition;

/// Shares of `groups` groups for each row, row by row; every answered row sums to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Memberships {
    groups: usize,
    shares: Vec<f64>,
}

/// Why numbers are not valid memberships.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum MembershipsError {
    /// The number of values is not a multiple of the number of groups.
    #[error("{values} values cannot be rows of {groups} groups")]
    Shape {
        /// Number of values given.
        values: usize,
        /// Number of groups requested.
        groups: usize,
    },
    /// A share is negative, or the shares of a row sum to 0.
    #[error("row {row}: shares must be finite, not negative, and not all zero")]
    Row {
        /// Position of the row, from 0.
        row: usize,
    },
}

impl Memberships {
    /// From non-negative weights, row by row; each row is scaled to sum to 1. A row of `NaN` is
    /// unanswered.
    pub fn from_weights(groups: usize, mut weights: Vec<f64>) -> Result<Self, MembershipsError> {
        if groups == 0 || !weights.len().is_multiple_of(groups) {
            return Err(MembershipsError::Shape {
                values: weights.len(),
                groups,
            });
        }
        for (row, shares) in weights.chunks_mut(groups).enumerate() {
            if shares.iter().all(|share| share.is_nan()) {
                continue;
            }
            let sum: f64 = shares.iter().sum();
            if !sum.is_finite() || sum <= 0.0 || shares.iter().any(|share| *share < 0.0) {
                return Err(MembershipsError::Row { row });
            }
            for share in shares {
                *share /= sum;
            }
        }
        Ok(Self {
            groups,
            shares: weights,
        })
    }

    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.shares.len() / self.groups
    }

    /// Shares of one row; all `NaN` if the row is unanswered.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.shares[row * self.groups..(row + 1) * self.groups]
    }

    /// The group with the largest share of each row: a defensible grouping, but not the only one.
    pub fn argmax(&self, names: Vec<String>) -> Partition {
        let codes = self
            .shares
            .chunks(self.groups)
            .map(|shares| {
                if shares.iter().any(|share| share.is_nan()) {
                    return None;
                }
                let mut best = 0;
                for (group, share) in shares.iter().enumerate() {
                    if *share > shares[best] {
                        best = group;
                    }
                }
                Some(best as u32)
            })
            .collect();
        Partition::from_codes(codes, names)
    }

    /// The memberships of the rows at `rows`, in that order.
    #[must_use]
    pub fn pick(&self, rows: &[usize]) -> Self {
        let shares = rows.iter().flat_map(|row| self.row(*row)).copied();
        Self {
            groups: self.groups,
            shares: shares.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_become_shares_and_left_out_rows_stay_out() {
        let soft = Memberships::from_weights(2, vec![1.0, 3.0, f64::NAN, f64::NAN]).unwrap();
        assert_eq!(soft.row(0), &[0.25, 0.75]);
        assert_eq!(
            soft.argmax(vec!["a".into(), "b".into()]).codes(),
            &[Some(1), None]
        );
    }

    #[test]
    fn a_row_of_zeros_is_refused_by_position() {
        let refused = Memberships::from_weights(2, vec![1.0, 0.0, 0.0, 0.0]);
        assert_eq!(refused, Err(MembershipsError::Row { row: 1 }));
    }
}
