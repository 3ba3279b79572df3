//! Meaning: do columns predict each other, beyond pairwise correlation?

use ndarray::{Array2, Axis, concatenate};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{ClusterError, PrincipalComponents};
use crate::learn::{FOLDS, LearnError, TargetKind, folds, out_of_fold};
use crate::measure::{auc, copula_null, eta_squared, mean, median, permuted, quantile, r_squared};
use crate::random::Stream;

use super::sample::{ViewSample, first};
use crate::certify::error::CertifyError;

/// Permuted tables of the parallel analysis, and the quantile of their variances used as threshold.
const PERMUTATIONS: u64 = 10;
const QUANTILE: f64 = 0.99;
/// Number of rows for predicting columns.
const PREDICTED_ROWS: usize = 3000;
/// Number of rows compared, of the table and of a null table each.
const TOLD_ROWS: usize = 2500;

/// Whether columns predict each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meaning {
    /// Factors by parallel analysis: leading components with more variance than the 99 % quantile
    /// of ten tables with permuted columns.
    pub factors: usize,
    /// Variance beyond those quantiles, as a share of the total.
    pub factor_excess: f64,
    /// Variance of each component of the standardised columns.
    pub variances: Vec<f64>,
    /// The 99 % quantile of each component's variance in the permuted tables.
    pub variances_null: Vec<f64>,
    /// Cross-validated R² of each column from all others, at least 0; in the order of the view,
    /// without constant columns.
    pub predictability: Vec<f64>,
    /// Their median.
    pub predictability_median: f64,
    /// Number of columns with R² of at least 0.10.
    pub predictable: usize,
    /// Area under the ROC curve of a classifier that separates the table from one with permuted
    /// columns: ½ means independent columns. Computed on columns related to others.
    pub two_sample_permuted: f64,
    /// The same for the copula null, averaged over three draws of it: ½ means that pairwise
    /// correlation explains everything.
    pub two_sample_copula: f64,
}

/// R² from which a column counts as predicted by the others.
pub const PREDICTABLE: f64 = 0.10;
/// Half of that, from which a column counts as related to others.
const RELATED: f64 = 0.5 * PREDICTABLE;
/// Number of bins of a column, for its share of another column's variance.
const GROUPS: usize = 10;

pub(super) fn meaning(sample: &ViewSample, stream: &Stream) -> Result<Meaning, CertifyError> {
    let predictability = predictability(sample, &stream.fork("columns"))?;
    let related = sample
        .raw
        .select(Axis(1), &related(&sample.raw, &predictability));
    let nulls = rayon::join(
        || {
            two_sample(
                &related,
                NullTable::Permuted,
                &stream.fork("against permuted"),
            )
        },
        || two_sample(&related, NullTable::Copula, &stream.fork("against copula")),
    );
    let (variances, variances_null) = parallel_analysis(sample, &stream.fork("parallel"))?;
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

/// The columns related to others, ascending: they are predicted by others, or predict one of them,
/// with at least half the R² from which a column counts as predicted. An unrelated column is the
/// same in a table and in its null, so including it only weakens the test. All columns if fewer
/// than two are related.
fn related(points: &Array2<f64>, predictability: &[f64]) -> Vec<usize> {
    let points = first(points, PREDICTED_ROWS);
    let columns: Vec<Vec<f64>> = points
        .columns()
        .into_iter()
        .map(|one| one.to_vec())
        .collect();
    // Share of a column's variance that ten groups explain by chance.
    let chance = (GROUPS - 1) as f64 / points.nrows().max(1) as f64;
    let tells = |at: usize| {
        let groups = tenths(&columns[at]);
        let others = columns.iter().enumerate().filter(|(other, _)| *other != at);
        let shares = others.filter_map(|(_, other)| eta_squared(other, &groups));
        shares.fold(0.0, f64::max) - chance
    };
    let found: Vec<usize> = (0..columns.len())
        .into_par_iter()
        .filter(|at| predictability[*at] >= RELATED || tells(*at) >= RELATED)
        .collect();
    if found.len() < 2 {
        return (0..columns.len()).collect();
    }
    found
}

/// Ten equally large groups of values, by rank.
pub(super) fn tenths(values: &[f64]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut groups = vec![0; values.len()];
    for (rank, row) in order.into_iter().enumerate() {
        groups[row] = (rank * GROUPS / values.len().max(1)) as u32;
    }
    groups
}

/// Variances of the components, and their thresholds.
///
/// Horn (1965), doi:10.1007/BF02289447; permutations as in Buja & Eyuboglu (1992),
/// doi:`10.1207/s15327906mbr2704_2`.
fn parallel_analysis(
    sample: &ViewSample,
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
fn predictability(sample: &ViewSample, stream: &Stream) -> Result<Vec<f64>, LearnError> {
    let points = first(&sample.standard, PREDICTED_ROWS);
    let folds = folds(points.nrows(), FOLDS, &mut stream.draws());
    (0..points.ncols())
        .into_par_iter()
        .map(|column| {
            let others: Vec<usize> = (0..points.ncols()).filter(|at| *at != column).collect();
            let target = points.column(column).to_vec();
            let predicted = out_of_fold(
                points.select(Axis(1), &others).view(),
                &target,
                TargetKind::Value,
                &folds,
            )?;
            Ok(r_squared(&target, &predicted).unwrap_or(0.0).max(0.0))
        })
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NullTable {
    Permuted,
    Copula,
}

impl NullTable {
    /// Number of null tables averaged. One draw of the copula null moves the area by ±0.01, which
    /// is how far linear tables are below the threshold; with few rows it moves by more.
    fn draws(self, rows: usize) -> usize {
        match self {
            Self::Permuted if rows < TOLD_ROWS => 3,
            Self::Permuted => 1,
            Self::Copula if rows < TOLD_ROWS => 9,
            Self::Copula => 3,
        }
    }
}

/// Mean area under the ROC curve of a classifier that separates rows of the table from rows of a
/// null table, with different rows in each draw. The null table is made from one half of the rows
/// and compared with the other half. It contains exactly the values of the rows it is made from, so
/// with the same rows a value seen in the training part of the table would be more likely in the
/// null, which biases the area below ½ when rows are few.
///
/// Lopez-Paz & Oquab (2017), *Revisiting classifier two-sample tests*.
fn two_sample(points: &Array2<f64>, null: NullTable, stream: &Stream) -> Result<f64, LearnError> {
    let areas: Result<Vec<f64>, LearnError> = (0..null.draws(points.nrows()))
        .into_par_iter()
        .map(|at| two_sample_auc(points, null, &stream.block(at as u64)))
        .collect();
    Ok(mean(&areas?).unwrap_or(0.5))
}

fn two_sample_auc(
    points: &Array2<f64>,
    null: NullTable,
    stream: &Stream,
) -> Result<f64, LearnError> {
    let order = stream
        .fork("halves")
        .draws()
        .sample(points.nrows(), points.nrows());
    let (own, others) = order.split_at(order.len() / 2);
    let rows = own.len().min(TOLD_ROWS);
    let others = points.select(Axis(0), &others[..own.len()]);
    let draws = &mut stream.fork("null").draws();
    let null: Array2<f64> = match null {
        NullTable::Permuted => permuted(others.view(), draws),
        NullTable::Copula => copula_null(others.view(), draws),
    };
    let own = points.select(Axis(0), &own[..rows]);
    let both = concatenate(Axis(0), &[own.view(), first(&null, rows)])
        .map_err(|why| LearnError::NoFit(why.to_string()))?;
    let flags: Vec<bool> = (0..2 * rows).map(|row| row < rows).collect();
    let target: Vec<f64> = flags
        .iter()
        .map(|flag| f64::from(u8::from(*flag)))
        .collect();
    let folds = folds(2 * rows, FOLDS, &mut stream.fork("folds").draws());
    let odds = out_of_fold(both.view(), &target, TargetKind::Flag, &folds)?;
    Ok(auc(&odds, &flags).unwrap_or(0.5))
}
