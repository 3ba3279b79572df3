//! Element-centric similarity of two partitions.

use super::contingency::Contingency;
use crate::measure::stats::moments::ordered_sum;

/// Element-centric similarity: how similar a row's two neighbourhoods are, on average.
///
/// Σ n² / max(a, b) / n over the cells of the table, where a and b are the sizes of the cell's two
/// groups. For partitions this is the closed form of the personalised `PageRank` definition, for
/// any restart probability. Ranges from near 0 to 1, which means the same partition. Symmetric; not
/// corrected for chance: one group against n singletons gives 1 / n. No value without a row.
///
/// Gates, Wood, Hetrick & Ahn (2019), doi:10.1038/s41598-019-44892-y.
///
/// ```
/// use drumlin::{labels::Partition, measure::{element_similarity, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "a"].map(Some));
/// let split = Partition::from_labels(&["x", "y", "y"].map(Some));
/// let mean = element_similarity(&Contingency::new(&truth, &split)).unwrap();
/// assert!((mean - 5.0 / 9.0).abs() < 1e-15);
/// ```
pub fn element_similarity(table: &Contingency) -> Option<f64> {
    if table.rows() == 0 {
        return None;
    }
    let shares = table.cells().iter().map(|(truth, answer, count)| {
        let size = larger(table, *truth, *answer);
        (u128::from(*count) * u128::from(*count)) as f64 / size as f64
    });
    Some((ordered_sum(shares) / table.rows() as f64).min(1.0))
}

fn larger(table: &Contingency, truth: u32, answer: u32) -> u64 {
    table.truth_sizes()[truth as usize].max(table.answer_sizes()[answer as usize])
}
