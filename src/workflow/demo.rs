//! The demo: a small round, two submissions, and their reviews.

use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::baseline::naive;
use crate::certify::Depth;
use crate::cluster::ClusterError;
use crate::progress::Progress;
use crate::random::Secret;
use crate::staging::{Privacy, Staging, StagingError, is_empty_folder, write_file};
use crate::table::DataFolder;

use super::check::{CheckError, check};
use super::error::GenerateError;
use super::explore::{ExploreError, ExploreRequest, explore};
use super::generate::generate;
use super::request::{GenerateRequest, SecretSource};
use super::review::{ReviewError, ReviewRequest, review};

/// The seed of the demo, of `datasets/` and of `reports/`. Not for hiring.
pub const DEMO_SEED: u64 = 35;
/// Rows of each bundle of the demo, before defects.
pub const DEMO_ROWS: u64 = 3_000;
/// The candidate who writes a good report in prose.
const PROSE: &str = "ada";
/// The candidate who runs a naive pipeline.
const NAIVE: &str = "ben";
/// A good report about the bundle of [`PROSE`], written by hand from that bundle.
const PROSE_REPORT: &str = include_str!("../../reports/prose/submission/report.md");

/// Request for a demo.
#[derive(Debug, Clone)]
pub struct DemoRequest {
    /// Where to put it.
    pub out: PathBuf,
    /// Replace an existing demo.
    pub force: bool,
}

/// A finished demo.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Rows of the first bundle.
    pub rows: u64,
    /// Files, in the order in which to open them.
    pub steps: Vec<DemoStep>,
}

/// One file to open.
#[derive(Debug, Clone)]
pub struct DemoStep {
    /// The file.
    pub file: PathBuf,
    /// What to look at first.
    pub look: &'static str,
}

/// Why there is no demo.
#[derive(Debug, Error)]
pub enum DemoError {
    /// The round could not be made.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// A table could not be explored.
    #[error(transparent)]
    Explore(#[from] ExploreError),
    /// A submission could not be checked.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// A submission could not be reviewed.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// The naive baseline found nothing to cluster.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// `--force` would remove a folder that is not a demo.
    #[error("{} is not a demo: there is no round/round.toml in it", .path.display())]
    NotADemo {
        /// The folder.
        path: PathBuf,
    },
    /// A file could not be written.
    #[error(transparent)]
    Staging(#[from] StagingError),
}

/// Make the demo.
pub fn demo(request: &DemoRequest, progress: &dyn Progress) -> Result<Demo, DemoError> {
    let staging = stage(&request.out, request.force)?;
    let room = staging.path();
    let round = room.join("round");
    let generated = generate(
        &GenerateRequest {
            scenario: "assistant-prompts".to_owned(),
            out: round.clone(),
            candidates: vec![PROSE.to_owned(), NAIVE.to_owned()],
            rows: Some(DEMO_ROWS),
            origin: SecretSource::Demo(DEMO_SEED),
            brief: None,
            variant: None,
            formats: None,
            without_defects: false,
            without_explorer: false,
            certify: Some(Depth::Light),
            force: false,
        },
        progress,
    )?;
    let bundle = |candidate: &str| round.join("candidate").join(candidate);
    progress.stage("exploring", 0);
    let exploration = explore(&ExploreRequest {
        table: bundle(PROSE),
        with_page: true,
        ..ExploreRequest::default()
    })?;
    let page = exploration.page.unwrap_or_default();
    write_file(&room.join("explore.html"), page.as_bytes(), Privacy::Usual)?;

    let submissions = room.join("submissions");
    let prose = submissions.join(PROSE);
    write_file(
        &prose.join("report.md"),
        PROSE_REPORT.as_bytes(),
        Privacy::Usual,
    )?;
    progress.stage("naive submission", 0);
    autopilot(&bundle(NAIVE), &submissions.join(NAIVE))?;
    for candidate in [PROSE, NAIVE] {
        let submission = submissions.join(candidate);
        check(&submission, &bundle(candidate))?;
        review(
            &ReviewRequest {
                submission,
                round: round.clone(),
                candidate: candidate.to_owned(),
                out: None,
                force: false,
            },
            progress,
        )?;
    }
    staging.commit(Privacy::Usual)?;
    Ok(Demo {
        rows: generated.made.first().map_or(0, |made| made.rows),
        steps: steps(&request.out),
    })
}

/// Create the demo's folder; `force` replaces only a demo.
fn stage(folder: &Path, force: bool) -> Result<Staging, DemoError> {
    let there = folder.symlink_metadata().is_ok() && !is_empty_folder(folder);
    if force && there && !folder.join("round").join("round.toml").is_file() {
        return Err(DemoError::NotADemo {
            path: folder.to_owned(),
        });
    }
    Ok(Staging::folder(folder, force)?)
}

fn autopilot(bundle: &Path, submission: &Path) -> Result<(), DemoError> {
    let folder = DataFolder::read(bundle).map_err(GenerateError::Table)?;
    let solution = naive(
        &folder.table,
        &folder.row_id,
        &Secret::demo(DEMO_SEED).stream().fork("autopilot/naive"),
    )?;
    fs::create_dir_all(submission).map_err(StagingError::at(submission))?;
    for (name, bytes) in &solution.files {
        write_file(&submission.join(name), bytes, Privacy::Usual)?;
    }
    Ok(())
}

fn steps(out: &Path) -> Vec<DemoStep> {
    [
        (
            "round/candidate/ada/README.html",
            "what a candidate receives: the brief, with the table in data/",
        ),
        (
            "explore.html",
            "plots of that table: what would you make of it?",
        ),
        (
            "round/key/ada/truth.html",
            "the truth, one picture per finding; never sent",
        ),
        (
            "round/certificate/world.html",
            "the certificate: why no clustering of these rows is right (light depth)",
        ),
        ("submissions/ada/report.md", "a good report, prose only"),
        (
            "round/reviews/ada/review.html",
            "its review: passages of the report next to the findings",
        ),
        (
            "round/reviews/ada/debrief.md",
            "questions for the interview",
        ),
        (
            "round/reviews/ben/review.html",
            "review of a careless submission: its clusters rest on the decoy",
        ),
        (
            "round/reviews/ben/feedback-notes.md",
            "feedback notes: quotes, and blanks for the reviewer's own words",
        ),
    ]
    .into_iter()
    .map(|(file, look)| DemoStep {
        file: out.join(file),
        look,
    })
    .collect()
}
