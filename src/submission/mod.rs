//! What a candidate submits: a report, and optional files.
//!
//! All files are untrusted: read with limits, never run, never written to disk. No module here can
//! name the truth.

mod answers;
mod axes;
mod check;
mod claims;
mod cleaned;
mod delivered;
mod diagnostics;
mod error;
mod files;
mod groups;
mod issues;
mod limits;
mod problem;
mod read;
mod report;
mod scope;
mod soft;
mod zip_file;

pub use axes::SubmittedAxis;
pub use check::{CheckReport, check};
pub use cleaned::CleanedTable;
pub use delivered::DeliveredRows;
pub use error::SubmissionError;
pub use groups::Grouping;
pub use issues::Issue;
pub use problem::{FileNote, FileProblem};
pub use read::{Submission, read};
pub use report::{
    HtmlPart, HtmlTag, Notebook, NotebookCell, NotebookOutput, Report, ReportFormat, TextBlock,
    is_base64, markdown, sanitize,
};
pub use scope::Scope;
pub use soft::SoftGrouping;

/// The JSON Schema of `claims.toml`.
pub const CLAIMS_SCHEMA: &str = include_str!("claims.schema.json");
