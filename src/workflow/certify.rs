//! Certify a table: a file, the main table of a candidate's folder, or the world of a round.

use std::path::Path;

use thiserror::Error;

use crate::bundle::{RoundError, RoundKey, RoundNotes, RoundPaths};
use crate::certify::{Certificate, CertifyError, Depth, View};
use crate::progress::{Interrupted, Progress};
use crate::random::Secret;
use crate::scenario::{ScenarioError, Thresholds, load};
use crate::staging::{Privacy, StagingError, write_with};
use crate::table::write_parquet;

use super::explore::{ExploreError, read};
use super::reference::reference;
use super::round::frozen_world;

/// Request for a certificate.
#[derive(Debug, Clone, Copy)]
pub struct CertifyRequest<'a> {
    /// A `.csv` or `.parquet` file, a candidate's folder, or a round.
    pub table: &'a Path,
    /// How much to measure.
    pub depth: Depth,
    /// Seed of row sampling and of every other draw.
    pub seed: u64,
    /// The scenario of a round, if it is not a shipped one of that name.
    pub scenario: Option<&'a str>,
}

/// Why there is no certificate.
#[derive(Debug, Error)]
pub enum CertifyJobError {
    /// The table cannot be read.
    #[error(transparent)]
    Read(#[from] ExploreError),
    /// It cannot be measured.
    #[error("{name}: {why}")]
    Measure {
        /// Name of the table.
        name: String,
        /// The reason.
        why: CertifyError,
    },
    /// The round is unusable.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// Its scenario cannot be read.
    #[error(transparent)]
    Load(#[from] ScenarioError),
    /// The scenario is not the one of the round.
    #[error("the scenario `{name}` has changed since this round was made")]
    Scenario {
        /// Its name.
        name: String,
    },
    /// Two columns of the view have the same name.
    #[error("a column has the same name as a component of a block of columns; rename the column")]
    DuplicateName,
    /// The view cannot be written.
    #[error(transparent)]
    Write(#[from] StagingError),
    /// Interrupted by the user.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

impl CertifyJobError {
    /// The error for `name`, which could not be measured.
    fn of(name: &str, why: CertifyError) -> Self {
        match why {
            CertifyError::Interrupted(stop) => stop.into(),
            why => Self::Measure {
                name: name.to_owned(),
                why,
            },
        }
    }

    /// What the user can do about it, if known.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Read(why) => why.hint(),
            Self::Scenario { .. } | Self::Load(_) => {
                Some("give the original file: --scenario FILE".to_owned())
            }
            Self::Measure {
                why: CertifyError::TooLittle { .. },
                ..
            } => Some(
                "only numeric columns with at least 20 distinct values are used; `drumlin explore` \
                 shows what there is"
                    .to_owned(),
            ),
            _ => None,
        }
    }
}

/// Certify a table, or the world of a round with its truth.
pub fn certify(
    request: &CertifyRequest<'_>,
    progress: &impl Progress,
) -> Result<Certificate, CertifyJobError> {
    if RoundPaths::new(request.table).notes().is_file() {
        return of_round(request, progress);
    }
    progress.stage("reading", 0);
    let (name, table) = read(request.table)?;
    progress.advance(0)?;
    progress.stage("measuring", Certificate::STEPS);
    let stream = Secret::demo(request.seed).stream().fork("certify");
    let thresholds = Thresholds::default();
    Certificate::of(&name, &table, request.depth, thresholds, &stream, progress)
        .map_err(|why| CertifyJobError::of(&name, why))
}

/// The certificate of a round describes its world, on reference rows.
fn of_round(
    request: &CertifyRequest<'_>,
    progress: &impl Progress,
) -> Result<Certificate, CertifyJobError> {
    progress.stage("drawing reference rows", 0);
    let paths = RoundPaths::new(request.table);
    let notes = RoundNotes::read(&paths.notes())?;
    let key = RoundKey::read(&paths.round_key())?;
    let scenario = load(request.scenario.unwrap_or(&notes.scenario))?;
    if scenario.hash != notes.scenario_hash {
        return Err(CertifyJobError::Scenario {
            name: notes.scenario,
        });
    }
    let frozen = frozen_world(scenario, &key).ok_or_else(|| RoundError::Altered {
        path: paths.round_key(),
    })?;
    let stream = key.secret()?.stream().fork("certificate");
    let stream = stream.fork(&request.seed.to_string());
    let name = format!("the world of round {}", notes.round);
    let measured = |why| CertifyJobError::of(&name, why);
    let reference = reference(&frozen, &stream).map_err(measured)?;
    progress.advance(0)?;
    progress.stage("measuring", Certificate::STEPS);
    let thresholds = frozen.scenario.thresholds;
    let depth = request.depth;
    Certificate::of_reference(&name, &reference, depth, thresholds, &stream, progress)
        .map_err(measured)
}

/// Write the measured numbers as a Parquet file, completely or not at all.
pub fn write_view(view: &View, path: &Path) -> Result<(), CertifyJobError> {
    write_with(path, Privacy::Usual, |file| {
        let table = view.table().ok_or(CertifyJobError::DuplicateName)?;
        Ok(write_parquet(file, &table).map_err(ExploreError::from)?)
    })
}
