//! Add a submission (an AI agent's, say) to the baselines of a round.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::baseline::Pipeline;
use crate::bundle::{Brief, FORMAT, Key, RoundError, RoundNotes, RoundPaths, check_id};
use crate::progress::Progress;
use crate::render::truth_page;
use crate::review::{BaselineResult, Baselines, illustrate};
use crate::scenario::{ScenarioError, load};
use crate::staging::{Privacy, StagingError, restrict, write_file, write_json};

use super::super::error::GenerateError;
use super::super::request::{GenerateRequest, SecretSource};
use super::super::review::{ReviewError, held};
use super::super::round::Round;
use super::super::tables::sampled;
use super::run::{BASELINES, baselines_of, stored_baselines};

/// What to add.
#[derive(Debug, Clone)]
pub struct AddBaselineRequest {
    /// The submission: a folder or a `.zip` file. The baseline is named after it.
    pub submission: PathBuf,
    /// The round folder.
    pub round: PathBuf,
    /// The candidate whose bundle it answers.
    pub candidate: String,
    /// The scenario of the round, if it is not a shipped one of that name.
    pub scenario: Option<String>,
    /// Replace an existing baseline of that name.
    pub force: bool,
}

/// A baseline that was added.
#[derive(Debug, Clone)]
pub struct AddedBaseline {
    /// What it recovers.
    pub result: BaselineResult,
    /// The truth page of the bundle with all baselines.
    pub page: PathBuf,
}

/// Why nothing was added.
#[derive(Debug, Error)]
pub enum AddBaselineError {
    /// The submission or the bundle is unusable.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// The round is unusable.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// The round cannot be opened.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// Its scenario cannot be read.
    #[error(transparent)]
    Load(#[from] ScenarioError),
    /// The name of the submission's folder is not valid for a baseline.
    #[error("{0}")]
    Name(String),
    /// A baseline of that name exists.
    #[error("the round already has a baseline `{name}`")]
    Taken {
        /// Its name.
        name: String,
    },
    /// The bundle cannot be regenerated, so its page cannot be drawn.
    #[error("this version of drumlin does not reproduce the rows of candidate `{candidate}`")]
    OtherRows {
        /// The candidate.
        candidate: String,
    },
    /// A file could not be written.
    #[error(transparent)]
    Staging(#[from] StagingError),
}

impl AddBaselineError {
    /// What the user can do about it, if known.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Review(why) => why.hint(),
            Self::Load(_) => Some("give the file that it was made of: --scenario FILE"),
            Self::Name(_) => Some("rename the folder: its name is shown on pages"),
            Self::Taken { .. } => Some("--force replaces it"),
            Self::OtherRows { .. } => {
                Some("add it with the version of drumlin that made the round: round.toml names it")
            }
            _ => None,
        }
    }
}

/// Compare a submission with the truth of a bundle, and save the result as a baseline of the round.
///
/// The key itself never changes after the commitment: added baselines are saved next to it, with a
/// truth page that shows them.
pub fn add_baseline(
    request: &AddBaselineRequest,
    progress: &dyn Progress,
) -> Result<AddedBaseline, AddBaselineError> {
    let name = name_of(&request.submission)?;
    let paths = RoundPaths::new(&request.round);
    let file = paths.baselines().join(BASELINES);
    let mut added = stored_baselines(&file)?;
    if !request.force && added.results.iter().any(|result| result.name == name) {
        return Err(AddBaselineError::Taken { name });
    }
    progress.stage("comparing it with the truth", 0);
    let held = held(&request.submission, &request.round, &request.candidate)?;
    let mut result = BaselineResult::new(&name, "", &held.evidence);
    result.candidate = Some(request.candidate.clone());
    added.results.retain(|known| known.name != name);
    added.results.push(result.clone());
    let added = Baselines {
        format: FORMAT,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        mark: held.truth.key.mark.clone(),
        rows: held.evidence.rows,
        ..added
    };
    let key = held.truth.key;
    let mut baselines = baselines_of(&paths, &request.candidate)?;
    baselines
        .results
        .retain(|result| result.candidate.is_none());
    baselines.results.extend(added.results.iter().cloned());
    let page = page(request, &key, &baselines, progress)?;
    let at = paths
        .baselines()
        .join(&request.candidate)
        .join("truth.html");
    // The page comes first, so that every saved baseline is shown.
    write_file(&at, page.as_bytes(), Privacy::OwnerOnly)?;
    write_json(&file, &added, Privacy::OwnerOnly)?;
    restrict(&paths.baselines())?;
    Ok(AddedBaseline { result, page: at })
}

/// The name of the folder or archive, if it is valid for a baseline.
fn name_of(submission: &Path) -> Result<String, AddBaselineError> {
    let whole = std::path::absolute(submission).unwrap_or_else(|_| submission.to_owned());
    let stem = whole.file_stem().unwrap_or_default();
    let name = stem.to_string_lossy().into_owned();
    check_id(&name).map_err(|_| {
        AddBaselineError::Name(format!(
            "`{name}` cannot be the name of a baseline: expected 1 to 64 letters, digits, `-`, `_` or `.`"
        ))
    })?;
    let mut taken = Pipeline::ALL.iter().map(|pilot| pilot.name());
    if name == "oracle" || taken.any(|taken| taken == name) {
        let says = format!("`{name}` is the name of a built-in baseline");
        return Err(AddBaselineError::Name(says));
    }
    Ok(name)
}

/// The truth page of the candidate's bundle, from its regenerated rows.
fn page(
    request: &AddBaselineRequest,
    key: &Key,
    baselines: &Baselines,
    progress: &dyn Progress,
) -> Result<String, AddBaselineError> {
    let paths = RoundPaths::new(&request.round);
    let notes = RoundNotes::read(&paths.notes())?;
    let name = request.scenario.as_ref().unwrap_or(&notes.scenario);
    let scenario = load(name)?;
    let reopened = GenerateRequest {
        scenario: name.clone(),
        out: request.round.clone(),
        candidates: Vec::new(),
        rows: None,
        origin: SecretSource::System,
        brief: None,
        variant: None,
        formats: None,
        without_defects: false,
        without_explorer: false,
        certify: None,
        force: false,
    };
    let round = Round::open(&reopened, scenario, Brief::default(), progress)?;
    let secret = round.candidate_secret(&request.candidate, key.attempt);
    let context = round.context(&secret);
    let (sample, delivered, counts) = sampled(&context, progress)?;
    if delivered != key.delivered_rows || counts != key.instances {
        return Err(AddBaselineError::OtherRows {
            candidate: request.candidate.clone(),
        });
    }
    Ok(truth_page(
        key,
        &illustrate(key, &context, &sample),
        baselines,
        &round.key.misleading_clusterings,
    ))
}
