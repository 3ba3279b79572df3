//! `feedback-notes.md`: quotes and prompts with blanks, for the reviewer's own words.

use crate::bundle::Key;
use crate::generate::FindingKind;

use super::leaks::leaks;
use super::markdown;
use crate::review::{Evidence, Passage};

/// Notes to write feedback from. Nothing in them tells what the key holds.
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
        parts.push("A passage of your own choice: ____".to_owned());
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
These are notes for you, to write feedback from in your own words. The quotes are the \
candidate's. Speak of what is in the report, and of what you would have liked to hear more \
about; leave out what there was to find, since others may still be at work on these data. Leave \
away every prompt that you have nothing to say to.";

const CLOSING: &str = "\
## Before it is sent

- [ ] Every remark rests on something that the report says or on something that was said in the \
talk.
- [ ] It names one thing that they can do differently next time, and how.
- [ ] It compares them with nobody.
- [ ] It tells nothing that only the reviewers' folder holds.";

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
        cleaning.push("A decision about rows or cells whose reason I could follow:");
    }
    cleaning.push("What I would have asked the people who collect the data, and did you:");
    let mut communication = vec![
        "Who could act on the report as it stands, and who would need another version:",
        "A figure, table or sentence that did more than its share:",
    ];
    if !evidence.left_out.is_empty() {
        communication.push("How I took what you left out on purpose:");
    }
    vec![
        (
            "Understanding of the data",
            vec![
                "The sentence that told me most about how you see the data:",
                "What I would have liked to hear more about:",
            ],
        ),
        (
            "Doubts",
            vec![
                "A doubt of yours that I share, and why it matters:",
                "Something that you were sure of and I was not, and what would settle it:",
            ],
        ),
        ("Cleaning", cleaning),
        (
            "Meaning",
            vec![
                "What your result would change for somebody who has to decide:",
                "A name or an explanation of yours that I will remember:",
            ],
        ),
        ("Communication", communication),
        (
            "The talk",
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
