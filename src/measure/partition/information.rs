//! What two partitions reveal about each other, in nats.

use super::contingency::{Contingency, Trivial};
use crate::measure::stats::moments::{ordered_sum, x_ln_x};

/// Mutual information of the two sides, in nats: how much one reveals about the other.
///
/// From 0 (independent, or a side with one group) to the smaller of the two entropies. Symmetric.
/// Many small groups raise it by chance alone; [`crate::measure::recover_groups`] corrects for
/// that. No value when no row was answered by both.
///
/// Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x.
///
/// ```
/// use drumlin::{labels::Partition, measure::{mutual_information, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let information = mutual_information(&Contingency::new(&truth, &truth)).unwrap();
/// assert!((information - 2_f64.ln()).abs() < 1e-15);
/// ```
pub fn mutual_information(table: &Contingency) -> Option<f64> {
    if table.rows() == 0 {
        return None;
    }
    if table.trivial() != Trivial::Neither {
        return Some(0.0);
    }
    let joint = ordered_sum(table.cells().iter().map(|cell| x_ln_x(cell.2 as f64)));
    let [truth, answer] = [table.truth_sizes(), table.answer_sizes()].map(scattered);
    // The larger margin first, so that swapping the sides gives the same bits.
    let margins = joint - truth.max(answer) - truth.min(answer);
    let n = table.rows() as f64;
    Some((libm::log(n) + margins / n).max(0.0))
}

/// Entropy of groups with these sizes, in nats.
///
/// From 0 (one group) to the logarithm of the number of groups (all of one size). Sizes of 0 are
/// ignored. No value when all sizes are 0.
///
/// Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x.
///
/// ```
/// let entropy = drumlin::measure::entropy(&[5, 5, 0]).unwrap();
/// assert!((entropy - 2_f64.ln()).abs() < 1e-15);
/// ```
pub fn entropy(sizes: &[u64]) -> Option<f64> {
    let rows: u64 = sizes.iter().sum();
    if rows == 0 {
        return None;
    }
    if sizes.contains(&rows) {
        return Some(0.0);
    }
    let n = rows as f64;
    Some((libm::log(n) - scattered(sizes) / n).max(0.0))
}

/// Σ n ln n over group sizes.
fn scattered(sizes: &[u64]) -> f64 {
    ordered_sum(sizes.iter().map(|size| x_ln_x(*size as f64)))
}

#[cfg(test)]
mod tests {
    use crate::labels::Partition;

    use super::*;

    #[test]
    fn independent_groups_tell_nothing_and_nested_ones_the_coarser() {
        let modulo = |groups: u32| {
            let codes = (0..600).map(|row| Some(row % groups)).collect();
            Partition::from_codes(codes, (0..groups).map(|name| name.to_string()).collect())
        };
        let told = |a, b| mutual_information(&Contingency::new(&modulo(a), &modulo(b)));
        assert!(told(2, 3).unwrap() < 1e-14);
        assert!((told(6, 3).unwrap() - 3_f64.ln()).abs() < 1e-14);
        assert_eq!(told(1, 3), Some(0.0));
    }

    #[test]
    fn no_row_gives_no_value() {
        let nobody = Partition::from_labels::<&str>(&[None, None]);
        assert_eq!(
            mutual_information(&Contingency::new(&nobody, &nobody)),
            None
        );
        assert_eq!(entropy(&[0, 0]), None);
    }
}
