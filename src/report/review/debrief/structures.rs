//! Questions about structures that a report mentions, or that its axes follow.

use super::super::markdown::code;
use super::super::recoveries::{axes_recover, recovery_text};
use crate::bundle::Key;
use crate::generate::FindingKind;
use crate::review::{AxesEvidence, Evidence, FindingEvidence};

use super::question::{DebriefQuestion, OpeningStrength, TalkStage, for_you};

/// At most one question of each sort: about a structure that the report names, about one that only
/// its axes follow, and about one whose columns merely occur together.
pub(super) fn meanings(evidence: &Evidence, key: &Key) -> Vec<DebriefQuestion> {
    let structures: Vec<&FindingEvidence> = evidence
        .findings
        .iter()
        .filter(|one| one.kind == FindingKind::Structure && !one.disclosed)
        .collect();
    let (named, unnamed): (Vec<_>, Vec<_>) = structures
        .into_iter()
        .partition(|finding| is_named(finding, key));
    // A passage about its columns may use a name that is not in the key.
    let mut silent = unnamed.iter().filter(|one| one.passages.is_empty());
    let axis = silent.find_map(|finding| {
        let axes = evidence.axes.iter();
        let mut axes = axes.filter(|axis| axis.finding == finding.id);
        let axis = axes.find(|axis| axes_recover(axis))?;
        unnamed_axis(finding, axis, key)
    });
    let together = unnamed.iter().find(|finding| !finding.passages.is_empty());
    let second = axis.or_else(|| together.map(|finding| columns(finding, key)));
    let first = named.first().map(|finding| meaning(finding, key));
    first.into_iter().chain(second).collect()
}

/// Whether a passage contains a term for it, and not only its columns.
fn is_named(finding: &FindingEvidence, key: &Key) -> bool {
    let words = key
        .finding(&finding.id)
        .map_or(&[][..], |known| &known.words);
    let mut matched = finding.passages.iter().flat_map(|passage| &passage.matched);
    matched.any(|term| words.contains(term))
}

fn meaning(finding: &FindingEvidence, key: &Key) -> DebriefQuestion {
    DebriefQuestion {
        about: vec![finding.id.clone()],
        stage: TalkStage::Meaning,
        opens: Some(OpeningStrength::Meaning),
        heading: "Something they see in the data",
        passages: finding.passages.clone(),
        ask: "Tell us more about this. What would you expect to see if it were not true? And if it is true, what would you do with it?"
            .to_owned(),
        why: for_you(finding, key),
        listen: &[
            "has, or finds, a check that could have gone the other way",
            "talks about the people or events behind the columns, not just columns",
            "knows what someone would do differently because of it",
        ],
        hint: "Suppose it were a coincidence. Which other column, or which other weeks, would show that?"
            .to_owned(),
    }
}

fn columns(finding: &FindingEvidence, key: &Key) -> DebriefQuestion {
    DebriefQuestion {
        opens: None,
        heading: "Columns that belong together",
        ask: "You list these columns together. What do they have in common, what would you call it, and what would show that the name is wrong?"
            .to_owned(),
        ..meaning(finding, key)
    }
}

fn unnamed_axis(
    finding: &FindingEvidence,
    axis: &AxesEvidence,
    key: &Key,
) -> Option<DebriefQuestion> {
    let name = axis.best.as_ref()?;
    Some(DebriefQuestion {
        about: vec![finding.id.clone()],
        stage: TalkStage::Meaning,
        opens: None,
        heading: "An axis without a name",
        passages: Vec::new(),
        ask: format!(
            "Take the ten rows at each end of your axis {} and read them side by side. What do \
             you expect to find there, and what would you call it?",
            code(name)
        ),
        why: format!(
            "The axes recover this structure ({}), but no passage seems to mention it. {}",
            recovery_text(&axis.alone),
            for_you(finding, key)
        ),
        listen: &[
            "goes from loadings to rows, and from rows to what people do",
            "offers a name and says what would show that it is wrong",
            "knows that axes can be flipped and rotated",
        ],
        hint: "Which text or account would you expect at one end and never at the other?"
            .to_owned(),
    })
}
