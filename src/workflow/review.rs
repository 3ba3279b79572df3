//! Review a submission: compare it with the key of its bundle, and prepare the interview.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::bundle::{BundlePaths, Key, RoundError, RoundNotes, RoundPaths, hash_file};
use crate::progress::{Interrupted, Progress};
use crate::render::{read_page, review_page};
use crate::report::{debrief, feedback_notes};
use crate::review::{Baselines, BundleTruth, Evidence, TruthError, TruthTables, assess};
use crate::staging::{Privacy, Staging, StagingError, is_empty_folder, restrict, write_file};
use crate::submission::{DeliveredRows, ReportFormat, Submission, SubmissionError, read};
use crate::table::{ChildFile, DataFolder, Table, TableError, read_parquet, read_table};

use super::baselines::{baselines_of, chances};

/// What to review.
#[derive(Debug, Clone)]
pub struct ReviewRequest {
    /// The submission: a folder or a `.zip` file.
    pub submission: PathBuf,
    /// The round folder.
    pub round: PathBuf,
    /// The candidate.
    pub candidate: String,
    /// Where to write the review; by default in the round.
    pub out: Option<PathBuf>,
    /// Replace an existing review.
    pub force: bool,
}

/// A finished review.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// Its folder.
    pub folder: PathBuf,
    /// Its files, in the order in which to open them.
    pub files: Vec<PathBuf>,
    /// Its contents.
    pub evidence: Evidence,
}

/// Why there is no review.
#[derive(Debug, Error)]
pub enum ReviewError {
    /// The round is unusable, or has no such candidate.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// A table of the bundle cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The bundle is not the one of the key.
    #[error("{} is not as it was delivered: its SHA-256 is not the one in the key", .path.display())]
    Altered {
        /// The file.
        path: PathBuf,
    },
    /// The key's tables do not match the bundle.
    #[error(transparent)]
    Truth(#[from] TruthError),
    /// The submission cannot be read or reviewed.
    #[error(transparent)]
    Submission(#[from] SubmissionError),
    /// `--force` would remove a folder that is not a review.
    #[error("{} is not a review: it has no evidence.json", .path.display())]
    NotAReview {
        /// The folder.
        path: PathBuf,
    },
    /// A file could not be written.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// Interrupted by the user.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

impl ReviewError {
    /// What the user can do about it, if known.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Table(why) => why.hint(),
            Self::Altered { .. } => {
                Some("unpack the candidate's .zip of this round again, or make the bundle again")
            }
            Self::Round(RoundError::NotARound { .. } | RoundError::Notes { .. }) => {
                Some("give the folder that was made by `generate`")
            }
            Self::Submission(SubmissionError::Problems { .. }) => {
                Some("`check` lists the problems; ask the candidate to put them right")
            }
            Self::Staging(StagingError::Exists { .. }) => {
                Some("--force replaces the review, with everything that people wrote into it")
            }
            Self::NotAReview { .. } => Some("choose another folder"),
            _ => None,
        }
    }
}

/// Steps of a review, for progress reports.
const STEPS: u64 = 4;
/// The evidence in machine-readable form.
const EVIDENCE: &str = "evidence.json";

/// Review a submission and write the review, completely or not at all. Notes that people wrote
/// about an earlier one are kept unless `force` is set.
pub fn review(request: &ReviewRequest, progress: &dyn Progress) -> Result<Reviewed, ReviewError> {
    progress.stage("review", STEPS);
    bundle(&request.round, &request.candidate)?;
    let folder = request
        .out
        .clone()
        .unwrap_or_else(|| RoundPaths::new(&request.round).review(&request.candidate));
    let staging = stage(&folder, request.force)?;
    let held = held(&request.submission, &request.round, &request.candidate)?;
    let baselines = baselines_of(&RoundPaths::new(&request.round), &request.candidate)?;
    let evidence = baselines.compared_with(held.evidence);
    progress.advance(STEPS - 1)?;
    let mut files = Vec::new();
    for (name, bytes) in pages(&held.truth.key, &held.submission, &evidence, &baselines) {
        write_file(&staging.path().join(&name), &bytes, Privacy::OwnerOnly)?;
        files.push(folder.join(name));
    }
    restrict(staging.path())?;
    progress.advance(1)?;
    staging.commit(Privacy::OwnerOnly)?;
    Ok(Reviewed {
        folder,
        files,
        evidence,
    })
}

/// A submission with the truth of its bundle.
pub(super) struct Held {
    pub(super) truth: BundleTruth,
    pub(super) submission: Submission,
    pub(super) evidence: Evidence,
}

/// Read a submission and its bundle with the key, and compare the two.
pub(super) fn held(submission: &Path, round: &Path, candidate: &str) -> Result<Held, ReviewError> {
    let bundle = bundle(round, candidate)?;
    let key = Key::read(&bundle.key.join("key.json")).map_err(RoundError::from)?;
    let folder = DataFolder::read(&bundle.candidate)?;
    let delivered = DeliveredRows::of(&folder);
    let DataFolder {
        file,
        table,
        children,
        ..
    } = folder;
    let (truth, submission) = rayon::join(
        || truth(&bundle, key, (&file, table)),
        || read(submission, &delivered),
    );
    let (mut truth, submission) = (truth?, submission?);
    for child in &children {
        if submission.cleaned_children.contains_key(&child.name) {
            let of_child = child_truth(&bundle, &truth.key, child)?;
            truth.children.extend(of_child);
        }
    }
    let evidence = assess(&truth, &submission, &chances());
    Ok(Held {
        truth,
        submission,
        evidence,
    })
}

/// The paths of the candidate's bundle, if the round has one.
fn bundle(round: &Path, candidate: &str) -> Result<BundlePaths, ReviewError> {
    let paths = RoundPaths::new(round);
    if round.is_dir() && !paths.notes().is_file() {
        return Err(RoundError::NotARound {
            path: round.to_owned(),
        }
        .into());
    }
    let notes = RoundNotes::read(&paths.notes())?;
    if notes.candidate.iter().any(|known| known.id == candidate) {
        return Ok(paths.bundle(candidate));
    }
    let known: Vec<String> = notes
        .candidate
        .iter()
        .map(|candidate| format!("`{}`", candidate.id))
        .collect();
    Err(RoundError::Unknown {
        id: candidate.to_owned(),
        known: if known.is_empty() {
            "none".to_owned()
        } else {
            known.join(", ")
        },
    }
    .into())
}

/// Create the folder of the review; `force` replaces only a review.
fn stage(folder: &Path, force: bool) -> Result<Staging, ReviewError> {
    let empty = is_empty_folder(folder);
    let there = folder.symlink_metadata().is_ok();
    if force && there && !empty && !folder.join(EVIDENCE).is_file() {
        return Err(ReviewError::NotAReview {
            path: folder.to_owned(),
        });
    }
    Ok(Staging::folder(folder, force || empty)?)
}

/// The truth of a bundle's main table, after checking that the key belongs to its file.
fn truth(
    paths: &BundlePaths,
    key: Key,
    (file, delivered): (&Path, Table),
) -> Result<BundleTruth, ReviewError> {
    let (same, tables) = rayon::join(
        || as_delivered(paths, &key, file),
        || truth_tables(&paths.key, delivered),
    );
    same?;
    Ok(BundleTruth::new(key, tables?)?)
}

/// The tables of a key folder, with the delivered table they describe.
pub(super) fn truth_tables(key: &Path, delivered: Table) -> Result<TruthTables, TableError> {
    let tables = ["removed", "rows", "rowmap", "touched"];
    let [removed, rows, rowmap, touched] =
        tables.map(|name| read_parquet(&key.join(format!("{name}.parquet"))));
    Ok(TruthTables {
        removed: removed?,
        rows: rows?,
        rowmap: rowmap?,
        touched: touched?,
        delivered,
    })
}

/// Check that a table is the one the key was made for.
fn as_delivered(paths: &BundlePaths, key: &Key, path: &Path) -> Result<(), ReviewError> {
    let found = hash_file(path).map_err(|why| TableError::Open {
        path: path.to_owned(),
        why,
    })?;
    let known = key.delivered.iter().any(|file| {
        let same_file = paths.candidate.join(&file.path) == path;
        same_file && file.sha256 == found
    });
    if known {
        return Ok(());
    }
    Err(ReviewError::Altered {
        path: path.to_owned(),
    })
}

/// The truth of a child table; none if it has no defect, since the key then contains nothing about
/// it.
fn child_truth(
    paths: &BundlePaths,
    key: &Key,
    child: &ChildFile,
) -> Result<Option<BundleTruth>, ReviewError> {
    let file = |what: &str| paths.key.join(format!("{what}_{}.parquet", child.name));
    let Some(row_id) = child.row_id.as_ref().filter(|_| file("rowmap").is_file()) else {
        return Ok(None);
    };
    as_delivered(paths, key, &child.file)?;
    let tables = TruthTables {
        delivered: read_table(&child.file)?,
        removed: read_parquet(&file("removed"))?,
        rows: Table::default(),
        rowmap: read_parquet(&file("rowmap"))?,
        touched: read_parquet(&file("touched"))?,
    };
    Ok(Some(BundleTruth::of_child(
        key,
        &child.name,
        row_id,
        tables,
    )?))
}

/// The files of a review by name, in the order in which to open them.
fn pages(
    key: &Key,
    submission: &Submission,
    evidence: &Evidence,
    baselines: &Baselines,
) -> Vec<(String, Vec<u8>)> {
    let title = format!("Report of {}", evidence.candidate);
    let report = read_page(&submission.report, &submission.figures, &title);
    let mut files = vec![("read.html".to_owned(), report.into_bytes())];
    if submission.report.format == ReportFormat::Pdf {
        // The page shows only its text and refers to the original file next to it.
        files.push(("report.pdf".to_owned(), submission.report.source.clone()));
    }
    // Plain data with text keys can always be serialised.
    let mut json = serde_json::to_string_pretty(evidence).unwrap_or_default();
    json.push('\n');
    files.extend([
        (
            "review.html".to_owned(),
            review_page(evidence, key, baselines).into(),
        ),
        (
            "debrief.md".to_owned(),
            debrief(evidence, key, submission).into(),
        ),
        (
            "feedback-notes.md".to_owned(),
            feedback_notes(evidence, key).into(),
        ),
        (EVIDENCE.to_owned(), json.into_bytes()),
    ]);
    files
}
