//! Questions about what readers may do with a report.

use crate::review::Terms;
use crate::review::find;
use crate::submission::Submission;

use super::question::{DebriefQuestion, TalkStage};

/// A recommendation, or a cause.
pub(super) fn recommendation(submission: &Submission) -> Option<DebriefQuestion> {
    let said = |strong: &[&str]| {
        let strong = strong.iter().map(|word| (*word).to_owned()).collect();
        let terms = Terms {
            strong,
            ..Terms::default()
        };
        let passages = find(&submission.report, &terms);
        (!passages.is_empty()).then_some(passages)
    };
    let advice = said(&[
        "recommend",
        "strategy",
        "we should",
        "you should",
        "advise",
        "propose",
    ]);
    let question = DebriefQuestion {
        about: Vec::new(),
        stage: TalkStage::Action,
        opens: None,
        heading: "Before someone acts on it",
        passages: Vec::new(),
        ask: "Suppose someone does this on Monday. What would you check first, and how would you notice a month later that it was a mistake?"
            .to_owned(),
        why: "The report recommends something. The data were not made to support a decision; listen for how they would make it safe."
            .to_owned(),
        listen: &[
            "names a cheap check and what its result would change",
            "thinks of who is affected and what cannot be undone",
            "would rather try it small than argue for it",
        ],
        hint: "What is the cheapest way to prove it wrong?".to_owned(),
    };
    if let Some(passages) = advice {
        return Some(DebriefQuestion {
            passages,
            ..question
        });
    }
    let causes = [
        "because of",
        "causes",
        "caused by",
        "drives",
        "driven by",
        "leads to",
        "due to",
        "the effect of",
    ];
    Some(DebriefQuestion {
        heading: "A cause",
        passages: said(&causes)?,
        ask: "What else could explain this? And what would you check before someone acts on it?"
            .to_owned(),
        why: "The report names a cause. The data are observational; there was no experiment."
            .to_owned(),
        listen: &[
            "has another explanation, or finds one",
            "names a comparison, a date or an experiment that would distinguish them",
            "says how certain they are, and acts accordingly",
        ],
        hint: "What decides whether a row is of one kind or the other?".to_owned(),
        ..question
    })
}
