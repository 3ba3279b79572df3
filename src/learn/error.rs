//! Why training failed.

use thiserror::Error;

/// Why training failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LearnError {
    /// There are no columns, or fewer rows than folds.
    #[error("{rows} rows of {columns} columns in {folds} folds have nothing to learn from")]
    NothingToLearn {
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
        /// Number of folds.
        folds: usize,
    },
    /// A value is missing or infinite.
    #[error("row {row}: {value} is not a number that can be learnt from")]
    NotFinite {
        /// Position of the row, from 0.
        row: usize,
        /// The value, as text.
        value: String,
    },
    /// Targets or folds have a different number of rows from the points.
    #[error("expected {expected} rows, found {found}")]
    Rows {
        /// Rows of the points.
        expected: usize,
        /// Rows found.
        found: usize,
    },
    /// The algorithm failed.
    #[error("no fit: {0}")]
    NoFit(String),
}
