//! Rows of two columns without missing values.

/// The rows where both columns are finite.
pub(in crate::measure) fn complete(x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
    assert_eq!(x.len(), y.len(), "two columns of other rows");
    x.iter()
        .zip(y)
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .unzip()
}
