//! Why a table has no certificate.

use thiserror::Error;

use crate::cluster::ClusterError;
use crate::learn::LearnError;
use crate::progress::Interrupted;

/// Why a table has no certificate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CertifyError {
    /// Too few rows or columns.
    #[error(
        "{rows} rows and {columns} varying columns are too few: at least {least_rows} rows and \
         {least_columns} columns are needed"
    )]
    TooLittle {
        /// Rows found.
        rows: usize,
        /// Columns found that are not constant.
        columns: usize,
        /// Rows needed.
        least_rows: usize,
        /// Columns needed.
        least_columns: usize,
    },
    /// The truth has a different number of rows from the view.
    #[error("the truth has {found} rows, the view {expected}")]
    Truth {
        /// Rows of the view.
        expected: usize,
        /// Rows of the truth.
        found: usize,
    },
    /// The truth has no factor.
    #[error("the truth has no factor: omit it, or give at least one")]
    NoFactor,
    /// Clustering failed.
    #[error("clustering failed: {0}")]
    Cluster(#[from] ClusterError),
    /// Training failed.
    #[error("prediction failed: {0}")]
    Learn(#[from] LearnError),
    /// Interrupted by the user.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}
