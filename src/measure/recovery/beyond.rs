//! Recovery *beyond rivals*: what an answer tells of a structure when everything else that is there
//! is held fixed.

use serde::{Deserialize, Serialize};

use schemars::JsonSchema;

use crate::labels::{Memberships, Partition};
use crate::random::Stream;

use super::super::contingency::{Contingency, Trivial};
use super::super::information::entropy;
use super::super::moments::quantile;
use super::super::soft::answered;
use super::groups::{groups_among, told as told_of_groups};
use super::influence::Influence;
use super::memberships::told as told_of_memberships;
use super::null::{PERMUTATIONS, Told, working_rows};
use super::result::{Reading, Recovery, Shape};
use super::rivals::{Held, Rival, held};

/// A denominator under this share of the whole structure: nothing is left to find.
pub(super) const LEFT: f64 = 0.05;

/// Recovery of a structure with rivals held fixed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beyond {
    /// The recovery: 0 is what random answers give within strata, 1 all that rivals leave.
    pub recovery: Recovery,
    /// Rivals that were held fixed for it, by position among those given.
    pub rivals: Vec<usize>,
    /// Strata that rows were parted into; 0 where a regression holds them fixed.
    pub strata: usize,
}

/// How much of the groups of `truth` an answer tells beyond rivals:
/// (I(S; Y | Z) − E₀) / (H(S | Z) − E₀).
///
/// Z are strata of rows that agree in the rivals: at most 32, each of at least 50 rows. Groups are
/// held fixed jointly where that gives such strata, otherwise one at a time; a line is held fixed
/// alone, in up to 32 quantiles; of several ways the smallest value counts. I and H are means over
/// strata, weighted by rows, in nats, and E₀ the mean of I over
/// [`PERMUTATIONS`] permutations of the answer *within* strata. Where H(S | Z) is under a twentieth of
/// H(S) for one of the ways, [`Reading::NothingLeft`]; where only H(S | Z) − E₀ is, chance finds all that
/// is left, and the answer is [`Reading::TooFine`]. None without a rival that can be held fixed.
/// From 0 (random within strata; a little less by chance) to 1. One-sided; deterministic in `stream`;
/// labels and the order of rows change no bit.
///
/// ```
/// use drumlin::{labels::Partition, measure::{Rival, recover_groups, recover_groups_beyond}, random::Secret};
/// let by = |rule: fn(usize) -> usize| {
///     let labels: Vec<_> = (0..800).map(|row| Some(rule(row).to_string())).collect();
///     Partition::from_labels(&labels)
/// };
/// let (a, b) = (by(|row| row % 2), by(|row| row / 2 % 2));
/// let xor = by(|row| (row + row / 2) % 2);
/// let stream = Secret::demo(1).stream();
/// let alone = recover_groups(&a, &xor, &stream).0;
/// let beyond = recover_groups_beyond(&a, &xor, &[Rival::Groups(b)], &stream).unwrap().0;
/// assert!(!alone.above_chance() && alone.jointly_only(&beyond.recovery));
/// assert!((beyond.recovery.value.unwrap() - 1.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When truth, answer and rivals have different numbers of rows: the caller aligns them by row id.
pub fn recover_groups_beyond(
    truth: &Partition,
    answer: &Partition,
    rivals: &[Rival],
    stream: &Stream,
) -> Option<(Beyond, Influence)> {
    aligned(truth.rows(), answer, rivals);
    let both = |row: &usize| truth.codes()[*row].and(answer.codes()[*row]).is_some();
    let rows: Vec<usize> = (0..truth.rows()).filter(both).collect();
    let groups = groups_among(answer, &rows);
    let rows = working_rows(rows, stream);
    let table = Contingency::new(&truth.pick(&rows), &answer.pick(&rows));
    let whole = entropy(table.truth_sizes());
    let told = |rows: &[usize], stream: &Stream| told_of_groups(truth, answer, rows, stream);
    let trivial = table.trivial();
    smallest(
        rivals,
        &rows,
        &Whole {
            everything: whole.unwrap_or(0.0),
            trivial,
            answer,
            groups,
        },
        &told,
        stream,
    )
}

/// How much of soft memberships an answer tells beyond rivals, by fractional counts:
/// [`recover_groups_beyond`] with what knowing the row itself tells in place of the entropy.
///
/// # Panics
/// When truth, answer and rivals have different numbers of rows: the caller aligns them by row id.
pub fn recover_memberships_beyond(
    truth: &Memberships,
    answer: &Partition,
    rivals: &[Rival],
    stream: &Stream,
) -> Option<(Beyond, Influence)> {
    aligned(truth.rows(), answer, rivals);
    let both = |row: &usize| answer.codes()[*row].is_some() && answered(truth.row(*row));
    let rows: Vec<usize> = (0..truth.rows()).filter(both).collect();
    let groups = groups_among(answer, &rows);
    let rows = working_rows(rows, stream);
    if rows.is_empty() {
        return None;
    }
    let whole = told_of_memberships(truth, answer, rows.clone(), stream).everything;
    let first = truth.row(rows[0]);
    let same = rows.iter().all(|row| truth.row(*row) == first);
    let told = |rows: &[usize], stream: &Stream| {
        Some(told_of_memberships(truth, answer, rows.to_vec(), stream))
    };
    let trivial = Trivial::of(same, groups < 2);
    smallest(
        rivals,
        &rows,
        &Whole {
            everything: whole,
            trivial,
            answer,
            groups,
        },
        &told,
        stream,
    )
}

fn aligned(rows: usize, answer: &Partition, rivals: &[Rival]) {
    assert_eq!(rows, answer.rows(), "truth and answer of other rows");
    for rival in rivals {
        assert_eq!(rows, rival.rows(), "truth and rival of other rows");
    }
}

/// What is the same for every way of holding rivals fixed.
struct Whole<'a> {
    /// What there is to tell of the structure with nothing held fixed.
    everything: f64,
    trivial: Trivial,
    answer: &'a Partition,
    groups: usize,
}

/// The smallest recovery over every way of holding rivals fixed; where one of them leaves nothing,
/// nothing is left.
fn smallest(
    rivals: &[Rival],
    rows: &[usize],
    whole: &Whole<'_>,
    told: &dyn Fn(&[usize], &Stream) -> Option<Told>,
    stream: &Stream,
) -> Option<(Beyond, Influence)> {
    let stream = stream.fork("beyond");
    let ways = held(rivals, rows);
    let ways = ways.iter().map(|held| {
        let (recovery, influence) = within(held, whole, told, &stream);
        let beyond = Beyond {
            recovery,
            rivals: held.rivals.clone(),
            strata: held.strata.len(),
        };
        (beyond, influence)
    });
    ways.min_by(|left, right| {
        let (left, right) = (&left.0.recovery, &right.0.recovery);
        rank(left).cmp(&rank(right)).then_with(|| {
            let value = |one: &Recovery| one.value.unwrap_or(f64::INFINITY);
            value(left).total_cmp(&value(right))
        })
    })
}

/// What leaves nothing comes first, and what cannot be read last.
fn rank(recovery: &Recovery) -> u8 {
    match recovery.reading {
        Reading::NothingLeft => 0,
        Reading::Ok | Reading::Trivial => 1,
        Reading::TooFine | Reading::Empty => 2,
    }
}

fn within(
    held: &Held,
    whole: &Whole<'_>,
    told: &dyn Fn(&[usize], &Stream) -> Option<Told>,
    stream: &Stream,
) -> (Recovery, Influence) {
    let rows: usize = held.strata.iter().map(Vec::len).sum();
    if whole.trivial != Trivial::Neither {
        return Recovery::trivial(whole.trivial, rows, whole.groups).without_influence();
    }
    let mut all = Told {
        found: 0.0,
        everything: 0.0,
        null: vec![0.0; PERMUTATIONS],
        parts: Vec::with_capacity(rows),
    };
    for (at, stratum) in held.strata.iter().enumerate() {
        let Some(one) = told(stratum, &stream.block(at as u64)) else {
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
    if all.everything < LEFT * whole.everything {
        return Recovery::nothing_left(rows, whole.groups).without_influence();
    }
    if all.everything - expected < LEFT * whole.everything {
        return Recovery::too_fine(rows, whole.groups).without_influence();
    }
    let sizes = groups_of(held, whole.answer);
    let shape = Shape {
        rows,
        groups: whole.groups,
        median_size: quantile(&sizes, 0.5),
    };
    Recovery::less_chance(&all, shape)
}

/// Rows of each group that has any, over all strata.
fn groups_of(held: &Held, answer: &Partition) -> Vec<f64> {
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

    fn beyond(truth: &Partition, answer: &Partition, rival: &Partition) -> Beyond {
        let rivals = [Rival::Groups(rival.clone())];
        let stream = Secret::demo(1).stream();
        recover_groups_beyond(truth, answer, &rivals, &stream)
            .unwrap()
            .0
    }

    #[test]
    fn a_function_of_the_rival_tells_nothing_beyond_it() {
        let n = 6000;
        let (rival, own) = (coins(n, 4, "rival"), coins(n, 20, "own"));
        // Nine rows of ten follow the rival.
        let truth = by(n, |row| match own[row] {
            side @ (0 | 1) => side,
            _ => rival[row] % 2,
        });
        let rival = by(n, |row| rival[row]);
        let found = beyond(&truth, &rival, &rival);
        assert!(!found.recovery.above_chance(), "{found:?}");
        let itself = beyond(&truth, &truth, &rival);
        assert!((itself.recovery.value.unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_a_rival_settles_leaves_nothing() {
        let truth = by(900, |row| row % 2);
        let found = beyond(&truth, &truth, &by(900, |row| row % 6));
        assert_eq!(found.recovery.reading, Reading::NothingLeft);
        assert_eq!(found.recovery.value, None);
    }

    #[test]
    fn memberships_are_told_beyond_rivals_as_groups_are() {
        let n = 4000;
        let (a, b) = (coins(n, 2, "a"), coins(n, 2, "b"));
        let shares = a.iter().flat_map(|side| [[0.9, 0.1], [0.2, 0.8]][*side]);
        let truth = Memberships::from_weights(2, shares.collect()).unwrap();
        let rival = [Rival::Groups(by(n, |row| b[row]))];
        let stream = Secret::demo(1).stream();
        let both = by(n, |row| 2 * a[row] + b[row]);
        let found = recover_memberships_beyond(&truth, &both, &rival, &stream)
            .unwrap()
            .0;
        assert!(
            (found.recovery.value.unwrap() - 1.0).abs() < 1e-9,
            "{found:?}"
        );
        let other = by(n, |row| b[row]);
        let found = recover_memberships_beyond(&truth, &other, &rival, &stream)
            .unwrap()
            .0;
        assert!(!found.recovery.above_chance());
    }

    #[test]
    fn without_a_rival_there_is_nothing_beyond_one() {
        let truth = by(400, |row| row % 2);
        let stream = Secret::demo(1).stream();
        assert_eq!(recover_groups_beyond(&truth, &truth, &[], &stream), None);
    }

    #[test]
    fn labels_and_row_order_change_no_bit() {
        let n = 2000;
        let (a, b, noise) = (coins(n, 3, "a"), coins(n, 3, "b"), coins(n, 9, "noise"));
        let answer = |row: usize| if noise[row] < 3 { noise[row] } else { a[row] };
        let turned: Vec<usize> = (0..n).rev().collect();
        let (truth, rival) = (by(n, |row| a[row]), by(n, |row| b[row]));
        let one = beyond(&truth, &by(n, answer), &rival);
        let other = beyond(
            &truth.pick(&turned),
            &by(n, |row| 7 - answer(row)).pick(&turned),
            &rival.pick(&turned),
        );
        assert_eq!(one, other);
    }
}
