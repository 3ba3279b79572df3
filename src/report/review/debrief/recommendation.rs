//! Questions about what somebody may do with a report.

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
        heading: "Before somebody acts on it",
        passages: Vec::new(),
        ask: "Suppose somebody does this on Monday. What would you check before, and what would \
              tell you a month later that it was wrong?"
            .to_owned(),
        why: "The report advises something. Nothing in these data was made to carry a decision; \
              what counts is how they would make it safe."
            .to_owned(),
        listen: &[
            "names a cheap check, and what its result would change",
            "thinks of who is affected, and of what cannot be taken back",
            "would rather try it small than argue for it",
        ],
        hint: "What is the cheapest thing that could prove it wrong?".to_owned(),
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
        ask: "What else could have brought this about? And what would you check before somebody \
              acts on it?"
            .to_owned(),
        why: "The report names a cause. These data were observed: nothing was tried out in them."
            .to_owned(),
        listen: &[
            "has a second explanation ready, or finds one",
            "names a comparison, a date or a trial that would tell them apart",
            "says how sure they are, and acts accordingly",
        ],
        hint: "Who decides which rows are of the one kind and which of the other?".to_owned(),
        ..question
    })
}
