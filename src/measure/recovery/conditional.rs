//! Conditional recovery: what an answer explains of a structure with the other structures held fixed.

use crate::labels::{Memberships, Partition};
use crate::measure::partition::contingency::{Contingency, Trivial};
use crate::measure::partition::information::entropy;
use crate::measure::soft::answered;
use crate::measure::stats::moments::quantile;
use crate::random::Stream;

use super::conditional_factor::conditional_factor;
use super::conditional_types::{
    ConditionalRecovery, LEAST_REMAINDER, RecoveryAnswer, RecoveryTarget,
};
use super::covariates::{Covariate, Stratification, stratifications};
use super::groups::{groups_among, information_about_groups};
use super::influence::Influence;
use super::memberships::information_about_memberships;
use super::permutations::{Information, PERMUTATIONS, working_rows};
use super::result::{AnswerShape, Reading, Recovery};

/// How much of a structure S an answer Y recovers with the covariates Z held fixed, and the
/// influence of each row on it. None if no covariate can be held fixed, and for axes as an answer
/// about groups or memberships.
///
/// *Groups and memberships*: (I(S; Y | Z) − E₀) / (H(S | Z) − E₀). Z are strata of rows with equal
/// covariates: at most 32, each of at least 50 rows. Groups are held fixed jointly if that gives
/// such strata, else one at a time; a continuous covariate is held fixed alone, in up to 32
/// quantiles; of several ways the smallest value counts. I and H are means over strata, weighted by
/// rows, in nats; E₀ is the mean of I over [`PERMUTATIONS`] permutations of the answer *within*
/// strata. For memberships, I uses fractional counts, and H is the information in the row's own
/// memberships. If H(S | Z) is below a twentieth of H(S) for one of the ways,
/// [`Reading::NothingLeft`]; if only H(S | Z) − E₀ is, chance finds all that is left:
/// [`Reading::TooFine`]. Labels and row order do not change a bit of the result.
///
/// *A factor*: (R²(f | Y, Z) − R²(f | Z)) / (R²(f | X, Z) − R²(f | Z)), with X the `known` columns.
/// All covariates are held fixed at once by least squares: groups by a mean each, continuous ones by
/// a slope each for the values and their squares. Y gives a mean per group or a slope per axis, X a
/// slope per column. Every R² is out of fold (five folds), so that many groups gain nothing by
/// slope per column. Every R² is out of fold (five folds), so many groups do not help by
/// themselves. Chance is the 99 % quantile over permutations of the answer, fitted to the residuals
/// after the covariates. If the denominator is below 0.05: [`Reading::NothingLeft`]. The value may
/// exceed 1, since X enters linearly. At most 5,000 rows; rows where a side is missing are ignored.
/// No value where the factor is constant. Row order does not change a bit of the result if all
/// values of the factor differ.
/// From 0 (random within strata; slightly less by chance) to 1. One-sided; deterministic in `stream`.
///
/// ```
/// use drumlin::measure::{Covariate, RecoveryAnswer, RecoveryTarget, conditional_recovery, recover_groups};
/// use drumlin::{labels::Partition, random::Secret};
/// let by = |rule: fn(usize) -> usize| {
///     let labels: Vec<_> = (0..800).map(|row| Some(rule(row).to_string())).collect();
///     Partition::from_labels(&labels)
/// };
/// let (a, b) = (by(|row| row % 2), by(|row| row / 2 % 2));
/// let xor = by(|row| (row + row / 2) % 2);
/// let stream = Secret::demo(1).stream();
/// let (alone, _) = recover_groups(&a, &xor, &stream);
/// let (target, answer) = (RecoveryTarget::Groups(&a), RecoveryAnswer::Groups(&xor));
/// let found = conditional_recovery(target, answer, &[Covariate::Groups(b)], &stream);
/// let (conditional, _) = found.unwrap();
/// assert!(!alone.above_chance() && alone.jointly_only(&conditional.recovery));
/// assert!((conditional.recovery.value.unwrap() - 1.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When target, answer and covariates have different numbers of rows: the caller aligns them by row id.
pub fn conditional_recovery(
    target: RecoveryTarget<'_>,
    answer: RecoveryAnswer<'_>,
    covariates: &[Covariate],
    stream: &Stream,
) -> Option<(ConditionalRecovery, Influence)> {
    match (target, answer) {
        (RecoveryTarget::Groups(truth), RecoveryAnswer::Groups(answer)) => {
            conditional_groups(truth, answer, covariates, stream)
        }
        (RecoveryTarget::Memberships(truth), RecoveryAnswer::Groups(answer)) => {
            conditional_memberships(truth, answer, covariates, stream)
        }
        (RecoveryTarget::Factor { values, known }, answer) => {
            conditional_factor(values, answer, covariates, known, stream)
        }
        (_, RecoveryAnswer::Axes(_)) => None,
    }
}

fn conditional_groups(
    truth: &Partition,
    answer: &Partition,
    covariates: &[Covariate],
    stream: &Stream,
) -> Option<(ConditionalRecovery, Influence)> {
    assert_aligned(truth.rows(), answer, covariates);
    let both = |row: &usize| truth.codes()[*row].and(answer.codes()[*row]).is_some();
    let rows: Vec<usize> = (0..truth.rows()).filter(both).collect();
    let groups = groups_among(answer, &rows);
    let rows = working_rows(rows, stream);
    let table = Contingency::new(&truth.pick(&rows), &answer.pick(&rows));
    let whole = entropy(table.truth_sizes());
    let information =
        |rows: &[usize], stream: &Stream| information_about_groups(truth, answer, rows, stream);
    let trivial = table.trivial();
    smallest(
        covariates,
        &rows,
        &AnswerContext {
            everything: whole.unwrap_or(0.0),
            trivial,
            answer,
            groups,
        },
        &information,
        stream,
    )
}

fn conditional_memberships(
    truth: &Memberships,
    answer: &Partition,
    covariates: &[Covariate],
    stream: &Stream,
) -> Option<(ConditionalRecovery, Influence)> {
    assert_aligned(truth.rows(), answer, covariates);
    let both = |row: &usize| answer.codes()[*row].is_some() && answered(truth.row(*row));
    let rows: Vec<usize> = (0..truth.rows()).filter(both).collect();
    let groups = groups_among(answer, &rows);
    let rows = working_rows(rows, stream);
    if rows.is_empty() {
        return None;
    }
    let whole = information_about_memberships(truth, answer, rows.clone(), stream).everything;
    let first = truth.row(rows[0]);
    let same = rows.iter().all(|row| truth.row(*row) == first);
    let information = |rows: &[usize], stream: &Stream| {
        Some(information_about_memberships(
            truth,
            answer,
            rows.to_vec(),
            stream,
        ))
    };
    let trivial = Trivial::of(same, groups < 2);
    smallest(
        covariates,
        &rows,
        &AnswerContext {
            everything: whole,
            trivial,
            answer,
            groups,
        },
        &information,
        stream,
    )
}

fn assert_aligned(rows: usize, answer: &Partition, covariates: &[Covariate]) {
    assert_eq!(rows, answer.rows(), "truth and answer of other rows");
    for covariate in covariates {
        assert_eq!(rows, covariate.rows(), "truth and covariate of other rows");
    }
}

/// Quantities shared by all stratifications.
struct AnswerContext<'a> {
    /// Information about the structure when nothing is held fixed.
    everything: f64,
    trivial: Trivial,
    answer: &'a Partition,
    groups: usize,
}

/// The smallest recovery over every way of holding covariates fixed; if one of them leaves nothing,
/// the result is that nothing is left.
fn smallest(
    covariates: &[Covariate],
    rows: &[usize],
    whole: &AnswerContext<'_>,
    information: &dyn Fn(&[usize], &Stream) -> Option<Information>,
    stream: &Stream,
) -> Option<(ConditionalRecovery, Influence)> {
    let stream = stream.fork("beyond");
    let ways = stratifications(covariates, rows);
    let ways = ways.iter().map(|held| {
        let (recovery, influence) = within(held, whole, information, &stream);
        let conditional = ConditionalRecovery {
            recovery,
            covariates: held.covariates.clone(),
            strata: held.strata.len(),
        };
        (conditional, influence)
    });
    ways.min_by(|left, right| {
        let (left, right) = (&left.0.recovery, &right.0.recovery);
        rank(left).cmp(&rank(right)).then_with(|| {
            let value = |one: &Recovery| one.value.unwrap_or(f64::INFINITY);
            value(left).total_cmp(&value(right))
        })
    })
}

/// Sort key: nothing left first, unreadable last.
fn rank(recovery: &Recovery) -> u8 {
    match recovery.reading {
        Reading::NothingLeft => 0,
        Reading::Ok | Reading::Trivial => 1,
        Reading::TooFine | Reading::Empty => 2,
    }
}

fn within(
    held: &Stratification,
    whole: &AnswerContext<'_>,
    information: &dyn Fn(&[usize], &Stream) -> Option<Information>,
    stream: &Stream,
) -> (Recovery, Influence) {
    let rows: usize = held.strata.iter().map(Vec::len).sum();
    if whole.trivial != Trivial::Neither {
        return Recovery::trivial(whole.trivial, rows, whole.groups).without_interval();
    }
    let mut all = Information {
        found: 0.0,
        everything: 0.0,
        null: vec![0.0; PERMUTATIONS],
        parts: Vec::with_capacity(rows),
    };
    for (at, stratum) in held.strata.iter().enumerate() {
        let Some(one) = information(stratum, &stream.block(at as u64)) else {
            continue;
        };
        let share = stratum.len() as f64 / rows as f64;
        all.found += share * one.found;
        all.everything += share * one.everything;
        for (sum, one) in all.null.iter_mut().zip(&one.null) {
            *sum += share * one;
        }
        all.parts.extend(one.parts);
    }
    let expected = all.null.iter().sum::<f64>() / all.null.len() as f64;
    if all.everything < LEAST_REMAINDER * whole.everything {
        return Recovery::nothing_left(rows, whole.groups).without_interval();
    }
    if all.everything - expected < LEAST_REMAINDER * whole.everything {
        return Recovery::too_fine(rows, whole.groups).without_interval();
    }
    let sizes = group_sizes(held, whole.answer);
    let shape = AnswerShape {
        rows,
        groups: whole.groups,
        median_size: quantile(&sizes, 0.5),
    };
    Recovery::corrected_for_chance(&all, shape)
}

/// Number of rows of each nonempty group, over all strata.
fn group_sizes(held: &Stratification, answer: &Partition) -> Vec<f64> {
    let mut sizes = vec![0.0; answer.groups()];
    for row in held.strata.iter().flatten() {
        if let Some(code) = answer.codes()[*row] {
            sizes[code as usize] += 1.0;
        }
    }
    sizes.retain(|size| *size > 0.0);
    sizes
}

#[cfg(test)]
mod tests {
    use super::super::groups::tests::{by, coins};
    use super::*;
    use crate::random::Secret;

    fn conditional(
        truth: &Partition,
        answer: &Partition,
        covariate: &Partition,
    ) -> ConditionalRecovery {
        let covariates = [Covariate::Groups(covariate.clone())];
        let stream = Secret::demo(1).stream();
        conditional_groups(truth, answer, &covariates, &stream)
            .unwrap()
            .0
    }

    #[test]
    fn a_function_of_the_covariate_recovers_nothing_conditionally() {
        let n = 6000;
        let (covariate, own) = (coins(n, 4, "covariate"), coins(n, 20, "own"));
        // Nine of ten rows follow the covariate.
        let truth = by(n, |row| match own[row] {
            side @ (0 | 1) => side,
            _ => covariate[row] % 2,
        });
        let covariate = by(n, |row| covariate[row]);
        let found = conditional(&truth, &covariate, &covariate);
        assert!(!found.recovery.above_chance(), "{found:?}");
        let itself = conditional(&truth, &truth, &covariate);
        assert!((itself.recovery.value.unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_covariate_that_determines_the_structure_leaves_nothing() {
        let truth = by(900, |row| row % 2);
        let found = conditional(&truth, &truth, &by(900, |row| row % 6));
        assert_eq!(found.recovery.reading, Reading::NothingLeft);
        assert_eq!(found.recovery.value, None);
    }

    #[test]
    fn memberships_have_a_conditional_recovery() {
        let n = 4000;
        let (a, b) = (coins(n, 2, "a"), coins(n, 2, "b"));
        let shares = a.iter().flat_map(|side| [[0.9, 0.1], [0.2, 0.8]][*side]);
        let truth = Memberships::from_weights(2, shares.collect()).unwrap();
        let covariate = [Covariate::Groups(by(n, |row| b[row]))];
        let stream = Secret::demo(1).stream();
        let both = by(n, |row| 2 * a[row] + b[row]);
        let found = conditional_memberships(&truth, &both, &covariate, &stream)
            .unwrap()
            .0;
        assert!(
            (found.recovery.value.unwrap() - 1.0).abs() < 1e-9,
            "{found:?}"
        );
        let other = by(n, |row| b[row]);
        let found = conditional_memberships(&truth, &other, &covariate, &stream)
            .unwrap()
            .0;
        assert!(!found.recovery.above_chance());
    }

    #[test]
    fn without_a_covariate_there_is_no_conditional_recovery() {
        let truth = by(400, |row| row % 2);
        let stream = Secret::demo(1).stream();
        assert_eq!(conditional_groups(&truth, &truth, &[], &stream), None);
    }

    #[test]
    fn labels_and_row_order_change_no_bit() {
        let n = 2000;
        let (a, b, noise) = (coins(n, 3, "a"), coins(n, 3, "b"), coins(n, 9, "noise"));
        let answer = |row: usize| if noise[row] < 3 { noise[row] } else { a[row] };
        let turned: Vec<usize> = (0..n).rev().collect();
        let (truth, covariate) = (by(n, |row| a[row]), by(n, |row| b[row]));
        let one = conditional(&truth, &by(n, answer), &covariate);
        let other = conditional(
            &truth.pick(&turned),
            &by(n, |row| 7 - answer(row)).pick(&turned),
            &covariate.pick(&turned),
        );
        assert_eq!(one, other);
    }
}
