//! The contingency table, from which every agreement of two partitions is computed.

use crate::labels::Partition;

/// The number of rows in each pair of groups: sparse, over the rows that both sides answered.
///
/// The first side is the truth, the second the answer; for symmetric measures the order does not
/// matter. Cells are sorted by truth, then answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contingency {
    cells: Vec<(u32, u32, u64)>,
    truth: Vec<u64>,
    answer: Vec<u64>,
    rows: u64,
}

/// Which sides have fewer than two groups: such a side carries no information.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trivial {
    /// Both sides have at least two groups.
    Neither,
    /// One side has fewer than two groups, the other has more.
    One,
    /// Both sides have fewer than two groups.
    Both,
}

impl Contingency {
    /// The table of `truth` and `answer`, two partitions of the same rows.
    ///
    /// ```
    /// use drumlin::{labels::Partition, measure::Contingency};
    /// let truth = Partition::from_labels(&[Some("a"), Some("a"), Some("b"), None]);
    /// let answer = Partition::from_labels(&[Some("x"), Some("y"), Some("y"), Some("y")]);
    /// let table = Contingency::new(&truth, &answer);
    /// assert_eq!(table.cells(), &[(0, 0, 1), (0, 1, 1), (1, 1, 1)]);
    /// assert_eq!(table.rows(), 3);
    /// ```
    ///
    /// # Panics
    /// When the partitions have different numbers of rows: the caller aligns them by row id.
    pub fn new(truth: &Partition, answer: &Partition) -> Self {
        assert_eq!(truth.rows(), answer.rows(), "two partitions of other rows");
        let mut pairs: Vec<(u32, u32)> = truth
            .codes()
            .iter()
            .zip(answer.codes())
            .filter_map(|(truth, answer)| truth.zip(*answer))
            .collect();
        pairs.sort_unstable();
        let equal = pairs.chunk_by(|left, right| left == right);
        let cells = equal.map(|rows| (rows[0].0, rows[0].1, rows.len() as u64));
        Self::from_cells(truth.groups(), answer.groups(), cells)
    }

    /// From the number of rows in each pair of groups, in any order; cells of 0 rows are dropped.
    pub(in crate::measure) fn from_cells(
        truths: usize,
        answers: usize,
        cells: impl IntoIterator<Item = (u32, u32, u64)>,
    ) -> Self {
        let mut cells: Vec<_> = cells.into_iter().filter(|cell| cell.2 > 0).collect();
        cells.sort_unstable();
        let mut table = Self {
            cells,
            truth: vec![0; truths],
            answer: vec![0; answers],
            rows: 0,
        };
        for (truth, answer, count) in &table.cells {
            table.truth[*truth as usize] += count;
            table.answer[*answer as usize] += count;
            table.rows += count;
        }
        table
    }

    /// Group of the truth, group of the answer, number of rows (never 0).
    pub fn cells(&self) -> &[(u32, u32, u64)] {
        &self.cells
    }

    /// Rows in each group of the truth; 0 for a group without shared rows.
    pub fn truth_sizes(&self) -> &[u64] {
        &self.truth
    }

    /// Rows in each group of the answer; 0 for a group without shared rows.
    pub fn answer_sizes(&self) -> &[u64] {
        &self.answer
    }

    /// Number of rows that both sides answered.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether both sides are the same partition up to labels; true when there are no rows.
    ///
    /// ```
    /// use drumlin::{labels::Partition, measure::Contingency};
    /// let truth = Partition::from_labels(&["a", "b", "b"].map(Some));
    /// let answer = Partition::from_labels(&["y", "x", "x"].map(Some));
    /// assert!(Contingency::new(&truth, &answer).same());
    /// ```
    pub fn same(&self) -> bool {
        let groups = |sizes: &[u64]| sizes.iter().filter(|size| **size > 0).count();
        self.cells.len() == groups(&self.truth) && self.cells.len() == groups(&self.answer)
    }

    /// Which sides have fewer than two groups.
    pub fn trivial(&self) -> Trivial {
        Trivial::of(few(&self.truth), few(&self.answer))
    }
}

impl Trivial {
    /// From what each side is.
    pub(in crate::measure) fn of(truth: bool, answer: bool) -> Self {
        match (truth, answer) {
            (false, false) => Self::Neither,
            (true, true) => Self::Both,
            _ => Self::One,
        }
    }
}

/// Whether fewer than two groups have rows.
fn few(sizes: &[u64]) -> bool {
    sizes.iter().filter(|size| **size > 0).take(2).count() < 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(labels: &[&str]) -> Partition {
        Partition::from_labels(&labels.iter().map(Some).collect::<Vec<_>>())
    }

    #[test]
    fn only_rows_answered_by_both_count() {
        let truth = Partition::from_labels(&[Some("a"), None, Some("b")]);
        let answer = Partition::from_labels(&[Some("x"), Some("x"), None]);
        let table = Contingency::new(&truth, &answer);
        assert_eq!(table.rows(), 1);
        assert_eq!(table.truth_sizes(), &[1, 0]);
        assert_eq!(table.trivial(), Trivial::Both);
    }

    #[test]
    fn a_side_with_one_group_is_trivial() {
        let split = groups(&["a", "b", "a"]);
        let whole = groups(&["c", "c", "c"]);
        assert_eq!(Contingency::new(&split, &whole).trivial(), Trivial::One);
        assert_eq!(Contingency::new(&split, &split).trivial(), Trivial::Neither);
    }
}
