//! Soft truths: counts of shares instead of rows.

use crate::labels::{Memberships, Partition};

use super::super::moments::{ordered_sum, x_ln_x};

/// The contingency table of soft memberships and an answer: fractional counts.
///
/// Each row that both sides answered spreads one count over the groups it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct SoftContingency {
    counts: Vec<f64>,
    answers: usize,
    rows: u64,
    blur: f64,
}

impl SoftContingency {
    /// Soft truth, hard answer.
    ///
    /// ```
    /// use drumlin::{labels::{Memberships, Partition}, measure::SoftContingency};
    /// let truth = Memberships::from_weights(2, vec![3.0, 1.0, 0.0, 1.0]).unwrap();
    /// let answer = Partition::from_labels(&["x", "y"].map(Some));
    /// let table = SoftContingency::of_groups(&truth, &answer);
    /// assert_eq!((table.count(0, 0), table.count(1, 1)), (0.75, 1.0));
    /// ```
    ///
    /// # Panics
    /// When truth and answer have different numbers of rows: the caller aligns them.
    pub fn of_groups(truth: &Memberships, answer: &Partition) -> Self {
        assert_eq!(
            truth.rows(),
            answer.rows(),
            "truth and answer of other rows"
        );
        let mut table = Self::empty(truth.groups(), answer.groups());
        for (row, code) in answer.codes().iter().enumerate() {
            let Some(code) = code.filter(|_| answered(truth.row(row))) else {
                continue;
            };
            table.add(truth.row(row), |table, group, share| {
                table.counts[group * table.answers + code as usize] += share;
            });
        }
        table
    }

    /// Soft truth, soft answer: a row counts in every pair of groups by the product of shares.
    ///
    /// # Panics
    /// When truth and answer have different numbers of rows: the caller aligns them.
    pub fn of_memberships(truth: &Memberships, answer: &Memberships) -> Self {
        assert_eq!(
            truth.rows(),
            answer.rows(),
            "truth and answer of other rows"
        );
        let mut table = Self::empty(truth.groups(), answer.groups());
        for row in 0..truth.rows() {
            if !answered(truth.row(row)) || !answered(answer.row(row)) {
                continue;
            }
            table.add(truth.row(row), |table, group, share| {
                for (code, other) in answer.row(row).iter().enumerate() {
                    table.counts[group * table.answers + code] += share * other;
                }
            });
        }
        table
    }

    /// Fractional number of rows in group `truth` of the truth and `answer` of the answer.
    pub fn count(&self, truth: usize, answer: usize) -> f64 {
        self.counts[truth * self.answers + answer]
    }

    /// Number of rows that both sides answered.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// What knowing the row itself tells about the truth, in nats: H(mean m) − mean H(mᵢ).
    ///
    /// The most that any answer can tell, since a row's membership is drawn, not written. For
    /// crisp memberships it is the entropy of the groups. No row: no value.
    pub fn knowable(&self) -> Option<f64> {
        let n = self.rows as f64;
        (self.rows > 0).then(|| (self.truth_entropy() - self.blur / n).max(0.0))
    }

    fn empty(truths: usize, answers: usize) -> Self {
        Self {
            counts: vec![0.0; truths * answers],
            answers,
            rows: 0,
            blur: 0.0,
        }
    }

    fn add(&mut self, shares: &[f64], spread: impl Fn(&mut Self, usize, f64)) {
        self.rows += 1;
        self.blur += row_entropy(shares);
        for (group, share) in shares.iter().enumerate() {
            spread(self, group, *share);
        }
    }

    /// H(mean m).
    fn truth_entropy(&self) -> f64 {
        let groups = self.counts.chunks(self.answers.max(1));
        let sizes: Vec<f64> = groups.map(|counts| counts.iter().sum()).collect();
        mass_entropy(&sizes, self.rows as f64)
    }
}

/// Mutual information of a soft truth and an answer, in nats.
///
/// From 0 to [`SoftContingency::knowable`] (for a hard answer); it is what the answer tells
/// about a group drawn from each row's memberships. Symmetric in table and transposed table.
/// Crisp memberships give [`super::super::mutual_information`]. No row: no value.
///
/// Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x.
///
/// ```
/// use drumlin::labels::{Memberships, Partition};
/// use drumlin::measure::{soft_mutual_information, SoftContingency};
/// let truth = Memberships::from_weights(2, vec![1.0, 0.0, 0.0, 1.0]).unwrap();
/// let answer = Partition::from_labels(&["x", "y"].map(Some));
/// let table = SoftContingency::of_groups(&truth, &answer);
/// assert!((soft_mutual_information(&table).unwrap() - 2_f64.ln()).abs() < 1e-15);
/// ```
pub fn soft_mutual_information(table: &SoftContingency) -> Option<f64> {
    if table.rows == 0 {
        return None;
    }
    let n = table.rows as f64;
    let mut answers = vec![0.0; table.answers];
    for counts in table.counts.chunks(table.answers) {
        for (sum, count) in answers.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let joint = mass_entropy(&table.counts, n);
    Some((table.truth_entropy() + mass_entropy(&answers, n) - joint).max(0.0))
}

/// Entropy of masses that sum to `total`, in nats; blind to their order.
pub(in super::super) fn mass_entropy(masses: &[f64], total: f64) -> f64 {
    -ordered_sum(masses.iter().map(|mass| x_ln_x(mass / total)))
}

/// Entropy of one row's memberships, in nats.
pub(in super::super) fn row_entropy(shares: &[f64]) -> f64 {
    -shares.iter().map(|share| x_ln_x(*share)).sum::<f64>()
}

/// Whether a row of memberships was answered.
pub(in super::super) fn answered(shares: &[f64]) -> bool {
    !shares.iter().any(|share| share.is_nan())
}

#[cfg(test)]
mod tests {
    use super::super::super::{Contingency, entropy, mutual_information};
    use super::*;

    #[test]
    fn crisp_memberships_give_the_hard_measures() {
        let codes: Vec<u32> = (0..60).map(|row| row * row % 7 % 3).collect();
        let weights = codes
            .iter()
            .flat_map(|code| (0..3).map(|g| f64::from(u8::from(g == *code))));
        let soft = Memberships::from_weights(3, weights.collect()).unwrap();
        let hard = soft.argmax(["a", "b", "c"].map(str::to_owned).to_vec());
        let answer = Partition::from_codes(
            (0..60).map(|row| Some(row % 4)).collect(),
            (0..4).map(|name| name.to_string()).collect(),
        );
        let table = Contingency::new(&hard, &answer);
        let softly = SoftContingency::of_groups(&soft, &answer);
        let gap = soft_mutual_information(&softly).unwrap() - mutual_information(&table).unwrap();
        assert!(gap.abs() < 1e-14);
        let gap = softly.knowable().unwrap() - entropy(table.truth_sizes()).unwrap();
        assert!(gap.abs() < 1e-14);
    }

    #[test]
    fn rows_left_out_of_either_side_do_not_count() {
        let truth = Memberships::from_weights(2, vec![f64::NAN, f64::NAN, 1.0, 1.0]).unwrap();
        let answer = Partition::from_labels(&[Some("x"), None]);
        let table = SoftContingency::of_groups(&truth, &answer);
        assert_eq!(table.rows(), 0);
        assert_eq!(soft_mutual_information(&table), None);
        assert_eq!(table.knowable(), None);
    }
}
