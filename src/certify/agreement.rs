//! Agreement: do algorithms and scalings find the same groups?

use ndarray::{Array2, Axis};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{Algorithm, ClusterError, Lloyd, whitened_scores};
use crate::measure::{adjusted_rand_of_labels, median_of_pairs, normal_scores, quantile};
use crate::random::Stream;

use super::depth::Depth;
use super::error::CertifyError;
use super::partitions::{Measured, STARTS};
use super::sample::Sample;

/// Components of the whitened scaling.
const WHITENED: usize = 6;
/// The algorithms whose agreement counts. Average and complete linkage cut off stragglers.
const CORE: [Algorithm; 4] = [
    Algorithm::KMeans,
    Algorithm::Mixture,
    Algorithm::Ward,
    Algorithm::Spectral,
];

/// Whether different methods find the same groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// For each number of groups: median adjusted Rand index of all pairs of k-means, mixture,
    /// Ward and spectral; a pair counts 0 where one side has fewer than two groups of 5 %.
    pub core: Vec<(usize, f64)>,
    /// The largest of them.
    pub core_most: f64,
    /// The largest median over all six algorithms.
    pub panel_most: f64,
    /// The largest median of k-means on five scalings: standardised, by median and quartiles,
    /// normal scores, whitened principal components, as they are.
    pub scalings_most: f64,
}

pub(super) fn agreement(
    sample: &Sample,
    cuts: &[Measured],
    depth: Depth,
    stream: &Stream,
) -> Result<Agreement, CertifyError> {
    let of = |k: usize, algorithms: &[Algorithm]| {
        let chosen: Vec<&Measured> = cuts
            .iter()
            .filter(|cut| cut.cut.k == k && algorithms.contains(&cut.cut.algorithm))
            .collect();
        median_of_pairs(&chosen, |a, b| {
            if a.votes && b.votes {
                adjusted_rand_of_labels(&a.cut.labels, &b.cut.labels)
            } else {
                Some(0.0)
            }
        })
        .unwrap_or(0.0)
    };
    let core: Vec<(usize, f64)> = depth.ks().iter().map(|k| (*k, of(*k, &CORE))).collect();
    let most = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
    Ok(Agreement {
        core_most: most(&mut core.iter().map(|(_, value)| *value)),
        panel_most: most(&mut depth.ks().iter().map(|k| of(*k, &Algorithm::ALL))),
        scalings_most: most(&mut scalings(sample, cuts, depth, stream)?.into_iter()),
        core,
    })
}

/// For each number of groups: median adjusted Rand index of k-means on the scalings.
fn scalings(
    sample: &Sample,
    cuts: &[Measured],
    depth: Depth,
    stream: &Stream,
) -> Result<Vec<f64>, CertifyError> {
    let tables = [
        by_quartiles(&sample.raw),
        normal_scores(sample.raw.view()),
        whitened_scores(sample.standard.view(), WHITENED)?,
        sample.raw.clone(),
    ]
    .map(|table| table.select(Axis(0), &sample.panel_rows));
    depth
        .ks()
        .par_iter()
        .map(|k| {
            let mut all: Vec<Vec<u32>> = tables
                .par_iter()
                .enumerate()
                .map(|(at, table)| {
                    let stream = stream.block(at as u64).block(*k as u64);
                    Ok(Lloyd::fit(table.view(), *k, STARTS, &mut stream.draws())?.labels)
                })
                .collect::<Result<_, ClusterError>>()?;
            let standard =
                |cut: &&Measured| cut.cut.k == *k && cut.cut.algorithm == Algorithm::KMeans;
            all.extend(
                cuts.iter()
                    .filter(standard)
                    .map(|cut| cut.cut.labels.clone()),
            );
            Ok(median_of_pairs(&all, |a, b| adjusted_rand_of_labels(a, b)).unwrap_or(0.0))
        })
        .collect()
}

/// Less the median, over the distance of the quartiles (1 where that is 0).
fn by_quartiles(points: &Array2<f64>) -> Array2<f64> {
    let mut scaled = points.clone();
    for mut column in scaled.columns_mut() {
        let values = column.to_vec();
        let at = |p: f64| quantile(&values, p).unwrap_or(0.0);
        let width = at(0.75) - at(0.25);
        let middle = at(0.5);
        let width = if width > 0.0 { width } else { 1.0 };
        column.mapv_inplace(|value| (value - middle) / width);
    }
    scaled
}
