//! The text of `debrief.md`, and which six questions it asks.

use crate::bundle::Key;
use crate::review::Evidence;
use crate::submission::Submission;

use super::super::markdown;
use super::question::{DebriefQuestion, TalkStage, quoted};
use super::{general, in_report, not_in_report};

/// Six questions in the order of a conversation, from something in the candidate's own words to an
/// open outlook. The parts to read aloud reveal nothing from the key.
pub fn debrief(evidence: &Evidence, key: &Key, submission: &Submission) -> String {
    let mut parts = vec![format!(
        "# Six questions for the interview with {}",
        markdown::code(&evidence.candidate)
    )];
    parts.extend(
        evidence
            .mark
            .as_ref()
            .map(|mark| format!("**{}**", markdown::escape(mark))),
    );
    parts.push(PREFACE.to_owned());
    let questions = chosen(evidence, key, submission);
    let passages = quoted(&questions);
    for (at, (question, passage)) in questions.iter().zip(passages).enumerate() {
        parts.push(question.markdown(at + 1, passage));
    }
    parts.join("\n\n") + "\n"
}

const PREFACE: &str = "\
For interviewers. You can read *Ask* and *If stuck* aloud; *For you* comes from the key and stays with you. Six questions are enough for an hour: follow the answers rather than the list. A reading that is not in the key can be right, and you may have misread the report.";

/// Questions between the first and the last.
const MIDDLE: usize = 4;

fn chosen(evidence: &Evidence, key: &Key, submission: &Submission) -> Vec<DebriefQuestion> {
    let mut said = in_report::questions(evidence, key, submission);
    let opening = (0..said.len())
        .filter(|at| said[*at].opens.is_some())
        .min_by_key(|at| said[*at].opens);
    let opening = opening.map_or_else(
        || general::opening(evidence, submission),
        |at| said.remove(at),
    );
    let mut silent = not_in_report::questions(evidence, key, &said, &opening);
    // A finding that is not in the report comes second, and another one after those that are.
    let rest = silent.split_off(silent.len().min(2));
    let mut pool: Vec<DebriefQuestion> = Vec::new();
    let mut said = said.into_iter();
    pool.extend(said.next());
    let mut silent = silent.into_iter();
    pool.extend(silent.next());
    pool.extend(said);
    pool.extend(silent);
    pool.extend(general::fallbacks());
    pool.extend(rest);
    pool.truncate(MIDDLE);
    if let Some(question) = general::passages_not_in_key(evidence) {
        // Replaces a question about something that is not in the report.
        let silent = pool.iter().rposition(|one| one.stage == TalkStage::Silent);
        pool.remove(silent.unwrap_or(pool.len() - 1));
        pool.push(question);
    }
    pool.sort_by_key(|question| question.stage);
    let mut questions = vec![opening];
    questions.extend(pool);
    questions.push(general::closing(evidence, submission));
    questions
}
