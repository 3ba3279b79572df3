//! Marginal distributions of factors.

use crate::random::normal_quantile;
use crate::scenario::FactorShape;

use crate::generate::numeric::exp::exps;

/// Transform a standard normal to a marginal shape, which is unimodal, too.
pub(crate) fn to_marginal(shape: FactorShape, z: f64) -> f64 {
    match shape {
        FactorShape::Bell => z,
        FactorShape::Skewed => libm::exp(0.45 * z),
        // Below 0.7 the distribution stays unimodal.
        FactorShape::Bounded => libm::tanh(0.6 * z),
    }
}

/// The same in place.
pub(crate) fn shape(shape: FactorShape, values: &mut [f64]) {
    if shape == FactorShape::Skewed {
        for value in values.iter_mut() {
            *value *= 0.45;
        }
        exps(values);
    } else {
        for value in values {
            *value = to_marginal(shape, *value);
        }
    }
}

/// Mean and standard deviation of a shape, on an even grid of probabilities.
pub(crate) fn marginal_moments(shape: FactorShape) -> (f64, f64) {
    const GRID: usize = 2000;
    if shape == FactorShape::Bell {
        return (0.0, 1.0);
    }
    let values: Vec<f64> = (0..GRID)
        .map(|at| to_marginal(shape, normal_quantile((at as f64 + 0.5) / GRID as f64)))
        .collect();
    let mean = values.iter().sum::<f64>() / GRID as f64;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / GRID as f64;
    (mean, libm::sqrt(variance))
}

/// Covariance of a latent and the side (−1 or 1) of a split on it, by the sharpness of the split.
pub(crate) fn side_covariance(shape: FactorShape, sharpness: f64) -> f64 {
    const GRID: usize = 2000;
    let (mean, sd) = marginal_moments(shape);
    let lean = (0..GRID).map(|at| {
        let f = (to_marginal(shape, normal_quantile((at as f64 + 0.5) / GRID as f64)) - mean) / sd;
        f * libm::tanh(0.5 * sharpness * f)
    });
    lean.sum::<f64>() / GRID as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marginal_shapes_are_unimodal() {
        for shape in [FactorShape::Skewed, FactorShape::Bounded] {
            // Density on an even grid of values, by the spacing of quantiles.
            let quantile = |at: f64| to_marginal(shape, normal_quantile(at));
            let density: Vec<f64> = (1..200)
                .map(|at| {
                    1.0 / (quantile((f64::from(at) + 1.0) / 201.0)
                        - quantile(f64::from(at) / 201.0))
                })
                .collect();
            let turns = density
                .windows(3)
                .filter(|d| d[1] > d[0] && d[1] >= d[2])
                .count();
            assert_eq!(turns, 1, "{shape:?}");
        }
    }
}
