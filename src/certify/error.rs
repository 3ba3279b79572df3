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
        "{rows} rows of {columns} columns that vary cannot be measured: \
         at least {least_rows} rows of {least_columns} columns are needed"
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
    #[error("the truth has no factor: leave it out, or give at least one")]
    NoFactor,
    /// Grouping failed.
    #[error("no grouping: {0}")]
    Cluster(#[from] ClusterError),
    /// Learning failed.
    #[error("no prediction: {0}")]
    Learn(#[from] LearnError),
    /// The person asked to stop.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}
