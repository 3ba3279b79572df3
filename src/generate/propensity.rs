//! How likely a row is hit by a defect, without hard edges.

use crate::random::{Draws, normal_quantile};
use crate::scenario::{ColumnPlan, Kind, Marginal};
use crate::table::Cells;

use super::exp::logistics;
use super::ground::Ground;
use super::instance::{Propensity, Upon};

/// Normal score of the 95th percentile.
const SCORE_P95: f64 = 1.644_853_626_951_472_2;
/// Slope of the logistic at full tie: the middle half of a score takes it from 0.1 to 0.9 of its
/// way, steep enough to take an end away and soft enough to leave no edge.
pub(super) const SLOPE: f64 = 3.5;

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
            .map(|value| value.map_or(0.0, |value| score_of(marginal, value)))
            .collect(),
        _ => vec![0.0; surface.rows()],
    }
}

/// The marginal of a column of numbers.
pub(super) fn marginal_of(plan: &ColumnPlan) -> Option<&Marginal> {
    match &plan.kind {
        Kind::Real(marginal) | Kind::Count(marginal) | Kind::Fraction(marginal) => Some(marginal),
        _ => None,
    }
}

/// Normal score of a value of a marginal.
pub(super) fn score_of(marginal: &Marginal, value: f64) -> f64 {
    match marginal {
        Marginal::LongTail { median, p95, .. } => {
            let sigma = libm::log(p95 / median) / SCORE_P95;
            libm::log(value.max(1e-9) / median) / sigma
        }
        Marginal::Symmetric { low, high, .. } => {
            let sd = 0.5 * (high - low) / SCORE_P95;
            (value - 0.5 * (low + high)) / sd
        }
        // The square root makes a Poisson variable nearly normal, with variance a quarter.
        Marginal::Rate { rate } => 2.0 * (libm::sqrt(value.max(0.0)) - libm::sqrt(*rate)),
        Marginal::Share { median, p95, .. } => {
            let sigma = (logit(*p95) - logit(*median)) / SCORE_P95;
            (logit(value.clamp(1e-9, 1.0 - 1e-9)) - logit(*median)) / sigma
        }
    }
}

/// Value of a marginal at a normal score.
pub(super) fn value_at(marginal: &Marginal, score: f64) -> f64 {
    match marginal {
        Marginal::LongTail { median, p95, .. } => {
            let sigma = libm::log(p95 / median) / SCORE_P95;
            median * libm::exp(sigma * score)
        }
        Marginal::Symmetric { low, high, .. } => {
            0.5 * (low + high) + 0.5 * (high - low) / SCORE_P95 * score
        }
        Marginal::Rate { rate } => {
            let root = (libm::sqrt(*rate) + 0.5 * score).max(0.0);
            root * root
        }
        Marginal::Share { median, p95, .. } => {
            let sigma = (logit(*p95) - logit(*median)) / SCORE_P95;
            logistic(logit(*median) + sigma * score)
        }
    }
}

fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
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

    #[test]
    fn scores_and_values_of_a_marginal_are_inverse() {
        let marginals = [
            Marginal::LongTail {
                median: 40.0,
                p95: 300.0,
                digits: 0,
                cap: None,
            },
            Marginal::Share {
                median: 0.2,
                p95: 0.7,
                digits: 3,
            },
            Marginal::Rate { rate: 9.0 },
            Marginal::Symmetric {
                low: -4.0,
                high: 30.0,
                digits: 1,
            },
        ];
        for marginal in &marginals {
            for score in [-2.0, -0.3, 0.0, 1.5] {
                let back = score_of(marginal, value_at(marginal, score));
                assert!((back - score).abs() < 1e-9, "{marginal:?}");
            }
        }
    }
}
