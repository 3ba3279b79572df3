//! How several columns follow several others.

use ndarray::Array2;

use super::assignment::best_assignment;
use super::basis::{centred_basis, dot};
use super::correlation::{Correlation, ranks, unit};
use super::matrix::singular_values;

/// R² of the regression of a column on others, with an intercept: what they tell of it linearly.
///
/// From 0 to 1. Every column that is added raises it, related or not; [`adjusted_r_squared`] takes
/// that away. Columns that are constant or a combination of earlier ones add nothing. Rows where any
/// column is not finite are left out. A constant target, or no row: no value. No column: 0.
///
/// Wright (1921), *Correlation and causation*.
///
/// ```
/// use drumlin::measure::multiple_r_squared;
/// let share = multiple_r_squared(&[1.0, 2.0, 4.0], &[[1.0, 2.0, 3.0]]).unwrap();
/// assert!((share - 27.0 / 28.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When a column has another length than the target: the caller aligns them.
pub fn multiple_r_squared<A: AsRef<[f64]>>(target: &[f64], columns: &[A]) -> Option<f64> {
    let [target, columns] = complete(&[target], columns);
    let target = unit(&target[0])?;
    let shares = centred_basis(&columns).into_iter();
    let shares = shares.map(|axis| dot(&axis, &target) * dot(&axis, &target));
    Some(shares.sum::<f64>().min(1.0))
}

/// R² of the regression of a column on others, less what as many unrelated columns would tell.
///
/// 1 − (1 − R²)(n − 1)/(n − p − 1), where p counts the columns that add something. At most 1; 0 is
/// what unrelated columns get on average. With [`Correlation::Spearman`] on ranks, so that curves
/// count as well as lines; [`Correlation::Kendall`] has no regression: no value. No value either
/// when n ≤ p + 1. Otherwise as [`multiple_r_squared`]; beside a null and a reading it is
/// [`super::recover_factor_by_axes`].
///
/// Ezekiel (1930), *Methods of Correlation Analysis*.
///
/// ```
/// use drumlin::measure::{adjusted_r_squared, Correlation};
/// let axes = [[1.0, 2.0, 3.0, 4.0]];
/// let curve = [1.0, 10.0, 100.0, 1000.0];
/// let share = adjusted_r_squared(&curve, &axes, Correlation::Spearman).unwrap();
/// assert!((share - 1.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When a column has another length than the target: the caller aligns them.
pub fn adjusted_r_squared<A: AsRef<[f64]>>(
    target: &[f64],
    columns: &[A],
    by: Correlation,
) -> Option<f64> {
    let [target, columns] = complete(&[target], columns);
    let seen = |values: &[Vec<f64>]| match by {
        Correlation::Pearson => Some(values.to_vec()),
        Correlation::Spearman => Some(values.iter().map(|values| ranks(values)).collect()),
        Correlation::Kendall => None,
    };
    let (target, columns) = (seen(&target)?, seen(&columns)?);
    let told = multiple_r_squared(&target[0], &columns)?;
    let (n, p) = (target[0].len(), centred_basis(&columns).len());
    (n > p + 1).then(|| 1.0 - (1.0 - told) * (n - 1) as f64 / (n - p - 1) as f64)
}

/// The canonical correlations of two sets of columns, largest first: how well the best combination
/// of the one follows the best of the other, then the next that has nothing to do with the first.
///
/// From 0 to 1 each; as many as the smaller set has independent columns. Symmetric; blind to any
/// invertible linear map of either side. High by chance when columns are many beside rows. Rows
/// where any column is not finite are left out. No value without a column that varies on either
/// side.
///
/// Hotelling (1936), doi:10.1093/biomet/28.3-4.321; by orthonormal bases, Björck & Golub (1973),
/// doi:10.1090/S0025-5718-1973-0348991-3.
///
/// ```
/// use drumlin::measure::canonical_correlations;
/// let x = [[1.0, 2.0, 3.0, 4.0], [1.0, -1.0, -1.0, 1.0]];
/// let y = [[2.0, 1.0, 2.0, 5.0]];
/// let found = canonical_correlations(&x, &y).unwrap();
/// assert!((found[0] - 1.0).abs() < 1e-12, "their sum is the sum of both");
/// ```
///
/// # Panics
/// When columns have different lengths: the caller aligns them by row id.
pub fn canonical_correlations<A: AsRef<[f64]>, B: AsRef<[f64]>>(
    x: &[A],
    y: &[B],
) -> Option<Vec<f64>> {
    let [x, y] = complete(x, y).map(|side| centred_basis(&side));
    if x.is_empty() || y.is_empty() {
        return None;
    }
    let angles = Array2::from_shape_fn((x.len(), y.len()), |(i, j)| dot(&x[i], &y[j]));
    let values = singular_values(angles.view()).into_iter();
    Some(values.map(|value| value.min(1.0)).collect())
}

/// Procrustes disparity: what is left of the squared distance of two configurations after shift,
/// scale and rotation (mirrors included) have made them as alike as they can be.
///
/// From 0 (the same shape) to 1. Symmetric. Rows where any column is not finite are left out. No
/// value for other numbers of columns, or when all rows of a side are one point.
///
/// Gower (1975), doi:10.1007/BF02291478; as `scipy.spatial.procrustes`.
///
/// ```
/// use drumlin::measure::procrustes_disparity;
/// let x = [[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]];
/// let turned = [[5.0, 5.0, 1.0], [1.0, 3.0, 1.0]];
/// assert!(procrustes_disparity(&x, &turned).unwrap() < 1e-12);
/// ```
///
/// # Panics
/// When columns have different lengths: the caller aligns them by row id.
pub fn procrustes_disparity<A: AsRef<[f64]>, B: AsRef<[f64]>>(x: &[A], y: &[B]) -> Option<f64> {
    if x.len() != y.len() {
        return None;
    }
    let [x, y] = complete(x, y).map(centred);
    let (x, y) = (x?, y?);
    let cross = Array2::from_shape_fn((x.len(), y.len()), |(i, j)| dot(&x[i], &y[j]));
    let fit: f64 = singular_values(cross.view()).iter().sum();
    Some((1.0 - fit * fit).clamp(0.0, 1.0))
}

/// Linear centred kernel alignment (CKA): how alike two sets of columns place the rows.
///
/// ‖Xᵀ Y‖² / (‖Xᵀ X‖ ‖Yᵀ Y‖) of centred columns: from 0 (no correlation between any two) to 1 (the
/// same up to rotation and scale). Symmetric; unlike canonical correlations it weighs directions by
/// their variance. Rows where any column is not finite are left out. No value when all rows of a
/// side are one point.
///
/// Kornblith, Norouzi, Lee & Hinton (2019), <https://proceedings.mlr.press/v97/kornblith19a.html>;
/// the RV coefficient of Robert & Escoufier (1976), doi:10.2307/2347233.
///
/// ```
/// use drumlin::measure::linear_cka;
/// let x = [[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]];
/// let turned = [[5.0, 5.0, 1.0], [1.0, 3.0, 1.0]];
/// assert!((linear_cka(&x, &turned).unwrap() - 1.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When columns have different lengths: the caller aligns them by row id.
pub fn linear_cka<A: AsRef<[f64]>, B: AsRef<[f64]>>(x: &[A], y: &[B]) -> Option<f64> {
    let [x, y] = complete(x, y).map(centred);
    let (x, y) = (x?, y?);
    let squares = |left: &[Vec<f64>], right: &[Vec<f64>]| -> f64 {
        let all = left
            .iter()
            .flat_map(|l| right.iter().map(move |r| dot(l, r)));
        all.map(|product| product * product).sum()
    };
    let own = libm::sqrt(squares(&x, &x)) * libm::sqrt(squares(&y, &y));
    Some((squares(&x, &y) / own).min(1.0))
}

/// Matched mean correlation (MCC): the mean absolute correlation of factors with axes, each axis
/// standing for one factor, in the best such matching.
///
/// From 0 to 1; 1 means that every factor has an axis of its own. A factor without an axis counts
/// 0. Blind to order, sign and scale of axes, not to rotation: that is what it adds to
/// [`canonical_correlations`]. Rows that are not finite are left out pair by pair; a constant has no
/// correlation and counts 0. No factor: no value.
///
/// Hyvärinen & Morioka (2016), arXiv:1605.06336; the matching by Kuhn (1955),
/// doi:10.1002/nav.3800020109.
///
/// ```
/// use drumlin::measure::{matched_mean_correlation, Correlation};
/// let factors = [[1.0, 2.0, 3.0], [1.0, -1.0, 1.0]];
/// let axes = [[-2.0, 2.0, -2.0], [5.0, 6.0, 7.0]];
/// let mean = matched_mean_correlation(&factors, &axes, Correlation::Pearson).unwrap();
/// assert!((mean - 1.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When columns have different lengths: the caller aligns them by row id.
pub fn matched_mean_correlation<A: AsRef<[f64]>, B: AsRef<[f64]>>(
    factors: &[A],
    axes: &[B],
    by: Correlation,
) -> Option<f64> {
    if factors.is_empty() {
        return None;
    }
    let correlations = Array2::from_shape_fn((factors.len(), axes.len()), |(factor, axis)| {
        let found = by.of(factors[factor].as_ref(), axes[axis].as_ref());
        found.map_or(0.0, f64::abs)
    });
    let pairs = best_assignment(correlations.view()).into_iter();
    let sum: f64 = pairs.map(|pair| correlations[pair]).sum();
    Some(sum / factors.len() as f64)
}

/// The rows where all columns of both sides are finite.
fn complete<A: AsRef<[f64]>, B: AsRef<[f64]>>(x: &[A], y: &[B]) -> [Vec<Vec<f64>>; 2] {
    let all = x
        .iter()
        .map(AsRef::as_ref)
        .chain(y.iter().map(AsRef::as_ref));
    let all: Vec<&[f64]> = all.collect();
    let length = all.first().map_or(0, |column| column.len());
    for column in &all {
        assert_eq!(column.len(), length, "columns of other rows");
    }
    let finite = |row: &usize| all.iter().all(|column| column[*row].is_finite());
    let rows: Vec<usize> = (0..length).filter(finite).collect();
    let pick = |column: &[f64]| rows.iter().map(|row| column[*row]).collect::<Vec<f64>>();
    [
        x.iter().map(|column| pick(column.as_ref())).collect(),
        y.iter().map(|column| pick(column.as_ref())).collect(),
    ]
}

/// Columns with mean 0, scaled to length 1 all together; nothing when no length is left.
fn centred(mut columns: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    for column in &mut columns {
        let first = *column.first()?;
        let mean = column.iter().map(|value| value - first).sum::<f64>() / column.len() as f64;
        for value in column {
            *value = *value - first - mean;
        }
    }
    let length = libm::sqrt(columns.iter().map(|column| dot(column, column)).sum());
    (length > 0.0).then_some(())?;
    for value in columns.iter_mut().flatten() {
        *value /= length;
    }
    Some(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_and_nobody_have_no_value() {
        let (x, flat) = ([[1.0, 2.0, 4.0]], [[3.0, 3.0, 3.0]]);
        let none: [[f64; 3]; 0] = [];
        assert_eq!(canonical_correlations(&x, &flat), None);
        assert_eq!(procrustes_disparity(&x, &flat), None);
        assert_eq!(linear_cka(&x, &flat), None);
        assert_eq!(multiple_r_squared(&flat[0], &x), None);
        assert_eq!(multiple_r_squared(&x[0], &none), Some(0.0));
        assert_eq!(adjusted_r_squared(&x[0], &x, Correlation::Kendall), None);
        assert_eq!(
            adjusted_r_squared(&[1.0, 2.0], &[[1.0, 3.0]], Correlation::Pearson),
            None
        );
        assert_eq!(
            matched_mean_correlation(&none, &x, Correlation::Pearson),
            None
        );
        assert_eq!(
            matched_mean_correlation(&x, &flat, Correlation::Pearson),
            Some(0.0)
        );
    }
}
