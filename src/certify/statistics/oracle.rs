//! What a key adds: the recoverable signal, what unsupervised methods recover, and what a
//! clustering loses.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{Algorithm, PrincipalComponents, varimax_scores};
use crate::learn::{FOLDS, LearnError, TargetKind, folds, out_of_fold, out_of_fold_groups};
use crate::measure::{adjusted_rand_of_labels, eta_squared, normal_scores, r_squared};
use crate::random::Stream;

use super::meaning::tenths;
use super::partitions::ScoredPartition;
use super::sample::ViewSample;
use crate::certify::error::CertifyError;

/// The truth of a view's rows.
#[derive(Debug, Clone, Copy)]
pub struct FactorTruth<'a> {
    /// The factors: rows × factors, finite.
    pub factors: ArrayView2<'a, f64>,
    /// The group of each row, *drawn* from its memberships. Neither the largest membership nor one
    /// side of a split would do: any cut along a leading direction reaches their ceiling. Used when
    /// there are at least three groups.
    pub sampled: Option<&'a [u32]>,
}

/// Components that are always used, in addition to the number of factors.
const COMPONENTS: usize = 5;
/// Most groups of the clustering whose cost is computed.
const MOST_GROUPS: usize = 6;
/// Oracle R² below which a share of it is meaningless.
const NOTHING: f64 = 0.05;
/// Oracle ARI below which a share of it is meaningless.
const CEILING: f64 = 0.15;
/// With fewer drawn groups, efficiency is not measured.
const LEAST_GROUPS: usize = 3;

/// What a key adds to the statistics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Oracle {
    /// Cross-validated R² of each factor from the view's columns.
    pub factors: Vec<f64>,
    /// The smallest of them.
    pub weakest: f64,
    /// The best R² of each factor from unsupervised axes: principal components of normal scores
    /// (the number of factors plus five), and factor analysis with varimax.
    pub unsupervised: Vec<f64>,
    /// Their mean.
    pub unsupervised_mean: f64,
    /// Mean share of the factors' variance explained by the best single clustering of the panel
    /// with at most six groups.
    pub best_grouping: f64,
    /// What that clustering keeps of each factor: the share of its variance between groups.
    #[serde(default)]
    pub best_grouping_factors: Vec<f64>,
    /// Which clustering it is.
    #[serde(default)]
    pub best_grouping_of: Option<(Algorithm, usize)>,
    /// For each factor, the share of each column's variance explained by deciles of the factor:
    /// factors × columns, 0 to 1. It captures curves as well as straight lines.
    #[serde(default)]
    pub carried: Vec<Vec<f64>>,
    /// The cost of clustering: the share of the oracle's mean R² that this clustering loses; no
    /// value when the oracle's R² is close to 0.
    pub cost: Option<f64>,
    /// How well the true archetypes can be predicted.
    pub sampled: Option<Sampled>,
}

/// How well the true archetypes can be predicted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sampled {
    /// Cross-validated share of rows whose group is predicted correctly.
    pub accuracy: f64,
    /// Adjusted Rand index of the predicted groups: the ceiling.
    pub oracle: f64,
    /// The best adjusted Rand index of the panel's clusterings that vote.
    pub unsupervised: f64,
    /// The latter divided by the former; no value for a ceiling below 0.15.
    pub efficiency: Option<f64>,
}

pub(super) fn oracle(
    sample: &ViewSample,
    cuts: &[ScoredPartition],
    truth: &FactorTruth<'_>,
    stream: &Stream,
) -> Result<Oracle, CertifyError> {
    let factors = truth.factors.select(Axis(0), &sample.rows);
    let folds = folds(sample.n(), FOLDS, &mut stream.fork("folds").draws());
    let (predicted, sampled) = rayon::join(
        || predict_all(sample, &factors, &folds),
        || sampled(sample, cuts, truth, &folds),
    );
    let predicted = predicted?;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let unsupervised: Vec<f64> = (0..factors.ncols())
        .map(|factor| {
            predicted[1..]
                .iter()
                .map(|axes| axes[factor])
                .fold(f64::NEG_INFINITY, f64::max)
        })
        .collect();
    let (kept, of) = best_grouping(sample, cuts, &factors);
    let best_grouping = mean(&kept);
    let reachable = mean(&predicted[0]);
    Ok(Oracle {
        weakest: predicted[0].iter().copied().fold(f64::INFINITY, f64::min),
        unsupervised_mean: mean(&unsupervised),
        unsupervised,
        best_grouping,
        best_grouping_factors: kept,
        best_grouping_of: of,
        carried: carried(sample, &factors),
        cost: (reachable > NOTHING).then(|| 1.0 - best_grouping / reachable),
        sampled: sampled?,
        factors: predicted.into_iter().next().unwrap_or_default(),
    })
}

/// R² of each factor from the view and from each set of unsupervised axes.
fn predict_all(
    sample: &ViewSample,
    factors: &Array2<f64>,
    folds: &[usize],
) -> Result<Vec<Vec<f64>>, CertifyError> {
    let scores = normal_scores(sample.raw.view());
    let components = PrincipalComponents::fit(scores.view(), false)?;
    let q = factors.ncols();
    let axes = [
        sample.standard.clone(),
        components.scores(scores.view(), q)?,
        components.scores(scores.view(), COMPONENTS)?,
        varimax_scores(scores.view(), q)?,
    ];
    let tasks: Vec<(usize, usize)> = (0..axes.len())
        .flat_map(|axes| (0..q).map(move |factor| (axes, factor)))
        .collect();
    let all: Result<Vec<f64>, LearnError> = tasks
        .into_par_iter()
        .map(|(at, factor)| {
            let target = factors.column(factor).to_vec();
            let predicted = out_of_fold(axes[at].view(), &target, TargetKind::Value, folds)?;
            Ok(r_squared(&target, &predicted).unwrap_or(0.0))
        })
        .collect();
    Ok(all?.chunks(q.max(1)).map(<[f64]>::to_vec).collect())
}

/// The panel's clustering that keeps most of the factors on average, and what it keeps of each.
fn best_grouping(
    sample: &ViewSample,
    cuts: &[ScoredPartition],
    factors: &Array2<f64>,
) -> (Vec<f64>, Option<(Algorithm, usize)>) {
    let columns: Vec<Vec<f64>> = factors
        .columns()
        .into_iter()
        .map(|factor| sample.panel_rows.iter().map(|row| factor[*row]).collect())
        .collect();
    let kept = |cut: &ScoredPartition| -> Vec<f64> {
        let shares = columns.iter();
        shares
            .map(|factor| eta_squared(factor, &cut.cut.labels).unwrap_or(0.0))
            .collect()
    };
    let few = cuts.iter().filter(|cut| cut.cut.k <= MOST_GROUPS);
    let sum = |shares: &[f64]| shares.iter().sum::<f64>();
    few.map(|cut| (kept(cut), Some((cut.cut.algorithm, cut.cut.k))))
        .max_by(|a, b| sum(&a.0).total_cmp(&sum(&b.0)))
        .unwrap_or_else(|| (vec![0.0; columns.len()], None))
}

/// The share of each column's variance explained by deciles of each factor.
fn carried(sample: &ViewSample, factors: &Array2<f64>) -> Vec<Vec<f64>> {
    let factors: Vec<Vec<u32>> = factors
        .columns()
        .into_iter()
        .map(|factor| tenths(&factor.to_vec()))
        .collect();
    let columns: Vec<Vec<f64>> = sample
        .standard
        .columns()
        .into_iter()
        .map(|column| column.to_vec())
        .collect();
    let of = |groups: &Vec<u32>| {
        let shares = columns.iter();
        shares
            .map(|column| eta_squared(column, groups).unwrap_or(0.0))
            .collect()
    };
    factors.iter().map(of).collect()
}

fn sampled(
    sample: &ViewSample,
    cuts: &[ScoredPartition],
    truth: &FactorTruth<'_>,
    folds: &[usize],
) -> Result<Option<Sampled>, LearnError> {
    let Some(all) = truth.sampled else {
        return Ok(None);
    };
    let labels: Vec<u32> = sample.rows.iter().map(|row| all[*row]).collect();
    let mut names = labels.clone();
    names.sort_unstable();
    names.dedup();
    if names.len() < LEAST_GROUPS {
        return Ok(None);
    }
    let codes = |label: &u32| names.partition_point(|name| name < label) as u32;
    let labels: Vec<u32> = labels.iter().map(codes).collect();
    let predicted = out_of_fold_groups(sample.standard.view(), &labels, folds)?;
    let right = predicted
        .iter()
        .zip(&labels)
        .filter(|(predicted, label)| predicted == label)
        .count();
    let oracle = adjusted_rand_of_labels(&labels, &predicted).unwrap_or(0.0);
    let panel: Vec<u32> = sample.panel_rows.iter().map(|row| labels[*row]).collect();
    let unsupervised = cuts
        .iter()
        .filter(|cut| cut.votes)
        .filter_map(|cut| adjusted_rand_of_labels(&panel, &cut.cut.labels))
        .fold(0.0, f64::max);
    Ok(Some(Sampled {
        accuracy: right as f64 / labels.len().max(1) as f64,
        oracle,
        unsupervised,
        efficiency: (oracle > CEILING).then(|| unsupervised / oracle),
    }))
}
