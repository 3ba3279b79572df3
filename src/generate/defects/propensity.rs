//! Probability that a defect hits a row.

use crate::random::{Draws, normal_quantile};
use crate::scenario::FactorShape;
use crate::table::Cells;

use super::target::DefectTarget;
use crate::generate::columns::marginals::{marginal_of, scores_of};
use crate::generate::instance::{Propensity, PropensityOn};
use crate::generate::latents::factor_marginal::{marginal_moments, to_marginal};
use crate::generate::numeric::exp::logistics;

/// Slope of the logistic function: the middle half of the scores takes it from 0.1 to 0.9. Steep
/// enough to remove one end, and soft enough to leave no visible edge.
pub(crate) const SLOPE: f64 = 3.5;

/// Scores are clamped: a zero in a long-tailed column has an infinite one.
const FAR: f64 = 4.0;

/// Intercept at which the logistic of `slope` times a score has mean `rate`. The score is `tie` times
/// a latent of this shape and, for the rest of its variance, noise.
pub(crate) fn intercept(slope: f64, rate: f64, tie: f64, shape: FactorShape) -> f64 {
    /// Quantiles on either axis; coarse, since thousands of worlds are drawn.
    const GRID: usize = 24;
    const HALVINGS: usize = 48;
    let (centre, sd) = marginal_moments(shape);
    let rest = libm::sqrt(1.0 - tie * tie);
    let quantile = |at: usize| normal_quantile((at as f64 + 0.5) / GRID as f64);
    let shapes = (0..GRID).map(|at| (to_marginal(shape, quantile(at)) - centre) / sd);
    let noises: Vec<f64> = (0..GRID).map(|at| rest * quantile(at)).collect();
    let scores: Vec<f64> = shapes
        .flat_map(|f| noises.iter().map(move |noise| slope * (tie * f + noise)))
        .collect();
    let mean = |intercept: f64| {
        let sum: f64 = scores.iter().map(|z| logistic(intercept + z)).sum();
        sum / scores.len() as f64
    };
    let (mut low, mut high) = (-60.0, 60.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if mean(middle) < rate {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Probability that each row of a block is hit.
pub(crate) fn probabilities(
    target: &DefectTarget<'_>,
    propensity: &Propensity,
    mut noise: Draws,
) -> Vec<f64> {
    let scores = match &propensity.on {
        PropensityOn::Latent(at) => target.latent(*at),
        PropensityOn::Column(name) => column_scores(target, name),
    };
    let (tie, rest) = (
        propensity.tie,
        libm::sqrt(1.0 - propensity.tie * propensity.tie),
    );
    let mut chances = vec![0.0; scores.len()];
    noise.fill_normals(&mut chances);
    for (chance, score) in chances.iter_mut().zip(scores) {
        let z = tie * score + rest * *chance;
        *chance = propensity.intercept + propensity.slope * z;
    }
    logistics(&mut chances);
    chances
}

/// Normal scores of a clean column, by its marginal; 0 for missing values.
fn column_scores(target: &DefectTarget<'_>, name: &str) -> Vec<f64> {
    let clean = &target.source.clean;
    let cells = clean.cells(name);
    let marginal = target.plan(name).and_then(marginal_of);
    match (marginal, cells.and_then(Cells::numbers)) {
        (Some(marginal), Some(values)) => scores_of(marginal, &values)
            .into_iter()
            .map(|score| score.clamp(-FAR, FAR))
            .collect(),
        _ => vec![0.0; clean.rows()],
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_intercept_gives_the_rate_for_every_marginal_shape() {
        let quantiles = || (0..200).map(|at| normal_quantile((f64::from(at) + 0.5) / 200.0));
        for shape in [FactorShape::Bell, FactorShape::Skewed, FactorShape::Bounded] {
            let (centre, sd) = marginal_moments(shape);
            for (slope, tie) in [(0.0, 0.5), (-3.5, 0.9), (3.5, 0.2), (3.5, 1.0)] {
                for rate in [0.02, 0.1, 0.5] {
                    let a = intercept(slope, rate, tie, shape);
                    let rest = libm::sqrt(1.0 - tie * tie);
                    let f = |z: f64| tie * (to_marginal(shape, z) - centre) / sd;
                    let sum: f64 = quantiles()
                        .flat_map(|z| quantiles().map(move |e| a + slope * (f(z) + rest * e)))
                        .map(logistic)
                        .sum();
                    let mean = sum / 40_000.0;
                    // A grid of 24 quantiles misses the last two per cent of either tail.
                    assert!(
                        (mean - rate).abs() < 0.004 + 0.05 * rate,
                        "{shape:?}, {slope}, {tie}, {rate}: {mean}"
                    );
                }
            }
        }
    }
}
