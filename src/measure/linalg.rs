//! Covariances, Cholesky factors, linear systems and orthonormal bases of small matrices.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::stats::correlation::unit;

/// Covariances of the columns of `points`, divided by n − 1; zeros for fewer than two rows.
pub(super) fn covariance(points: ArrayView2<'_, f64>) -> Array2<f64> {
    let (n, d) = points.dim();
    let Some(means) = points.mean_axis(Axis(0)).filter(|_| n > 1) else {
        return Array2::zeros((d, d));
    };
    let centred = &points - &means;
    centred.t().dot(&centred) / (n - 1) as f64
}

/// The lower Cholesky factor. A direction without variance (from linearly dependent columns) stays
/// 0 instead of failing.
pub(crate) fn cholesky(matrix: ArrayView2<'_, f64>) -> Array2<f64> {
    /// A remainder below this share of the diagonal is rounding error.
    const ROUNDING: f64 = 1e-10;
    let d = matrix.nrows();
    let mut lower = Array2::<f64>::zeros((d, d));
    for i in 0..d {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|m| lower[[i, m]] * lower[[j, m]]).sum();
            let rest = matrix[[i, j]] - sum;
            if i == j {
                let kept = rest > ROUNDING * matrix[[i, i]];
                lower[[i, i]] = if kept { libm::sqrt(rest) } else { 0.0 };
            } else if lower[[j, j]] > 0.0 {
                lower[[i, j]] = rest / lower[[j, j]];
            }
        }
    }
    lower
}

/// The solution of `matrix` × x = `right` for a positive definite matrix.
pub(super) fn solve(matrix: ArrayView2<'_, f64>, right: &Array1<f64>) -> Array1<f64> {
    let lower = cholesky(matrix);
    let d = right.len();
    let divide = |rest: f64, by: f64| if by > 0.0 { rest / by } else { 0.0 };
    let mut half = Array1::zeros(d);
    for i in 0..d {
        let sum: f64 = (0..i).map(|m| lower[[i, m]] * half[m]).sum();
        half[i] = divide(right[i] - sum, lower[[i, i]]);
    }
    let mut whole = Array1::zeros(d);
    for i in (0..d).rev() {
        let sum: f64 = (i + 1..d).map(|m| lower[[m, i]] * whole[m]).sum();
        whole[i] = divide(half[i] - sum, lower[[i, i]]);
    }
    whole
}

/// A column whose residual after the earlier ones is shorter than this adds only rounding error
/// (the tolerance of R's `lm`).
const COLLINEAR: f64 = 1e-7;

/// An orthonormal basis of the span of columns of length 1; linearly dependent columns are dropped.
///
/// Gram–Schmidt with every projection done twice. This is as orthogonal as Householder reflections
/// (Giraud, Langou, Rozložník & van den Eshof 2005, doi:10.1007/s00211-005-0615-4) and identifies
/// the columns that add nothing.
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

/// The basis of raw columns: centred first, constants dropped.
pub(super) fn centred_basis(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    orthonormal(columns.iter().filter_map(|column| unit(column)))
}

pub(super) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter()
        .zip(right)
        .map(|(left, right)| left * right)
        .sum()
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_system_is_solved() {
        let matrix = array![[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]];
        let x = array![1.0, -2.0, 0.5];
        let found = solve(matrix.view(), &matrix.dot(&x));
        assert!((&found - &x).iter().all(|gap| gap.abs() < 1e-12));
    }

    #[test]
    fn equal_columns_leave_an_empty_direction() {
        let lower = cholesky(array![[1.0, 1.0], [1.0, 1.0]].view());
        assert!(lower.iter().all(|x| x.is_finite()));
        assert!(
            covariance(array![[1.0, 2.0]].view())
                .iter()
                .all(|x| x.abs() < 1e-15)
        );
    }
}
