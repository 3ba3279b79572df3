//! Stability: do clusters replicate on other rows? Never decisive without separation.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{ClusterError, Lloyd};
use crate::measure::{CoMembership, adjusted_rand_of_labels, prediction_strength, standardised};
use crate::random::Stream;

use super::partitions::STARTS;
use super::sample::{REPEAT_ROWS, ViewSample, first};
use crate::certify::depth::Depth;
use crate::certify::error::CertifyError;

/// Prediction strength from which a number of groups replicates.
const REPLICATES: f64 = 0.8;
/// Number of rows whose pairs are counted, size of the subsamples that are clustered, and repeats.
const PAIR_ROWS: usize = 400;
const PART: f64 = 0.8;
const PARTS: usize = 25;
/// Number of splits of the null table.
const NULL_SPLITS: usize = 2;

/// Whether clusters replicate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// For each number of groups: mean prediction strength of k-means over random halves, 0 to 1.
    pub strength: Vec<(usize, f64)>,
    /// The largest from three groups on.
    pub strength_most: f64,
    /// The largest from three groups on, for a copula null.
    pub strength_null: f64,
    /// The largest number of groups with a strength of at least 0.8; 1 when none reaches it.
    pub strength_k: usize,
    /// For each number of groups: mean adjusted Rand index between k-means on bootstrap samples and
    /// k-means on all rows.
    pub bootstrap: Vec<(usize, f64)>,
    /// For each number of groups: proportion of ambiguous pairs, 0 to 1; only in full depth.
    pub ambiguity: Option<Vec<(usize, f64)>>,
    /// The smallest of them from three groups on.
    pub ambiguity_least: Option<f64>,
}

pub(super) fn stability(
    sample: &ViewSample,
    null: &Array2<f64>,
    depth: Depth,
    stream: &Stream,
) -> Result<Stability, CertifyError> {
    let standard_null = standardised(null.view());
    let null = first(&standard_null, REPEAT_ROWS);
    let from_three: Vec<usize> = depth.ks().iter().copied().filter(|k| *k > 2).collect();
    let (strengths, others) = rayon::join(
        || {
            rayon::join(
                || of_sample(sample, depth, stream),
                || {
                    strengths(
                        null,
                        &from_three,
                        NULL_SPLITS,
                        &stream.fork("strength of null"),
                    )
                },
            )
        },
        || {
            rayon::join(
                || bootstrap(sample.repeat.view(), depth, &stream.fork("bootstrap")),
                || ambiguities(&sample.standard, depth, &stream.fork("ambiguity")),
            )
        },
    );
    let (strength, of_null, bootstrap, ambiguity) =
        (strengths.0?, strengths.1?, others.0?, others.1?);
    let replicating = strength.iter().filter(|(_, value)| *value >= REPLICATES);
    Ok(Stability {
        strength_most: most(&strength),
        strength_null: most(&of_null),
        strength_k: replicating.map(|(k, _)| *k).max().unwrap_or(1),
        ambiguity_least: ambiguity.as_ref().and_then(|all| {
            let from_three = all.iter().filter(|(k, _)| *k > 2);
            from_three.map(|(_, value)| *value).min_by(f64::total_cmp)
        }),
        strength,
        bootstrap,
        ambiguity,
    })
}

/// The largest from three groups on.
fn most(values: &[(usize, f64)]) -> f64 {
    let from_three = values.iter().filter(|(k, _)| *k > 2);
    from_three.map(|(_, value)| *value).fold(0.0, f64::max)
}

/// [`Stability::strength_most`] alone.
pub(super) fn strength_most(
    sample: &ViewSample,
    depth: Depth,
    stream: &Stream,
) -> Result<f64, ClusterError> {
    Ok(most(&of_sample(sample, depth, stream)?))
}

fn of_sample(
    sample: &ViewSample,
    depth: Depth,
    stream: &Stream,
) -> Result<Vec<(usize, f64)>, ClusterError> {
    let (rows, stream) = (sample.repeat.view(), stream.fork("strength"));
    strengths(rows, depth.ks(), depth.splits(), &stream)
}

/// Mean prediction strength over random halves, for each number of groups.
fn strengths(
    points: ArrayView2<'_, f64>,
    ks: &[usize],
    splits: usize,
    stream: &Stream,
) -> Result<Vec<(usize, f64)>, ClusterError> {
    repeated(ks, splits, stream, |k, stream| {
        let draws = &mut stream.draws();
        let order = draws.sample(points.nrows(), points.nrows());
        let half = order.len() / 2;
        let a = points.select(Axis(0), &order[..half]);
        let b = points.select(Axis(0), &order[half..2 * half]);
        let one = Lloyd::fit(a.view(), k, STARTS, draws)?;
        let two = Lloyd::fit(b.view(), k, STARTS, draws)?;
        Ok(prediction_strength(&one.predict(b.view())?, &two.labels).unwrap_or(0.0))
    })
}

/// Mean adjusted Rand index of bootstrap clusterings, for each number of groups.
fn bootstrap(
    points: ArrayView2<'_, f64>,
    depth: Depth,
    stream: &Stream,
) -> Result<Vec<(usize, f64)>, ClusterError> {
    let n = points.nrows();
    let all: Result<Vec<Vec<u32>>, ClusterError> = depth
        .ks()
        .par_iter()
        .map(|k| {
            let draws = &mut stream.fork("all rows").block(*k as u64).draws();
            Ok(Lloyd::fit(points, *k, STARTS, draws)?.labels)
        })
        .collect();
    let all = all?;
    repeated(depth.ks(), depth.bootstraps(), stream, |k, stream| {
        let draws = &mut stream.draws();
        let rows: Vec<usize> = (0..n).map(|_| draws.index(n)).collect();
        let fit = Lloyd::fit(points.select(Axis(0), &rows).view(), k, STARTS, draws)?;
        let found = fit.predict(points)?;
        let at = depth.ks().iter().position(|other| *other == k).unwrap_or(0);
        Ok(adjusted_rand_of_labels(&all[at], &found).unwrap_or(0.0))
    })
}

/// Proportion of ambiguous pairs, for each number of groups.
fn ambiguities(
    points: &Array2<f64>,
    depth: Depth,
    stream: &Stream,
) -> Result<Option<Vec<(usize, f64)>>, ClusterError> {
    if depth == Depth::Light {
        return Ok(None);
    }
    let all: Result<Vec<(usize, f64)>, ClusterError> = depth
        .ks()
        .par_iter()
        .map(|k| {
            let draws = &mut stream.block(*k as u64).draws();
            let rows = draws.sample(points.nrows(), PAIR_ROWS);
            let points = points.select(Axis(0), &rows);
            let n = rows.len();
            let mut seen = CoMembership::new(n);
            for _ in 0..PARTS {
                let mut part = draws.sample(n, (PART * n as f64) as usize);
                part.sort_unstable();
                let fit = Lloyd::fit(points.select(Axis(0), &part).view(), *k, 1, draws)?;
                seen.add(&part, &fit.labels);
            }
            Ok((*k, seen.ambiguity().unwrap_or(0.0)))
        })
        .collect();
    all.map(Some)
}

/// The mean of `times` repeats for each number of groups; each repeat has its own stream.
fn repeated(
    ks: &[usize],
    times: usize,
    stream: &Stream,
    once: impl Fn(usize, Stream) -> Result<f64, ClusterError> + Sync,
) -> Result<Vec<(usize, f64)>, ClusterError> {
    let tasks: Vec<(usize, usize)> = ks
        .iter()
        .flat_map(|k| (0..times).map(|at| (*k, at)))
        .collect();
    let values: Result<Vec<f64>, ClusterError> = tasks
        .into_par_iter()
        .map(|(k, at)| once(k, stream.block(k as u64).block(at as u64)))
        .collect();
    let values = values?;
    let means = values
        .chunks(times)
        .map(|part| part.iter().sum::<f64>() / times as f64);
    Ok(ks.iter().copied().zip(means).collect())
}
