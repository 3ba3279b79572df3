//! Gradient-boosted trees that predict rows out of fold.

use forust_ml::Matrix;
use forust_ml::gradientbooster::{GradientBooster, GrowPolicy};
use forust_ml::objective::ObjectiveType;
use ndarray::ArrayView2;

use super::error::LearnError;

/// The type of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetKind {
    /// A number: squared loss, predictions in its unit.
    Value,
    /// 0 or 1: logistic loss, predictions are log odds.
    Flag,
}

/// Number of trees: with [`RATE`], enough for the two-sample areas of known tables to converge.
const TREES: usize = 40;
/// Learning rate.
const RATE: f32 = 0.3;
/// Leaves of a tree: enough for interactions of several columns.
const LEAVES: usize = 16;
/// Bins of a column. Below 5,000 rows finer ones only cost time.
const BINS: u16 = 63;

impl TargetKind {
    /// Smallest sum of second derivatives in a leaf: 20 rows for a number; 5 for a flag, which is
    /// 20 rows at even odds.
    fn least(self) -> f32 {
        match self {
            Self::Value => 20.0,
            Self::Flag => 5.0,
        }
    }

    fn booster(self) -> GradientBooster {
        let objective = match self {
            Self::Value => ObjectiveType::SquaredLoss,
            Self::Flag => ObjectiveType::LogLoss,
        };
        let mut booster = GradientBooster::default()
            .set_objective_type(objective)
            .set_iterations(TREES)
            .set_learning_rate(RATE)
            .set_max_depth(64)
            .set_max_leaves(LEAVES)
            .set_nbins(BINS)
            .set_l2(0.0)
            .set_min_leaf_weight(self.least())
            .set_initialize_base_score(true)
            .set_allow_missing_splits(false)
            // Threads work on whole tasks; within a task, sums have a fixed order.
            .set_parallel(false);
        booster.grow_policy = GrowPolicy::LossGuide;
        booster
    }
}

/// A prediction for each row of `points` (rows × columns) from the rows of other folds: 40 trees of
/// 16 leaves, grown best leaf first on 63 bins, rate 0.3.
///
/// Deterministic: the folds are the only randomness. A target that is constant in the training rows
/// is predicted as that constant (log odds of ±9 for a flag).
///
/// Friedman (2001), doi:10.1214/aos/1013203451; Ke et al. (2017), *`LightGBM`*, on growth and bins.
///
/// # Errors
/// When there is no column, fewer than two folds have rows, a value is not finite, or lengths
/// differ.
pub fn out_of_fold(
    points: ArrayView2<'_, f64>,
    target: &[f64],
    kind: TargetKind,
    folds: &[usize],
) -> Result<Vec<f64>, LearnError> {
    check(points, target.len(), folds)?;
    if let Some(row) = target.iter().position(|value| !value.is_finite()) {
        let value = target[row].to_string();
        return Err(LearnError::NotFinite { row, value });
    }
    let mut predicted = vec![0.0; target.len()];
    for fold in 0..=folds.iter().copied().max().unwrap_or(0) {
        let (held, learnt): (Vec<usize>, Vec<usize>) =
            (0..target.len()).partition(|row| folds[*row] == fold);
        if held.is_empty() {
            continue;
        }
        let known: Vec<f64> = learnt.iter().map(|row| target[*row]).collect();
        let told = match constant(&known) {
            Some(value) => vec![kind.certain(value); held.len()],
            None => fit_and_predict(points, kind, &learnt, &known, &held)?,
        };
        for (row, told) in held.into_iter().zip(told) {
            predicted[row] = told;
        }
    }
    Ok(predicted)
}

/// A prediction for each row of `wanted` from all rows of `points` (rows × columns, the same columns),
/// by the model of [`out_of_fold`].
///
/// # Errors
/// When there is no row or no column, a value is not finite, or lengths differ.
pub fn predict(
    points: ArrayView2<'_, f64>,
    target: &[f64],
    kind: TargetKind,
    wanted: ArrayView2<'_, f64>,
) -> Result<Vec<f64>, LearnError> {
    let expected = points.ncols();
    if wanted.ncols() != expected {
        let found = wanted.ncols();
        return Err(LearnError::Rows { expected, found });
    }
    let (rows, more) = (points.nrows(), wanted.nrows());
    let both = ndarray::concatenate(ndarray::Axis(0), &[points.view(), wanted.view()])
        .map_err(|why| LearnError::NoFit(why.to_string()))?;
    // As two folds: the training rows and the wanted rows.
    let folds: Vec<usize> = (0..rows + more)
        .map(|row| usize::from(row >= rows))
        .collect();
    check(both.view(), target.len() + more, &folds)?;
    if let Some(value) = constant(target) {
        return Ok(vec![kind.certain(value); more]);
    }
    let (learnt, held): (Vec<usize>, Vec<usize>) = (0..rows + more).partition(|row| *row < rows);
    fit_and_predict(both.view(), kind, &learnt, target, &held)
}

/// The most probable group of each row, out of fold: one model for each group against the rest;
/// ties go to the first.
///
/// # Errors
/// As [`out_of_fold`].
pub fn out_of_fold_groups(
    points: ArrayView2<'_, f64>,
    labels: &[u32],
    folds: &[usize],
) -> Result<Vec<u32>, LearnError> {
    let mut names = labels.to_vec();
    names.sort_unstable();
    names.dedup();
    let mut best = vec![(f64::NEG_INFINITY, 0); labels.len()];
    for name in names {
        let flags: Vec<f64> = labels
            .iter()
            .map(|label| f64::from(u8::from(*label == name)))
            .collect();
        let odds = out_of_fold(points, &flags, TargetKind::Flag, folds)?;
        for (best, odds) in best.iter_mut().zip(odds) {
            if odds > best.0 {
                *best = (odds, name);
            }
        }
    }
    Ok(best.into_iter().map(|(_, name)| name).collect())
}

impl TargetKind {
    /// The prediction for a constant target.
    fn certain(self, value: f64) -> f64 {
        /// Log odds of about one in ten thousand: larger than rounding error, and finite.
        const SURE: f64 = 9.0;
        match self {
            Self::Value => value,
            Self::Flag => (2.0 * value - 1.0) * SURE,
        }
    }
}

fn fit_and_predict(
    points: ArrayView2<'_, f64>,
    kind: TargetKind,
    learnt: &[usize],
    known: &[f64],
    held: &[usize],
) -> Result<Vec<f64>, LearnError> {
    let rows = |rows: &[usize]| -> Vec<f64> {
        let columns = points.columns().into_iter();
        columns
            .flat_map(|column| rows.iter().map(|row| column[*row]).collect::<Vec<_>>())
            .collect()
    };
    let values = rows(learnt);
    let mut booster = kind.booster();
    booster
        .fit_unweighted(
            &Matrix::new(&values, learnt.len(), points.ncols()),
            known,
            None,
        )
        .map_err(|why| LearnError::NoFit(why.to_string()))?;
    let values = rows(held);
    Ok(booster.predict(&Matrix::new(&values, held.len(), points.ncols()), false))
}

fn check(points: ArrayView2<'_, f64>, rows: usize, folds: &[usize]) -> Result<(), LearnError> {
    let (expected, columns) = points.dim();
    for found in [rows, folds.len()] {
        if found != expected {
            return Err(LearnError::Rows { expected, found });
        }
    }
    let several = folds.windows(2).any(|pair| pair[0] != pair[1]);
    if columns == 0 || !several {
        let folds = folds.iter().max().map_or(0, |most| most + 1);
        return Err(LearnError::NothingToLearn {
            rows: expected,
            columns,
            folds,
        });
    }
    match points.indexed_iter().find(|(_, value)| !value.is_finite()) {
        None => Ok(()),
        Some(((row, _), value)) => Err(LearnError::NotFinite {
            row,
            value: value.to_string(),
        }),
    }
}

/// The only value, if all are equal.
fn constant(values: &[f64]) -> Option<f64> {
    let first = *values.first()?;
    let same = values.iter().all(|value| value.total_cmp(&first).is_eq());
    same.then_some(first)
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use crate::random::Secret;

    use super::super::{FOLDS, folds};
    use super::*;

    #[test]
    fn a_product_of_columns_is_learnt_and_noise_is_not() {
        let mut draws = Secret::demo(6).stream().draws();
        let points = Array2::from_shape_fn((1500, 4), |_| draws.normal());
        let product: Vec<f64> = points
            .rows()
            .into_iter()
            .map(|row| row[0] * row[1])
            .collect();
        let noise: Vec<f64> = (0..1500).map(|_| draws.normal()).collect();
        let folds = folds(1500, FOLDS, &mut draws);
        let told = |target: &[f64]| {
            let told = out_of_fold(points.view(), target, TargetKind::Value, &folds).unwrap();
            let rest: f64 = told
                .iter()
                .zip(target)
                .map(|(a, b)| (a - b) * (a - b))
                .sum();
            1.0 - rest / target.iter().map(|x| x * x).sum::<f64>()
        };
        assert!(told(&product) > 0.6, "{}", told(&product));
        assert!(told(&noise) < 0.05);
        let signs: Vec<u32> = points
            .column(2)
            .iter()
            .map(|x| 4 * u32::from(*x > 0.0))
            .collect();
        let groups = out_of_fold_groups(points.view(), &signs, &folds).unwrap();
        let right = groups.iter().zip(&signs).filter(|(a, b)| a == b).count();
        assert!(right > 1450, "{right}");
    }

    #[test]
    fn constants_are_no_trouble_and_missing_values_are_refused() {
        let folds = [0, 1, 2, 0, 1, 2, 0, 1, 2];
        let flat = Array2::from_elem((9, 2), 3.0);
        let target: Vec<f64> = (0..9).map(f64::from).collect();
        assert!(out_of_fold(flat.view(), &target, TargetKind::Value, &folds).is_ok());
        let told = out_of_fold(flat.view(), &[1.0; 9], TargetKind::Flag, &folds).unwrap();
        assert!(told.iter().all(|odds| *odds > 5.0));
        let mut missing = flat.clone();
        missing[[4, 1]] = f64::NAN;
        let refused = out_of_fold(missing.view(), &target, TargetKind::Value, &folds);
        assert!(matches!(refused, Err(LearnError::NotFinite { row: 4, .. })));
        assert!(out_of_fold(flat.view(), &target, TargetKind::Value, &[0; 9]).is_err());
        assert!(out_of_fold(flat.view(), &target[..3], TargetKind::Value, &folds).is_err());
    }
}
