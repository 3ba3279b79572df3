//! How measures treat rows that are omitted or called noise.

use crate::labels::Partition;

use super::contingency::Contingency;

/// Three readings of a measure for an answer that omits rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MissingReadings {
    /// On the rows that the answer includes: its quality where it answers.
    pub answered: Option<f64>,
    /// The share of the truth's rows that the answer includes; no value when the truth has no rows.
    pub coverage: Option<f64>,
    /// With each omitted row as a group of its own: its quality on all rows, so that omitting hard
    /// rows has a cost.
    pub as_singletons: Option<f64>,
}

/// `measure` on the rows the answer includes, its coverage, and `measure` with each omitted row as
/// a group of its own. Rows without a truth are ignored throughout.
///
/// ```
/// use drumlin::{labels::Partition, measure::{rand_index, with_missing}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let answer = Partition::from_labels(&[Some("x"), Some("x"), Some("y"), None]);
/// let read = with_missing(&truth, &answer, rand_index);
/// assert_eq!((read.answered, read.coverage), (Some(1.0), Some(0.75)));
/// assert_eq!(read.as_singletons, Some(5.0 / 6.0));
/// ```
///
/// # Panics
/// When the partitions have different numbers of rows: the caller aligns them by row id.
pub fn with_missing(
    truth: &Partition,
    answer: &Partition,
    measure: impl Fn(&Contingency) -> Option<f64>,
) -> MissingReadings {
    let table = Contingency::new(truth, answer);
    let known = truth.answered();
    let whole = alone(answer, |code| code.is_none());
    MissingReadings {
        answered: measure(&table),
        coverage: (known > 0).then(|| table.rows() as f64 / known as f64),
        as_singletons: measure(&Contingency::new(truth, &whole)),
    }
}

/// The same partition, with each row of `which` as a group of its own.
fn alone(partition: &Partition, which: impl Fn(Option<u32>) -> bool) -> Partition {
    let mut names = partition.names().to_vec();
    let mut codes = partition.codes().to_vec();
    for code in codes.iter_mut().filter(|code| which(**code)) {
        *code = Some(names.len() as u32);
        names.push(format!("row {}", names.len()));
    }
    Partition::from_codes(codes, names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::adjusted_rand;

    #[test]
    fn an_answer_that_says_nothing_has_no_value_where_it_speaks() {
        let truth = Partition::from_labels(&[Some("a"), Some("a"), None]);
        let silent = Partition::from_labels::<&str>(&[None, None, None]);
        let read = with_missing(&truth, &silent, adjusted_rand);
        assert_eq!((read.answered, read.coverage), (None, Some(0.0)));
        assert_eq!(read.as_singletons, Some(0.0));
        let nothing = with_missing(&silent, &silent, adjusted_rand);
        assert_eq!(nothing.coverage, None);
    }
}
