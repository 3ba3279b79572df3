//! The three default pipelines, from careless to careful.

use crate::cluster::ClusterError;
use crate::random::Stream;
use crate::table::Table;

use super::{Solution, careful, naive, standard};

/// A default pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pipeline {
    /// Uses the raw numbers.
    Naive,
    /// Uses standard preprocessing without looking at the data.
    Standard,
    /// Runs generic checks first and repairs what they find.
    Careful,
}

impl Pipeline {
    /// All of them, the naive one first.
    pub const ALL: [Self; 3] = [Self::Naive, Self::Standard, Self::Careful];

    /// Name of its folder in the key, and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Naive => "naive",
            Self::Standard => "standard",
            Self::Careful => "careful",
        }
    }

    /// Its steps, as pages describe them.
    pub fn steps(self) -> &'static str {
        match self {
            Self::Naive => "zeros for gaps, raw numbers, k-means",
            Self::Standard => {
                "exact copies out, medians for gaps, logs of skewed columns, standard scores, \
                 principal components, k-means"
            }
            Self::Careful => {
                "what generic checks reveal is repaired, ranks, gaps filled from other columns, factor \
                 analysis, k-means that leaves rows between two centres out"
            }
        }
    }

    /// Solve the take-home of a delivered table with row ids in the column `row_id`.
    ///
    /// # Errors
    /// When the table has no numeric columns to cluster.
    pub fn solve(
        self,
        table: &Table,
        row_id: &str,
        stream: &Stream,
    ) -> Result<Solution, ClusterError> {
        match self {
            Self::Naive => naive(table, row_id, stream),
            Self::Standard => standard(table, row_id, stream),
            Self::Careful => careful(table, row_id, stream),
        }
    }
}
