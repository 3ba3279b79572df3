//! Principal components, through linfa's eigenvectors.

use linfa_linalg::eigh::{EigSort, Eigh};
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};

use super::error::{ClusterError, check};

/// Directions of largest variance, with the centring and scaling needed to project rows on them.
///
/// A component's sign carries no meaning: it is chosen so that the largest absolute loading is
/// positive. Components with equal variances are defined only up to a rotation.
#[derive(Debug, Clone, PartialEq)]
pub struct PrincipalComponents {
    /// Mean of each column.
    pub means: Vec<f64>,
    /// What each column is divided by: its standard deviation, or 1 when it is constant or
    /// columns keep their units.
    pub scales: Vec<f64>,
    /// Loadings, columns × components; each component has length 1.
    pub loadings: Array2<f64>,
    /// Variance (divided by n − 1) along each component, largest first, never negative.
    pub variances: Vec<f64>,
}

/// A spread below this share of a column's largest value is rounding error: the column is constant.
const ROUNDING: f64 = 1e-14;

impl PrincipalComponents {
    /// Components of `points`; with `standardise`, every column that varies has the same weight.
    ///
    /// There is one component per column; those past the rank have variance 0. A constant column
    /// has loading 0 on every component that varies. Needs at least one row; a single row has no
    /// variance.
    ///
    /// Hotelling (1933), doi:10.1037/h0071325.
    ///
    /// ```
    /// use drumlin::cluster::PrincipalComponents;
    /// let points = ndarray::array![[0.0, 0.0], [1.0, 2.0], [2.0, 4.0]];
    /// let components = PrincipalComponents::fit(points.view(), false).unwrap();
    /// assert!((components.variances[0] - 5.0).abs() < 1e-12);
    /// assert!((components.loadings[[1, 0]] - 2.0 / 5_f64.sqrt()).abs() < 1e-12);
    /// ```
    pub fn fit(points: ArrayView2<'_, f64>, standardise: bool) -> Result<Self, ClusterError> {
        check(points)?;
        let (rows, columns) = points.dim();
        let (means, mut centred) = centre(points);
        let mut scales = vec![1.0; columns];
        for (column, mut values) in centred.columns_mut().into_iter().enumerate() {
            let largest = points
                .column(column)
                .iter()
                .fold(0.0_f64, |most, x| most.max(x.abs()));
            let spread = values.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
            if spread <= ROUNDING * largest {
                values.fill(0.0);
            } else if standardise {
                // Divide by the largest value first: the square of a tiny spread would underflow.
                let squares: f64 = values.iter().map(|x| (x / spread).powi(2)).sum();
                scales[column] = spread * libm::sqrt(squares / (rows - 1) as f64);
                values /= scales[column];
            }
        }
        let freedom = rows.saturating_sub(1).max(1) as f64;
        let covariance = centred.t().dot(&centred) / freedom;
        let (variances, mut loadings) = covariance
            .eigh()
            .map_err(|why| ClusterError::NoFit(why.to_string()))?
            .sort_eig_desc();
        for mut component in loadings.columns_mut() {
            let largest =
                component.iter().fold(
                    0.0_f64,
                    |most, x| if x.abs() > most.abs() { *x } else { most },
                );
            if largest < 0.0 {
                component.mapv_inplace(|loading| -loading);
            }
        }
        Ok(Self {
            means: means.to_vec(),
            scales,
            loadings,
            variances: variances.iter().map(|variance| variance.max(0.0)).collect(),
        })
    }

    /// Scores of `points` on the first `m` components (all of them if there are fewer): rows ×
    /// components. A row with a missing value has missing scores.
    pub fn scores(
        &self,
        points: ArrayView2<'_, f64>,
        m: usize,
    ) -> Result<Array2<f64>, ClusterError> {
        let (expected, found) = (self.means.len(), points.ncols());
        if expected != found {
            return Err(ClusterError::Columns { expected, found });
        }
        let means = Array1::from(self.means.clone());
        let scales = Array1::from(self.scales.clone());
        let m = m.min(self.loadings.ncols());
        // Not the `s!` macro: it expands to an `unsafe` block, which this crate forbids.
        let loadings = self.loadings.slice_axis(Axis(1), Slice::from(..m));
        Ok(((&points - &means) / &scales).dot(&loadings))
    }

    /// The share of all variance that each component carries; all 0 when nothing varies.
    pub fn shares(&self) -> Vec<f64> {
        let total: f64 = self.variances.iter().sum();
        let share = |variance: &f64| if total > 0.0 { variance / total } else { 0.0 };
        self.variances.iter().map(share).collect()
    }
}

/// Column means and centred values, in two passes. After one pass, the rounding error of the mean
/// over a million rows would look like the spread of a constant column.
fn centre(points: ArrayView2<'_, f64>) -> (Array1<f64>, Array2<f64>) {
    let zeros = Array1::zeros(points.ncols());
    let mut means = points.mean_axis(Axis(0)).unwrap_or_else(|| zeros.clone());
    let mut centred = &points - &means;
    let rest = centred.mean_axis(Axis(0)).unwrap_or(zeros);
    centred -= &rest;
    means += &rest;
    (means, centred)
}
