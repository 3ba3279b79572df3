//! What becomes of a measure when rows are left out, or called noise.

use crate::labels::Partition;

use super::contingency::Contingency;

/// A measure of an answer that leaves rows out, read three ways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MissingReadings {
    /// On the rows that the answer has: how good it is where it speaks.
    pub answered: Option<f64>,
    /// The share of the truth's rows that the answer has; no value when the truth has none.
    pub coverage: Option<f64>,
    /// Each row left out as a group of its own: how good it is when silence counts as "like no
    /// other". What a measure of all rows would say, since nobody may drop hard rows for free.
    pub as_singletons: Option<f64>,
}

/// `measure` on the rows the answer has, its coverage, and `measure` with each row left out as a
/// group of its own. Rows without a truth count in none of them.
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
