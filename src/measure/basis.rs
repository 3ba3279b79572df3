//! An orthonormal basis of columns.

use super::correlation::unit;

/// A column whose part outside the earlier ones is shorter than this adds nothing but rounding
/// (the tolerance of R's `lm`).
const COLLINEAR: f64 = 1e-7;

/// An orthonormal basis of what columns of length 1 span; columns that add nothing are dropped.
///
/// Gram–Schmidt, every projection twice: that is as orthogonal as Householder's reflections
/// (Giraud, Langou, Rozložník & van den Eshof 2005, doi:10.1007/s00211-005-0615-4), and tells on the way which
/// columns add nothing.
pub(super) fn orthonormal(units: impl Iterator<Item = Vec<f64>>) -> Vec<Vec<f64>> {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for mut column in units {
        for _ in 0..2 {
            for axis in &basis {
                let along = dot(axis, &column);
                for (value, direction) in column.iter_mut().zip(axis) {
                    *value -= along * direction;
                }
            }
        }
        let length = libm::sqrt(dot(&column, &column));
        if length > COLLINEAR {
            for value in &mut column {
                *value /= length;
            }
            basis.push(column);
        }
    }
    basis
}

/// The basis of columns as they are: centred first, constants dropped.
pub(super) fn centred_basis(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    orthonormal(columns.iter().filter_map(|column| unit(column)))
}

pub(super) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter()
        .zip(right)
        .map(|(left, right)| left * right)
        .sum()
}
