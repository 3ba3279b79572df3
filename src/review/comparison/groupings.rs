//! Submitted groupings beside what is there.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::super::{Against, BundleTruth, GroupingEvidence};
use super::atlas::atlas;
use super::expected::{Answered, expected};
use super::ground::{Ground, Matched};
use super::kin::Nature;
use super::subjects::{Side, Subject, subjects};
use crate::labels::{Memberships, Partition};
use crate::measure::{
    Contingency, RandomModel, Recovery, RecoveryAnswer, adjusted_rand, adjusted_rand_under,
    element_similarity, pair_counts, pair_precision, pair_recall, with_missing,
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
    ground: &Ground,
    stream: &Stream,
) -> Vec<GroupingEvidence> {
    let beside = |name: &str, answer: &Partition, shares: Option<&Memberships>| {
        let fork = if shares.is_some() { "soft" } else { "hard" };
        let stream = stream.fork(fork).fork(name);
        let original = answer.pick(truth.originals());
        let shares = shares.map(|shares| shares.pick(truth.originals()));
        let both = Answered {
            groups: &original,
            shares: shares.as_ref(),
        };
        let against = judged(ground, &both, &stream);
        GroupingEvidence {
            name: name.to_owned(),
            soft: shares.is_some(),
            groups: answer.groups(),
            answered: original.answered(),
            of: original.rows(),
            atlas: atlas(truth, ground, &original, &told(ground, &against)),
            against,
        }
    };
    let hard = submission.groups.iter();
    let hard = hard.map(|grouping| beside(&grouping.name, &grouping.partition, None));
    let soft = submission.soft.iter().map(|soft| {
        let largest = soft.memberships.argmax(soft.groups.clone());
        beside(&soft.name, &largest, Some(&soft.memberships))
    });
    hard.chain(soft).collect()
}

/// One grouping (over all originals) beside each thing, alone, beyond rivals, and against k-means with as
/// many groups.
fn judged(ground: &Ground, answer: &Answered<'_>, stream: &Stream) -> Vec<Against> {
    let groups = answer.groups;
    let matched = ground.matched(groups, &stream.fork("matched"));
    let mut all = against(&ground.subjects, Some(ground), groups, stream);
    all.par_iter_mut().for_each(|one| {
        let Some((at, subject)) = subject_of(ground, one) else {
            return;
        };
        let stream = stream.fork(&one.finding).fork(&one.what);
        if let Some(rows) = ground.rows() {
            one.expected = expected(&subject.side, answer, rows, &stream);
        }
        // Before any defect an artefact is not there.
        if !one.artefact {
            one.beyond = ground.beyond(subject, RecoveryAnswer::Groups(groups), &stream);
            one.matched = matched.as_ref().map(|line| line.tells(at, &stream));
            let apart = |line: &Matched<'_>| line.apart(at, groups, ground, &stream.fork("apart"));
            one.apart = matched.as_ref().and_then(apart);
        }
    });
    all
}

/// The subject that a line of evidence speaks of, with its place.
fn subject_of<'a>(ground: &'a Ground, one: &Against) -> Option<(usize, &'a Subject)> {
    let mut subjects = ground.subjects.iter().enumerate();
    subjects.find(|(_, subject)| subject.finding == one.finding && subject.what == one.what)
}

/// Structures that are told above chance, the closest first.
fn told<'a>(ground: &'a Ground, against: &[Against]) -> Vec<&'a Subject> {
    let things = ground.subjects();
    let above = |one: &&Against| {
        !one.artefact && one.recovery.with_chance_of_best_of(things).above_chance()
    };
    let told = against.iter().filter(above);
    told.filter_map(|one| subject_of(ground, one).map(|(_, subject)| subject))
        .collect()
}

/// A grouping of the delivered rows beside each structure and artefact, the closest first.
pub fn beside_truth(truth: &BundleTruth, answer: &Partition, stream: &Stream) -> Vec<Against> {
    let original = answer.pick(truth.originals());
    against(&subjects(truth), None, &original, stream)
}

/// One grouping beside each thing, the closest first.
fn against(
    subjects: &[Subject],
    ground: Option<&Ground>,
    answer: &Partition,
    stream: &Stream,
) -> Vec<Against> {
    let mut all: Vec<Against> = subjects
        .iter()
        .map(|subject| {
            let stream = stream.fork(&subject.finding).fork(&subject.what);
            beside(subject, ground, answer, &stream)
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

fn beside(
    subject: &Subject,
    ground: Option<&Ground>,
    answer: &Partition,
    stream: &Stream,
) -> Against {
    let hard = match &subject.side {
        Side::Mixture { sampled, .. } => Some(sampled),
        Side::Groups(groups) => Some(groups),
        Side::Line(_) => None,
    };
    let table = hard.map(|hard| Contingency::new(hard, answer));
    let table = table.as_ref();
    let pairs = table.and_then(pair_counts);
    let by_row = subject.side.recovery_by_row(answer, stream);
    let silent = answer.answered() < answer.rows();
    let of_all = hard
        .filter(|_| silent)
        .and_then(|hard| with_missing(hard, answer, adjusted_rand).as_singletons);
    Against {
        finding: subject.finding.clone(),
        what: subject.what.clone(),
        decoy: subject.decoy,
        artefact: subject.nature == Nature::Artefact,
        recovery: match ground {
            Some(ground) => ground.moving(by_row),
            None => by_row.0,
        },
        beyond: None,
        matched: None,
        apart: None,
        adds: None,
        adjusted_rand: table.and_then(adjusted_rand),
        adjusted_rand_of_all: of_all,
        one_sided_rand: table
            .and_then(|table| adjusted_rand_under(table, RandomModel::SameNumberOneSided)),
        element_similarity: table.and_then(element_similarity),
        expected: None,
        pair_precision: table.and_then(pair_precision),
        pair_precision_by_chance: pairs.and_then(|pairs| pairs.precision_by_chance()),
        pair_recall: table.and_then(pair_recall),
        pair_recall_by_chance: pairs.and_then(|pairs| pairs.recall_by_chance()),
    }
}

/// Larger values first, absent ones last.
fn closer(left: Option<f64>, right: Option<f64>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => right.total_cmp(&left),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}
