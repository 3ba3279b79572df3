//! Problems and notes, collected while a submission is read.

use super::{FileNote, FileProblem};
use crate::table::TableError;
use crate::text::quantity;

#[derive(Debug, Default)]
pub(super) struct Diagnostics {
    pub(super) problems: Vec<FileProblem>,
    pub(super) notes: Vec<FileNote>,
}

impl Diagnostics {
    pub(super) fn problem(&mut self, problem: FileProblem) {
        self.problems.push(problem);
    }

    pub(super) fn note(&mut self, file: &str, says: impl Into<String>) {
        self.notes.push(FileNote::new(file, says));
    }

    /// A table that could not be read. The file is named as in the submission, without its path.
    pub(super) fn table(&mut self, file: &str, error: &TableError) {
        let hint = error.hint();
        let (line, found, expected) = match error {
            TableError::Ragged {
                line,
                found,
                expected,
                ..
            } => (
                Some(*line),
                quantity(*found as usize, "field"),
                format!(
                    "{}, as in the header",
                    quantity(*expected as usize, "field")
                ),
            ),
            TableError::Encoding { line, .. } => (
                Some(*line),
                "bytes that are not UTF-8".to_owned(),
                "UTF-8 text".to_owned(),
            ),
            TableError::Empty { .. } => (
                None,
                "an empty file".to_owned(),
                "a header line and at least one row".to_owned(),
            ),
            TableError::Repeated { name, .. } => (
                Some(1),
                format!("two columns called `{name}`"),
                "different names for all columns".to_owned(),
            ),
            TableError::Damaged { why, .. } => (None, why.clone(), "a readable table".to_owned()),
            TableError::Open { .. } | TableError::Write { .. } | TableError::Kind { .. } => {
                (None, error.to_string(), "a readable table".to_owned())
            }
        };
        self.problem(FileProblem {
            file: file.to_owned(),
            line,
            found,
            expected,
            hint: hint.map(str::to_owned),
        });
    }
}
