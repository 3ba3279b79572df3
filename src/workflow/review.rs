//! Review a submission: hold it against the key of its bundle, and prepare the talk.

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
    /// Where the review goes; into the round when not given.
    pub out: Option<PathBuf>,
    /// Replace a review that is there.
    pub force: bool,
}

/// A review that was written.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// Its folder.
    pub folder: PathBuf,
    /// Its files: what to open first, first.
    pub files: Vec<PathBuf>,
    /// What it says.
    pub evidence: Evidence,
}

/// Why there is no review.
#[derive(Debug, Error)]
pub enum ReviewError {
    /// The round is not usable, or has no such candidate.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// A table of the bundle cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The bundle is not the one that the key was made for.
    #[error("{} is not as it was delivered: its SHA-256 is not the one in the key", .path.display())]
    Altered {
        /// The file.
        path: PathBuf,
    },
    /// The key's tables do not fit the bundle.
    #[error(transparent)]
    Truth(#[from] TruthError),
    /// The submission cannot be read or reviewed.
    #[error(transparent)]
    Submission(#[from] SubmissionError),
    /// `--force` would remove something that is no review.
    #[error("{} is not a review: it has no evidence.json", .path.display())]
    NotAReview {
        /// The folder.
        path: PathBuf,
    },
    /// A file could not be put in place.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// The person asked to stop.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

impl ReviewError {
    /// What the person can do about it, where that is plain.
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

/// Steps of a review, for whoever watches.
const STEPS: u64 = 4;
/// The evidence, as a program reads it.
const EVIDENCE: &str = "evidence.json";

/// Review a submission and write the review, whole or not at all. What people wrote about an
/// earlier one is kept unless `force` says otherwise.
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

/// A submission beside the truth of the bundle that it answers.
pub(super) struct Held {
    pub(super) truth: BundleTruth,
    pub(super) submission: Submission,
    pub(super) evidence: Evidence,
}

/// Read a submission and the bundle with its key, and hold the one against the other.
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

/// The places of the candidate's bundle, if the round has one.
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

/// Begin the folder of the review; with `force`, only a review is ever replaced.
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

/// What is true of the main table of a bundle, after making sure that the key is that of its file.
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

/// The tables of a key folder, with the delivered table that they are about.
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

/// Make sure that a table is the one that the key was made for.
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

/// The truth of a child table; none when no defect is in it, and the key keeps nothing of it.
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

/// The files of a review by name, in the order in which they are opened.
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
        // The page shows its text only and says that the original stands beside it.
        files.push(("report.pdf".to_owned(), submission.report.source.clone()));
    }
    // Plain data with text keys always serialises.
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
