//! Small symmetric matrices: covariances and what is solved with them.

use ndarray::{Array1, Array2, ArrayView2, Axis};

/// Covariances of the columns of `points`, divided by n − 1; zeros for fewer than two rows.
pub(super) fn covariance(points: ArrayView2<'_, f64>) -> Array2<f64> {
    let (n, d) = points.dim();
    let Some(means) = points.mean_axis(Axis(0)).filter(|_| n > 1) else {
        return Array2::zeros((d, d));
    };
    let centred = &points - &means;
    centred.t().dot(&centred) / (n - 1) as f64
}

/// The lower Cholesky factor. A direction without variance (columns that determine each other)
/// stays 0 instead of failing.
pub(super) fn cholesky(matrix: ArrayView2<'_, f64>) -> Array2<f64> {
    /// A rest of this share of the diagonal is rounding.
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

/// The solution of `matrix` × X = `right` for any matrix that can be inverted, by elimination with
/// the largest pivot of each column; a column without a pivot is skipped.
pub(super) fn solve_square(mut matrix: Array2<f64>, mut right: Array2<f64>) -> Array2<f64> {
    let n = matrix.nrows();
    for column in 0..n {
        let size = |row: &usize| matrix[[*row, column]].abs();
        let pivot = (column..n).max_by(|a, b| size(a).total_cmp(&size(b)));
        let Some(pivot) = pivot.filter(|row| size(row) > 0.0) else {
            continue;
        };
        for table in [&mut matrix, &mut right] {
            for at in 0..table.ncols() {
                table.swap([column, at], [pivot, at]);
            }
        }
        let head = matrix[[column, column]];
        let (own, own_right) = (matrix.row(column).to_owned(), right.row(column).to_owned());
        for row in column + 1..n {
            let factor = matrix[[row, column]] / head;
            if factor.abs() > 0.0 {
                matrix.row_mut(row).scaled_add(-factor, &own);
                right.row_mut(row).scaled_add(-factor, &own_right);
            }
        }
    }
    for row in (0..n).rev() {
        for later in row + 1..n {
            let factor = matrix[[row, later]];
            let found = right.row(later).to_owned();
            right.row_mut(row).scaled_add(-factor, &found);
        }
        let head = matrix[[row, row]];
        if head.abs() > 0.0 {
            right.row_mut(row).mapv_inplace(|value| value / head);
        }
    }
    right
}

/// The singular values of a matrix, largest first: as many as its shorter side.
///
/// By turning pairs of columns until all are orthogonal, which keeps small values accurate: Hestenes
/// (1958), doi:10.1137/0106005; Demmel & Veselić (1992), doi:10.1137/0613074.
pub(super) fn singular_values(matrix: ArrayView2<'_, f64>) -> Vec<f64> {
    /// Sweeps over all pairs; a handful suffice.
    const MOST_SWEEPS: usize = 60;
    let wide = matrix.nrows() < matrix.ncols();
    let mut turned = if wide {
        matrix.t().to_owned()
    } else {
        matrix.to_owned()
    };
    let columns = turned.ncols();
    for _ in 0..MOST_SWEEPS {
        let mut moved = false;
        for p in 0..columns {
            for q in p + 1..columns {
                let (left, right) = (turned.column(p).to_owned(), turned.column(q).to_owned());
                let (a, b, c) = (left.dot(&left), right.dot(&right), left.dot(&right));
                if c.abs() <= f64::EPSILON * libm::sqrt(a) * libm::sqrt(b) {
                    continue;
                }
                moved = true;
                let ratio = (b - a) / (2.0 * c);
                let tangent = ratio.signum() / (ratio.abs() + libm::sqrt(1.0 + ratio * ratio));
                let cosine = 1.0 / libm::sqrt(1.0 + tangent * tangent);
                let sine = cosine * tangent;
                turned
                    .column_mut(p)
                    .assign(&(&left * cosine - &right * sine));
                turned
                    .column_mut(q)
                    .assign(&(&left * sine + &right * cosine));
            }
        }
        if !moved {
            break;
        }
    }
    let mut values: Vec<f64> = turned
        .columns()
        .into_iter()
        .map(|column| libm::sqrt(column.dot(&column)))
        .collect();
    values.sort_unstable_by(|a, b| b.total_cmp(a));
    values
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

    #[test]
    fn any_square_system_is_solved() {
        let matrix = array![[0.0, 2.0, 1.0], [1.0, 0.0, 3.0], [4.0, -1.0, 0.0]];
        let x = array![[1.0, 0.0], [-2.0, 1.0], [0.5, 7.0]];
        let found = solve_square(matrix.clone(), matrix.dot(&x));
        assert!((&found - &x).iter().all(|gap| gap.abs() < 1e-12), "{found}");
    }

    #[test]
    fn singular_values_are_those_of_a_stretched_turn() {
        let (s, c) = (0.6, 0.8);
        let matrix = array![[c, -s, 0.0], [s, c, 0.0]]
            .t()
            .dot(&array![[3.0, 0.0], [0.0, 0.5]]);
        for values in [singular_values(matrix.view()), singular_values(matrix.t())] {
            assert!(
                (values[0] - 3.0).abs() < 1e-14 && (values[1] - 0.5).abs() < 1e-14,
                "{values:?}"
            );
        }
        assert!(singular_values(Array2::zeros((2, 0)).view()).is_empty());
    }
}
