//! The first question, the last one, and those that suit any report.

use super::super::markdown::escape;
use crate::review::find;
use crate::review::{Evidence, Passage, Terms, quote_around};
use crate::submission::Submission;

use super::question::{DebriefQuestion, TalkStage};

/// Opens in the candidate's own words if nothing better was found.
pub(super) fn opening(evidence: &Evidence, submission: &Submission) -> DebriefQuestion {
    let first = submission.report.blocks.iter().find(|block| !block.heading);
    let passages = first.map(|block| Passage {
        place: block.place.clone(),
        quote: quote_around(&block.text, &[]),
        matched: Vec::new(),
        strength: 0,
    });
    let issues = if evidence.issues.is_empty() {
        ""
    } else {
        " You also listed issues: which one did you find first?"
    };
    question(
        TalkStage::Meaning,
        "In their own words",
        passages.into_iter().collect(),
        &format!(
            "This is how your report begins. Walk us through it: what did you look at first, and when did you know what you would write?{issues}"
        ),
        "An easy start from their own work. Nothing to check here; it shows how they approach an unfamiliar table.",
        &[
            "describes what they looked at, not only what they ran",
            "remembers a surprise and what it changed",
            "knows where they stopped and why",
        ],
        "What was the first thing that surprised you?",
    )
}

/// Something in the report that is not in the key.
pub(super) fn passages_not_in_key(evidence: &Evidence) -> Option<DebriefQuestion> {
    // A single row of a table is not informative.
    let mut passages = evidence.not_in_key.iter();
    let passage = passages.find(|passage| !passage.place.contains("table row"))?;
    Some(question(
        TalkStage::Meaning,
        "Not among our findings",
        vec![passage.clone()],
        "This is not among the findings we expected. Tell us more: how certain are you, and what would you do with it?",
        "This passage matches no finding in the key. True findings outside the key count just as much.",
        &[
            "says how they found it and what speaks against it",
            "has checked it, or knows how to",
            "knows who would want to know",
        ],
        "If it were not true, what would these rows look like?",
    ))
}

/// An open outlook.
pub(super) fn closing(evidence: &Evidence, submission: &Submission) -> DebriefQuestion {
    let listen = &[
        "a next step that could change a conclusion, not just add to it",
        "questions for people rather than for the data",
        "what they would do differently, without getting defensive",
    ];
    if !evidence.left_out.is_empty() {
        let left_out: Vec<String> = evidence.left_out.iter().map(|one| escape(one)).collect();
        return question(
            TalkStage::Action,
            "What was left out on purpose",
            Vec::new(),
            &format!(
                "You left this out on purpose: “{}”. Why did you stop there, and what would you do first with one more day?",
                left_out.join("”, “")
            ),
            "Stopping on purpose is fine. It shows how they set priorities.",
            listen,
            "If someone who knows the product joined you for that day, what would you ask them?",
        );
    }
    let strong = [
        "i stopped",
        "next step",
        "next i would",
        "with more time",
        "given more time",
        "future work",
        "i would look",
        "if i had",
    ];
    let terms = Terms {
        strong: strong.map(str::to_owned).to_vec(),
        ..Terms::default()
    };
    let passages = find(&submission.report, &terms);
    let ask = if passages.is_empty() {
        "Suppose new rows arrived every day and you were responsible for them. What would you look at first, whom would you call, and what would you stop believing?"
    } else {
        "Suppose you had one more day. What could change in your report, and whom would you call first?"
    };
    question(
        TalkStage::Action,
        "Outlook",
        passages,
        ask,
        "An open end. There is no expected answer.",
        listen,
        "What one thing would you like to know that is not in the table?",
    )
}

/// Questions that need no evidence, for reports that give few others.
pub(super) fn fallbacks() -> [DebriefQuestion; 4] {
    [
        question(
            TalkStage::Data,
            "What to rely on",
            Vec::new(),
            "Which sentence of your report would you bet on, and which would you take back first? Why?",
            "It shows whether they know how reliable their results are.",
            &[
                "can name a weak one at once",
                "talks about checks rather than feelings",
                "separates what the data show from what they think it means",
            ],
            "If the data were collected again tomorrow, what would stay the same?",
        ),
        question(
            TalkStage::Meaning,
            "For someone who has two minutes",
            Vec::new(),
            "Explain it to someone who runs the product and has two minutes: what is going on in these data?",
            "It shows whether there is a picture behind the numbers.",
            &[
                "talks about what people do",
                "leaves out what the listener does not need",
                "says what is not known",
            ],
            "What would that person ask you back?",
        ),
        question(
            TalkStage::Data,
            "The state of the data",
            Vec::new(),
            "What in these data would you not trust, and how did you check?",
            "The brief asks for it, and anything they found fits here.",
            &[
                "has a method, not just a list of usual suspects",
                "distinguishes odd but real from wrong",
                "knows what would change",
            ],
            "Choose any column. How would you convince yourself that it contains what its name says?",
        ),
        question(
            TalkStage::Action,
            "Another way",
            Vec::new(),
            "If you could not use your method, how would you answer the same question?",
            "It shows whether they started from the question or from the tool.",
            &[
                "knows what their method cannot see",
                "has a simpler one at hand",
                "expects something definite from it",
            ],
            "What could you learn from reading a hundred rows?",
        ),
    ]
}

fn question(
    stage: TalkStage,
    heading: &'static str,
    passages: Vec<Passage>,
    ask: &str,
    why: &str,
    listen: &'static [&'static str],
    hint: &str,
) -> DebriefQuestion {
    DebriefQuestion {
        about: Vec::new(),
        stage,
        opens: None,
        heading,
        passages,
        ask: ask.to_owned(),
        why: why.to_owned(),
        listen,
        hint: hint.to_owned(),
    }
}
