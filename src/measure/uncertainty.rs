//! How far a measure of a contingency table would move on other rows, and what chance gives it.

use crate::random::Stream;

use super::beta::student_quantile;
use super::contingency::Contingency;
use super::moments::{quantile, sd};

/// A value and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The value itself, on all rows.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// The lower end; it may leave the range of the measure.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Tables drawn for a bootstrap interval: its ends then stand on 25 tables each.
pub const BOOTSTRAPS: usize = 999;

/// Under this many rows [`table_interval`] leaves rows out instead of drawing them.
pub const FEW_ROWS: u64 = 200;

/// Both tails of an interval of 95 %.
pub(super) const TAIL: f64 = 0.025;

/// Tables of the same group sizes, with the answer permuted at random: what chance gives.
///
/// Their mean mutual information is [`super::expected_mutual_information`]. Groups are numbered by
/// size, so that the draws depend on the sizes alone and not on labels. Deterministic in `stream`.
///
/// The permutation model of Hubert & Arabie (1985), doi:10.1007/BF01908075; Patefield (1981),
/// doi:10.2307/2346669, draws the same tables cell by cell.
///
/// ```
/// use drumlin::{labels::Partition, measure::{null_tables, Contingency}, random::Secret};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let table = Contingency::new(&truth, &truth);
/// for null in null_tables(&table, 5, &Secret::demo(1).stream()) {
///     assert_eq!(null.truth_sizes(), table.truth_sizes());
/// }
/// ```
pub fn null_tables(
    table: &Contingency,
    number: usize,
    stream: &Stream,
) -> impl Iterator<Item = Contingency> + use<> {
    let by_size = |sizes: &[u64]| {
        let mut sizes: Vec<u64> = sizes.iter().copied().filter(|size| *size > 0).collect();
        sizes.sort_unstable();
        sizes
    };
    let (truth, answer) = (by_size(table.truth_sizes()), by_size(table.answer_sizes()));
    let expanded: Vec<u32> = answer
        .iter()
        .enumerate()
        .flat_map(|(group, size)| std::iter::repeat_n(group as u32, *size as usize))
        .collect();
    let stream = stream.fork("null tables");
    (0..number).map(move |at| {
        let mut draws = stream.block(at as u64).draws();
        let order = draws.sample(expanded.len(), expanded.len());
        let mut left = order.as_slice();
        let mut cells = Vec::new();
        for (group, size) in truth.iter().enumerate() {
            let (rows, rest) = left.split_at(*size as usize);
            let mut counts = vec![0; answer.len()];
            for row in rows {
                counts[expanded[*row] as usize] += 1;
            }
            let counts = counts.into_iter().enumerate();
            cells.extend(counts.map(|(other, count)| (group as u32, other as u32, count)));
            left = rest;
        }
        Contingency::from_cells(truth.len(), answer.len(), cells)
    })
}

/// The share of `null` values that reach `observed`, counting the observed one among them.
///
/// From 1 / (number + 1) to 1; without that one more, a p-value of exactly 0 would claim more than
/// any number of draws can know. Values that are not finite do not count.
///
/// Phipson & Smyth (2010), doi:10.2202/1544-6115.1585.
///
/// ```
/// assert_eq!(drumlin::measure::permutation_p(0.9, &[0.1, 0.95, 0.3]), 0.5);
/// ```
pub fn permutation_p(observed: f64, null: &[f64]) -> f64 {
    let values = null.iter().filter(|value| value.is_finite());
    let (mut reached, mut all) = (1.0, 1.0);
    for value in values {
        reached += f64::from(u8::from(*value >= observed));
        all += 1.0;
    }
    reached / all
}

/// Tables of as many rows, each drawn from the rows of `table` with replacement (a multinomial
/// bootstrap of its cells). Deterministic in `stream`. Without a row: as many empty tables.
///
/// Efron (1979), doi:10.1214/aos/1176344552.
///
/// ```
/// use drumlin::{labels::Partition, measure::{bootstrap_tables, Contingency}, random::Secret};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let table = Contingency::new(&truth, &truth);
/// let mut tables = bootstrap_tables(&table, 5, &Secret::demo(1).stream());
/// assert!(tables.all(|drawn| drawn.rows() == 4 && drawn.cells().len() <= 2));
/// ```
pub fn bootstrap_tables(
    table: &Contingency,
    number: usize,
    stream: &Stream,
) -> impl Iterator<Item = Contingency> + use<> {
    let stream = stream.fork("bootstrap tables");
    let table = table.clone();
    let mut ends = Vec::with_capacity(table.cells().len());
    let mut rows = 0;
    for cell in table.cells() {
        rows += cell.2;
        ends.push(rows);
    }
    (0..number).map(move |at| {
        let mut draws = stream.block(at as u64).draws();
        let mut counts = vec![0; ends.len()];
        for _ in 0..rows {
            let row = draws.index(rows as usize) as u64;
            counts[ends.partition_point(|end| *end <= row)] += 1;
        }
        let cells = table.cells().iter().zip(counts);
        let cells = cells.map(|((truth, answer, _), count)| (*truth, *answer, count));
        Contingency::from_cells(table.truth_sizes().len(), table.answer_sizes().len(), cells)
    })
}

/// The bootstrap's interval: the 2.5 % and 97.5 % quantiles of `measure` over [`BOOTSTRAPS`]
/// tables drawn by [`bootstrap_tables`].
///
/// Too narrow for few rows, and it takes rows for independent of each other: rows of one entity
/// are not. No value when the measure has none on the table, or on fewer than two drawn ones.
///
/// Efron (1979), doi:10.1214/aos/1176344552.
///
/// ```
/// use drumlin::{labels::Partition, measure::{bootstrap_interval, rand_index, Contingency}};
/// use drumlin::random::Secret;
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let table = Contingency::new(&truth, &truth);
/// let found = bootstrap_interval(&table, &Secret::demo(1).stream(), rand_index).unwrap();
/// assert_eq!((found.low, found.high), (1.0, 1.0));
/// ```
pub fn bootstrap_interval(
    table: &Contingency,
    stream: &Stream,
    measure: impl Fn(&Contingency) -> Option<f64>,
) -> Option<Interval> {
    let value = measure(table)?;
    let drawn = bootstrap_tables(table, BOOTSTRAPS, stream);
    let values: Vec<f64> = drawn.filter_map(|table| measure(&table)).collect();
    Some(Interval {
        value,
        error: sd(&values)?,
        low: quantile(&values, TAIL)?,
        high: quantile(&values, 1.0 - TAIL)?,
    })
}

/// The jackknife's interval: the value, give or take Student's t of how much it changes when each
/// row in turn is left out.
///
/// Rows of one cell are alike, so it costs one evaluation for each *cell*, and draws nothing. No
/// value when the measure has none on the table or without some row, or with fewer than two rows.
///
/// Tukey (1958), after Quenouille (1956), doi:10.1093/biomet/43.3-4.353; reviewed by Miller
/// (1974), doi:10.1093/biomet/61.1.1.
///
/// ```
/// use drumlin::{labels::Partition, measure::{jackknife_interval, rand_index, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let table = Contingency::new(&truth, &truth);
/// let found = jackknife_interval(&table, rand_index).unwrap();
/// assert_eq!((found.low, found.high), (1.0, 1.0));
/// ```
pub fn jackknife_interval(
    table: &Contingency,
    measure: impl Fn(&Contingency) -> Option<f64>,
) -> Option<Interval> {
    let value = measure(table)?;
    let (truths, answers) = (table.truth_sizes().len(), table.answer_sizes().len());
    let left_out = (0..table.cells().len()).map(|gone| {
        let cells = table.cells().iter().enumerate();
        let cells = cells
            .map(|(at, (truth, answer, count))| (*truth, *answer, count - u64::from(at == gone)));
        let without = Contingency::from_cells(truths, answers, cells);
        measure(&without).map(|value| (value, table.cells()[gone].2))
    });
    jackknifed(value, &left_out.collect::<Option<Vec<_>>>()?)
}

/// [`jackknife_interval`] under [`FEW_ROWS`] rows, where a bootstrap is too narrow and its draws
/// lose whole groups; [`bootstrap_interval`] from there on.
///
/// ```
/// use drumlin::{labels::Partition, measure::{adjusted_rand, table_interval, Contingency}};
/// use drumlin::random::Secret;
/// let truth = Partition::from_labels(&["a", "a", "a", "b", "b", "b"].map(Some));
/// let answer = Partition::from_labels(&["x", "x", "y", "y", "y", "y"].map(Some));
/// let table = Contingency::new(&truth, &answer);
/// let found = table_interval(&table, &Secret::demo(1).stream(), adjusted_rand).unwrap();
/// assert!(found.low < found.value && found.value < found.high);
/// ```
pub fn table_interval(
    table: &Contingency,
    stream: &Stream,
    measure: impl Fn(&Contingency) -> Option<f64>,
) -> Option<Interval> {
    if table.rows() < FEW_ROWS {
        jackknife_interval(table, measure)
    } else {
        bootstrap_interval(table, stream, measure)
    }
}

/// The jackknife's interval of `value`, from the values without one unit and how many units give
/// each of them.
pub(super) fn jackknifed(value: f64, left_out: &[(f64, u64)]) -> Option<Interval> {
    let units: u64 = left_out.iter().map(|(_, count)| count).sum();
    if units < 2 {
        return None;
    }
    let n = units as f64;
    let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
        let terms = left_out
            .iter()
            .map(|(value, count)| of(*value) * *count as f64);
        super::moments::ordered_sum(terms)
    };
    let mean = sum(&|value| value) / n;
    let squares = sum(&|value| (value - mean) * (value - mean));
    let error = libm::sqrt((n - 1.0) / n * squares);
    let reach = error * student_quantile(1.0 - TAIL, n - 1.0)?;
    Some(Interval {
        value,
        error,
        low: value - reach,
        high: value + reach,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{adjusted_rand, expected_mutual_information, mutual_information, purity};
    use super::*;
    use crate::labels::Partition;
    use crate::random::Secret;

    fn by(rows: u32, rule: impl Fn(u32) -> u32) -> Partition {
        let codes = (0..rows).map(|row| Some(rule(row))).collect();
        Partition::from_codes(codes, (0..9).map(|name| name.to_string()).collect())
    }

    #[test]
    fn null_tables_have_the_expected_information() {
        let table = Contingency::new(&by(60, |row| row % 3), &by(60, |row| row * row % 7));
        let values: Vec<f64> = null_tables(&table, 2000, &Secret::demo(4).stream())
            .filter_map(|null| mutual_information(&null))
            .collect();
        let mean = values.iter().sum::<f64>() / 2000.0;
        let error = sd(&values).unwrap() / 2000_f64.sqrt();
        let expected = expected_mutual_information(&table).unwrap();
        assert!((mean - expected).abs() < 4.0 * error, "{mean} {expected}");
    }

    #[test]
    fn the_jackknife_of_a_share_is_its_textbook_error() {
        // Purity with one answer group is the share of the larger truth: its error is
        // √(p (1 − p) / (n − 1)).
        let table = Contingency::new(&by(50, |row| u32::from(row < 15)), &by(50, |_| 0));
        let found = jackknife_interval(&table, purity).unwrap();
        let expected = (0.7_f64 * 0.3 / 49.0).sqrt();
        assert!((found.error - expected).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn bootstrap_and_jackknife_agree_on_many_rows() {
        let table = Contingency::new(
            &by(2000, |row| row % 4),
            &by(
                2000,
                |row| if row % 5 == 0 { row / 20 % 4 } else { row % 4 },
            ),
        );
        let drawn = table_interval(&table, &Secret::demo(4).stream(), adjusted_rand).unwrap();
        let left_out = jackknife_interval(&table, adjusted_rand).unwrap();
        assert!(
            (drawn.error / left_out.error - 1.0).abs() < 0.1,
            "{drawn:?} {left_out:?}"
        );
    }

    #[test]
    fn nobody_has_no_interval() {
        let table = Contingency::new(&by(0, |row| row), &by(0, |row| row));
        assert_eq!(
            table_interval(&table, &Secret::demo(1).stream(), adjusted_rand),
            None
        );
        assert_eq!(
            bootstrap_interval(&table, &Secret::demo(1).stream(), adjusted_rand),
            None
        );
        assert!((permutation_p(1.0, &[]) - 1.0).abs() < 1e-15);
    }
}
