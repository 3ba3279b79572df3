//! Why points have no clustering or components.

use ndarray::ArrayView2;
use thiserror::Error;

/// Why points have no clustering or components.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClusterError {
    /// There is no row, or no column.
    #[error("{rows} rows of {columns} columns have nothing to work on")]
    NoPoints {
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
    },
    /// A value is missing, infinite, or so large that its square would overflow.
    #[error("row {row}, column {column}: {value} is not a number that distances can be taken of")]
    NotFinite {
        /// Position of the row, from 0.
        row: usize,
        /// Position of the column, from 0.
        column: usize,
        /// The value, as text.
        value: String,
    },
    /// The number of groups is 0 or exceeds the number of rows.
    #[error("{rows} rows cannot be put into {groups} groups")]
    Groups {
        /// Number of groups asked for.
        groups: usize,
        /// Number of rows.
        rows: usize,
    },
    /// Zero restarts asked for.
    #[error("k-means needs at least one start")]
    NoStart,
    /// The points have a different number of columns from those fitted.
    #[error("expected points of {expected} columns, found {found}")]
    Columns {
        /// Number of columns of the fit.
        expected: usize,
        /// Number of columns found.
        found: usize,
    },
    /// The algorithm failed.
    #[error("no fit: {0}")]
    NoFit(String),
}

/// Squares of values up to this size, and sums of them over any table, stay finite.
const LARGEST: f64 = 1e100;

/// Check that there are points and that distances between them are finite.
pub(super) fn check(points: ArrayView2<'_, f64>) -> Result<(), ClusterError> {
    let (rows, columns) = points.dim();
    if rows == 0 || columns == 0 {
        return Err(ClusterError::NoPoints { rows, columns });
    }
    // NaN is in no range, so this catches it too.
    let wrong = |value: &f64| !(-LARGEST..=LARGEST).contains(value);
    match points.indexed_iter().find(|(_, value)| wrong(value)) {
        None => Ok(()),
        Some(((row, column), value)) => Err(ClusterError::NotFinite {
            row,
            column,
            value: value.to_string(),
        }),
    }
}
