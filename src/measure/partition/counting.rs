//! Shares of pairs of rows that two partitions treat alike.

use super::super::contingency::Contingency;
use super::super::pairs::pair_counts;

/// The Rand index: the share of pairs of rows that both sides put together or both keep apart.
///
/// From 0 to 1; 1 means the same partition. Symmetric. Not corrected for chance: many groups
/// bring it near 1 whatever they say, so read [`super::super::adjusted_rand`] beside it. A
/// single row has no pair that could be treated differently: 1. No row: no value.
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

#[cfg(test)]
mod tests {
    use crate::labels::Partition;

    use super::*;

    #[test]
    fn nobody_has_no_value() {
        let nobody = Partition::from_labels::<&str>(&[None]);
        let table = Contingency::new(&nobody, &nobody);
        assert_eq!(rand_index(&table), None);
    }
}
