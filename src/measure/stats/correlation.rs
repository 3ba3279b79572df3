//! Correlation of two columns.

use super::complete_rows::complete;
use super::kendall::kendall;
use super::moments::constant;

/// The type of correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correlation {
    /// Pearson's: how linear the relation is.
    Pearson,
    /// Spearman's: how monotone the relation is; Pearson's on ranks.
    Spearman,
    /// Kendall's τ-b: how many more pairs of rows agree in order than disagree.
    Kendall,
}

impl Correlation {
    /// The correlation of two columns.
    pub fn of(self, x: &[f64], y: &[f64]) -> Option<f64> {
        match self {
            Self::Pearson => pearson(x, y),
            Self::Spearman => spearman(x, y),
            Self::Kendall => kendall(x, y),
        }
    }
}

/// Pearson's correlation: how well a straight line predicts one column from the other.
///
/// From −1 to 1; 0 means no linear relation (a parabola is still possible). Symmetric, and
/// invariant to shifts and positive scales. Rows where either is not finite are ignored; no value
/// when fewer than two remain, or one column is constant on them.
///
/// Pearson (1895), doi:10.1098/rspl.1895.0041.
///
/// ```
/// let r = drumlin::measure::pearson(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0]).unwrap();
/// assert!((r - 0.9819805060619659).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the columns have different lengths: the caller aligns them.
pub fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    let (x, y) = complete(x, y);
    product_moment(&x, &y)
}

/// Spearman's rank correlation: how monotone the relation is. Ties share their mean rank.
///
/// From −1 to 1; ±1 means that one column is a monotone function of the other. Symmetric, and
/// invariant to any increasing transformation. Missing rows and constants as in [`pearson`].
///
/// Spearman (1904), doi:10.2307/1412159.
///
/// ```
/// let rho = drumlin::measure::spearman(&[1.0, 2.0, 3.0], &[1.0, 10.0, 100.0]).unwrap();
/// assert!((rho - 1.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the columns have different lengths: the caller aligns them.
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    let (x, y) = complete(x, y);
    product_moment(&ranks(&x), &ranks(&y))
}

fn product_moment(x: &[f64], y: &[f64]) -> Option<f64> {
    if constant(x) || constant(y) {
        return None;
    }
    let (x, y) = (unit(x)?, unit(y)?);
    let product: f64 = x.iter().zip(&y).map(|(x, y)| x * y).sum();
    Some(product.clamp(-1.0, 1.0))
}

/// Centred and scaled to length 1; nothing for a constant column.
pub(in crate::measure) fn unit(values: &[f64]) -> Option<Vec<f64>> {
    let largest = values
        .iter()
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    if largest <= 0.0 {
        return None;
    }
    // Divide by the largest value first: squares of large columns overflow, squares of tiny ones
    // underflow.
    let mean = values.iter().map(|value| value / largest).sum::<f64>() / values.len() as f64;
    let centred: Vec<f64> = values.iter().map(|value| value / largest - mean).collect();
    let spread = centred
        .iter()
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    // A spread at the level of rounding error counts as none.
    if spread <= f64::EPSILON {
        return None;
    }
    let length = centred
        .iter()
        .map(|value| (value / spread).powi(2))
        .sum::<f64>();
    let scale = 1.0 / (spread * libm::sqrt(length));
    Some(centred.iter().map(|value| value * scale).collect())
}

/// Ranks from 1; equal values share the mean of their ranks.
pub(in crate::measure) fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|left, right| values[*left].total_cmp(&values[*right]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    // `-0.0` and `0.0` are the same value, although `total_cmp` distinguishes them.
    for tied in order.chunk_by(|left, right| values[*left] >= values[*right]) {
        let rank = before as f64 + (tied.len() + 1) as f64 / 2.0;
        for row in tied {
            ranks[*row] = rank;
        }
        before += tied.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_their_mean_rank() {
        assert_eq!(ranks(&[10.0, 0.0, 10.0, -0.0]), vec![3.5, 1.5, 3.5, 1.5]);
    }

    #[test]
    fn constants_and_single_rows_have_no_correlation() {
        assert_eq!(pearson(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[1.0], &[1.0]), None);
        assert_eq!(pearson(&[1.0, f64::NAN], &[1.0, 2.0]), None);
    }

    #[test]
    fn very_large_and_very_small_columns_keep_their_correlation() {
        let x = [1e300, 2e300, 4e300];
        let y = [1e-300, 2e-300, 4e-300];
        assert!((pearson(&x, &y).unwrap() - 1.0).abs() < 1e-12);
    }
}
