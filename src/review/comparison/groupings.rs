//! Submitted groupings beside what is there.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::super::{Against, BundleTruth, GroupingEvidence};
use super::ground::Ground;
use super::kin::Nature;
use super::subjects::{Side, Subject, subjects};
use crate::labels::Partition;
use crate::measure::{Answer, Contingency, Recovery, adjusted_rand, pair_precision, pair_recall};
use crate::random::Stream;
use crate::submission::Submission;

/// Of an artefact that is not the decoy, an answer has to tell this share to be worth a line: of
/// 20,000 rows, chance is cleared by next to nothing.
const LEAST: f64 = 0.02;

/// Every submitted grouping, hard ones first, beside each structure and artefact.
pub(in super::super) fn compare_groupings(
    truth: &BundleTruth,
    submission: &Submission,
    ground: &Ground,
    stream: &Stream,
) -> Vec<GroupingEvidence> {
    let beside = |name: &str, soft: bool, answer: &Partition| {
        let fork = if soft { "soft" } else { "hard" };
        let stream = stream.fork(fork).fork(name);
        let original = answer.pick(truth.originals());
        GroupingEvidence {
            name: name.to_owned(),
            soft,
            groups: answer.groups(),
            answered: original.answered(),
            against: judged(ground, &original, &stream),
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

/// One grouping (over all originals) beside each thing, alone, beyond rivals, and against k-means with as
/// many groups.
fn judged(ground: &Ground, answer: &Partition, stream: &Stream) -> Vec<Against> {
    let matched = ground.matched(answer, &stream.fork("matched"));
    let mut all = against(&ground.subjects, answer, stream);
    all.par_iter_mut().for_each(|one| {
        let mut subjects = ground.subjects.iter().enumerate();
        let same = |subject: &Subject| subject.finding == one.finding && subject.what == one.what;
        let subject = subjects.find(|(_, subject)| same(subject));
        // Before any defect an artefact is not there.
        if let Some((at, subject)) = subject.filter(|_| !one.artefact) {
            let stream = stream.fork(&one.finding).fork(&one.what);
            one.beyond = ground.beyond(subject, Answer::Groups(answer), &stream);
            one.matched = matched.as_ref().map(|line| line.tells(at, &stream));
        }
    });
    all
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
    let hard = match &subject.side {
        Side::Mixture { sampled, .. } => Some(sampled),
        Side::Groups(groups) => Some(groups),
        Side::Line(_) => None,
    };
    let table = hard.map(|hard| Contingency::new(hard, answer));
    Against {
        finding: subject.finding.clone(),
        what: subject.what.clone(),
        decoy: subject.decoy,
        artefact: subject.nature == Nature::Artefact,
        recovery: subject.side.recovery(answer, stream),
        beyond: None,
        matched: None,
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
