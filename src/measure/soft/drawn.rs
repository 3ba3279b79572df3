//! What a measure of hard partitions says of soft ones, on average.

use crate::labels::{Memberships, Partition};
use crate::random::Stream;

use super::super::contingency::Contingency;
use super::super::moments::sd;
use super::contingency::answered;

/// The mean of a measure over partitions drawn from memberships.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The mean.
    pub mean: f64,
    /// Its standard error, from the finite number of draws.
    pub error: f64,
}

/// Partitions in which each row's group is drawn from its memberships; left out rows stay out.
/// Deterministic in `stream`.
///
/// ```
/// use drumlin::{labels::Memberships, measure::drawn_partitions, random::Secret};
/// let crisp = Memberships::from_weights(2, vec![0.0, 1.0, 1.0, 0.0]).unwrap();
/// for drawn in drawn_partitions(&crisp, 3, &Secret::demo(1).stream()) {
///     assert_eq!(drawn.codes(), &[Some(1), Some(0)]);
/// }
/// ```
pub fn drawn_partitions(
    memberships: &Memberships,
    number: usize,
    stream: &Stream,
) -> impl Iterator<Item = Partition> {
    let stream = stream.fork("drawn partitions");
    let groups = memberships.groups();
    (0..number).map(move |at| {
        let mut draws = stream.block(at as u64).draws();
        let codes = (0..memberships.rows()).map(|row| {
            let shares = memberships.row(row);
            answered(shares).then(|| draws.weighted(shares) as u32)
        });
        let codes = codes.collect();
        Partition::from_codes(codes, (0..groups).map(|name| name.to_string()).collect())
    })
}

/// The expected agreement of soft memberships and an answer: the mean of `measure` (the adjusted
/// Rand index, element-centric similarity) over `number` partitions drawn from the truth.
///
/// In the range of the measure; crisp memberships give the measure itself. Even a perfect answer
/// stays below 1, since what a mixed row is drawn to be is not written anywhere: compare with what
/// the truth's own [`Memberships::argmax`] gets. Draws on which the measure has no value do not
/// count; fewer than two with one: no value. Deterministic in `stream`.
///
/// ```
/// use drumlin::labels::{Memberships, Partition};
/// use drumlin::{measure::{adjusted_rand, expected_agreement}, random::Secret};
/// let crisp = Memberships::from_weights(2, vec![1.0, 0.0, 0.0, 1.0, 0.0, 1.0]).unwrap();
/// let answer = Partition::from_labels(&["x", "y", "y"].map(Some));
/// let stream = Secret::demo(1).stream();
/// let found = expected_agreement(&crisp, &answer, 10, &stream, adjusted_rand).unwrap();
/// assert_eq!((found.mean, found.error), (1.0, 0.0));
/// ```
///
/// # Panics
/// When truth and answer have different numbers of rows: the caller aligns them by row id.
pub fn expected_agreement(
    truth: &Memberships,
    answer: &Partition,
    number: usize,
    stream: &Stream,
    measure: impl Fn(&Contingency) -> Option<f64>,
) -> Option<Expected> {
    let values: Vec<f64> = drawn_partitions(truth, number, stream)
        .filter_map(|drawn| measure(&Contingency::new(&drawn, answer)))
        .collect();
    let n = values.len() as f64;
    Some(Expected {
        error: sd(&values)? / libm::sqrt(n),
        mean: values.iter().sum::<f64>() / n,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::{element_similarity, rand_index};
    use super::*;
    use crate::random::Secret;

    #[test]
    fn the_mean_rand_index_is_that_of_the_pairs_chances() {
        let truth = Memberships::from_weights(2, vec![0.9, 0.1, 0.2, 0.8, 0.5, 0.5]).unwrap();
        let answer = Partition::from_labels(&["x", "x", "y"].map(Some));
        let stream = Secret::demo(2).stream();
        let found = expected_agreement(&truth, &answer, 4000, &stream, rand_index).unwrap();
        // Together by chance: 0.9 × 0.2 + 0.1 × 0.8, and one half for either with the third row.
        let expected = (0.26 + 0.5 + 0.5) / 3.0;
        assert!(
            (found.mean - expected).abs() < 4.0 * found.error,
            "{found:?}"
        );
        let one = expected_agreement(&truth, &answer, 1, &stream, element_similarity);
        assert_eq!(one, None);
    }
}
