//! The rows used for statistics.

use ndarray::{Array2, ArrayView2, Axis, Slice};

use crate::cluster::ClusterError;
use crate::measure::{jittered, pairwise_distances, standardised};
use crate::random::Stream;

use crate::certify::error::CertifyError;

/// Maximum number of rows: a larger table is sampled.
pub(super) const ROWS: usize = 5000;
/// Number of rows for the panel: the cost is in pairs of rows.
pub(super) const PANEL_ROWS: usize = 1500;
/// Number of rows for repeated k-means and for densities.
pub(super) const REPEAT_ROWS: usize = 2500;
/// Minimum number of rows: with fewer, quarters are too small.
const LEAST_ROWS: usize = 40;
/// Minimum number of columns: a single one has no relations.
const LEAST_COLUMNS: usize = 2;

/// One table, prepared once for all statistics.
pub(super) struct ViewSample {
    /// Positions of the rows used, in random order.
    pub(super) rows: Vec<usize>,
    /// Those rows, non-constant columns only, with ties of counts spread.
    pub(super) raw: Array2<f64>,
    /// The same, standardised to mean 0 and standard deviation 1.
    pub(super) standard: Array2<f64>,
    /// Positions of the panel's rows in `standard`.
    pub(super) panel_rows: Vec<usize>,
    /// The panel's rows.
    pub(super) panel: Array2<f64>,
    /// Distances between all pairs of the panel's rows.
    pub(super) distances: Vec<f64>,
    /// Rows for repeated clustering: those outside the panel come first, so that the two overlap
    /// little.
    pub(super) repeat: Array2<f64>,
}

impl ViewSample {
    /// A sample of `view` (rows × columns, finite).
    pub(super) fn of(view: ArrayView2<'_, f64>, stream: &Stream) -> Result<Self, CertifyError> {
        if let Some(((row, column), value)) = view.indexed_iter().find(|(_, x)| !x.is_finite()) {
            let value = value.to_string();
            return Err(ClusterError::NotFinite { row, column, value }.into());
        }
        let varying: Vec<usize> = (0..view.ncols())
            .filter(|column| {
                let column = view.column(*column);
                column.iter().any(|value| (value - column[0]).abs() > 0.0)
            })
            .collect();
        if view.nrows() < LEAST_ROWS || varying.len() < LEAST_COLUMNS {
            return Err(CertifyError::TooLittle {
                rows: view.nrows(),
                columns: varying.len(),
                least_rows: LEAST_ROWS,
                least_columns: LEAST_COLUMNS,
            });
        }
        // In random order, so that the first ones are a sample, too.
        let rows = stream.fork("rows").draws().sample(view.nrows(), ROWS);
        let picked = view.select(Axis(0), &rows).select(Axis(1), &varying);
        let raw = jittered(picked.view(), &mut stream.fork("jitter").draws());
        let standard = standardised(raw.view());
        let n = raw.nrows();
        let panel_rows: Vec<usize> = (0..n.min(PANEL_ROWS)).collect();
        let repeat_rows: Vec<usize> = (0..n).rev().take(REPEAT_ROWS).collect();
        let panel = standard.select(Axis(0), &panel_rows);
        Ok(Self {
            distances: pairwise_distances(panel.view()),
            repeat: standard.select(Axis(0), &repeat_rows),
            rows,
            raw,
            standard,
            panel_rows,
            panel,
        })
    }

    /// Number of rows used.
    pub(super) fn n(&self) -> usize {
        self.rows.len()
    }
}

/// The first `most` rows.
pub(super) fn first(points: &Array2<f64>, most: usize) -> ArrayView2<'_, f64> {
    points.slice_axis(Axis(0), Slice::from(..most.min(points.nrows())))
}
