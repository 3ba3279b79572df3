//! What a candidate hands in: a report, and optionally files beside it.
//!
//! Everything here is a stranger's file: read with limits, never run, never written to disk. No
//! module here can name the truth.

mod answers;
mod axes;
mod check;
mod claims;
mod cleaned;
mod delivered;
mod error;
mod files;
mod groups;
mod issues;
mod problem;
mod read;
mod remarks;
mod report;
mod scope;
mod soft;
mod zip_file;

pub use axes::Axis;
pub use check::{CheckReport, check};
pub use cleaned::Cleaned;
pub use delivered::DeliveredRows;
pub use error::SubmissionError;
pub use groups::Grouping;
pub use issues::Issue;
pub use problem::{Note, Problem};
pub use read::{Submission, read};
pub use report::{
    Block, Format, ID_PREFIX, Notebook, NotebookCell, NotebookOutput, Piece, Report, Tag, markdown,
    pieces, sanitize,
};
pub use scope::Scope;
pub use soft::SoftGrouping;
