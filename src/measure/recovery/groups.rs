//! Recovery of a hard structure by groups.

use crate::labels::Partition;
use crate::random::Stream;

use super::influence::{Influence, RowContribution};
use super::permutations::{BySize, Information, PERMUTATIONS, permuted, working_rows};
use super::result::{AnswerShape, Recovery};
use crate::measure::partition::contingency::{Contingency, Trivial};
use crate::measure::partition::information::{entropy, mutual_information};
use crate::measure::stats::moments::x_ln_x;

/// How much of the groups of `truth` the groups of `answer` recover: (I − E₀) / (H − E₀).
///
/// I is the mutual information of the two, H the entropy of the truth, and E₀ the mean of I over
/// [`super::PERMUTATIONS`] random permutations of the answer. 1 means that the answer determines
/// the truth of every row. So does any finer answer: the measure is *one-sided*, and E₀ removes
/// what splitting gains by chance. 0 is a random answer with the same group sizes. This is the
/// adjusted mutual information of Vinh, Epps & Bailey (2010,
/// <https://jmlr.org/papers/v11/vinh10a.html>) normalised by the truth's own entropy.
///
/// Deterministic in `stream`. Labels and (up to [`super::WORKING_ROWS`] rows) row order do not
/// change a bit of the result, since the null distribution depends on the group sizes alone.
///
/// ```
/// use drumlin::{labels::Partition, measure::{recover_groups, Reading}, random::Secret};
/// let truth: Vec<Option<&str>> = (0..400).map(|row| Some(["a", "b"][row % 2])).collect();
/// let finer: Vec<Option<String>> = (0..400).map(|row| Some((row % 4).to_string())).collect();
/// let [truth, finer] = [Partition::from_labels(&truth), Partition::from_labels(&finer)];
/// let recovery = recover_groups(&truth, &finer, &Secret::demo(1).stream()).0;
/// assert!((recovery.value.unwrap() - 1.0).abs() < 1e-12);
/// assert_eq!((recovery.groups, recovery.reading), (4, Reading::Ok));
/// ```
///
/// # Panics
/// When the partitions have different numbers of rows: the caller aligns them by row id.
pub fn recover_groups(
    truth: &Partition,
    answer: &Partition,
    stream: &Stream,
) -> (Recovery, Influence) {
    assert_eq!(
        truth.rows(),
        answer.rows(),
        "truth and answer of other rows"
    );
    let both = truth.codes().iter().zip(answer.codes());
    let rows: Vec<usize> = both
        .enumerate()
        .filter_map(|(row, (truth, answer))| truth.and(*answer).map(|_| row))
        .collect();
    let groups = groups_among(answer, &rows);
    let rows = working_rows(rows, stream);
    let table = Contingency::new(&truth.pick(&rows), &answer.pick(&rows));
    let Some(information) = information_about_groups(truth, answer, &rows, stream) else {
        return Recovery::empty().without_interval();
    };
    match table.trivial() {
        Trivial::Neither => {}
        which => return Recovery::trivial(which, rows.len(), groups).without_interval(),
    }
    let sizes = BySize::new(table.answer_sizes()).sizes;
    Recovery::corrected_for_chance(&information, AnswerShape::of(&sizes, groups))
}

/// Mutual information of two partitions on `rows` where neither is missing, in nats; no value
/// without a row.
pub(super) fn information_about_groups(
    truth: &Partition,
    answer: &Partition,
    rows: &[usize],
    stream: &Stream,
) -> Option<Information> {
    let table = &Contingency::new(&truth.pick(rows), &answer.pick(rows));
    let found = mutual_information(table)?;
    let everything = entropy(table.truth_sizes())?;
    let answers = BySize::new(table.answer_sizes());
    // A trivial side has no information by chance, either.
    let null = match table.trivial() {
        Trivial::Neither => {
            information_by_chance(&BySize::new(table.truth_sizes()), &answers, stream)
        }
        _ => vec![0.0; PERMUTATIONS],
    };
    Some(Information {
        found,
        everything,
        null,
        parts: parts(table, truth, answer, rows),
    })
}

/// Each row's contribution to I and H: the log ratio of its cell to the count expected by chance,
/// and minus the log of the share of its group.
fn parts(
    table: &Contingency,
    truth: &Partition,
    answer: &Partition,
    rows: &[usize],
) -> Vec<RowContribution> {
    let n = rows.len() as f64;
    let cells = table.cells();
    let of_cell: Vec<(f64, f64)> = cells
        .iter()
        .map(|(truth, answer, count)| {
            let truth = table.truth_sizes()[*truth as usize] as f64;
            let answer = table.answer_sizes()[*answer as usize] as f64;
            let met = *count as f64 * n / (truth * answer);
            (libm::log(met), -libm::log(truth / n))
        })
        .collect();
    let part = |row: &usize| {
        let (truth, answer) = truth.codes()[*row].zip(answer.codes()[*row])?;
        let at = cells.binary_search_by(|cell| (cell.0, cell.1).cmp(&(truth, answer)));
        let (found, everything) = of_cell[at.ok()?];
        Some(RowContribution {
            row: *row,
            found,
            everything,
        })
    };
    rows.iter().filter_map(part).collect()
}

/// Number of groups that `answer` has among `rows`.
pub(super) fn groups_among(answer: &Partition, rows: &[usize]) -> usize {
    let mut seen = vec![false; answer.groups()];
    for code in rows.iter().filter_map(|row| answer.codes()[*row]) {
        seen[code as usize] = true;
    }
    seen.into_iter().filter(|seen| *seen).count()
}

/// Mutual information of random tables with these margins.
fn information_by_chance(truth: &BySize, answer: &BySize, stream: &Stream) -> Vec<f64> {
    let rows = answer.expanded();
    let n = rows.len() as f64;
    // A lookup table, since counts repeat and logarithms dominate the run time.
    let most = answer.sizes.first().copied().unwrap_or(0);
    let terms: Vec<f64> = (0..=most).map(|count| x_ln_x(count as f64)).collect();
    let scattered = |sizes: &[u64]| sizes.iter().map(|size| x_ln_x(*size as f64)).sum::<f64>();
    let margins = scattered(&truth.sizes) + scattered(&answer.sizes);
    let mut counts = vec![0_usize; answer.sizes.len()];
    permuted(&rows, stream, |shuffled| {
        let mut joint = 0.0;
        let mut left = shuffled;
        for size in &truth.sizes {
            let (group, rest) = left.split_at(*size as usize);
            for place in group {
                counts[*place] += 1;
            }
            for place in group {
                // Each cell is counted once: its first row clears it.
                joint += terms[std::mem::take(&mut counts[*place])];
            }
            left = rest;
        }
        (libm::log(n) + (joint - margins) / n).max(0.0)
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::measure::Reading;
    use crate::random::Secret;

    /// A partition of `rows` rows by a rule.
    pub(in super::super) fn by(rows: usize, rule: impl Fn(usize) -> usize) -> Partition {
        let labels: Vec<Option<String>> =
            (0..rows).map(|row| Some(rule(row).to_string())).collect();
        Partition::from_labels(&labels)
    }

    pub(in super::super) fn coins(rows: usize, groups: usize, name: &str) -> Vec<usize> {
        let mut draws = Secret::demo(5).stream().fork(name).draws();
        (0..rows).map(|_| draws.index(groups)).collect()
    }

    fn recover(truth: &Partition, answer: &Partition) -> Recovery {
        recover_groups(truth, answer, &Secret::demo(1).stream()).0
    }

    #[test]
    fn independent_truths_give_each_answer_its_own_number() {
        let n = 6000;
        let (a, b) = (coins(n, 3, "a"), coins(n, 3, "b"));
        let split = coins(n, 3, "split");
        let truth = by(n, |row| a[row]);
        // Four standard deviations of the null: about 4·sqrt(2·4)/(2n·H).
        let slack = 4.0 * 8_f64.sqrt() / (2.0 * n as f64 * 3_f64.ln());
        for (answer, expected) in [
            (by(n, |row| b[row]), 0.0),
            (by(n, |row| 3 * a[row] + b[row]), 1.0),
            (by(n, |row| 3 * a[row] + split[row]), 1.0),
            (by(n, |row| (a[row] + b[row]) % 3), 0.0),
        ] {
            let recovery = recover(&truth, &answer);
            assert!(
                (recovery.value.unwrap() - expected).abs() < slack,
                "{recovery:?}"
            );
            assert_eq!(recovery.above_chance(), expected > 0.5);
            assert_eq!(recovery.reading, Reading::Ok);
        }
    }

    #[test]
    fn row_ids_and_dust_are_too_fine_to_judge() {
        let n = 9000;
        let truth = by(n, |row| row % 5);
        let ids = recover(&truth, &by(n, |row| row));
        assert_eq!(
            (ids.reading, ids.value, ids.groups),
            (Reading::TooFine, None, n)
        );
        let dust = recover(&truth, &by(n, |row| row / 4));
        assert_eq!(dust.reading, Reading::TooFine);
    }

    #[test]
    fn trivial_and_empty_sides_follow_the_policy() {
        let split = by(100, |row| row % 2);
        let whole = by(100, |_| 0);
        assert_eq!(recover(&split, &whole).value, Some(0.0));
        assert_eq!(recover(&whole, &split).value, Some(0.0));
        let both = recover(&whole, &whole);
        assert_eq!((both.value, both.reading), (Some(1.0), Reading::Trivial));
        assert!(!both.above_chance());
        let nobody = Partition::from_labels::<&str>(&[None; 100]);
        assert_eq!(recover(&split, &nobody).reading, Reading::Empty);
    }

    #[test]
    fn labels_and_row_order_change_no_bit() {
        let n = 3000;
        let (a, noise) = (coins(n, 4, "a"), coins(n, 10, "noise"));
        let rule = |row: usize| if noise[row] < 3 { noise[row] } else { a[row] };
        let (truth, answer) = (by(n, |row| a[row]), by(n, rule));
        let turned: Vec<usize> = (0..n).rev().collect();
        let renamed = by(n, |row| 9 - rule(row));
        assert_eq!(
            recover(&truth, &answer),
            recover(&truth.pick(&turned), &renamed.pick(&turned))
        );
    }

    #[test]
    fn many_rows_are_sampled_and_say_so() {
        let n = 50_000;
        let truth = by(n, |row| row % 3);
        let recovery = recover(&truth, &truth);
        assert_eq!((recovery.rows, recovery.value), (20_000, Some(1.0)));
    }
}
