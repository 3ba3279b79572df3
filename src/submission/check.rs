//! Checking a submission before anyone reads it: what is there, and what is wrong with it.

use std::path::Path;

use serde::Serialize;

use super::read::inspect;
use super::{DeliveredRows, FileNote, FileProblem, SubmissionError};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Whether the submission can be reviewed. A report alone is enough.
    pub reviewable: bool,
    /// What is there, one line per file.
    pub present: Vec<String>,
    /// What keeps it from being reviewed.
    pub problems: Vec<FileProblem>,
    /// What is worth knowing.
    pub notes: Vec<FileNote>,
}

/// Check a submission. Problems are an answer, not an error; an error means that there was
/// nothing to look at.
pub fn check(path: &Path, delivered: &DeliveredRows) -> Result<CheckReport, SubmissionError> {
    let inspection = inspect(path, delivered)?;
    Ok(CheckReport {
        reviewable: inspection.submission.is_some() && inspection.problems.is_empty(),
        present: inspection.present,
        problems: inspection.problems,
        notes: inspection.notes,
    })
}

impl CheckReport {
    /// As plain text for a terminal of 80 columns.
    pub fn text(&self) -> String {
        let mut page = String::new();
        if self.reviewable {
            line(&mut page, "", "This submission can be reviewed.");
        } else {
            line(&mut page, "", "This submission cannot be reviewed yet.");
        }
        if !self.present.is_empty() {
            page.push_str("\nFound\n");
        }
        for present in &self.present {
            line(&mut page, "  ", present);
        }
        if !self.problems.is_empty() {
            page.push_str("\nPlease fix\n");
        }
        for problem in &self.problems {
            let place = problem
                .line
                .map_or(String::new(), |line| format!(", line {line}"));
            line(&mut page, "  ", &format!("{}{place}", problem.file));
            line(&mut page, "    found     ", &problem.found);
            line(&mut page, "    expected  ", &problem.expected);
            if let Some(hint) = &problem.hint {
                line(&mut page, "    fix       ", hint);
            }
        }
        if !self.notes.is_empty() {
            page.push_str("\nNotes\n");
        }
        for note in &self.notes {
            line(&mut page, "  ", &format!("{}: {}", note.file, note.says));
        }
        page
    }
}

/// Columns of a terminal that can be counted on.
const WIDTH: usize = 80;

/// Add a line, continued below its beginning where it is too long.
fn line(page: &mut String, lead: &str, text: &str) {
    let mut column = 0;
    let mut first = true;
    for word in text.split_whitespace() {
        let wide = word.chars().count();
        if first {
            page.push_str(lead);
            column = lead.chars().count();
            first = false;
        } else if column + 1 + wide > WIDTH {
            page.push('\n');
            // Continued lines of a plain list stand a little further in.
            let indent = lead.chars().count().max(2) + if lead.len() == 2 { 2 } else { 0 };
            page.push_str(&" ".repeat(indent));
            column = indent;
        } else {
            page.push(' ');
            column += 1;
        }
        // Names of files and columns are a stranger's: they must not steer the terminal.
        page.extend(word.chars().filter(|letter| !letter.is_control()));
        column += wide;
    }
    page.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_fits_a_terminal_and_says_everything() {
        let report = CheckReport {
            reviewable: false,
            present: vec!["report.md: the report, Markdown, 3 words".to_owned()],
            problems: vec![
                FileProblem::new("groups.csv", "word ".repeat(40), "ids from `prompt_id`")
                    .at(7)
                    .hint("look again"),
            ],
            notes: vec![FileNote::new("axes.csv", "long ".repeat(30))],
        };
        let text = report.text();
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        for part in [
            "groups.csv, line 7",
            "fix       look again",
            "axes.csv: long",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
