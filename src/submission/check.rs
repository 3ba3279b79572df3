//! Checking a submission before anyone reads it.

use std::path::Path;

use serde::Serialize;

use super::read::inspect;
use super::{DeliveredRows, FileNote, FileProblem, SubmissionError};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Whether the submission can be reviewed. A report alone is enough.
    pub reviewable: bool,
    /// One line per file that was read.
    pub present: Vec<String>,
    /// What keeps it from being reviewed.
    pub problems: Vec<FileProblem>,
    /// What is worth knowing.
    pub notes: Vec<FileNote>,
}

/// Check a submission. Problems are an ordinary result; an error means that nothing could be
/// opened.
pub fn check(path: &Path, delivered: &DeliveredRows) -> Result<CheckReport, SubmissionError> {
    let inspection = inspect(path, delivered)?;
    Ok(CheckReport {
        reviewable: inspection.submission.is_some() && inspection.problems.is_empty(),
        present: inspection.present,
        problems: inspection.problems,
        notes: inspection.notes,
    })
}
