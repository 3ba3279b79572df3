//! How well predictions meet what they predict.

use super::correlation::complete;
use super::moments::mean;

/// R²: the share of a column's variance that predictions tell; 1 is perfect, 0 no better than the
/// mean, negative worse. No value for a constant column or no row.
///
/// ```
/// let share = drumlin::measure::r_squared(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0]);
/// assert_eq!(share, Some(0.5));
/// ```
///
/// # Panics
/// When there is not a prediction for each value.
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
/// From 0 (perfect) up; always saying the mean gives the standard deviation. Pairs that are not
/// finite are left out; none left: no value.
///
/// ```
/// let error = drumlin::measure::rmse(&[1.0, 2.0], &[1.0, 4.0]).unwrap();
/// assert!((error - 2_f64.sqrt()).abs() < 1e-15);
/// ```
///
/// # Panics
/// When there is not a prediction for each value.
pub fn rmse(values: &[f64], predicted: &[f64]) -> Option<f64> {
    let (values, predicted) = complete(values, predicted);
    let pairs = values.iter().zip(&predicted);
    let squares: f64 = pairs.map(|(x, y)| (x - y) * (x - y)).sum();
    (!values.is_empty()).then(|| libm::sqrt(squares / values.len() as f64))
}

/// Lin's concordance correlation: how near two columns lie to *being* each other, not only to a
/// line.
///
/// 2 s(x, y) / (s²(x) + s²(y) + (mean x − mean y)²), with moments divided by n. From −1 to 1, never
/// further from 0 than Pearson's; 1 means equal values. Symmetric. Pairs that are not finite are
/// left out; none left, or both constant at one value: no value.
///
/// Lin (1989), doi:10.2307/2532051.
///
/// ```
/// use drumlin::measure::concordance_correlation;
/// let value = concordance_correlation(&[1.0, 2.0, 3.0], &[2.0, 3.0, 4.0]).unwrap();
/// assert!((value - 4.0 / 7.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the columns have different lengths: the caller aligns them.
pub fn concordance_correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let (x, y) = complete(x, y);
    let n = x.len() as f64;
    let (mean_x, mean_y) = (mean(&x)?, mean(&y)?);
    let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
        let pairs = x.iter().zip(&y);
        pairs.map(|(x, y)| of(x - mean_x, y - mean_y)).sum::<f64>() / n
    };
    let apart = (mean_x - mean_y) * (mean_x - mean_y);
    let scale = sum(&|x, y| x * x + y * y) + apart;
    (scale > 0.0).then(|| (2.0 * sum(&|x, y| x * y) / scale).clamp(-1.0, 1.0))
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

    #[test]
    fn nobody_and_one_value_have_no_concordance() {
        assert_eq!(rmse(&[f64::NAN], &[1.0]), None);
        assert_eq!(concordance_correlation(&[], &[]), None);
        assert_eq!(concordance_correlation(&[2.0, 2.0], &[2.0, 2.0]), None);
        assert_eq!(concordance_correlation(&[2.0, 2.0], &[3.0, 3.0]), Some(0.0));
    }
}
