//! Recovery of a soft structure by groups.

use crate::labels::{Memberships, Partition};
use crate::random::Stream;

use super::groups::groups_among;
use super::influence::{Influence, RowContribution};
use super::permutations::{BySize, Information, PERMUTATIONS, permuted, working_rows};
use super::result::{AnswerShape, Recovery};
use crate::measure::partition::contingency::Trivial;
use crate::measure::soft::{answered, mass_entropy, row_entropy};
use crate::measure::stats::moments::ordered_sum;

/// How much of soft memberships the groups of `answer` recover: (I − E₀) / (D − E₀).
///
/// I is the mutual information of answer and memberships by fractional counts, D the information in
/// the row's own memberships, H(mean m) − mean H(mᵢ), and E₀ the mean of I over
/// [`super::PERMUTATIONS`] permutations of the answer. 1 means that the answer is as informative as
/// an oracle that knows every row's memberships; a hard answer to mixed memberships stays below 1,
/// because rows of one group differ. 0 is a random answer with the same group sizes. One-sided;
/// deterministic in `stream`; memberships that are the same for every row are trivial.
///
/// ```
/// use drumlin::{labels::{Memberships, Partition}, measure::recover_memberships, random::Secret};
/// let weights = (0..200).flat_map(|row| [[0.9, 0.1], [0.2, 0.8]][row % 2]).collect();
/// let truth = Memberships::from_weights(2, weights).unwrap();
/// let labels: Vec<_> = (0..200).map(|row| Some(["x", "y"][row % 2])).collect();
/// let answer = Partition::from_labels(&labels);
/// let recovery = recover_memberships(&truth, &answer, &Secret::demo(1).stream()).0;
/// assert!((recovery.value.unwrap() - 1.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When truth and answer have different numbers of rows: the caller aligns them by row id.
pub fn recover_memberships(
    truth: &Memberships,
    answer: &Partition,
    stream: &Stream,
) -> (Recovery, Influence) {
    assert_eq!(
        truth.rows(),
        answer.rows(),
        "truth and answer of other rows"
    );
    let rows: Vec<usize> = (0..truth.rows())
        .filter(|row| answer.codes()[*row].is_some() && answered(truth.row(*row)))
        .collect();
    let groups = groups_among(answer, &rows);
    let rows = working_rows(rows, stream);
    if rows.is_empty() {
        return Recovery::empty().without_interval();
    }
    let picked = answer.pick(&rows);
    let sizes: Vec<u64> = picked.sizes().iter().map(|size| *size as u64).collect();
    let answers = BySize::new(&sizes);
    let first = truth.row(rows[0]);
    let same = rows.iter().all(|row| truth.row(*row) == first);
    match Trivial::of(same, answers.sizes.len() < 2) {
        Trivial::Neither => {}
        which => return Recovery::trivial(which, rows.len(), groups).without_interval(),
    }
    let information = information_about_memberships(truth, answer, rows, stream);
    Recovery::corrected_for_chance(&information, AnswerShape::of(&answers.sizes, groups))
}

/// Information of groups about memberships among `rows` (at least one), in nats.
pub(super) fn information_about_memberships(
    truth: &Memberships,
    answer: &Partition,
    mut rows: Vec<usize>,
    stream: &Stream,
) -> Information {
    // Sorted by value, so that row order does not change a bit of the result.
    rows.sort_by(|left, right| by_shares(truth.row(*left), truth.row(*right)));
    let picked = answer.pick(&rows);
    let sizes: Vec<u64> = picked.sizes().iter().map(|size| *size as u64).collect();
    let answers = BySize::new(&sizes);
    let truth = truth.pick(&rows);
    let blurred = Blurred::new(&truth);
    let places: Vec<usize> = picked
        .codes()
        .iter()
        .flatten()
        .map(|code| answers.places[*code as usize])
        .collect();
    let null = if answers.sizes.len() < 2 {
        vec![0.0; PERMUTATIONS]
    } else {
        permuted(&answers.expanded(), stream, |shuffled| {
            blurred.information(shuffled, &answers.sizes)
        })
    };
    Information {
        found: blurred.information(&places, &answers.sizes),
        everything: blurred.knowable,
        null,
        parts: blurred.parts(&rows, &places, &answers.sizes),
    }
}

fn by_shares(left: &[f64], right: &[f64]) -> std::cmp::Ordering {
    let pairs = left.iter().zip(right);
    pairs
        .map(|(left, right)| left.total_cmp(right))
        .find(|order| order.is_ne())
        .unwrap_or(std::cmp::Ordering::Equal)
}

/// Complete memberships, with quantities shared by all answers.
struct Blurred<'a> {
    truth: &'a Memberships,
    entropy: f64,
    knowable: f64,
}

impl<'a> Blurred<'a> {
    fn new(truth: &'a Memberships) -> Self {
        let n = truth.rows() as f64;
        let mut masses = vec![0.0; truth.groups()];
        let mut blur = 0.0;
        for row in 0..truth.rows() {
            blur += row_entropy(truth.row(row));
            for (mass, share) in masses.iter_mut().zip(truth.row(row)) {
                *mass += share;
            }
        }
        let entropy = mass_entropy(&masses, n);
        Self {
            truth,
            entropy,
            knowable: (entropy - blur / n).max(0.0),
        }
    }

    /// H(mean m) minus the entropy left within the groups at these positions.
    fn information(&self, places: &[usize], sizes: &[u64]) -> f64 {
        let masses = self.masses(places, sizes);
        let groups = masses.chunks(self.truth.groups()).zip(sizes);
        let left = ordered_sum(groups.map(|(masses, size)| {
            let size = *size as f64;
            size * mass_entropy(masses, size)
        }));
        (self.entropy - left / places.len() as f64).max(0.0)
    }

    /// Each row's contribution to I and D: the divergence of its memberships from the overall mean,
    /// as seen through the mean of its group and through its own memberships.
    fn parts(&self, rows: &[usize], places: &[usize], sizes: &[u64]) -> Vec<RowContribution> {
        let width = self.truth.groups();
        let masses = self.masses(places, sizes);
        let mut all = vec![0.0; width];
        for group in masses.chunks(width) {
            for (sum, mass) in all.iter_mut().zip(group) {
                *sum += mass / places.len() as f64;
            }
        }
        // The row's weighted log ratios to the overall mean.
        let gain = |shares: &[f64], expected: &dyn Fn(usize) -> f64| -> f64 {
            let each = shares.iter().enumerate().filter(|(_, share)| **share > 0.0);
            each.map(|(group, share)| share * libm::log(expected(group) / all[group]))
                .sum()
        };
        let each = rows.iter().zip(places).enumerate();
        each.map(|(at, (row, place))| {
            let shares = self.truth.row(at);
            let size = sizes[*place] as f64;
            RowContribution {
                row: *row,
                found: gain(shares, &|group| masses[place * width + group] / size),
                everything: gain(shares, &|group| shares[group]),
            }
        })
        .collect()
    }

    /// The summed memberships of each group of the answer, one group after another.
    fn masses(&self, places: &[usize], sizes: &[u64]) -> Vec<f64> {
        let width = self.truth.groups();
        let mut masses = vec![0.0; sizes.len() * width];
        for (row, place) in places.iter().enumerate() {
            let group = &mut masses[place * width..(place + 1) * width];
            for (mass, share) in group.iter_mut().zip(self.truth.row(row)) {
                *mass += share;
            }
        }
        masses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statistic_is_the_information_of_the_fractional_table() {
        let weights = (0..500)
            .flat_map(|row| [1.0, f64::from(row % 17)])
            .collect();
        let truth = Memberships::from_weights(2, weights).unwrap();
        let places: Vec<usize> = (0..500).map(|row| row % 17 / 4 % 3).collect();
        let mut sizes = [0_u64; 3];
        let mut joint = [[0.0; 3]; 2];
        for (row, place) in places.iter().enumerate() {
            sizes[*place] += 1;
            for (group, share) in truth.row(row).iter().enumerate() {
                joint[group][*place] += share;
            }
        }
        let entropy = |masses: &[f64]| mass_entropy(masses, 500.0);
        let truths = joint.map(|counts| counts.iter().sum::<f64>());
        let answers = sizes.map(|size| size as f64);
        let information = entropy(&truths) + entropy(&answers) - entropy(joint.as_flattened());
        let blur: f64 = (0..500).map(|row| row_entropy(truth.row(row))).sum();
        let knowable = entropy(&truths) - blur / 500.0;
        let blurred = Blurred::new(&truth);
        let found = blurred.information(&places, &sizes);
        assert!(found > 0.01);
        assert!((found - information).abs() < 1e-13);
        assert!((blurred.knowable - knowable).abs() < 1e-13);
    }
}
