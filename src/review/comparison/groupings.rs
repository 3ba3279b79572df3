//! Submitted groupings beside what is there.

use std::cmp::Ordering;

use super::super::{Against, BundleTruth, GroupingEvidence};
use super::subjects::{Side, Subject, subjects};
use crate::labels::Partition;
use crate::measure::{
    Contingency, Recovery, adjusted_rand, pair_precision, pair_recall, recover_factor_by_groups,
    recover_groups, recover_memberships,
};
use crate::random::Stream;
use crate::submission::Submission;

/// Of an artefact that is not the decoy, an answer has to tell this share to be worth a line: of
/// 20,000 rows, chance is cleared by next to nothing.
const LEAST: f64 = 0.02;

/// Every submitted grouping, hard ones first, beside each structure and artefact.
pub(in super::super) fn compare_groupings(
    truth: &BundleTruth,
    submission: &Submission,
    stream: &Stream,
) -> Vec<GroupingEvidence> {
    if submission.groups.is_empty() && submission.soft.is_empty() {
        return Vec::new();
    }
    let subjects = subjects(truth);
    let beside = |name: &str, soft: bool, answer: &Partition| {
        let fork = if soft { "soft" } else { "hard" };
        let stream = stream.fork(fork).fork(name);
        let original = answer.pick(truth.originals());
        GroupingEvidence {
            name: name.to_owned(),
            soft,
            groups: answer.groups(),
            answered: original.answered(),
            against: against(&subjects, &original, &stream),
        }
    };
    let hard = submission.groups.iter();
    let hard = hard.map(|grouping| beside(&grouping.name, false, &grouping.partition));
    let soft = submission.soft.iter().map(|soft| {
        let largest = soft.memberships.argmax(soft.groups.clone());
        beside(&soft.name, true, &largest)
    });
    hard.chain(soft).collect()
}

/// A grouping of the delivered rows beside each structure and artefact, the closest first.
pub fn beside_truth(truth: &BundleTruth, answer: &Partition, stream: &Stream) -> Vec<Against> {
    against(&subjects(truth), &answer.pick(truth.originals()), stream)
}

/// One grouping beside each thing, the closest first.
fn against(subjects: &[Subject], answer: &Partition, stream: &Stream) -> Vec<Against> {
    let mut all: Vec<Against> = subjects
        .iter()
        .map(|subject| {
            let stream = stream.fork(&subject.finding).fork(&subject.what);
            beside(subject, answer, &stream)
        })
        .zip(subjects)
        .filter(|(against, subject)| !subject.aside || tells(&against.recovery))
        .map(|(against, _)| against)
        .collect();
    // A stable sort: equals stay in the order of the findings.
    all.sort_by(|left, right| closer(left.recovery.value, right.recovery.value));
    all
}

fn tells(recovery: &Recovery) -> bool {
    recovery.above_chance() && recovery.value.is_some_and(|value| value >= LEAST)
}

fn beside(subject: &Subject, answer: &Partition, stream: &Stream) -> Against {
    let (recovery, hard) = match &subject.side {
        Side::Mixture { members, sampled } => {
            (recover_memberships(members, answer, stream), Some(sampled))
        }
        Side::Groups(groups) => (recover_groups(groups, answer, stream), Some(groups)),
        Side::Line(values) => (recover_factor_by_groups(values, answer, stream), None),
    };
    let table = hard.map(|hard| Contingency::new(hard, answer));
    Against {
        finding: subject.finding.clone(),
        what: subject.what.clone(),
        decoy: subject.decoy,
        recovery,
        adjusted_rand: table.as_ref().and_then(adjusted_rand),
        pair_precision: table.as_ref().and_then(pair_precision),
        pair_recall: table.as_ref().and_then(pair_recall),
    }
}

/// Larger values first, absent ones last.
fn closer(left: Option<f64>, right: Option<f64>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => right.total_cmp(&left),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}
