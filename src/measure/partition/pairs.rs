//! Pair-counting agreement of two partitions.

use super::contingency::Contingency;

/// Pairs of rows by whether each side puts them together.
///
/// 128 bits, since products of pair counts overflow `i64` near 10⁵ rows (a bug that several
/// libraries shipped); every product of two is exact below 2³¹ rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairCounts {
    /// Together in truth and answer.
    pub both: u128,
    /// Together in the truth, apart in the answer.
    pub truth_only: u128,
    /// Together in the answer, apart in the truth.
    pub answer_only: u128,
    /// Apart in both.
    pub neither: u128,
}

impl PairCounts {
    /// Share of all pairs that belong together, 0 to 1: the [`pair_precision`] of an answer that puts pairs
    /// together at random. No value without a pair.
    pub fn precision_by_chance(&self) -> Option<f64> {
        share(self.both + self.truth_only, self.all())
    }

    /// Share of all pairs that the answer puts together, 0 to 1: the [`pair_recall`] of an answer
    /// that puts the same number of pairs together at random. No value without a pair.
    ///
    /// ```
    /// use drumlin::{labels::Partition, measure::{pair_counts, Contingency}};
    /// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
    /// let whole = Partition::from_labels(&["x"; 4].map(Some));
    /// let pairs = pair_counts(&Contingency::new(&truth, &whole)).unwrap();
    /// assert_eq!(pairs.precision_by_chance(), Some(1.0 / 3.0));
    /// assert_eq!(pairs.recall_by_chance(), Some(1.0));
    /// ```
    pub fn recall_by_chance(&self) -> Option<f64> {
        share(self.both + self.answer_only, self.all())
    }

    fn all(&self) -> u128 {
        self.both + self.truth_only + self.answer_only + self.neither
    }
}

/// The Rand index: the share of pairs of rows that both sides put together or both keep apart.
///
/// From 0 to 1; 1 means the same partition. Symmetric. Not corrected for chance: with many groups
/// it is near 1 for any answer, so read it together with [`crate::measure::adjusted_rand`]. A
/// single row has no pair to disagree on: 1. No value without a row.
///
/// Rand (1971), doi:10.1080/01621459.1971.10482356.
///
/// ```
/// use drumlin::{labels::Partition, measure::{rand_index, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b"].map(Some));
/// let whole = Partition::from_labels(&["x", "x", "x"].map(Some));
/// assert_eq!(rand_index(&Contingency::new(&truth, &whole)), Some(1.0 / 3.0));
/// ```
pub fn rand_index(table: &Contingency) -> Option<f64> {
    let pairs = pair_counts(table)?;
    let alike = pairs.both + pairs.neither;
    let all = alike + pairs.truth_only + pairs.answer_only;
    Some(if all == 0 {
        1.0
    } else {
        alike as f64 / all as f64
    })
}

/// The adjusted Rand index: agreement on pairs of rows, corrected for chance.
///
/// At most 1, which means the same partition; 0 is the average of random answers with the same
/// group sizes; negative is worse than chance, and always above −0.5. Symmetric and independent of
/// labels. Both sides one group, or both all singletons: 1. One side one group: 0. No value when no
/// row was answered by both.
///
/// Hubert & Arabie (1985), doi:10.1007/BF01908075.
///
/// ```
/// use drumlin::{labels::Partition, measure::{adjusted_rand, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let answer = Partition::from_labels(&["x", "x", "y", "z"].map(Some));
/// let ari = adjusted_rand(&Contingency::new(&truth, &answer)).unwrap();
/// assert!((ari - 4.0 / 7.0).abs() < 1e-15);
/// ```
pub fn adjusted_rand(table: &Contingency) -> Option<f64> {
    pair_counts(table).map(corrected)
}

/// The adjusted Rand index of two sides given as a label for each row, with every row answered.
/// Gives the same value as [`adjusted_rand`] without building partitions, for the hundreds of
/// comparisons of a panel. Labels must be small numbers, since a table of all pairs is allocated.
///
/// ```
/// let ari = drumlin::measure::adjusted_rand_of_labels(&[0, 0, 1, 1], &[5, 5, 2, 1]).unwrap();
/// assert!((ari - 4.0 / 7.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the sides have different numbers of rows: the caller aligns them.
pub fn adjusted_rand_of_labels(truth: &[u32], answer: &[u32]) -> Option<f64> {
    assert_eq!(truth.len(), answer.len(), "two sides of other rows");
    let width = |labels: &[u32]| labels.iter().max().map_or(0, |most| *most as usize + 1);
    let (t, a) = (width(truth), width(answer));
    let mut cells = vec![0_u64; t * a];
    for (truth, answer) in truth.iter().zip(answer) {
        cells[*truth as usize * a + *answer as usize] += 1;
    }
    let sizes = |sums: Vec<u64>| sums.into_iter().map(pairs_of).sum::<u128>();
    let rows = truth.len() as u64;
    if rows == 0 {
        return None;
    }
    let of_truth = sizes(cells.chunks(a).map(|cells| cells.iter().sum()).collect());
    let of_answer = sizes(
        (0..a)
            .map(|at| cells.iter().skip(at).step_by(a).sum())
            .collect(),
    );
    let both: u128 = cells.iter().map(|count| pairs_of(*count)).sum();
    Some(corrected(PairCounts {
        both,
        truth_only: of_truth - both,
        answer_only: of_answer - both,
        neither: pairs_of(rows) + both - of_truth - of_answer,
    }))
}

/// Pair precision: of the pairs the answer puts together, the share that belongs together.
///
/// From 0 to 1; 1 means that no group of the answer mixes two of the truth. Finer splitting always
/// raises it, so read it together with [`pair_recall`] and the number of groups. Swapping the sides
/// gives the recall. No value when the answer puts no pair together.
///
/// Pair-counting measures are reviewed in Amigó et al. (2009), doi:10.1007/s10791-008-9066-8.
///
/// ```
/// use drumlin::{labels::Partition, measure::{pair_precision, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b"].map(Some));
/// let whole = Partition::from_labels(&["x", "x", "x"].map(Some));
/// assert_eq!(pair_precision(&Contingency::new(&truth, &whole)), Some(1.0 / 3.0));
/// ```
pub fn pair_precision(table: &Contingency) -> Option<f64> {
    let pairs = pair_counts(table)?;
    share(pairs.both, pairs.both + pairs.answer_only)
}

/// Pair recall: of the pairs that belong together, the share the answer puts together.
///
/// From 0 to 1; 1 means that no group of the truth is split, which a single group also achieves.
/// Swapping the sides gives [`pair_precision`]. No value when the truth puts no pair together.
///
/// Pair-counting measures are reviewed in Amigó et al. (2009), doi:10.1007/s10791-008-9066-8.
///
/// ```
/// use drumlin::{labels::Partition, measure::{pair_recall, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "a"].map(Some));
/// let split = Partition::from_labels(&["x", "x", "y"].map(Some));
/// assert_eq!(pair_recall(&Contingency::new(&truth, &split)), Some(1.0 / 3.0));
/// ```
pub fn pair_recall(table: &Contingency) -> Option<f64> {
    let pairs = pair_counts(table)?;
    share(pairs.both, pairs.both + pairs.truth_only)
}

/// Pairs of rows by whether each side puts them together; no value without a row.
///
/// ```
/// use drumlin::{labels::Partition, measure::{pair_counts, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b"].map(Some));
/// let pairs = pair_counts(&Contingency::new(&truth, &truth)).unwrap();
/// assert_eq!((pairs.both, pairs.neither), (1, 2));
/// ```
pub fn pair_counts(table: &Contingency) -> Option<PairCounts> {
    if table.rows() == 0 {
        return None;
    }
    let both: u128 = table.cells().iter().map(|cell| pairs_of(cell.2)).sum();
    let [truth, answer] = [table.truth_sizes(), table.answer_sizes()]
        .map(|sizes| sizes.iter().map(|size| pairs_of(*size)).sum::<u128>());
    Some(PairCounts {
        both,
        truth_only: truth - both,
        answer_only: answer - both,
        // All pairs, minus those that either side puts together.
        neither: pairs_of(table.rows()) + both - truth - answer,
    })
}

/// Hubert and Arabie's correction for chance.
fn corrected(pairs: PairCounts) -> f64 {
    if pairs.truth_only == 0 && pairs.answer_only == 0 {
        return 1.0;
    }
    let gain = (pairs.both * pairs.neither) as i128;
    let loss = (pairs.truth_only * pairs.answer_only) as i128;
    let scale = (pairs.both + pairs.truth_only) * (pairs.truth_only + pairs.neither)
        + (pairs.both + pairs.answer_only) * (pairs.answer_only + pairs.neither);
    2.0 * (gain - loss) as f64 / scale as f64
}

fn pairs_of(rows: u64) -> u128 {
    u128::from(rows) * u128::from(rows.saturating_sub(1)) / 2
}

fn share(part: u128, whole: u128) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use crate::labels::Partition;

    use super::*;

    fn modulo(rows: u32, groups: u32) -> Partition {
        let codes = (0..rows).map(|row| Some(row % groups)).collect();
        Partition::from_codes(codes, (0..groups).map(|group| group.to_string()).collect())
    }

    #[test]
    fn pair_counts_do_not_overflow_at_200_000_rows() {
        // 2 and 4 are nested; pairs counted by hand from groups of 100,000 and of 50,000 rows.
        let table = Contingency::new(&modulo(200_000, 2), &modulo(200_000, 4));
        let pairs = pair_counts(&table).unwrap();
        assert_eq!(pairs.both, 4 * (50_000 * 49_999 / 2));
        assert_eq!(pairs.truth_only, 2 * 2 * 25_000 * 50_000);
        assert_eq!(pairs.answer_only, 0);
        let ari = adjusted_rand(&table).unwrap();
        // scikit-learn 1.9.1, adjusted_rand_score
        assert!((ari - ARI_200_000).abs() < 1e-12, "{ari}");
        assert_eq!(pair_precision(&table), Some(1.0));
    }

    /// Nested halves and quarters of 200,000 rows.
    const ARI_200_000: f64 = 0.499_996_249_953_124_36;

    #[test]
    fn no_row_gives_no_value() {
        let nobody = Partition::from_labels::<&str>(&[None, None]);
        let table = Contingency::new(&nobody, &nobody);
        for measure in [adjusted_rand, pair_recall, pair_precision] {
            assert_eq!(measure(&table), None);
        }
    }
}
