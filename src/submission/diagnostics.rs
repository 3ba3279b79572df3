//! Everything there is to say about a submission, collected on the way.

use super::{Note, Problem};
use crate::table::TableError;
use crate::text::quantity;

/// Problems and notes so far.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<Note>,
}

impl Remarks {
    pub(super) fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(super) fn note(&mut self, file: &str, says: impl Into<String>) {
        self.notes.push(Note::new(file, says));
    }

    /// A table that could not be read, in this module's words: the file is known by its name in
    /// the submission, not by a path.
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
                "a header line and rows".to_owned(),
            ),
            TableError::Repeated { name, .. } => (
                Some(1),
                format!("two columns called `{name}`"),
                "names that occur once".to_owned(),
            ),
            TableError::Damaged { why, .. } => (None, why.clone(), "a readable table".to_owned()),
            TableError::Open { .. } | TableError::Write { .. } | TableError::Kind { .. } => {
                (None, error.to_string(), "a readable table".to_owned())
            }
        };
        self.problem(Problem {
            file: file.to_owned(),
            line,
            found,
            expected,
            hint: hint.map(str::to_owned),
        });
    }
}
