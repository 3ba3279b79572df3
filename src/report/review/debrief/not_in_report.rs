//! Open questions about findings that no passage seems to mention: they point in a direction and
//! reveal nothing.

use super::super::markdown::{code, ours};
use crate::bundle::Key;
use crate::generate::{Finding, Instance, Truth};
use crate::review::{Evidence, FindingEvidence};
use crate::scenario::record_of;

use super::question::{DebriefQuestion, TalkStage, for_you};

/// One question for every such finding without a question so far, alternating between defects,
/// structures and the benign anomaly.
pub(super) fn questions(
    evidence: &Evidence,
    key: &Key,
    said: &[DebriefQuestion],
    opening: &DebriefQuestion,
) -> Vec<DebriefQuestion> {
    let asked = |id: &String| {
        let mut others = said.iter().chain([opening]);
        others.any(|question| question.about.contains(id))
    };
    let open = evidence
        .findings
        .iter()
        .filter(|finding| finding.passages.is_empty() && !finding.disclosed && !asked(&finding.id));
    let (mut defects, mut others) = (Vec::new(), Vec::new());
    for finding in open {
        let Some(known) = key.finding(&finding.id) else {
            continue;
        };
        let question = question(finding, known, key);
        match known.truth {
            Truth::Defect { .. } => defects.push(question),
            _ => others.push(question),
        }
    }
    let (mut defects, mut others) = (defects.into_iter(), others.into_iter());
    let mut questions = Vec::new();
    loop {
        let pair = [defects.next(), others.next()];
        if pair.iter().all(Option::is_none) {
            return questions;
        }
        questions.extend(pair.into_iter().flatten());
    }
}

fn question(finding: &FindingEvidence, known: &Finding, key: &Key) -> DebriefQuestion {
    let (ask, hint) = words(known, key);
    DebriefQuestion {
        about: vec![finding.id.clone()],
        stage: TalkStage::Silent,
        opens: None,
        heading: "A look together",
        passages: Vec::new(),
        ask,
        why: format!(
            "No passage of the report seems to mention this. {} How an analyst would notice: {}.",
            for_you(finding, key),
            ours(known.how_to_notice.trim_end_matches('.'))
        ),
        listen: &[
            "says what they expect before they look, and is curious about differences",
            "thinks of who or what produced the rows",
            "has a next step, or says plainly that there was no time for this",
        ],
        hint,
    }
}

/// What to ask, and what to say if the conversation gets stuck. Neither reveals the finding.
fn words(known: &Finding, key: &Key) -> (String, String) {
    let column = |at: usize| known.columns.get(at).map(|name| code(name));
    let first = column(0).unwrap_or_else(|| "a column of your choice".to_owned());
    let second = column(1).unwrap_or_else(|| "another".to_owned());
    let (ask, hint) = match &known.truth {
        Truth::Factor { .. } => (
            format!(
                "Let us plot {first} against {second}, on log scales. What do you see, and what could explain it?"
            ),
            "Who are the people in one corner of the plot, and who in the other?",
        ),
        Truth::Curve { .. } => (
            format!(
                "Before we look: sketch how you expect {first} to depend on {second}. Here is the plot. What is different, and what could that mean?"
            ),
            "Follow the cloud with your finger. What changes for a row that moves along it?",
        ),
        Truth::Change { .. } => (
            format!(
                "Would you analyse the first and the last weeks together? Let us look at {first}, day by day."
            ),
            "Whom would you ask about a day that looks different?",
        ),
        Truth::Rare { .. } => (
            format!(
                "Take the hundred rows that look strangest to you, say by {first} and {second}. How would you find out whether they are errors or real?"
            ),
            "What do the texts of such rows say?",
        ),
        Truth::Interaction { .. } => (
            format!(
                "Pick a relationship that you believe in, say between {first} and {second}. Does it hold everywhere in the data? How would you check?"
            ),
            "Split the rows by any other column and look at each half.",
        ),
        Truth::Groups { .. } => (
            "A colleague needs segments by tomorrow. What do you say, and what do you give them?"
                .to_owned(),
            "What would they do with the segments, and what would go wrong with different ones?",
        ),
        Truth::Defect { instance, .. } => {
            let kind = key.world.instances.iter().find(|i| i.id == *instance);
            return defect(kind, &first, &second);
        }
        Truth::Benign => (
            format!(
                "Let us count rows by {first}. Does anything look odd that you would still keep? How would you decide?"
            ),
            "What would an error look like there, and what would real behaviour look like?",
        ),
    };
    (ask, hint.to_owned())
}

/// The question of a kind of defect, about its columns.
fn defect(instance: Option<&Instance>, first: &str, second: &str) -> (String, String) {
    // Adjacent columns that are both damaged show nothing; the source distinguishes the rows.
    let source = instance.and_then(|one| one.source.as_ref());
    let source = source.map_or_else(|| "source".to_owned(), |source| code(&source.column));
    let filled = |text: &str| {
        let columns = text.replace("{first}", first).replace("{second}", second);
        columns.replace("{source}", &source)
    };
    match instance {
        Some(instance) => {
            let record = record_of(instance.kind);
            (filled(record.ask), filled(record.hint))
        }
        None => (
            format!("Let us look at {first} together. What do you see?"),
            "Which other column would you compare it with?".to_owned(),
        ),
    }
}
