//! Separation: are clusters separated, beyond what correlation alone produces?

use serde::{Deserialize, Serialize};

use crate::cluster::Algorithm;
use crate::measure::{Boundary, median_valley};

use super::partitions::{NullPartition, ScoredPartition};

/// p-value below which the dip test calls a boundary bimodal.
const BIMODAL: f64 = 0.01;

/// Whether clusters are separated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Separation {
    /// Best mean silhouette over the panel's clusterings that vote, −1 to 1; no value when none
    /// votes.
    pub silhouette: Option<f64>,
    /// Which clustering has it.
    pub silhouette_of: Option<(Algorithm, usize)>,
    /// Largest difference, over numbers of groups, between the k-means silhouette and its mean on
    /// the copula null.
    pub silhouette_excess: Option<f64>,
    /// Median valley over the boundaries of the clustering where it is deepest, over k-means,
    /// mixture and Ward: 0 is a gap, 1 none.
    pub valley: f64,
    /// Which clustering has it.
    pub valley_of: Option<(Algorithm, usize)>,
    /// The valley of each boundary of that clustering, deepest first.
    #[serde(default)]
    pub borders: Vec<f64>,
    /// The same for k-means on the copula null.
    pub valley_null: f64,
    /// Largest share of a clustering's boundaries that the dip test calls bimodal (p < 0.01).
    pub bimodal: f64,
    /// The same for k-means on the copula null.
    pub bimodal_null: f64,
    /// Silhouettes by algorithm, over numbers of groups.
    pub curves: Vec<Curve>,
    /// k-means silhouettes of each draw of the copula null, over numbers of groups.
    pub null_curves: Vec<Vec<Option<f64>>>,
}

/// One algorithm's silhouettes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The algorithm.
    pub algorithm: Algorithm,
    /// Number of groups, mean silhouette (no value for one group), and median valley of its
    /// boundaries (no value where it is not measured).
    pub points: Vec<(usize, Option<f64>, Option<f64>)>,
}

pub(super) fn separation(cuts: &[ScoredPartition], nulls: &[Vec<NullPartition>]) -> Separation {
    let voting = || cuts.iter().filter(|cut| cut.votes);
    let best = voting()
        .filter_map(|cut| Some((cut.silhouette?, (cut.cut.algorithm, cut.cut.k))))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let deepest = voting()
        .filter(|cut| cut.boundaries.len() > 1)
        .map(|cut| (median_valley(&cut.boundaries), cut))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let null_boundaries = || {
        nulls
            .iter()
            .flatten()
            .filter_map(|cut| cut.boundaries.as_ref())
    };
    Separation {
        silhouette: best.map(|(value, _)| value),
        silhouette_of: best.map(|(_, of)| of),
        silhouette_excess: excess(cuts, nulls),
        valley: deepest.map_or(1.0, |(value, _)| value),
        valley_of: deepest.map(|(_, cut)| (cut.cut.algorithm, cut.cut.k)),
        borders: deepest.map_or_else(Vec::new, |(_, cut)| {
            let mut valleys: Vec<f64> = cut.boundaries.iter().map(|one| one.valley).collect();
            valleys.sort_by(f64::total_cmp);
            valleys
        }),
        valley_null: null_boundaries()
            .map(|found| median_valley(found))
            .fold(1.0, f64::min),
        bimodal: voting()
            .map(|cut| bimodal(&cut.boundaries))
            .fold(0.0, f64::max),
        bimodal_null: null_boundaries()
            .map(|found| bimodal(found))
            .fold(0.0, f64::max),
        curves: Algorithm::ALL
            .into_iter()
            .map(|algorithm| Curve {
                algorithm,
                points: cuts
                    .iter()
                    .filter(|cut| cut.cut.algorithm == algorithm)
                    .map(|cut| {
                        let valley =
                            (!cut.boundaries.is_empty()).then(|| median_valley(&cut.boundaries));
                        (cut.cut.k, cut.silhouette, valley)
                    })
                    .collect(),
            })
            .collect(),
        null_curves: nulls
            .iter()
            .map(|cuts| cuts.iter().map(|cut| cut.silhouette).collect())
            .collect(),
    }
}

fn excess(cuts: &[ScoredPartition], nulls: &[Vec<NullPartition>]) -> Option<f64> {
    cuts.iter()
        .filter(|cut| cut.votes && cut.cut.algorithm == Algorithm::KMeans)
        .filter_map(|cut| {
            let all = nulls.iter().flatten().filter(|null| null.k == cut.cut.k);
            let values: Vec<f64> = all.filter_map(|null| null.silhouette).collect();
            let mean = crate::measure::mean(&values)?;
            Some(cut.silhouette? - mean)
        })
        .max_by(f64::total_cmp)
}

fn bimodal(boundaries: &[Boundary]) -> f64 {
    let count = boundaries
        .iter()
        .filter(|found| found.dip_p < BIMODAL)
        .count();
    count as f64 / boundaries.len().max(1) as f64
}
