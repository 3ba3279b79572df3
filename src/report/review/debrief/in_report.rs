//! Questions from what the report says and the files show.

use super::super::markdown::ours;
use crate::bundle::Key;
use crate::generate::{Finding, Truth};
use crate::review::{Evidence, FindingEvidence};
use crate::submission::Submission;

use super::defects::{data, kept};
use super::groups::{artefact, groups};
use super::question::DebriefQuestion;
use super::recommendation::recommendation;
use super::structures::meanings;

/// One question of each sort that the evidence carries, the most telling first.
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

/// What is there, from the key.
pub(super) fn for_you(finding: &FindingEvidence, key: &Key) -> String {
    let known: Option<&Finding> = key.finding(&finding.id);
    let decoy = known.is_some_and(|known| matches!(known.truth, Truth::Defect { decoy: true, .. }));
    let decoy = if decoy { " It is the decoy." } else { "" };
    let accepted = known.map_or(String::new(), |known| {
        format!(
            " Also accepted: {}.",
            ours(known.accepted.trim_end_matches('.'))
        )
    });
    format!("{}{decoy}{accepted}", ours(&finding.statement))
}
