//! The panel: six clustering algorithms applied to the same rows.

use ndarray::ArrayView2;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::random::Stream;

use super::error::ClusterError;
use super::hierarchy::{Hierarchy, Linkage};
use super::lloyd::Lloyd;
use super::mixture::Mixture;
use super::spectral::Spectrum;

/// An algorithm of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// k-means.
    KMeans,
    /// A Gaussian mixture with full covariances.
    Mixture,
    /// Ward's hierarchy.
    Ward,
    /// Average linkage.
    Average,
    /// Complete linkage.
    Complete,
    /// Spectral clustering on the graph of the 15 nearest neighbours.
    Spectral,
}

impl Algorithm {
    /// All of them, in the order of the panel.
    pub const ALL: [Self; 6] = [
        Self::KMeans,
        Self::Mixture,
        Self::Ward,
        Self::Average,
        Self::Complete,
        Self::Spectral,
    ];

    /// Its display name.
    pub fn name(self) -> &'static str {
        match self {
            Self::KMeans => "k-means",
            Self::Mixture => "Gaussian mixture",
            Self::Ward => "Ward",
            Self::Average => "average linkage",
            Self::Complete => "complete linkage",
            Self::Spectral => "spectral",
        }
    }
}

/// One clustering of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The algorithm that produced it.
    pub algorithm: Algorithm,
    /// Number of groups requested.
    pub k: usize,
    /// A label from 0 for each row.
    pub labels: Vec<u32>,
}

/// Restarts of k-means.
const STARTS: usize = 3;
/// Maximum number of iterations of a mixture.
const ROUNDS: usize = 60;
/// Neighbours of a row in the spectral graph, itself among them.
const NEIGHBOURS: usize = 15;

/// Clusterings of `points` (rows × columns) by all six algorithms, for each number of groups in
/// `ks`: in the order of `ks`, then of [`Algorithm::ALL`]. `distances` are those of
/// [`crate::measure::pairwise_distances`], computed once for all algorithms.
///
/// An algorithm that cannot cluster these rows (spectral clustering on fewer than about twenty) is
/// skipped. Deterministic in `stream` for any number of threads.
///
/// # Errors
/// When a value is not finite, a number of groups is 0 or above the rows, or `distances` are not
/// those of `points`.
pub fn panel(
    points: ArrayView2<'_, f64>,
    distances: &[f64],
    ks: &[usize],
    stream: &Stream,
) -> Result<Vec<Cut>, ClusterError> {
    let rows = points.nrows();
    let most = ks.iter().copied().max().unwrap_or(0);
    let linkages = [Linkage::Ward, Linkage::Average, Linkage::Complete];
    let (trees, spectrum) = rayon::join(
        || {
            let trees = linkages.par_iter();
            trees
                .map(|by| Hierarchy::new(distances, rows, *by))
                .collect::<Result<Vec<_>, _>>()
        },
        || {
            let mut draws = stream.fork("spectrum").draws();
            Spectrum::new(points, NEIGHBOURS, most, &mut draws).ok()
        },
    );
    let trees = trees?;
    let tasks: Vec<(usize, Algorithm)> = ks
        .iter()
        .flat_map(|k| Algorithm::ALL.map(|algorithm| (*k, algorithm)))
        .collect();
    let cuts: Result<Vec<Option<Cut>>, ClusterError> = tasks
        .into_par_iter()
        .map(|(k, algorithm)| {
            let draws = &mut stream.fork(algorithm.name()).block(k as u64).draws();
            let labels = match algorithm {
                Algorithm::KMeans => Some(Lloyd::fit(points, k, STARTS, draws)?.labels),
                Algorithm::Mixture => Mixture::fit(points, k, ROUNDS, draws)
                    .ok()
                    .map(|fit| fit.labels),
                Algorithm::Ward => Some(trees[0].groups(k)),
                Algorithm::Average => Some(trees[1].groups(k)),
                Algorithm::Complete => Some(trees[2].groups(k)),
                Algorithm::Spectral => spectrum.as_ref().and_then(|all| all.groups(k, draws).ok()),
            };
            Ok(labels.map(|labels| Cut {
                algorithm,
                k,
                labels,
            }))
        })
        .collect();
    Ok(cuts?.into_iter().flatten().collect())
}
