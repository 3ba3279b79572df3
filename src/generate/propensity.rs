//! How likely a row is hit by a defect, without hard edges.

use crate::random::{Draws, normal_quantile};
use crate::table::Cells;

use super::exp::logistics;
use super::ground::Ground;
use super::instance::{Propensity, Upon};
use super::marginal::{marginal_of, score_of};

/// Slope of the logistic at full tie: the middle half of a score takes it from 0.1 to 0.9 of its
/// way, steep enough to take an end away and soft enough to leave no edge.
pub(super) const SLOPE: f64 = 3.5;

/// A zero of a long tail has a score without end; among rows, none lies farther out than this.
const FAR: f64 = 4.0;

/// Intercept at which a logistic of `slope` times a standard normal score has mean `rate`.
pub(super) fn intercept(slope: f64, rate: f64) -> f64 {
    const GRID: usize = 400;
    let scores: Vec<f64> = (0..GRID)
        .map(|at| normal_quantile((at as f64 + 0.5) / GRID as f64))
        .collect();
    let mean = |intercept: f64| {
        let sum: f64 = scores.iter().map(|z| logistic(intercept + slope * z)).sum();
        sum / GRID as f64
    };
    let (mut low, mut high) = (-60.0, 60.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if mean(middle) < rate {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Probability of each row of a block to be hit, by its propensity.
pub(super) fn probabilities(
    ground: &Ground<'_>,
    propensity: &Propensity,
    mut noise: Draws,
) -> Vec<f64> {
    let scores = match &propensity.on {
        Upon::Latent(at) => ground.latent(*at),
        Upon::Column(name) => column_scores(ground, name),
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

/// Normal scores of a column before defects, by its own marginal; 0 where it has no value.
fn column_scores(ground: &Ground<'_>, name: &str) -> Vec<f64> {
    let surface = &ground.source.surface;
    let cells = surface.cells(name);
    let marginal = ground.plan(name).and_then(marginal_of);
    match (marginal, cells.and_then(Cells::numbers)) {
        (Some(marginal), Some(values)) => values
            .into_iter()
            .map(|value| value.map_or(0.0, |value| score_of(marginal, value).clamp(-FAR, FAR)))
            .collect(),
        _ => vec![0.0; surface.rows()],
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_intercept_gives_the_rate() {
        for slope in [0.0, 1.0, -3.5, 3.5] {
            for rate in [0.01, 0.1, 0.5, 0.9] {
                let a = intercept(slope, rate);
                let mean = (0..4_000)
                    .map(|at| normal_quantile((f64::from(at) + 0.5) / 4_000.0))
                    .map(|z| logistic(a + slope * z))
                    .sum::<f64>()
                    / 4_000.0;
                assert!((mean - rate).abs() < 1e-3, "{slope}, {rate}: {mean}");
            }
        }
    }
}
