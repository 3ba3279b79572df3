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

/// Why nothing was made.
#[derive(Debug, Error)]
pub enum GenerateError {
    /// The scenario is not usable.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The brief's file is not usable.
    #[error(transparent)]
    Brief(#[from] BriefError),
    /// The round is not usable.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// A candidate's id is not usable.
    #[error("{0}")]
    Id(String),
    /// A number of rows is not usable.
    #[error("{rows} rows; expected 100 to {most}")]
    Rows {
        /// As asked for.
        rows: u64,
        /// As many as the scenario can have.
        most: u64,
    },
    /// A part of a table needs the secret of its round.
    #[error("there is no round in {}, and a part of a table needs the secret of its round", .path.display())]
    NoRound {
        /// Where it should be.
        path: PathBuf,
    },
    /// Which draw a candidate's bundle will be is not settled.
    #[error(
        "there is no bundle of `{candidate}` yet, and in a certified round it is drawn until it is as hard \
         as the others: make it first, then its parts (of a demo seed alone: --no-certify)"
    )]
    NotDrawn {
        /// The candidate.
        candidate: String,
    },
    /// There is no such part of the table.
    #[error(
        "part {} of {}: the table has {blocks} blocks of rows, so expected 1/1 to {blocks}/{blocks}",
        part.number,
        part.of
    )]
    Part {
        /// As asked for.
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
    /// No world of the scenario passes.
    #[error(
        "none of {worlds} worlds of the scenario `{scenario}` can be certified: {told}. What was \
         found most often, where it came nearest to passing: {sentence} (worlds are chosen with a margin, \
         so this may be beyond the turn that is written)"
    )]
    NoWorld {
        /// Name of the scenario.
        scenario: String,
        /// Worlds that were drawn.
        worlds: usize,
        /// What became of them, and what was tried against it.
        told: String,
        /// The commonest reason: statistic, value, where the verdict turns.
        sentence: String,
        /// The entry of the scenario file to change.
        entry: String,
    },
    /// The page that shows the table cannot be made.
    #[error(transparent)]
    Explore(#[from] ExploreError),
    /// There is no secret.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// A table could not be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A file could not be put in place.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// The person asked to stop.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}
