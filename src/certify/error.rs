//! LeftOutReason a table has no certificate.

use thiserror::Error;

use crate::cluster::ClusterError;
use crate::learn::LearnError;
use crate::progress::Interrupted;

/// LeftOutReason a table has no certificate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CertifyError {
    /// Too little to measure anything on.
    #[error(
        "{rows} rows and {columns} varying columns are too few: at least {least_rows} rows and \
         {least_columns} columns are needed"
    )]
    TooLittle {
        /// Rows found.
        rows: usize,
        /// Columns found that vary.
        columns: usize,
        /// Rows needed.
        least_rows: usize,
        /// Columns needed.
        least_columns: usize,
    },
    /// A truth of other rows than the view.
    #[error("the truth has {found} rows, the view {expected}")]
    Truth {
        /// Rows of the view.
        expected: usize,
        /// Rows of the truth.
        found: usize,
    },
    /// A truth without a factor.
    #[error("the truth has no factor: omit it, or give at least one")]
    NoFactor,
    /// Grouping failed.
    #[error("clustering failed: {0}")]
    Cluster(#[from] ClusterError),
    /// Learning failed.
    #[error("prediction failed: {0}")]
    Learn(#[from] LearnError),
    /// The person asked to stop.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}
