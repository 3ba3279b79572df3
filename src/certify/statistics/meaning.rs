//! Meaning: do columns tell of each other, and more than correlation?

use ndarray::{Array2, Axis, concatenate};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{ClusterError, PrincipalComponents};
use crate::learn::{FOLDS, LearnError, TargetKind, folds, out_of_fold};
use crate::measure::{auc, copula_null, eta_squared, mean, median, permuted, quantile, r_squared};
use crate::random::Stream;

use super::sample::{ViewSample, first};
use crate::certify::error::CertifyError;

/// Permuted tables of the parallel analysis, and the quantile of their variances that counts.
const PERMUTATIONS: u64 = 10;
const QUANTILE: f64 = 0.99;
/// Rows that columns are predicted on.
const PREDICTED_ROWS: usize = 3000;
/// Rows of the table, and as many of a null, that are compared.
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
    /// means independent columns. Taken on the columns that have to do with others.
    pub two_sample_permuted: f64,
    /// The same against the copula null, mean over three draws of it: ½ means that pairwise
    /// correlation explains everything.
    pub two_sample_copula: f64,
}

/// R² from which a column counts as predicted by the others.
pub const PREDICTABLE: f64 = 0.10;
/// Half of it, from which a column has to do with others.
const RELATED: f64 = 0.5 * PREDICTABLE;
/// Groups of a column whose share of another column's variance is looked at.
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

/// The columns that have to do with others, rising: they are predicted by the others, or predict one of them,
/// to half the extent from which a column counts as predicted. A column without any relation says the same
/// in a table and in its null, so a test on it as well only sees less of what is there. All columns
/// where fewer than two have one.
fn related(points: &Array2<f64>, predictability: &[f64]) -> Vec<usize> {
    let points = first(points, PREDICTED_ROWS);
    let columns: Vec<Vec<f64>> = points
        .columns()
        .into_iter()
        .map(|one| one.to_vec())
        .collect();
    // Ten groups explain as much of a column by chance.
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

/// Ten groups of as many values each, by rank.
pub(super) fn tenths(values: &[f64]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut groups = vec![0; values.len()];
    for (rank, row) in order.into_iter().enumerate() {
        groups[row] = (rank * GROUPS / values.len().max(1)) as u32;
    }
    groups
}

/// Variances of the components, and what they have to exceed.
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
    /// Nulls that the area is the mean of. One draw of the copula null moves it by 0.01 either way,
    /// as much as linear tables are below the cut; few rows move it by more.
    fn draws(self, rows: usize) -> usize {
        match self {
            Self::Permuted if rows < TOLD_ROWS => 3,
            Self::Permuted => 1,
            Self::Copula if rows < TOLD_ROWS => 9,
            Self::Copula => 3,
        }
    }
}

/// Mean area under the curve of telling rows of the table from rows of a null, each time other
/// rows. The null is made of one half of the rows and compared with the other: a null has the very values
/// of the rows it is made of, so whatever value a learner has seen in the table is then more likely to
/// be of the null, which draws the area below ½ where rows are few.
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
