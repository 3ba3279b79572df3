//! `debrief.md`: what to talk about.

use std::fmt::Write as _;

use super::Evidence;
use crate::bundle::Key;
use crate::submission::Submission;

/// Questions tied to the report, as Markdown.
pub fn debrief(evidence: &Evidence, _key: &Key, _submission: &Submission) -> String {
    let mut page = format!("# Talk with {}\n", evidence.candidate);
    for finding in &evidence.findings {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## {}\n\n{}\n", finding.title, finding.says);
        for passage in &finding.passages {
            let _ = write!(page, "\n> {}\n", passage.quote.replace('\n', " "));
        }
    }
    page
}
