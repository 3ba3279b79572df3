//! Features from which structures are predicted.

use ndarray::Array2;

use crate::measure::{median, normal_scores};
use crate::table::{Cells, Column};

use super::bundle_truth::BundleTruth;

/// Every number of these originals (positions among [`BundleTruth::originals`]) in the clean table, missing
/// values set to the median, as normal scores.
pub(in super::super) fn features(truth: &BundleTruth, originals: &[usize]) -> Array2<f64> {
    let rows: Vec<usize> = originals
        .iter()
        .map(|at| truth.base(truth.originals()[*at]))
        .collect();
    features_of(truth.surface.columns().iter(), &rows)
}

/// [`features`] of every number and every time: a change is found by its date.
pub(in super::super) fn features_and_times(
    truth: &BundleTruth,
    originals: &[usize],
) -> Array2<f64> {
    let rows: Vec<usize> = originals
        .iter()
        .map(|at| truth.base(truth.originals()[*at]))
        .collect();
    let values =
        truth
            .surface
            .columns()
            .iter()
            .filter_map(|column| match column.cells.pick(&rows) {
                Cells::Time(times) => Cells::Whole(times).numbers(),
                cells => cells.numbers(),
            });
    filled(values, rows.len())
}

/// Every column of numbers of these rows, missing values set to the median, as normal scores.
pub(in super::super) fn features_of<'a>(
    columns: impl Iterator<Item = &'a Column>,
    rows: &[usize],
) -> Array2<f64> {
    filled(
        columns.filter_map(|column| column.cells.pick(rows).numbers()),
        rows.len(),
    )
}

fn filled(columns: impl Iterator<Item = Vec<Option<f64>>>, rows: usize) -> Array2<f64> {
    let numbers: Vec<Vec<f64>> = columns
        .map(|values| {
            let values: Vec<f64> = values.into_iter().map(|x| x.unwrap_or(f64::NAN)).collect();
            let middle = median(&values).unwrap_or(0.0);
            values
                .into_iter()
                .map(|x| if x.is_nan() { middle } else { x })
                .collect()
        })
        .collect();
    let points = Array2::from_shape_fn((rows, numbers.len()), |(row, at)| numbers[at][row]);
    normal_scores(points.view())
}

/// Columns and their squares, for curves.
pub(in super::super) fn with_squares(scores: &Array2<f64>) -> Vec<Vec<f64>> {
    let mut columns: Vec<Vec<f64>> = scores.columns().into_iter().map(|c| c.to_vec()).collect();
    let squares = scores.columns().into_iter();
    columns.extend(squares.map(|c| c.mapv(|x| x * x).to_vec()));
    columns
}
