//! Why nothing was learnt.

use thiserror::Error;

/// Why nothing was learnt.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LearnError {
    /// There is no column to learn from, or there are fewer rows than folds.
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
    /// Targets or folds of other rows than the points.
    #[error("expected {expected} rows, found {found}")]
    Rows {
        /// Rows of the points.
        expected: usize,
        /// Rows found.
        found: usize,
    },
    /// The learner gave up.
    #[error("no fit: {0}")]
    NoFit(String),
}
