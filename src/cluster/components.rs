//! Principal components.

use linfa_linalg::eigh::EighInto;
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};

/// Directions of greatest variance, strongest first.
#[derive(Debug, Clone, PartialEq)]
pub struct PrincipalComponents {
    /// Mean of each column.
    pub means: Vec<f64>,
    /// What each column was divided by: its standard deviation, or 1.
    pub scales: Vec<f64>,
    /// Columns by components, each component of length 1.
    pub loadings: Array2<f64>,
    /// Variance along each component.
    pub variances: Vec<f64>,
}

impl PrincipalComponents {
    /// Components of `points` (rows by columns). `None` with fewer than two rows, without
    /// columns, or where a value is not a number.
    pub fn fit(points: ArrayView2<'_, f64>, standardise: bool) -> Option<Self> {
        let rows = points.nrows();
        if rows < 2 || points.ncols() == 0 || points.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let means = points.mean_axis(Axis(0))?;
        let centred = &points - &means;
        let deviations = centred.map_axis(Axis(0), |column| {
            (column.iter().map(|x| x * x).sum::<f64>() / (rows - 1) as f64).sqrt()
        });
        let scales = deviations.mapv(|deviation| {
            if standardise && deviation > 0.0 && deviation.is_finite() {
                deviation
            } else {
                1.0
            }
        });
        let scaled = centred / &scales;
        let covariance = scaled.t().dot(&scaled) / (rows - 1) as f64;
        let (values, vectors): (Array1<f64>, Array2<f64>) = covariance.eigh_into().ok()?;
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
        Some(Self {
            means: means.to_vec(),
            scales: scales.to_vec(),
            loadings: vectors.select(Axis(1), &order),
            variances: order.iter().map(|at| values[*at].max(0.0)).collect(),
        })
    }

    /// Places of `points` along the first `m` components.
    pub fn scores(&self, points: ArrayView2<'_, f64>, m: usize) -> Array2<f64> {
        let means = Array1::from(self.means.clone());
        let scales = Array1::from(self.scales.clone());
        let m = m.min(self.loadings.ncols());
        ((&points - &means) / &scales).dot(&self.loadings.slice_axis(Axis(1), Slice::from(..m)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn points_on_a_line_have_one_component() {
        let points = array![[0.0, 0.0], [1.0, 2.0], [2.0, 4.0], [3.0, 6.0]];
        let found = PrincipalComponents::fit(points.view(), true).unwrap();
        assert!((found.variances[0] - 2.0).abs() < 1e-12 && found.variances[1] < 1e-12);
        let scores = found.scores(points.view(), 2);
        assert!(scores.column(1).iter().all(|score| score.abs() < 1e-12));
        assert!(
            PrincipalComponents::fit(points.slice_axis(Axis(0), Slice::from(..1)), true).is_none()
        );
    }
}
