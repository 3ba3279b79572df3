//! Recovery of a continuous factor by groups.

use crate::labels::Partition;
use crate::random::Stream;

use super::groups::groups_among;
use super::influence::Influence;
use super::permutations::{BySize, permuted, working_rows};
use super::result::{AnswerShape, Recovery};
use crate::measure::partition::contingency::Trivial;
use crate::measure::stats::correlation::unit;
use crate::measure::stats::moments::ordered_sum;

/// How much of a continuous factor the groups of `answer` explain: the adjusted R² of group means.
///
/// 1 − (1 − R²)(n − 1)/(n − k), where R² is the share of the factor's variance between the k
/// groups; nothing is binned. 1 means that the factor is constant within groups; 0 is the average
/// of random answers with the same number of groups. The correction is Ezekiel's (1930, *Methods of
/// Correlation Analysis*), equal to the ε² of Kelley (1935, doi:10.1073/pnas.21.9.554). One-sided;
/// deterministic in `stream`. `factor` is missing where it is not finite. A constant factor is
/// trivial.
///
/// ```
/// use drumlin::{labels::Partition, measure::recover_factor_by_groups, random::Secret};
/// let factor: Vec<f64> = (0..100).map(f64::from).collect();
/// let halves: Vec<_> = (0..100).map(|row| Some(if row < 50 { "low" } else { "high" })).collect();
/// let halves = Partition::from_labels(&halves);
/// let recovery = recover_factor_by_groups(&factor, &halves, &Secret::demo(1).stream()).0;
/// let r2 = 62_500.0 / 83_325.0;
/// assert!((recovery.value.unwrap() - (1.0 - (1.0 - r2) * 99.0 / 98.0)).abs() < 1e-12);
/// ```
///
/// # Panics
/// When factor and answer have different numbers of rows: the caller aligns them by row id.
pub fn recover_factor_by_groups(
    factor: &[f64],
    answer: &Partition,
    stream: &Stream,
) -> (Recovery, Influence) {
    assert_eq!(
        factor.len(),
        answer.rows(),
        "truth and answer of other rows"
    );
    let rows: Vec<usize> = (0..factor.len())
        .filter(|row| answer.codes()[*row].is_some() && factor[*row].is_finite())
        .collect();
    let groups = groups_among(answer, &rows);
    let mut rows = working_rows(rows, stream);
    if rows.is_empty() {
        return Recovery::empty().without_interval();
    }
    // Sorted by value, so that row order does not change a bit of the result.
    rows.sort_by(|left, right| factor[*left].total_cmp(&factor[*right]));
    let values: Vec<f64> = rows.iter().map(|row| factor[*row]).collect();
    let picked = answer.pick(&rows);
    let sizes: Vec<u64> = picked.sizes().iter().map(|size| *size as u64).collect();
    let answers = BySize::new(&sizes);
    let (n, k) = (rows.len(), answers.sizes.len());

    let unit = unit(&values);
    let which = Trivial::of(unit.is_none(), k < 2);
    let Some(unit) = unit.filter(|_| which == Trivial::Neither) else {
        return Recovery::trivial(which, n, groups).without_interval();
    };
    if n <= k {
        return Recovery::too_fine(n, groups).without_interval();
    }
    let adjusted = |places: &[usize]| {
        let rest = 1.0 - between(&unit, places, &answers.sizes);
        1.0 - rest * (n - 1) as f64 / (n - k) as f64
    };
    let places = picked
        .codes()
        .iter()
        .flatten()
        .map(|code| answers.places[*code as usize]);
    let places: Vec<usize> = places.collect();
    let value = adjusted(&places);
    let null = permuted(&answers.expanded(), stream, adjusted);
    let fine = Recovery::chance_finds_most((k - 1) as f64 / (n - 1) as f64);
    let residuals = within(&unit, &places, &answers.sizes);
    Recovery::with_chance(value, &null, fine, AnswerShape::of(&answers.sizes, groups))
        .with_interval_of(Influence::of_residuals(
            value, &rows, &unit, &residuals, &null,
        ))
}

/// The residuals of a column after subtracting group means.
fn within(column: &[f64], places: &[usize], sizes: &[u64]) -> Vec<f64> {
    let mut sums = vec![0.0; sizes.len()];
    for (value, place) in column.iter().zip(places) {
        sums[*place] += value;
    }
    let rows = column.iter().zip(places);
    rows.map(|(value, place)| value - sums[*place] / sizes[*place] as f64)
        .collect()
}

/// The share of a unit-length column's variance that lies between groups.
fn between(unit: &[f64], places: &[usize], sizes: &[u64]) -> f64 {
    let mut sums = vec![0.0; sizes.len()];
    for (value, place) in unit.iter().zip(places) {
        sums[*place] += value;
    }
    ordered_sum(
        sums.iter()
            .zip(sizes)
            .map(|(sum, size)| sum * sum / *size as f64),
    )
    .min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Reading;
    use crate::random::Secret;

    fn cut(values: &[f64], pieces: f64) -> Partition {
        let labels: Vec<Option<String>> = values
            .iter()
            .map(|x| Some((x * pieces).floor().to_string()))
            .collect();
        Partition::from_labels(&labels)
    }

    fn uniforms(rows: usize, name: &str) -> Vec<f64> {
        let mut draws = Secret::demo(4).stream().fork(name).draws();
        (0..rows).map(|_| draws.uniform()).collect()
    }

    fn recover(factor: &[f64], answer: &Partition) -> Recovery {
        recover_factor_by_groups(factor, answer, &Secret::demo(1).stream()).0
    }

    #[test]
    fn cuts_of_a_uniform_factor_leave_one_over_their_square() {
        let factor = uniforms(20_000, "factor");
        for pieces in [2.0, 4.0, 8.0] {
            let value = recover(&factor, &cut(&factor, pieces)).value.unwrap();
            assert!(
                (value - (1.0 - 1.0 / (pieces * pieces))).abs() < 0.01,
                "{value}"
            );
        }
    }

    #[test]
    fn an_unrelated_grouping_is_not_above_chance_by_much() {
        let factor = uniforms(5000, "factor");
        let recovery = recover(&factor, &cut(&uniforms(5000, "other"), 50.0));
        // Four standard deviations of the adjusted R² of 49 free means.
        let slack = 4.0 * (2.0 * 49.0_f64).sqrt() / 5000.0;
        assert!(recovery.value.unwrap().abs() < slack, "{recovery:?}");
        assert!(recovery.chance.unwrap() > 0.0 && recovery.chance.unwrap() < slack);
    }

    #[test]
    fn edge_cases_follow_the_policy() {
        let answer = cut(&uniforms(200, "factor"), 2.0);
        assert_eq!(recover(&[3.0; 200], &answer).reading, Reading::Trivial);
        assert_eq!(recover(&[f64::NAN; 200], &answer).reading, Reading::Empty);
        let factor = uniforms(200, "factor");
        let ids = recover(&factor, &cut(&factor, 1e12));
        assert_eq!((ids.reading, ids.value), (Reading::TooFine, None));
    }

    #[test]
    fn labels_row_order_and_units_change_next_to_nothing() {
        let factor = uniforms(1000, "factor");
        let answer = cut(&factor, 6.0);
        let turned: Vec<usize> = (0..1000).rev().collect();
        let backwards: Vec<f64> = turned.iter().map(|row| factor[*row]).collect();
        let one = recover(&factor, &answer);
        assert_eq!(one, recover(&backwards, &answer.pick(&turned)));
        let degrees: Vec<f64> = factor.iter().map(|x| 32.0 + 1.8 * x).collect();
        let other = recover(&degrees, &answer).value.unwrap();
        assert!((one.value.unwrap() - other).abs() < 1e-12);
    }
}
