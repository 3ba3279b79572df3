//! Why a submission could not be read.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::FileProblem;

/// Why a submission could not be read.
#[derive(Debug, Error)]
pub enum SubmissionError {
    /// The folder or file cannot be opened.
    #[error("cannot open {}: {why}", .path.display())]
    Open {
        /// What was asked for.
        path: PathBuf,
        /// The system's reason.
        why: io::Error,
    },
    /// Neither a folder nor a `.zip` file.
    #[error("{} is neither a folder nor a .zip file", .path.display())]
    Kind {
        /// What was asked for.
        path: PathBuf,
    },
    /// There is a submission, but it cannot be reviewed yet.
    #[error("{} cannot be reviewed yet: {} {}", .path.display(), .problems.len(), if .problems.len() == 1 { "problem" } else { "problems" })]
    Problems {
        /// The submission.
        path: PathBuf,
        /// Every problem that was found.
        problems: Vec<FileProblem>,
    },
}
