//! `feedback-notes.md`: quotes and prompts with blanks, for the reviewer's own words.

use crate::bundle::Key;
use crate::generate::FindingKind;

use super::leaks::leaks;
use super::markdown;
use crate::review::{Evidence, Passage};

/// Notes for writing feedback. They reveal nothing from the key.
pub fn feedback_notes(evidence: &Evidence, key: &Key) -> String {
    let mut parts = vec!["# Feedback notes".to_owned()];
    parts.extend(
        evidence
            .mark
            .as_ref()
            .map(|mark| format!("**{}**", markdown::escape(mark))),
    );
    parts.push(OPENING.to_owned());
    parts.push("What I read first, and why: ____".to_owned());
    parts.push("## Passages that stood out".to_owned());
    let passages = passages(evidence, key);
    for passage in &passages {
        parts.push(markdown::quote(passage).trim_end().to_owned());
        parts.push("What I thought when I read it: ____".to_owned());
    }
    for _ in passages.len()..MOST {
        parts.push("A passage of your choice: ____".to_owned());
    }
    for (heading, prompts) in prompts(evidence) {
        let lines: Vec<String> = prompts
            .iter()
            .map(|prompt| format!("- {prompt} ____"))
            .collect();
        parts.push(format!("## {heading}"));
        parts.push(lines.join("\n"));
    }
    parts.push(CLOSING.to_owned());
    parts.join("\n\n") + "\n"
}

/// Passages to write about.
const MOST: usize = 3;

const OPENING: &str = "\
Use these notes to write feedback in your own words. The quotes are the candidate's. Write about what is in the report and what you would have liked to read more about. Do not reveal what there was to find: others may still be working on these data. Skip any prompt you have nothing to say about.";

const CLOSING: &str = "\
## Before it is sent

- [ ] Every remark refers to something in the report or in the interview.
- [ ] It names one thing to do differently next time, and how.
- [ ] It compares the candidate with nobody.
- [ ] It reveals nothing from the reviewers' folder.";

/// At most three passages that bear on different kinds of thing.
fn passages<'a>(evidence: &'a Evidence, key: &Key) -> Vec<&'a Passage> {
    let kinds = [
        FindingKind::Groups,
        FindingKind::Structure,
        FindingKind::Defect,
        FindingKind::Benign,
    ];
    let of = |kind: FindingKind| {
        let findings = evidence.findings.iter();
        findings.filter(move |finding| finding.kind == kind)
    };
    // The first passage of each kind, then the others.
    let first = kinds
        .into_iter()
        .filter_map(|kind| of(kind).find_map(|finding| finding.passages.first()));
    let others = kinds
        .into_iter()
        .flat_map(|kind| of(kind).flat_map(|finding| &finding.passages));
    let mut chosen: Vec<&Passage> = Vec::new();
    for passage in first.chain(others) {
        let new = chosen.iter().all(|other| other.place != passage.place);
        if new && chosen.len() < MOST && leaks(&markdown::quote(passage), key).is_empty() {
            chosen.push(passage);
        }
    }
    chosen
}

/// Prompts by area; which ones depends only on which files there are.
fn prompts(evidence: &Evidence) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut cleaning = vec!["What the report made me understand about the state of the data:"];
    if !evidence.cleaning.is_empty() || !evidence.issues.is_empty() {
        cleaning.push("A decision about rows or cells that I could follow:");
    }
    cleaning.push("What I would have asked the people who collect the data:");
    let mut communication = vec![
        "Who could act on the report as it is, and who would need another version:",
        "A figure, table or sentence that was especially helpful:",
    ];
    if !evidence.left_out.is_empty() {
        communication.push("What I thought about what you left out on purpose:");
    }
    vec![
        (
            "Understanding of the data",
            vec![
                "The sentence that showed me best how you see the data:",
                "What I would have liked to read more about:",
            ],
        ),
        (
            "Doubts",
            vec![
                "A doubt of yours that I share, and why it matters:",
                "Something you were certain of and I was not, and what would settle it:",
            ],
        ),
        ("Cleaning", cleaning),
        (
            "Meaning",
            vec![
                "What your result would change for someone who has to decide:",
                "A name or an explanation of yours that I will remember:",
            ],
        ),
        ("Communication", communication),
        (
            "The interview",
            vec!["Where your thinking went further than the report:"],
        ),
        (
            "One thing I would do again",
            vec!["What it was, and what it gave you:"],
        ),
        (
            "One thing to try next time",
            vec!["What it is, and the first small step:"],
        ),
    ]
}
