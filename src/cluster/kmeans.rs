//! k-means, through linfa.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_clustering::KMeans;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

use crate::random::Draws;

use super::error::{ClusterError, check};

/// Centres found by k-means, which can label new rows.
#[derive(Debug, Clone, PartialEq)]
pub struct KMeansModel {
    centres: Array2<f64>,
}

/// Maximum number of iterations per start. A start that still moves after these is on a plateau, as
/// on data without clusters, and gains almost nothing.
const ROUNDS: u64 = 100;
/// Total movement of the centres, relative to the spread of the data, below which a start has
/// converged: scikit-learn's default rule.
const STILL: f64 = 1e-2;

/// Partition `points` into `k` clusters: a label from 0 for each row.
///
/// The best of `restarts` starts by k-means++. With fewer than `k` distinct rows some labels are
/// unused. Deterministic in `draws` for any number of threads. Data without clusters take the most
/// iterations (seconds at 20,000 rows): for a large table, fit a [`KMeansModel`] to a sample and
/// label the rest with it.
///
/// Lloyd (1982), doi:10.1109/TIT.1982.1056489; Arthur & Vassilvitskii (2007), *k-means++*.
///
/// ```
/// use drumlin::{cluster::kmeans, random::Secret};
/// let points = ndarray::array![[0.0], [0.1], [9.0], [9.1]];
/// let labels = kmeans(points.view(), 2, 5, Secret::demo(1).stream().draws()).unwrap();
/// assert_eq!((labels[0] == labels[1], labels[0] == labels[2]), (true, false));
/// ```
pub fn kmeans(
    points: ArrayView2<'_, f64>,
    k: usize,
    restarts: usize,
    draws: Draws,
) -> Result<Vec<u32>, ClusterError> {
    KMeansModel::fit(points, k, restarts, draws)?.predict(points)
}

impl KMeansModel {
    /// Centres for `points`, as [`kmeans`] finds them.
    pub fn fit(
        points: ArrayView2<'_, f64>,
        k: usize,
        restarts: usize,
        draws: Draws,
    ) -> Result<Self, ClusterError> {
        check(points)?;
        let rows = points.nrows();
        if k == 0 || k > rows {
            return Err(ClusterError::Groups { groups: k, rows });
        }
        if restarts == 0 {
            return Err(ClusterError::NoStart);
        }
        // One shift per column and one scale for all: distances keep their proportions, the
        // tolerance is relative to the data, and no square overflows or underflows.
        let middle = points
            .mean_axis(Axis(0))
            .unwrap_or_else(|| Array1::zeros(points.ncols()));
        let shifted = &points - &middle;
        let spread = spread(&shifted);
        let model = KMeans::params_with_rng(k, draws)
            .n_runs(restarts)
            .max_n_iterations(ROUNDS)
            .tolerance(STILL)
            .fit(&DatasetBase::from(shifted / spread))
            .map_err(|why| ClusterError::NoFit(why.to_string()))?;
        Ok(Self {
            centres: model.centroids() * spread + &middle,
        })
    }

    /// The label of the nearest centre for each row; ties go to the first.
    pub fn predict(&self, points: ArrayView2<'_, f64>) -> Result<Vec<u32>, ClusterError> {
        let (expected, found) = (self.centres.ncols(), points.ncols());
        if expected != found {
            return Err(ClusterError::Columns { expected, found });
        }
        if points.nrows() == 0 {
            return Ok(Vec::new());
        }
        check(points)?;
        Ok(points
            .outer_iter()
            .map(|point| self.nearest(point))
            .collect())
    }

    /// The centres, one row each, in the units of the points.
    pub fn centres(&self) -> ArrayView2<'_, f64> {
        self.centres.view()
    }

    fn nearest(&self, point: ArrayView1<'_, f64>) -> u32 {
        let mut best = (0, f64::INFINITY);
        for (label, centre) in self.centres.outer_iter().enumerate() {
            let pairs = centre.iter().zip(point.iter());
            let square: f64 = pairs.map(|(a, b)| (a - b) * (a - b)).sum();
            if square < best.1 {
                best = (label, square);
            }
        }
        best.0 as u32
    }
}

/// Root mean square of centred values; 1 when they are all 0.
fn spread(shifted: &Array2<f64>) -> f64 {
    let largest = shifted
        .iter()
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    if largest <= f64::MIN_POSITIVE {
        return 1.0;
    }
    let squares: f64 = shifted.iter().map(|value| (value / largest).powi(2)).sum();
    largest * libm::sqrt(squares / shifted.len() as f64)
}
