//! Agreement: do algorithms and scalings find the same groups?

use ndarray::{Array2, Axis};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{Algorithm, ClusterError, Lloyd, whitened_scores};
use crate::measure::{adjusted_rand_of_labels, median_of_pairs, normal_scores, quantile};
use crate::random::Stream;

use super::partitions::{STARTS, ScoredPartition};
use super::sample::ViewSample;
use crate::certify::depth::Depth;
use crate::certify::error::CertifyError;

/// Components kept by the whitened scaling.
const WHITENED: usize = 6;
/// The algorithms whose agreement counts. Average and complete linkage split off outliers.
const CORE: [Algorithm; 4] = [
    Algorithm::KMeans,
    Algorithm::Mixture,
    Algorithm::Ward,
    Algorithm::Spectral,
];

/// Whether different methods find the same groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// For each number of groups: median adjusted Rand index over all pairs of k-means, mixture,
    /// Ward and spectral. A pair counts 0 if one side has fewer than two groups of 5 %.
    pub core: Vec<(usize, f64)>,
    /// The largest of them.
    pub core_most: f64,
    /// The largest median over all six algorithms.
    pub panel_most: f64,
    /// The largest median of k-means on five scalings: standardised, robust (median and quartiles),
    /// normal scores, whitened principal components, and unscaled.
    pub scalings_most: f64,
    /// Every two methods at the number of groups with the highest core agreement.
    #[serde(default)]
    pub map: AgreementMap,
}

/// Agreement of every two methods at one number of groups.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AgreementMap {
    /// The number of groups.
    pub k: usize,
    /// The methods: algorithms on standardised columns, then k-means on other scalings.
    pub methods: Vec<String>,
    /// Adjusted Rand index of every pair, methods × methods: −1 to 1, 0 is chance.
    pub ari: Vec<Vec<f64>>,
}

/// A method with the groups it found.
type MethodPartition = (String, Vec<u32>);

impl AgreementMap {
    fn of(k: usize, found: &[MethodPartition]) -> Self {
        let ari = |a: &MethodPartition, b: &MethodPartition| {
            adjusted_rand_of_labels(&a.1, &b.1).unwrap_or(0.0)
        };
        Self {
            k,
            methods: found.iter().map(|(name, _)| name.clone()).collect(),
            ari: found
                .iter()
                .map(|one| found.iter().map(|other| ari(one, other)).collect())
                .collect(),
        }
    }
}

/// Agreement of four algorithms for each number of groups; a clustering with nearly all rows in one
/// group agrees with none.
fn of_core(cuts: &[ScoredPartition], depth: Depth) -> Vec<(usize, f64)> {
    let ks = depth.ks().iter();
    ks.map(|k| (*k, of(cuts, *k, &CORE))).collect()
}

/// The median over pairs of these algorithms' clusterings.
fn of(cuts: &[ScoredPartition], k: usize, algorithms: &[Algorithm]) -> f64 {
    let chosen: Vec<&ScoredPartition> = cuts
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
}

fn most(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, f64::max)
}

/// [`Agreement::core_most`] alone.
pub(super) fn core_most(cuts: &[ScoredPartition], depth: Depth) -> f64 {
    most(of_core(cuts, depth).into_iter().map(|(_, value)| value))
}

pub(super) fn agreement(
    sample: &ViewSample,
    cuts: &[ScoredPartition],
    depth: Depth,
    stream: &Stream,
) -> Result<Agreement, CertifyError> {
    let core = of_core(cuts, depth);
    let rescaled = scalings(sample, depth, stream)?;
    // Ties go to the first.
    let best = core.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
    let best = best.map_or(2, |(k, _)| *k);
    let mut found: Vec<MethodPartition> = cuts
        .iter()
        .filter(|cut| cut.cut.k == best)
        .map(|cut| (cut.cut.algorithm.name().to_owned(), cut.cut.labels.clone()))
        .collect();
    if let Some(at) = depth.ks().iter().position(|k| *k == best) {
        let names = SCALINGS.map(|name| format!("k-means, {name}"));
        found.extend(names.into_iter().zip(rescaled[at].iter().cloned()));
    }
    let spread = rescaled.iter().zip(depth.ks()).map(|(found, k)| {
        let standard = cuts
            .iter()
            .filter(|cut| cut.cut.k == *k && cut.cut.algorithm == Algorithm::KMeans)
            .map(|cut| &cut.cut.labels);
        let all: Vec<&Vec<u32>> = found.iter().chain(standard).collect();
        median_of_pairs(&all, |a, b| adjusted_rand_of_labels(a, b)).unwrap_or(0.0)
    });
    Ok(Agreement {
        core_most: most(core.iter().map(|(_, value)| *value)),
        panel_most: most(depth.ks().iter().map(|k| of(cuts, *k, &Algorithm::ALL))),
        scalings_most: most(spread),
        map: AgreementMap::of(best, &found),
        core,
    })
}

/// Scalings other than standardised, in the order of [`scalings`].
const SCALINGS: [&str; 4] = [
    "by quartiles",
    "normal scores",
    "whitened components",
    "as they are",
];

/// For each number of groups, the k-means clusterings on each of [`SCALINGS`].
fn scalings(
    sample: &ViewSample,
    depth: Depth,
    stream: &Stream,
) -> Result<Vec<Vec<Vec<u32>>>, CertifyError> {
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
            let found: Result<_, ClusterError> = tables
                .par_iter()
                .enumerate()
                .map(|(at, table)| {
                    let stream = stream.block(at as u64).block(*k as u64);
                    Ok(Lloyd::fit(table.view(), *k, STARTS, &mut stream.draws())?.labels)
                })
                .collect();
            Ok(found?)
        })
        .collect()
}

/// Minus the median, divided by the interquartile range (by 1 if that is 0).
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
