//! Clusterings that are computed once and shared by all statistics.

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use crate::cluster::{Algorithm, Cut, Lloyd, panel};
use crate::measure::{
    Boundary, boundaries, copula_null, pairwise_distances, silhouette, standardised,
};
use crate::random::Stream;

use super::sample::ViewSample;
use crate::certify::depth::Depth;
use crate::certify::error::CertifyError;

/// Restarts of k-means.
pub(super) const STARTS: usize = 3;
/// Number of null tables whose boundaries are measured.
const BOUNDARY_NULLS: usize = 2;
/// Algorithms whose boundaries are measured: the others produce groups too small to have one.
const WITH_BOUNDARY: [Algorithm; 3] = [Algorithm::KMeans, Algorithm::Mixture, Algorithm::Ward];

/// Minimum share of rows of a group: the certificate's claim is about groups of at least this
/// share.
pub(super) const LEAST_SHARE: f64 = 0.05;

/// A clustering of the panel with values derived from it.
pub(super) struct ScoredPartition {
    pub(super) cut: Cut,
    /// Whether at least two of its groups hold 5 % of the rows.
    pub(super) votes: bool,
    pub(super) silhouette: Option<f64>,
    pub(super) boundaries: Vec<Boundary>,
}

/// k-means on a copula null, for one number of groups.
pub(super) struct NullPartition {
    pub(super) k: usize,
    pub(super) silhouette: Option<f64>,
    /// Only for the first null tables.
    pub(super) boundaries: Option<Vec<Boundary>>,
}

/// Rows that a group needs for a boundary: at least 5 %, and at least 60 of 1,500 (a tenth of the
/// rows if there are fewer than 600).
pub(super) fn least_rows(rows: usize) -> usize {
    let share = (LEAST_SHARE * rows as f64).ceil() as usize;
    share.max(60.min(rows / 10)).max(2)
}

/// Whether at least two groups hold 5 % of the rows.
pub(super) fn votes(labels: impl Iterator<Item = u32>, rows: usize) -> bool {
    let mut sizes: Vec<usize> = Vec::new();
    for label in labels {
        let label = label as usize;
        if label >= sizes.len() {
            sizes.resize(label + 1, 0);
        }
        sizes[label] += 1;
    }
    let large = |size: &&usize| **size as f64 >= LEAST_SHARE * rows as f64;
    sizes.iter().filter(large).count() >= 2
}

/// The panel on the sample.
pub(super) fn of_panel(
    sample: &ViewSample,
    depth: Depth,
    stream: &Stream,
) -> Result<Vec<ScoredPartition>, CertifyError> {
    let points = sample.panel.view();
    let least = least_rows(points.nrows());
    let cuts = panel(points, &sample.distances, depth.ks(), stream)?;
    Ok(cuts
        .into_par_iter()
        .map(|cut| ScoredPartition {
            votes: votes(cut.labels.iter().copied(), cut.labels.len()),
            silhouette: silhouette(&sample.distances, &cut.labels),
            boundaries: if WITH_BOUNDARY.contains(&cut.algorithm) {
                boundaries(points, &cut.labels, least)
            } else {
                Vec::new()
            },
            cut,
        })
        .collect())
}

/// Complete tables drawn from the copula null.
pub(super) fn nulls(sample: &ViewSample, depth: Depth, stream: &Stream) -> Vec<Array2<f64>> {
    (0..depth.nulls())
        .into_par_iter()
        .map(|at| copula_null(sample.raw.view(), &mut stream.block(at as u64).draws()))
        .collect()
}

/// k-means on the panel's rows of each null table: null tables × numbers of groups.
pub(super) fn of_nulls(
    sample: &ViewSample,
    nulls: &[Array2<f64>],
    depth: Depth,
    stream: &Stream,
) -> Result<Vec<Vec<NullPartition>>, CertifyError> {
    nulls
        .par_iter()
        .enumerate()
        .map(|(at, null)| {
            let points = standardised(null.view()).select(Axis(0), &sample.panel_rows);
            let distances = pairwise_distances(points.view());
            let least = least_rows(points.nrows());
            let ks = depth.ks().par_iter();
            ks.map(|k| {
                let stream = stream.block(at as u64).block(*k as u64);
                let fit = Lloyd::fit(points.view(), *k, STARTS, &mut stream.draws())?;
                Ok(NullPartition {
                    k: *k,
                    silhouette: silhouette(&distances, &fit.labels),
                    boundaries: (at < BOUNDARY_NULLS)
                        .then(|| boundaries(points.view(), &fit.labels, least)),
                })
            })
            .collect()
        })
        .collect()
}
