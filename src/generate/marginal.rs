//! From normal scores to the marginals that a product person knows, rounded as numbers are.

use crate::random::{Draws, normal_cdf};
use crate::scenario::{Heaping, Marginal};
use crate::table::Cells;

/// Normal score of the 95th percentile.
const SCORE_P95: f64 = 1.644_853_626_951_472_2;

/// From normal scores to a marginal.
pub(super) fn quantiles(marginal: &Marginal, scores: &[f64]) -> Cells {
    match marginal {
        Marginal::LongTail {
            median,
            p95,
            digits,
            cap,
        } => {
            let sigma = libm::log(p95 / median) / SCORE_P95;
            let cap = cap.unwrap_or(f64::INFINITY);
            let values = scores
                .iter()
                .map(|t| Some((median * libm::exp(sigma * t)).min(cap)));
            stored(values, *digits)
        }
        Marginal::Symmetric { low, high, digits } => {
            let (centre, sd) = (0.5 * (low + high), 0.5 * (high - low) / SCORE_P95);
            stored(scores.iter().map(|t| Some(centre + sd * t)), *digits)
        }
        Marginal::Rate { rate } => {
            let below = poisson_table(*rate);
            let count = |t: &f64| {
                let u = normal_cdf(*t);
                Some(below.partition_point(|share| *share <= u) as i64)
            };
            Cells::Whole(scores.iter().map(count).collect())
        }
        Marginal::Share {
            median,
            p95,
            digits,
        } => {
            let logit = |p: f64| libm::log(p / (1.0 - p));
            let (centre, far) = (logit(*median), logit(*p95));
            let sigma = (far - centre) / SCORE_P95;
            let values = scores
                .iter()
                .map(|t| Some(1.0 / (1.0 + libm::exp(-(centre + sigma * t)))));
            stored(values, *digits)
        }
    }
}

/// Distribution function of a Poisson variable at 0, 1, 2, …, until nothing is left.
fn poisson_table(rate: f64) -> Vec<f64> {
    let mut term = libm::exp(-rate);
    let mut sum = term;
    let mut below = vec![sum];
    let mut k = 1.0;
    while sum < 1.0 - 1e-12 && k < 10_000.0 {
        term *= rate / k;
        sum += term;
        below.push(sum);
        k += 1.0;
    }
    below
}

/// Some of the numbers at the nearest multiple of a step, as people give them.
pub(super) fn heaped(cells: Cells, heaping: &Heaping, draws: &mut Draws) -> Cells {
    let mut near = |value: f64| {
        if draws.chance(heaping.share) {
            (value / heaping.step).round() * heaping.step
        } else {
            value
        }
    };
    match cells {
        Cells::Whole(mut values) => {
            for value in values.iter_mut().flatten() {
                *value = near(*value as f64).round() as i64;
            }
            Cells::Whole(values)
        }
        Cells::Real(mut values) => {
            for value in values.iter_mut().flatten() {
                // A multiple of 0.1 has a tail of digits that nobody wrote.
                *value = rounded(near(*value), MOST_DIGITS);
            }
            Cells::Real(values)
        }
        other => other,
    }
}

/// Without digits behind the point, numbers are whole.
pub(super) fn stored(values: impl Iterator<Item = Option<f64>>, digits: u32) -> Cells {
    if digits == 0 {
        let whole = values.map(|value| value.map(|value| value.round() as i64));
        Cells::Whole(whole.collect())
    } else {
        let rounded = values.map(|value| value.map(|value| rounded(value, digits)));
        Cells::Real(rounded.collect())
    }
}

/// More digits behind the point are noise.
const MOST_DIGITS: u32 = 12;

/// Rounded to `digits` digits behind the point.
pub(super) fn rounded(value: f64, digits: u32) -> f64 {
    let scale = 10_f64.powi(digits.min(MOST_DIGITS) as i32);
    let rounded = (value * scale).round() / scale;
    // Never "-0.0": it would be another text for the same number.
    if rounded == 0.0 { 0.0 } else { rounded }
}
