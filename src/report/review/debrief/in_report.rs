//! Questions based on what the report says and the files show.

use crate::bundle::Key;
use crate::review::Evidence;
use crate::submission::Submission;

use super::defects::{data, kept};
use super::groups::{artefact, groups};
use super::question::DebriefQuestion;
use super::recommendation::recommendation;
use super::structures::meanings;

/// One question of each sort that the evidence supports, most informative first.
pub(super) fn questions(
    evidence: &Evidence,
    key: &Key,
    submission: &Submission,
) -> Vec<DebriefQuestion> {
    let mut meaning = meanings(evidence, key).into_iter();
    let mut questions = Vec::new();
    questions.extend(artefact(evidence, key, submission));
    questions.extend(groups(evidence, key));
    questions.extend(data(evidence, key).into_iter().next());
    questions.extend(meaning.next());
    questions.extend(recommendation(submission));
    questions.extend(kept(evidence, key));
    questions.extend(meaning);
    questions
}
