//! How accurate predictions are.

use crate::measure::stats::complete_rows::complete;

/// R²: the share of a column's variance that predictions explain. 1 is perfect, 0 no better than
/// the mean, negative worse. No value for a constant column or without rows.
///
/// ```
/// let share = drumlin::measure::r_squared(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0]);
/// assert_eq!(share, Some(0.5));
/// ```
///
/// # Panics
/// When values and predictions differ in number.
pub fn r_squared(values: &[f64], predicted: &[f64]) -> Option<f64> {
    assert_eq!(values.len(), predicted.len(), "a prediction for each value");
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let total: f64 = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    let pairs = values.iter().zip(predicted);
    let rest: f64 = pairs
        .map(|(value, told)| (value - told) * (value - told))
        .sum();
    (total > 0.0).then(|| 1.0 - rest / total)
}

/// The root of the mean squared error of predictions, in the unit of the values.
///
/// From 0 (perfect) up; always predicting the mean gives the standard deviation. Pairs that are not
/// finite are ignored; no value when none is left.
///
/// ```
/// let error = drumlin::measure::rmse(&[1.0, 2.0], &[1.0, 4.0]).unwrap();
/// assert!((error - 2_f64.sqrt()).abs() < 1e-15);
/// ```
///
/// # Panics
/// When values and predictions differ in number.
pub fn rmse(values: &[f64], predicted: &[f64]) -> Option<f64> {
    let (values, predicted) = complete(values, predicted);
    let pairs = values.iter().zip(&predicted);
    let squares: f64 = pairs.map(|(x, y)| (x - y) * (x - y)).sum();
    (!values.is_empty()).then(|| libm::sqrt(squares / values.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_tells_nothing_and_a_constant_has_nothing_to_tell() {
        assert_eq!(r_squared(&[1.0, 3.0], &[2.0, 2.0]), Some(0.0));
        assert_eq!(r_squared(&[2.0, 2.0], &[2.0, 2.0]), None);
        assert_eq!(r_squared(&[], &[]), None);
    }
}
