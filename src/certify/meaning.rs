//! Meaning: do columns tell of each other, and more than correlation?

use ndarray::{Array2, Axis, concatenate};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{ClusterError, PrincipalComponents};
use crate::learn::{FOLDS, LearnError, Target, folds, out_of_fold};
use crate::measure::{auc, copula_null, mean, median, permuted, quantile, r_squared};
use crate::random::Stream;

use super::error::CertifyError;
use super::sample::{Sample, first};

/// Permuted tables of the parallel analysis, and the quantile of their variances that counts.
const PERMUTATIONS: u64 = 10;
const QUANTILE: f64 = 0.99;
/// Rows that columns are predicted on.
const PREDICTED_ROWS: usize = 3000;
/// Rows of the table, and as many of a null, that are told apart.
const TOLD_ROWS: usize = 2500;

/// Whether columns tell of each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meaning {
    /// Factors by parallel analysis: leading components with more variance than the 99 % quantile
    /// of ten tables with permuted columns.
    pub factors: usize,
    /// Variance beyond those quantiles, as a share of all.
    pub factor_excess: f64,
    /// Variance of each component of the standardised columns.
    pub variances: Vec<f64>,
    /// The 99 % quantile of each component's variance in the permuted tables.
    pub variances_null: Vec<f64>,
    /// Cross-validated R² of each column from all others, at least 0; in the view's order, without
    /// columns that do not vary.
    pub predictability: Vec<f64>,
    /// Their median.
    pub predictability_median: f64,
    /// How many reach R² of 0.10.
    pub predictable: usize,
    /// Area under the curve of a classifier that tells the table from one with permuted columns: ½
    /// means independent columns.
    pub two_sample_permuted: f64,
    /// The same against the copula null, mean over three draws of it: ½ means that pairwise
    /// correlation explains everything.
    pub two_sample_copula: f64,
}

/// R² from which a column counts as told by the others.
pub const PREDICTABLE: f64 = 0.10;

pub(super) fn meaning(sample: &Sample, stream: &Stream) -> Result<Meaning, CertifyError> {
    let (nulls, columns) = rayon::join(
        || {
            rayon::join(
                || two_sample(sample, Null::Permuted, &stream.fork("against permuted")),
                || two_sample(sample, Null::Copula, &stream.fork("against copula")),
            )
        },
        || predictability(sample, &stream.fork("columns")),
    );
    let (variances, variances_null) = parallel_analysis(sample, &stream.fork("parallel"))?;
    let predictability = columns?;
    let pairs = variances.iter().zip(&variances_null);
    let beyond: f64 = pairs.clone().map(|(own, null)| (own - null).max(0.0)).sum();
    Ok(Meaning {
        factors: pairs.take_while(|(own, null)| own > null).count(),
        factor_excess: beyond / variances.len().max(1) as f64,
        variances,
        variances_null,
        predictability_median: median(&predictability).unwrap_or(0.0),
        predictable: predictability
            .iter()
            .filter(|share| **share >= PREDICTABLE)
            .count(),
        predictability,
        two_sample_permuted: nulls.0?,
        two_sample_copula: nulls.1?,
    })
}

/// Variances of the components, and what they have to exceed.
///
/// Horn (1965), doi:10.1007/BF02289447; permutations as in Buja & Eyuboglu (1992),
/// doi:`10.1207/s15327906mbr2704_2`.
fn parallel_analysis(
    sample: &Sample,
    stream: &Stream,
) -> Result<(Vec<f64>, Vec<f64>), ClusterError> {
    let points = sample.standard.view();
    let own = PrincipalComponents::fit(points, false)?.variances;
    let nulls: Result<Vec<Vec<f64>>, ClusterError> = (0..PERMUTATIONS)
        .into_par_iter()
        .map(|at| {
            let null = permuted(points, &mut stream.block(at).draws());
            Ok(PrincipalComponents::fit(null.view(), false)?.variances)
        })
        .collect();
    let nulls = nulls?;
    let bound = |at: usize| {
        let values: Vec<f64> = nulls.iter().map(|null| null[at]).collect();
        quantile(&values, QUANTILE).unwrap_or(0.0)
    };
    let bounds = (0..own.len()).map(bound).collect();
    Ok((own, bounds))
}

/// Cross-validated R² of each column from all others.
fn predictability(sample: &Sample, stream: &Stream) -> Result<Vec<f64>, LearnError> {
    let points = first(&sample.standard, PREDICTED_ROWS);
    let folds = folds(points.nrows(), FOLDS, &mut stream.draws());
    (0..points.ncols())
        .into_par_iter()
        .map(|column| {
            let others: Vec<usize> = (0..points.ncols()).filter(|at| *at != column).collect();
            let target = points.column(column).to_vec();
            let told = out_of_fold(
                points.select(Axis(1), &others).view(),
                &target,
                Target::Value,
                &folds,
            )?;
            Ok(r_squared(&target, &told).unwrap_or(0.0).max(0.0))
        })
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Null {
    Permuted,
    Copula,
}

impl Null {
    /// Nulls that the area is the mean of. One draw of the copula null moves it by 0.01 either way,
    /// as much as linear tables are below the cut.
    fn draws(self) -> usize {
        match self {
            Self::Permuted => 1,
            Self::Copula => 3,
        }
    }
}

/// Mean area under the curve of telling rows of the table from rows of a null, each time other
/// rows.
///
/// Lopez-Paz & Oquab (2017), *Revisiting classifier two-sample tests*.
fn two_sample(sample: &Sample, null: Null, stream: &Stream) -> Result<f64, LearnError> {
    let areas: Result<Vec<f64>, LearnError> = (0..null.draws())
        .into_par_iter()
        .map(|at| told_apart(sample, null, at, &stream.block(at as u64)))
        .collect();
    Ok(mean(&areas?).unwrap_or(0.5))
}

fn told_apart(sample: &Sample, null: Null, at: usize, stream: &Stream) -> Result<f64, LearnError> {
    let draws = &mut stream.fork("null").draws();
    let null: Array2<f64> = match null {
        Null::Permuted => permuted(sample.raw.view(), draws),
        Null::Copula => copula_null(sample.raw.view(), draws),
    };
    let n = sample.n();
    let rows = n.min(TOLD_ROWS);
    let picked: Vec<usize> = (0..rows).map(|row| (at * rows + row) % n).collect();
    let halves = [&sample.raw, &null].map(|of| of.select(Axis(0), &picked));
    let both = concatenate(Axis(0), &[halves[0].view(), halves[1].view()])
        .map_err(|why| LearnError::NoFit(why.to_string()))?;
    let flags: Vec<bool> = (0..2 * rows).map(|row| row < rows).collect();
    let target: Vec<f64> = flags
        .iter()
        .map(|flag| f64::from(u8::from(*flag)))
        .collect();
    let folds = folds(2 * rows, FOLDS, &mut stream.fork("folds").draws());
    let odds = out_of_fold(both.view(), &target, Target::Flag, &folds)?;
    Ok(auc(&odds, &flags).unwrap_or(0.5))
}
