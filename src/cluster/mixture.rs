//! Gaussian mixtures, by expectation maximisation.

use ndarray::{Array2, ArrayView2};

use crate::random::Draws;

use super::error::{ClusterError, check};
use super::lloyd::Lloyd;

/// Added to the variances, so that no component collapses to a point.
const RIDGE: f64 = 1e-3;
/// Gain of the mean log density below which a fit has converged: scikit-learn's default.
const SETTLED: f64 = 1e-3;
/// Rows processed together, so that a block stays in the L1 cache.
const BLOCK: usize = 64;

/// A mixture of normal distributions, each with its own covariance, and its fit to the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    /// The most probable group of each row, from 0.
    pub labels: Vec<u32>,
    /// Sum of the rows' log densities, in nats.
    pub log_likelihood: f64,
    /// Sum of the entropies of the rows' group probabilities, in nats: 0 when every row is certain.
    pub entropy: f64,
    /// Number of free parameters: weights, means, covariances.
    pub parameters: usize,
}

impl Mixture {
    /// `k` components for `points` (rows × columns, values of order one), from a k-means start, in
    /// at most `rounds` iterations. A fit that has not converged by then is kept: on data without
    /// clusters the likelihood is flat, and more iterations change nothing that matters here.
    ///
    /// Dempster, Laird & Rubin (1977), doi:10.1111/j.2517-6161.1977.tb01600.x; as scikit-learn's
    /// `GaussianMixture(k, reg_covar=1e-3)`. linfa's mixtures return nothing when they do not
    /// converge.
    ///
    /// # Errors
    /// When a value is not finite, or `k` is 0 or above the number of rows.
    pub fn fit(
        points: ArrayView2<'_, f64>,
        k: usize,
        rounds: usize,
        draws: &mut Draws,
    ) -> Result<Self, ClusterError> {
        check(points)?;
        let (n, d) = points.dim();
        let start = Lloyd::fit(points, k, 1, draws)?;
        let mut shares = Array2::zeros((k, n));
        for (row, label) in start.labels.iter().enumerate() {
            shares[[*label as usize, row]] = 1.0;
        }
        // Column-major, so that inner loops run over rows.
        let columns = points.t().as_standard_layout().into_owned();
        let mut before = f64::NEG_INFINITY;
        for _ in 0..rounds {
            let groups = maximise(&columns, &shares)?;
            let mean = expect(&columns, &groups, &mut shares).iter().sum::<f64>() / n as f64;
            if (mean - before).abs() < SETTLED {
                break;
            }
            before = mean;
        }
        let groups = maximise(&columns, &shares)?;
        let densities = expect(&columns, &groups, &mut shares);
        Ok(Self {
            labels: (0..n).map(|row| most_probable(&shares, row)).collect(),
            log_likelihood: densities.iter().sum(),
            entropy: -shares
                .iter()
                .map(|share| {
                    if *share > 0.0 {
                        share * libm::log(*share)
                    } else {
                        0.0
                    }
                })
                .sum::<f64>(),
            parameters: k - 1 + k * d + k * d * (d + 1) / 2,
        })
    }

    /// The Bayesian information criterion: parameters × ln rows − 2 × log likelihood; smaller is
    /// better. Schwarz (1978), doi:10.1214/aos/1176344136.
    pub fn bic(&self) -> f64 {
        self.parameters as f64 * libm::log(self.labels.len() as f64) - 2.0 * self.log_likelihood
    }

    /// The integrated completed likelihood as a criterion: BIC plus twice the entropy, which
    /// penalises overlapping groups; smaller is better. Biernacki, Celeux & Govaert (2000),
    /// doi:10.1109/34.865189.
    pub fn icl(&self) -> f64 {
        self.bic() + 2.0 * self.entropy
    }
}

/// One normal distribution.
struct MixtureComponent {
    log_weight: f64,
    mean: Vec<f64>,
    /// Inverse of the covariance's lower Cholesky factor, row by row.
    whitener: Vec<f64>,
    /// Half the logarithm of the precision's determinant.
    half_log: f64,
}

/// Weights, means and covariances from responsibilities (groups × rows).
fn maximise(
    columns: &Array2<f64>,
    shares: &Array2<f64>,
) -> Result<Vec<MixtureComponent>, ClusterError> {
    let (d, n) = columns.dim();
    let mut groups = Vec::with_capacity(shares.nrows());
    for share in shares.rows() {
        // As in scikit-learn: an empty group gets a tiny weight, so no division by it fails.
        let size = share.sum() + 10.0 * f64::EPSILON;
        let mean: Vec<f64> = columns
            .rows()
            .into_iter()
            .map(|x| x.dot(&share) / size)
            .collect();
        let mut centred = columns.clone();
        for (mut column, mean) in centred.rows_mut().into_iter().zip(&mean) {
            column -= *mean;
        }
        let weighted = &centred * &share;
        let mut covariance = weighted.dot(&centred.t()) / size;
        for j in 0..d {
            covariance[[j, j]] += RIDGE;
        }
        let (whitener, half_log) = whitener(&covariance)
            .ok_or_else(|| ClusterError::NoFit("a covariance is not positive".to_owned()))?;
        groups.push(MixtureComponent {
            log_weight: libm::log(size / n as f64),
            mean,
            whitener,
            half_log,
        });
    }
    Ok(groups)
}

/// Responsibilities of the groups for each row, and the log density of each row.
fn expect(
    columns: &Array2<f64>,
    groups: &[MixtureComponent],
    shares: &mut Array2<f64>,
) -> Vec<f64> {
    let (d, n) = columns.dim();
    let normal = 0.5 * d as f64 * libm::log(2.0 * std::f64::consts::PI);
    for (group, mut share) in groups.iter().zip(shares.rows_mut()) {
        for from in (0..n).step_by(BLOCK) {
            let rows = BLOCK.min(n - from);
            let mut squares = [0.0; BLOCK];
            for i in 0..d {
                let mut along = [0.0; BLOCK];
                for j in 0..=i {
                    let (weight, mean) = (group.whitener[i * d + j], group.mean[j]);
                    for (row, sum) in along[..rows].iter_mut().enumerate() {
                        *sum += weight * (columns[[j, from + row]] - mean);
                    }
                }
                for (square, along) in squares.iter_mut().zip(along) {
                    *square += along * along;
                }
            }
            for row in 0..rows {
                let log = group.log_weight + group.half_log - normal - 0.5 * squares[row];
                share[from + row] = log;
            }
        }
    }
    (0..n)
        .map(|row| {
            // Relative to the largest, so that rows far from every group have a density, too.
            let mut shares = shares.column_mut(row);
            let most = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = shares.iter().map(|log| libm::exp(log - most)).sum();
            let whole = most + libm::log(sum);
            shares.mapv_inplace(|log| libm::exp(log - whole));
            whole
        })
        .collect()
}

/// Inverse of the lower Cholesky factor, and half the log determinant of the inverse matrix.
fn whitener(covariance: &Array2<f64>) -> Option<(Vec<f64>, f64)> {
    let d = covariance.nrows();
    let mut lower = vec![0.0; d * d];
    let mut half_log = 0.0;
    for i in 0..d {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|m| lower[i * d + m] * lower[j * d + m]).sum();
            let rest = covariance[[i, j]] - sum;
            if i == j {
                if !(rest > 0.0 && rest.is_finite()) {
                    return None;
                }
                lower[i * d + i] = libm::sqrt(rest);
                half_log -= libm::log(lower[i * d + i]);
            } else {
                lower[i * d + j] = rest / lower[j * d + j];
            }
        }
    }
    let mut inverse = vec![0.0; d * d];
    for column in 0..d {
        inverse[column * d + column] = 1.0 / lower[column * d + column];
        for i in column + 1..d {
            let sum: f64 = (column..i)
                .map(|m| lower[i * d + m] * inverse[m * d + column])
                .sum();
            inverse[i * d + column] = -sum / lower[i * d + i];
        }
    }
    Some((inverse, half_log))
}

fn most_probable(shares: &Array2<f64>, row: usize) -> u32 {
    let mut best = 0;
    for (group, share) in shares.column(row).iter().enumerate() {
        if *share > shares[[best, row]] {
            best = group;
        }
    }
    best as u32
}

#[cfg(test)]
mod tests {
    use crate::random::Secret;

    use super::*;

    #[test]
    fn one_group_has_the_likelihood_of_its_normal() {
        let mut draws = Secret::demo(2).stream().draws();
        let points = Array2::from_shape_fn((400, 3), |_| draws.normal());
        let fit = Mixture::fit(points.view(), 1, 60, &mut draws).unwrap();
        // A standard normal in three columns: (1 + ln 2π) / 2 each, within sampling error.
        let expected = -400.0 * 1.5 * (1.0 + (2.0 * std::f64::consts::PI).ln());
        assert!((fit.log_likelihood - expected).abs() < 60.0);
        assert!(fit.entropy.abs() < 1e-9);
        assert_eq!(fit.parameters, 9);
    }

    #[test]
    fn two_groups_fit_better_than_one_and_are_told_apart() {
        let mut draws = Secret::demo(3).stream().draws();
        let points = Array2::from_shape_fn((400, 2), |(row, column)| match column {
            0 => draws.normal(),
            _ => 0.3 * draws.normal() + if row % 2 == 0 { 2.0 } else { -2.0 },
        });
        let [one, two] = [1, 2].map(|k| Mixture::fit(points.view(), k, 60, &mut draws).unwrap());
        assert!(two.icl() < one.icl());
        assert!((0..400).all(|row| (two.labels[row] == two.labels[0]) == (row % 2 == 0)));
    }

    #[test]
    fn equal_rows_have_a_fit_and_missing_values_have_none() {
        let mut draws = Secret::demo(3).stream().draws();
        assert!(Mixture::fit(Array2::zeros((10, 2)).view(), 3, 60, &mut draws).is_ok());
        let missing = Array2::from_elem((10, 2), f64::NAN);
        assert!(Mixture::fit(missing.view(), 3, 60, &mut draws).is_err());
    }
}
