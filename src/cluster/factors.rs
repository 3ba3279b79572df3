//! Factor analysis: a few factors that explain what columns have in common.

use linfa_linalg::eigh::{EigSort, Eigh};
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};

use super::components::PrincipalComponents;
use super::error::ClusterError;

/// Maximum number of iterations for the uniquenesses.
const ROUNDS: usize = 1000;
/// Gain of the log likelihood per iteration below which the fit has converged: scikit-learn's
/// default.
const SETTLED: f64 = 1e-2;
/// Smallest uniqueness: 0, for a column that others determine, would divide by zero.
const LEAST: f64 = 1e-12;
/// Maximum number of sweeps over all pairs of axes; varimax converges within a dozen.
const TURNS: usize = 60;

/// Scores of `points` (rows × columns) on `m` common factors after varimax rotation: rows × `m`,
/// fewer when there are fewer columns.
///
/// Maximum likelihood with one uniqueness per column; the scores are posterior means. Constant
/// columns are ignored.
///
/// Jöreskog (1967), doi:10.1007/BF02289658, in the form of Barber (2012), *Bayesian Reasoning and
/// Machine Learning*, algorithm 21.1, as scikit-learn's `FactorAnalysis(rotation="varimax")`;
/// Kaiser (1958), doi:10.1007/BF02289233.
///
/// # Errors
/// When there is no row or column, or a value is not finite.
pub fn varimax_scores(points: ArrayView2<'_, f64>, m: usize) -> Result<Array2<f64>, ClusterError> {
    let means = PrincipalComponents::fit(points, false)?.means;
    let centred = &points - &Array1::from(means);
    let (n, d) = centred.dim();
    let m = m.min(d);
    let covariance = centred.t().dot(&centred) / n as f64;
    let mut unique = covariance.diag().mapv(|variance| variance.max(LEAST));
    let mut loadings = Array2::zeros((m, d));
    let mut before = f64::NEG_INFINITY;
    for _ in 0..ROUNDS {
        let roots = unique.mapv(|value| libm::sqrt(value) + LEAST);
        let scaled =
            Array2::from_shape_fn((d, d), |(i, j)| covariance[[i, j]] / (roots[i] * roots[j]));
        let (values, vectors) = scaled
            .eigh()
            .map_err(|why| ClusterError::NoFit(why.to_string()))?
            .sort_eig_desc();
        let mut log = d as f64 * libm::log(2.0 * std::f64::consts::PI);
        for (at, value) in values.iter().enumerate() {
            if at < m {
                let stretch = libm::sqrt((value - 1.0).max(0.0));
                let row = (&vectors.column(at) * &roots) * stretch;
                loadings.row_mut(at).assign(&row);
                log += libm::log(value.max(LEAST));
            } else {
                log += value.max(0.0);
            }
        }
        log += m as f64 + unique.iter().map(|value| libm::log(*value)).sum::<f64>();
        let likelihood = -0.5 * n as f64 * log;
        if likelihood - before < SETTLED {
            break;
        }
        before = likelihood;
        for (column, value) in unique.iter_mut().enumerate() {
            let common: f64 = loadings.column(column).iter().map(|x| x * x).sum();
            *value = (covariance[[column, column]] - common).max(LEAST);
        }
    }
    let turned = varimax(loadings);
    // Posterior means: (I + W Ψ⁻¹ Wᵗ)⁻¹ W Ψ⁻¹ (x − mean).
    let weighted = &turned / &unique;
    let mut inner = weighted.dot(&turned.t());
    for at in 0..m {
        inner[[at, at]] += 1.0;
    }
    let (values, vectors) = inner
        .eigh()
        .map_err(|why| ClusterError::NoFit(why.to_string()))?
        .sort_eig_desc();
    let inverse = (&vectors / &values).dot(&vectors.t());
    Ok(centred.dot(&inverse.dot(&weighted).t()))
}

/// Rotate pairs of axes (factors × columns) to maximise the variance of squared loadings.
fn varimax(mut loadings: Array2<f64>) -> Array2<f64> {
    const STILL: f64 = 1e-9;
    let (m, d) = loadings.dim();
    for _ in 0..TURNS {
        let mut largest = 0.0_f64;
        for i in 0..m {
            for j in i + 1..m {
                let (mut a, mut b, mut c, mut e) = (0.0, 0.0, 0.0, 0.0);
                for column in 0..d {
                    let (x, y) = (loadings[[i, column]], loadings[[j, column]]);
                    let (u, v) = (x * x - y * y, 2.0 * x * y);
                    a += u;
                    b += v;
                    c += u * u - v * v;
                    e += 2.0 * u * v;
                }
                let d = d as f64;
                let angle = 0.25 * libm::atan2(e - 2.0 * a * b / d, c - (a * a - b * b) / d);
                largest = largest.max(angle.abs());
                let (sin, cos) = (libm::sin(angle), libm::cos(angle));
                for column in 0..loadings.ncols() {
                    let (x, y) = (loadings[[i, column]], loadings[[j, column]]);
                    loadings[[i, column]] = cos * x + sin * y;
                    loadings[[j, column]] = cos * y - sin * x;
                }
            }
        }
        if largest < STILL {
            break;
        }
    }
    loadings
}

/// Scores on the first `m` principal components, each scaled to variance 1; components past the
/// rank stay 0.
///
/// # Errors
/// When there is no row or column, or a value is not finite.
pub fn whitened_scores(points: ArrayView2<'_, f64>, m: usize) -> Result<Array2<f64>, ClusterError> {
    let components = PrincipalComponents::fit(points, false)?;
    let mut scores = components.scores(points, m)?;
    let most = components.variances.first().copied().unwrap_or(0.0);
    for (mut score, variance) in scores.columns_mut().into_iter().zip(&components.variances) {
        if *variance > most * 1e-12 {
            score /= libm::sqrt(*variance);
        } else {
            score.fill(0.0);
        }
    }
    Ok(scores)
}

/// The first `m` columns.
pub fn leading(points: &Array2<f64>, m: usize) -> ArrayView2<'_, f64> {
    points.slice_axis(Axis(1), Slice::from(..m.min(points.ncols())))
}

#[cfg(test)]
mod tests {
    use crate::random::Secret;

    use super::*;

    #[test]
    fn two_blocks_of_columns_give_their_two_factors() {
        let mut draws = Secret::demo(8).stream().draws();
        let truth = Array2::from_shape_fn((500, 2), |_| draws.normal());
        let points = Array2::from_shape_fn((500, 6), |(row, column)| {
            truth[[row, column / 3]] + 0.5 * draws.normal()
        });
        let scores = varimax_scores(points.view(), 2).unwrap();
        for factor in 0..2 {
            let best = (0..2)
                .map(|axis| {
                    let (x, y) = (truth.column(factor), scores.column(axis));
                    (x.dot(&y) / libm::sqrt(x.dot(&x) * y.dot(&y))).abs()
                })
                .fold(0.0, f64::max);
            assert!(best > 0.9, "{best}");
        }
    }

    #[test]
    fn constant_columns_have_no_part() {
        let mut points =
            Array2::from_shape_fn((40, 4), |(row, column)| ((row * (column + 3)) % 7) as f64);
        points.column_mut(2).fill(3.0);
        let scores = varimax_scores(points.view(), 3).unwrap();
        assert!(scores.iter().all(|score| score.is_finite()));
        let scores = whitened_scores(points.view(), 4).unwrap();
        assert!(scores.column(3).iter().all(|score| score.abs() < 1e-12));
    }
}
