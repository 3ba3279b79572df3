//! Submitted groupings compared with structures and artefacts.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::super::{BundleTruth, GroupingComparison, GroupingEvidence};
use super::confounders::SubjectKind;
use super::context::{ComparisonContext, MatchedKMeans};
use super::expected_agreement::{SubmittedGrouping, expected};
use super::row_agreement::row_agreement;
use super::subjects::{Side, Subject, subjects};
use crate::labels::{Memberships, Partition};
use crate::measure::{
    Contingency, RandomModel, Recovery, RecoveryAnswer, adjusted_rand, adjusted_rand_under,
    element_similarity, pair_counts, pair_precision, pair_recall, with_missing,
};
use crate::random::Stream;
use crate::submission::Submission;

/// A defect other than the decoy is listed only if an answer recovers at least this share of it: with
/// 20,000 rows, tiny values exceed chance.
const LEAST: f64 = 0.02;

/// Every submitted grouping, hard ones first, compared with each structure and artefact.
pub(in super::super) fn compare_groupings(
    truth: &BundleTruth,
    submission: &Submission,
    context: &ComparisonContext,
    stream: &Stream,
) -> Vec<GroupingEvidence> {
    let compare = |name: &str, answer: &Partition, shares: Option<&Memberships>| {
        let fork = if shares.is_some() { "soft" } else { "hard" };
        let stream = stream.fork(fork).fork(name);
        let original = answer.pick(truth.originals());
        let shares = shares.map(|shares| shares.pick(truth.originals()));
        let submitted = SubmittedGrouping {
            groups: &original,
            shares: shares.as_ref(),
        };
        let comparisons = full_comparisons(context, &submitted, &stream);
        GroupingEvidence {
            name: name.to_owned(),
            soft: shares.is_some(),
            groups: answer.groups(),
            answered: original.answered(),
            rows: original.rows(),
            row_agreement: row_agreement(
                truth,
                context,
                &original,
                &recovered(context, &comparisons),
            ),
            comparisons: comparisons.into_iter().map(|(_, one)| one).collect(),
        }
    };
    let hard = submission.groups.iter();
    let hard = hard.map(|grouping| compare(&grouping.name, &grouping.partition, None));
    let soft = submission.soft.iter().map(|soft| {
        let largest = soft.memberships.argmax(soft.groups.clone());
        compare(&soft.name, &largest, Some(&soft.memberships))
    });
    hard.chain(soft).collect()
}

/// One grouping (over all originals) compared with each subject: alone, given the other structures, and
/// with k-means with the same number of groups.
fn full_comparisons(
    context: &ComparisonContext,
    answer: &SubmittedGrouping<'_>,
    stream: &Stream,
) -> Vec<(usize, GroupingComparison)> {
    let groups = answer.groups;
    let kmeans = context.matched_kmeans(groups, &stream.fork("matched"));
    let mut all = comparisons(&context.subjects, Some(context), groups, stream);
    all.par_iter_mut().for_each(|(at, one)| {
        let subject = &context.subjects[*at];
        let stream = subject.stream(stream);
        if let Some(rows) = context.rows() {
            one.expected = expected(&subject.side, answer, rows, &stream);
        }
        // The clean table has no artefacts.
        if !one.artefact {
            one.conditional = context.conditional(subject, RecoveryAnswer::Groups(groups), &stream);
            one.kmeans = kmeans.as_ref().map(|kmeans| kmeans.recovery(*at, &stream));
            let above = |kmeans: &MatchedKMeans<'_>| {
                kmeans.difference(*at, groups, context, &stream.fork("apart"))
            };
            one.above_kmeans = kmeans.as_ref().and_then(above);
        }
    });
    all
}

/// Structures that are recovered better than by chance, the best match first.
fn recovered<'a>(
    context: &'a ComparisonContext,
    comparisons: &[(usize, GroupingComparison)],
) -> Vec<&'a Subject> {
    let number = context.subjects.len();
    let above = |(_, one): &&(usize, GroupingComparison)| {
        !one.artefact && one.alone.with_chance_of_best_of(number).above_chance()
    };
    let above = comparisons.iter().filter(above);
    above.map(|(at, _)| &context.subjects[*at]).collect()
}

/// A grouping of the delivered rows compared with each structure and artefact, the best match first.
pub fn compare_grouping(
    truth: &BundleTruth,
    answer: &Partition,
    stream: &Stream,
) -> Vec<GroupingComparison> {
    let original = answer.pick(truth.originals());
    let all = comparisons(&subjects(truth), None, &original, stream);
    all.into_iter().map(|(_, one)| one).collect()
}

/// One grouping compared with each subject (by position), the best match first.
fn comparisons(
    subjects: &[Subject],
    context: Option<&ComparisonContext>,
    answer: &Partition,
    stream: &Stream,
) -> Vec<(usize, GroupingComparison)> {
    let all = subjects.iter().enumerate().map(|(at, subject)| {
        let stream = subject.stream(stream);
        (at, comparison(subject, context, answer, &stream))
    });
    let mut all: Vec<(usize, GroupingComparison)> = all
        .filter(|(at, one)| !subjects[*at].only_if_found || is_found(&one.alone))
        .collect();
    // A stable sort: equals stay in the order of the findings.
    all.sort_by(|left, right| larger_first(left.1.alone.value, right.1.alone.value));
    all
}

fn is_found(recovery: &Recovery) -> bool {
    recovery.above_chance() && recovery.value.is_some_and(|value| value >= LEAST)
}

fn comparison(
    subject: &Subject,
    context: Option<&ComparisonContext>,
    answer: &Partition,
    stream: &Stream,
) -> GroupingComparison {
    let hard = match &subject.side {
        Side::Mixture { sampled, .. } => Some(sampled),
        Side::Groups(groups) => Some(groups),
        Side::Line(_) => None,
    };
    let table = hard.map(|hard| Contingency::new(hard, answer));
    let table = table.as_ref();
    let pairs = table.and_then(pair_counts);
    let by_row = subject.side.recovery_by_row(answer, stream);
    let partial = answer.answered() < answer.rows();
    let of_all = hard
        .filter(|_| partial)
        .and_then(|hard| with_missing(hard, answer, adjusted_rand).as_singletons);
    GroupingComparison {
        finding: subject.finding.clone(),
        what: subject.what.clone(),
        decoy: subject.decoy,
        artefact: subject.kind == SubjectKind::Artefact,
        alone: match context {
            Some(context) => context.with_entity_interval(by_row),
            None => by_row.0,
        },
        conditional: None,
        kmeans: None,
        above_kmeans: None,
        above_baselines: None,
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
fn larger_first(left: Option<f64>, right: Option<f64>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => right.total_cmp(&left),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}
