//! The baselines: three default pipelines, from careless to careful.

use crate::cluster::ClusterError;
use crate::random::Stream;
use crate::table::Table;

use super::{Solution, careful, naive, standard};

/// A default pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pipeline {
    /// Does not look.
    Naive,
    /// Has good habits and does not look.
    Standard,
    /// Looks at generic checks, and repairs what they reveal.
    Careful,
}

impl Pipeline {
    /// All of them, from the bottom of the baselines.
    pub const ALL: [Self; 3] = [Self::Naive, Self::Standard, Self::Careful];

    /// Its name: of its folder in a key, and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Naive => "naive",
            Self::Standard => "standard",
            Self::Careful => "careful",
        }
    }

    /// Its steps, as a page tells them.
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

    /// Solve the take-home of a delivered table, whose row ids stand in `row_id`.
    ///
    /// # Errors
    /// When the table has no numbers to cluster.
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
