//! What there is to know a structure from.

use ndarray::Array2;

use crate::measure::{median, normal_scores};

use super::BundleTruth;

/// Every number of these originals (positions among [`BundleTruth::originals`]) before any defect, missing
/// ones at their middle, as normal scores.
pub(super) fn scores(truth: &BundleTruth, originals: &[usize]) -> Array2<f64> {
    let rows: Vec<usize> = originals
        .iter()
        .map(|at| truth.base(truth.originals()[*at]))
        .collect();
    let columns = truth.surface.columns().iter();
    let numbers: Vec<Vec<f64>> = columns
        .filter_map(|column| column.cells.pick(&rows).numbers())
        .map(|values| {
            let values: Vec<f64> = values.into_iter().map(|x| x.unwrap_or(f64::NAN)).collect();
            let middle = median(&values).unwrap_or(0.0);
            values
                .into_iter()
                .map(|x| if x.is_nan() { middle } else { x })
                .collect()
        })
        .collect();
    let points = Array2::from_shape_fn((rows.len(), numbers.len()), |(row, at)| numbers[at][row]);
    normal_scores(points.view())
}

/// [`scores`] column by column, and their squares: a ridge bends.
pub(super) fn known(truth: &BundleTruth, originals: &[usize]) -> Vec<Vec<f64>> {
    let scores = scores(truth, originals);
    let mut known: Vec<Vec<f64>> = scores.columns().into_iter().map(|c| c.to_vec()).collect();
    let squares = scores.columns().into_iter();
    known.extend(squares.map(|c| c.mapv(|x| x * x).to_vec()));
    known
}
