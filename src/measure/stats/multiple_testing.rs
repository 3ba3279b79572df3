//! Adjusted p-values for multiple tests.

/// Holm's step-down procedure: the smallest p-value times the number of tests, the next times one
/// less, never below the one before, at most 1.
///
/// Below α, the probability of *any* false alarm among all tests is below α, however they depend on
/// each other. Anything that is not a number from 0 to 1 is missing: it gets no value and does not
/// count as a test.
///
/// Holm (1979), <https://www.jstor.org/stable/4615733>.
///
/// ```
/// let adjusted = drumlin::measure::holm(&[0.04, 0.01, f64::NAN]);
/// assert_eq!(adjusted, vec![Some(0.04), Some(0.02), None]);
/// ```
pub fn holm(p_values: &[f64]) -> Vec<Option<f64>> {
    stepped(p_values, StepDirection::Down, |p, rank, tests| {
        p * (tests - rank + 1.0)
    })
}

/// Benjamini and Hochberg's step-up procedure: p times tests / rank, never above the next one.
///
/// Below α, on average at most a share α of the discoveries is false (the false discovery rate),
/// for tests that are independent or positively dependent. Missing values as in [`holm`].
///
/// Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
///
/// ```
/// let adjusted = drumlin::measure::benjamini_hochberg(&[0.25, 0.03125, 0.125]);
/// assert_eq!(adjusted, vec![Some(0.25), Some(0.09375), Some(0.1875)]);
/// ```
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<Option<f64>> {
    stepped(p_values, StepDirection::Up, |p, rank, tests| {
        p * (tests / rank)
    })
}

/// The direction in which adjusted values must be monotone.
#[derive(Clone, Copy)]
enum StepDirection {
    Down,
    Up,
}

/// `adjust` receives a p-value, its rank from 1, and the number of tests.
fn stepped(
    p: &[f64],
    steps: StepDirection,
    adjust: impl Fn(f64, f64, f64) -> f64,
) -> Vec<Option<f64>> {
    let mut order: Vec<usize> = (0..p.len())
        .filter(|at| (0.0..=1.0).contains(&p[*at]))
        .collect();
    order.sort_by(|left, right| p[*left].total_cmp(&p[*right]));
    let tests = order.len() as f64;
    let mut adjusted = vec![None; p.len()];
    let ranked = order
        .iter()
        .enumerate()
        .map(|(rank, at)| (*at, adjust(p[*at], (rank + 1) as f64, tests).min(1.0)));
    match steps {
        StepDirection::Down => {
            ranked.fold(0.0_f64, |before, (at, value)| {
                adjusted[at] = Some(value.max(before));
                value.max(before)
            });
        }
        StepDirection::Up => {
            ranked.rev().fold(1.0_f64, |after, (at, value)| {
                adjusted[at] = Some(value.min(after));
                value.min(after)
            });
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_p_value_is_missing_and_counts_as_no_test() {
        for adjust in [holm, benjamini_hochberg] {
            assert_eq!(adjust(&[]), vec![]);
            let one = adjust(&[f64::NAN, 0.3, -1.0, 2.0]);
            assert_eq!(one, vec![None, Some(0.3), None, None]);
        }
    }
}
