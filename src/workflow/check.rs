//! Check a submission against the bundle that it answers, without any key.

use std::path::Path;

use thiserror::Error;

use crate::submission::{self, CheckReport, DeliveredRows, SubmissionError};
use crate::table::{DataFolder, TableError};

/// Why nothing could be checked.
#[derive(Debug, Error)]
pub enum CheckError {
    /// The bundle cannot be read.
    #[error(transparent)]
    Bundle(#[from] TableError),
    /// There is no submission to look at.
    #[error(transparent)]
    Submission(#[from] SubmissionError),
}

impl CheckError {
    /// What the person can do about it, where that is plain.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Bundle(why) => {
                Some(why.hint().unwrap_or(
                    "--bundle is the folder candidate/<id> that holds README.md and data/",
                ))
            }
            Self::Submission(SubmissionError::Problems { .. }) => None,
            Self::Submission(_) => {
                Some("a submission is a folder with a report in it, or a .zip of one")
            }
        }
    }
}

/// Check a submission: a folder or a `.zip` file. `bundle` is the folder that the candidate got.
pub fn check(submission: &Path, bundle: &Path) -> Result<CheckReport, CheckError> {
    let folder = DataFolder::read(bundle)?;
    Ok(submission::check(submission, &DeliveredRows::of(&folder))?)
}
