//! Questions about the groups that a report offers, or doubts.

use super::super::grouping_sentence;
use super::super::markdown::{code, escape, ours};
use crate::bundle::Key;
use crate::generate::FindingKind;
use crate::review::find;
use crate::review::{Evidence, Passage, Terms};
use crate::submission::Submission;

use super::question::{DebriefQuestion, OpeningStrength, TalkStage, for_you};

/// Words with which a report doubts that there is a number of clusters.
const DOUBTS: [&str; 7] = [
    "continuum",
    "continuous",
    "no clear cluster",
    "no natural",
    "would not defend",
    "no k stands out",
    "disagree",
];

/// The grouping that is closest to the decoy.
pub(super) fn artefact(
    evidence: &Evidence,
    key: &Key,
    submission: &Submission,
) -> Option<DebriefQuestion> {
    let grouping = evidence.groupings.iter().find(|grouping| {
        let closest = grouping.comparisons.first();
        closest.is_some_and(|closest| closest.decoy && closest.alone.above_chance())
    })?;
    let decoy = &grouping.comparisons.first()?.finding;
    let instance = key.world.instances.iter().find(|i| i.id == *decoy);
    let columns = instance.map_or(&[][..], |instance| &instance.columns);
    // Only columns that the report mentions may be named to its author.
    let named = columns.iter().find_map(|column| {
        let said = find(
            &submission.report,
            &Terms {
                strong: vec![column.clone()],
                ..Terms::default()
            },
        );
        (!said.is_empty()).then_some((column, said))
    });
    let start = format!(
        "Your grouping {} has {} groups",
        code(&grouping.name),
        grouping.groups
    );
    let (ask, mut passages) = match named {
        Some((column, said)) => (
            format!(
                "{start}, and you mention {0}. What would the groups look like without {0}? And how \
                 would you find out whether one source – a version, a region, a few accounts – \
                 explains them?",
                code(column)
            ),
            said,
        ),
        None => (
            format!(
                "{start}. Which column sets them apart most, and what would they look like without \
                 it? How would you find out whether one source – a version, a region, a few \
                 accounts – explains them?"
            ),
            Vec::new(),
        ),
    };
    let about_groups = evidence
        .findings
        .iter()
        .filter(|one| one.kind == FindingKind::Groups);
    passages.extend(about_groups.flat_map(|finding| finding.passages.clone()));
    let says = key.finding(decoy).map_or("", |finding| &finding.statement);
    Some(DebriefQuestion {
        about: vec![decoy.clone()],
        stage: TalkStage::Groups,
        opens: None,
        heading: "What the groups are made of",
        passages,
        ask,
        why: format!("{} {}", escape(&grouping_sentence(grouping)), ours(says)),
        listen: &[
            "wants to see rows of the smallest group before naming it",
            "looks at another scale, or at what remains without a few extreme values",
            "asks who or what produces these rows, and is glad to drop a result that does not hold",
        ],
        hint: "Take ten random rows of the smallest group and read them aloud. What do you notice?"
            .to_owned(),
    })
}

/// What the report says about groups.
pub(super) fn groups(evidence: &Evidence, key: &Key) -> Option<DebriefQuestion> {
    let finding = evidence
        .findings
        .iter()
        .find(|finding| finding.kind == FindingKind::Groups && !finding.passages.is_empty())?;
    let doubts = |passage: &&Passage| {
        passage
            .matched
            .iter()
            .any(|term| DOUBTS.contains(&term.as_str()))
    };
    let doubting: Vec<Passage> = finding.passages.iter().filter(doubts).cloned().collect();
    let question = DebriefQuestion {
        about: vec![finding.id.clone()],
        stage: TalkStage::Groups,
        opens: None,
        heading: "One grouping or another",
        passages: finding.passages.clone(),
        ask: "A colleague groups the same rows differently and prefers theirs. How would you find out who is right, or whether there is a right answer?"
            .to_owned(),
        why: for_you(finding, key),
        listen: &[
            "names a test that could go against their own grouping: other rows, other methods, data without groups",
            "asks what the groups are for before asking which are right",
            "can find two groupings useful without calling either one true",
        ],
        hint: "Suppose you ran the same steps on rows from one smooth cloud. What would you get?"
            .to_owned(),
    };
    if doubting.is_empty() {
        return Some(question);
    }
    Some(DebriefQuestion {
        opens: Some(OpeningStrength::Doubt),
        heading: "A doubt about groups",
        passages: doubting,
        ask: "You doubt that there is one right number of groups. What made you doubt it, and what would change your mind?"
            .to_owned(),
        listen: &[
            "names something that could have been seen and was not: a valley between groups, methods that agree, the same groups on other rows",
            "distinguishes a convenient grouping from one that is in the data",
            "knows what to offer someone who needs segments anyway",
        ],
        hint: "Someone shows you a plot with two clouds. What do you ask before you believe it?"
        .to_owned(),
        ..question
    })
}
