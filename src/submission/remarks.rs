//! Everything there is to say about a submission, collected on the way.

use super::{Note, Problem};
use crate::table::TableError;

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
                count(*found as usize, "field"),
                format!("{}, as in the header", count(*expected as usize, "field")),
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

/// `1 field`, `2 fields`, `40,000 rows`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number))
}

/// `40,000`.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_like_a_sentence() {
        assert_eq!(count(1, "row"), "1 row");
        assert_eq!(count(1_234_567, "row"), "1,234,567 rows");
        assert_eq!(count(999, "row"), "999 rows");
    }
}
