//! K-means with the number of groups chosen by silhouette: the last step of every baseline.

use ndarray::{Array2, Axis};

use crate::cluster::{ClusterError, Lloyd};
use crate::measure::{pairwise_distances, silhouette};
use crate::random::Stream;

/// Number of rows for fitting centres.
const FIT_ROWS: usize = 3_000;
/// Number of rows for silhouettes, whose cost grows with the square.
const SILHOUETTE_ROWS: usize = 1_200;
/// Restarts of each fit.
const STARTS: usize = 3;

/// The number of groups with the largest silhouette.
pub(super) struct KMeansBySilhouette {
    pub(super) k: usize,
    /// Mean silhouette, -1 to 1.
    pub(super) width: f64,
    pub(super) model: Lloyd,
}

impl KMeansBySilhouette {
    /// The best of 2 to 8 groups of `points` (rows × columns), fitted on a sample of the rows.
    ///
    /// # Errors
    /// When no number of groups can be fitted.
    pub(super) fn of(points: &Array2<f64>, stream: &Stream) -> Result<Self, ClusterError> {
        let picks = stream
            .fork("sample")
            .draws()
            .sample(points.nrows(), FIT_ROWS);
        let sample = points.select(Axis(0), &picks);
        let shown = sample.select(
            Axis(0),
            &(0..picks.len().min(SILHOUETTE_ROWS)).collect::<Vec<_>>(),
        );
        let distances = pairwise_distances(shown.view());
        let mut best: Option<Self> = None;
        for k in 2..=8 {
            let mut draws = stream.fork(&format!("k{k}")).draws();
            let Ok(model) = Lloyd::fit(sample.view(), k, STARTS, &mut draws) else {
                continue;
            };
            let labels = model.predict(shown.view())?;
            let width = silhouette(&distances, &labels).unwrap_or(-1.0);
            if best.as_ref().is_none_or(|found| width > found.width) {
                best = Some(Self { k, width, model });
            }
        }
        best.ok_or_else(|| {
            ClusterError::NoFit("no number of groups from 2 to 8 could be fitted".to_owned())
        })
    }
}
