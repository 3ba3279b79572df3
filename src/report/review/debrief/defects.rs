//! Questions about what was repaired, removed or kept.

use super::super::share_text;
use crate::bundle::Key;
use crate::generate::FindingKind;
use crate::review::Evidence;
use crate::review::says_not_done;

use super::question::{DebriefQuestion, OpeningStrength, TalkStage, for_you};

/// Questions about repaired defects, then about those that the report mentions.
pub(super) fn data(evidence: &Evidence, key: &Key) -> Vec<DebriefQuestion> {
    let mut questions = Vec::new();
    for finding in evidence
        .findings
        .iter()
        .filter(|one| one.kind == FindingKind::Defect)
    {
        let cleaning = evidence
            .cleaning
            .iter()
            .find(|one| one.finding == finding.id);
        let repaired = cleaning.filter(|one| 2 * one.repaired.count > one.repaired.of);
        // A phrase such as "I removed 0 duplicates" found nothing.
        if repaired.is_none() && finding.passages.iter().all(says_not_done) {
            continue;
        }
        // Nothing shows that it was noticed: rows may have been removed for another reason.
        let unsaid = finding.passages.is_empty();
        let numbers = repaired.map_or(String::new(), |one| {
            format!(
                " Repaired in the cleaned data: {}.",
                share_text(&one.repaired)
            )
        });
        questions.push(DebriefQuestion {
            about: vec![finding.id.clone()],
            stage: TalkStage::Data,
            opens: Some(if repaired.is_some() {
                OpeningStrength::Repair
            } else {
                OpeningStrength::Data
            }),
            heading: "What was repaired or removed",
            passages: finding.passages.clone(),
            ask: if unsaid {
                "Your cleaned data differ from the delivered data. What did you change or remove, and why? Which results would be different if you had not?"
            } else {
                "How did you find this? What else in the report would be different if you had not? And whom would you ask before making it a rule?"
            }
            .to_owned(),
            why: format!("{}{numbers}", for_you(finding, key)),
            listen: &[
                "can say how they found it: a planned check or a surprise",
                "knows how many rows it affects and which results change",
                "names a person or a team that would know, and what to ask",
            ],
            hint: if unsaid {
                "What do the rows look like that you changed or removed?"
            } else {
                "What did the data look like just before you noticed?"
            }
            .to_owned(),
        });
    }
    questions.sort_by_key(|question| question.opens);
    questions
}

/// The benign anomaly, if the report mentions it.
pub(super) fn kept(evidence: &Evidence, key: &Key) -> Option<DebriefQuestion> {
    let finding = evidence.findings.iter().find(|one| {
        one.kind == FindingKind::Benign && !one.disclosed && !one.passages.is_empty()
    })?;
    Some(DebriefQuestion {
        about: vec![finding.id.clone()],
        stage: TalkStage::Data,
        opens: None,
        heading: "Correct it or keep it",
        passages: finding.passages.clone(),
        ask: "Would you correct this, remove it or keep it? How did you decide, and what would have changed your mind?"
            .to_owned(),
        why: for_you(finding, key),
        listen: &[
            "distinguishes odd but real from broken, and says how",
            "knows what removing it would do to the results",
            "would ask someone before changing it",
        ],
        hint: "What would an error look like there, and what would real behaviour look like?".to_owned(),
    })
}
