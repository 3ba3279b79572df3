//! The first question, the last one, and those that any report carries.

use super::super::markdown::escape;
use crate::review::find;
use crate::review::{Evidence, Passage, Terms, quote_around};
use crate::submission::Submission;

use super::question::{DebriefQuestion, TalkStage};

/// In their own words, where nothing better to begin from was found.
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
        " You also listed issues: which of them came first?"
    };
    question(
        TalkStage::Meaning,
        "In their own words",
        passages.into_iter().collect(),
        &format!(
            "This is how your report begins. Take us along: what did you look at first, and when \
             did you know what you would write?{issues}"
        ),
        "To begin from their work. Nothing needs to be checked here; it shows how they go about \
         a table that they have never seen.",
        &[
            "tells what they looked at, not only what they ran",
            "remembers a surprise, and what it changed",
            "knows where they stopped, and why there",
        ],
        "What was the first thing that surprised you?",
    )
}

/// Something that the report says and the key does not.
pub(super) fn passages_not_in_key(evidence: &Evidence) -> Option<DebriefQuestion> {
    // A row of a table says little alone.
    let mut passages = evidence.not_in_key.iter();
    let passage = passages.find(|passage| !passage.place.contains("table row"))?;
    Some(question(
        TalkStage::Meaning,
        "Not among our findings",
        vec![passage.clone()],
        "This is not among the things we prepared for. Tell us more: how sure are you, and what \
         would you do with it?",
        "No finding of the key took up this passage. True things that are not in the key count \
         as much.",
        &[
            "says how they came upon it, and what speaks against it",
            "has checked it, or knows at once how to",
            "knows who would want to hear of it",
        ],
        "If it were not so, what would these rows look like?",
    ))
}

/// An open outlook.
pub(super) fn closing(evidence: &Evidence, submission: &Submission) -> DebriefQuestion {
    let listen = &[
        "a next step that could change a conclusion, not only add to it",
        "what they would ask of people rather than of data",
        "what they would do otherwise, without being asked to defend what they did",
    ];
    if !evidence.left_out.is_empty() {
        let left_out: Vec<String> = evidence.left_out.iter().map(|one| escape(one)).collect();
        return question(
            TalkStage::Action,
            "What was left out on purpose",
            Vec::new(),
            &format!(
                "You left out on purpose: “{}”. What made you stop there, and what would you do \
                 first with one more day?",
                left_out.join("”, “")
            ),
            "Stopping early on purpose is fine. It shows how they choose.",
            listen,
            "If the day came with somebody who knows the product, what would you ask them?",
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
        "Suppose these rows kept coming, every day, and were yours to look after. What would you \
         look at first, whom would you call, and what would you stop believing?"
    } else {
        "Suppose you had one more day for this. What could it change in what you wrote, and whom \
         would you call first?"
    };
    question(
        TalkStage::Action,
        "Outlook",
        passages,
        ask,
        "To end on their ideas. There is no answer to compare with.",
        listen,
        "What is the one thing that you would like to know and that is not in the table?",
    )
}

/// Questions that need no evidence, for reports that give few others.
pub(super) fn fallbacks() -> [DebriefQuestion; 4] {
    [
        question(
            TalkStage::Data,
            "What to rely on",
            Vec::new(),
            "Which sentence of your report would you bet on, and which would you take back first? \
             What makes the difference?",
            "It shows whether they know how firm their own results are.",
            &[
                "can name a weak one at once",
                "speaks of checks rather than of feelings",
                "keeps apart what the rows show and what they think it means",
            ],
            "If these were drawn anew tomorrow, what would come out the same?",
        ),
        question(
            TalkStage::Meaning,
            "For somebody who has two minutes",
            Vec::new(),
            "Tell it to somebody who runs the product and has two minutes: what is going on in \
             these data?",
            "It shows whether there is a picture behind the numbers.",
            &[
                "speaks of what people do",
                "leaves out what does not matter to the listener",
                "says what is not known",
            ],
            "What would that person ask you back?",
        ),
        question(
            TalkStage::Data,
            "The state of the data",
            Vec::new(),
            "What in these data would you not take at its word, and how did you look for it?",
            "The brief asks it, and whatever they found has its place here.",
            &[
                "has a way of looking, not a list of usual suspects",
                "tells odd and real from odd and wrong",
                "knows what it would change",
            ],
            "Choose any column. How would you convince yourself that it is what it says?",
        ),
        question(
            TalkStage::Action,
            "Another way",
            Vec::new(),
            "If you had to throw your method away and answer the same question by other means, \
             what would you do?",
            "It shows whether the question or the tool led.",
            &[
                "knows what their method cannot see",
                "has a simpler one at hand",
                "expects something definite from it",
            ],
            "What could one learn from reading a hundred rows?",
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
