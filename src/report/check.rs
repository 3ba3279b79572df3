//! The output of `drumlin check`.

use crate::submission::CheckReport;

/// A check as plain text for a terminal of 80 columns.
pub fn check_text(report: &CheckReport) -> String {
    let mut page = String::new();
    if report.reviewable {
        line(&mut page, "", "This submission can be reviewed.");
    } else {
        line(&mut page, "", "This submission cannot be reviewed yet.");
    }
    if !report.present.is_empty() {
        page.push_str("\nFiles read\n");
    }
    for present in &report.present {
        line(&mut page, "  ", present);
    }
    if !report.problems.is_empty() {
        page.push_str("\nPlease fix\n");
    }
    for problem in &report.problems {
        let place = problem
            .line
            .map_or(String::new(), |line| format!(":{line}"));
        line(&mut page, "  ", &format!("{}{place}", problem.file));
        line(&mut page, "    found     ", &problem.found);
        line(&mut page, "    expected  ", &problem.expected);
        if let Some(hint) = &problem.hint {
            line(&mut page, "    fix       ", hint);
        }
    }
    if !report.notes.is_empty() {
        page.push_str("\nNotes\n");
    }
    for note in &report.notes {
        line(&mut page, "  ", &format!("{}: {}", note.file, note.says));
    }
    page
}

/// Minimum width of a terminal.
const WIDTH: usize = 80;

/// Add a line, wrapped and indented if it is too long.
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
            // Continuation lines of a plain list are indented further.
            let indent = lead.chars().count().max(2) + if lead.len() == 2 { 2 } else { 0 };
            page.push_str(&" ".repeat(indent));
            column = indent;
        } else {
            page.push(' ');
            column += 1;
        }
        // Names of files and columns are untrusted: they must not control the terminal.
        page.extend(word.chars().filter(|letter| !letter.is_control()));
        column += wide;
    }
    page.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::{FileNote, FileProblem};

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
        let text = check_text(&report);
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        for part in ["groups.csv:7", "fix       look again", "axes.csv: long"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
