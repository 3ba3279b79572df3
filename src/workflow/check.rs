//! Check a submission against its bundle, without any key.

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
    /// There is no submission.
    #[error(transparent)]
    Submission(#[from] SubmissionError),
}

impl CheckError {
    /// What the user can do about it, if known.
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

/// Check a submission: a folder or a `.zip` file. `bundle` is the candidate's folder.
pub fn check(submission: &Path, bundle: &Path) -> Result<CheckReport, CheckError> {
    let folder = DataFolder::read(bundle)?;
    Ok(submission::check(submission, &DeliveredRows::of(&folder))?)
}
