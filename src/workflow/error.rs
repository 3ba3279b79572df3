//! Why a round or a bundle could not be made.

use std::path::PathBuf;

use thiserror::Error;

use crate::bundle::{BriefError, RoundError};
use crate::certify::CertifyError;
use crate::progress::Interrupted;
use crate::random::SecretError;
use crate::scenario::ScenarioError;
use crate::staging::StagingError;
use crate::table::TableError;

use super::explore::ExploreError;
use super::request::ShardPart;

/// Why a round or a bundle could not be made.
#[derive(Debug, Error)]
pub enum GenerateError {
    /// The scenario is unusable.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The brief's file is unusable.
    #[error(transparent)]
    Brief(#[from] BriefError),
    /// The round is unusable.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// A candidate's id is invalid.
    #[error("{0}")]
    Id(String),
    /// A number of rows is invalid.
    #[error("{rows} rows requested; expected 100 to {most}")]
    Rows {
        /// As requested.
        rows: u64,
        /// The maximum of the scenario.
        most: u64,
    },
    /// A shard needs the secret of its round.
    #[error("there is no round in {}, and a shard needs the secret of its round", .path.display())]
    NoRound {
        /// Where it is expected.
        path: PathBuf,
    },
    /// The draw of the candidate's bundle is not settled yet.
    #[error(
        "candidate `{candidate}` has no bundle yet, and a certified round redraws bundles until \
         their difficulty matches: generate the bundle first, then its shards (with a demo seed, \
         --no-certify works, too)"
    )]
    NotDrawn {
        /// The candidate.
        candidate: String,
    },
    /// The table has no such shard.
    #[error(
        "shard {} of {}: the table has {blocks} blocks of rows; expected 1/1 to {blocks}/{blocks}",
        part.number,
        part.of
    )]
    Part {
        /// As requested.
        part: ShardPart,
        /// Blocks of the table.
        blocks: u64,
    },
    /// A world cannot be measured.
    #[error("the scenario `{scenario}` cannot be certified: {why}")]
    NotMeasured {
        /// Name of the scenario.
        scenario: String,
        /// Why.
        why: CertifyError,
    },
    /// No world of the scenario was accepted.
    #[error(
        "none of {worlds} worlds of the scenario `{scenario}` can be certified: {outcome}. The \
         most common reason, at its closest: {sentence} (worlds must clear thresholds with a \
         margin, so the value may be past the threshold shown)"
    )]
    NoWorld {
        /// Name of the scenario.
        scenario: String,
        /// Number of worlds drawn.
        worlds: usize,
        /// How many were rejected for which reason, and the parameters tried.
        outcome: String,
        /// The most common reason: statistic, value, threshold.
        sentence: String,
        /// The entry of the scenario file to change.
        entry: String,
    },
    /// The explorer page cannot be made.
    #[error(transparent)]
    Explore(#[from] ExploreError),
    /// There is no secret.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// A table could not be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A file could not be written.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// Interrupted by the user.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}
