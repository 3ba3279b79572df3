//! `feedback-notes.md`: quotes and blanks, for the reviewer to write their own feedback.

use std::fmt::Write as _;

use super::Evidence;
use crate::bundle::Key;

/// Quotes of the report with blanks, as Markdown.
pub fn feedback_notes(evidence: &Evidence, _key: &Key) -> String {
    let mut page = format!("# Notes for feedback to {}\n", evidence.candidate);
    for passage in evidence.findings.iter().flat_map(|f| &f.passages) {
        let quote = passage.quote.replace('\n', " ");
        // Writing to a string cannot fail.
        let _ = write!(page, "\n> {quote}\n\nWhat I thought of it: ____\n");
    }
    page
}
