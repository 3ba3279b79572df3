//! Between normal scores and the marginals that a product person knows, rounded as numbers are.

use crate::random::{Draws, normal_quantile};
use crate::scenario::{ColumnPlan, Heaping, Kind, Marginal};
use crate::table::Cells;

use super::exp::{exps, logistics};

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
            let sigma = log_spread(*median, *p95);
            let cap = cap.unwrap_or(f64::INFINITY);
            let mut values: Vec<f64> = scores.iter().map(|t| sigma * t).collect();
            exps(&mut values);
            let values = values.into_iter().map(|e| Some((median * e).min(cap)));
            stored(values, *digits)
        }
        Marginal::Symmetric { low, high, digits } => {
            let (centre, sd) = (0.5 * (low + high), middle_spread(*low, *high));
            stored(scores.iter().map(|t| Some(centre + sd * t)), *digits)
        }
        Marginal::Rate { rate } => {
            let below = poisson_table(*rate);
            let cuts: Vec<f64> = below.into_iter().map(normal_quantile).collect();
            let count = |t: &f64| Some(cuts.partition_point(|cut| cut <= t) as i64);
            Cells::Whole(scores.iter().map(count).collect())
        }
        Marginal::Share {
            median,
            p95,
            digits,
        } => {
            let (centre, sigma) = (logit(*median), logit_spread(*median, *p95));
            let mut values: Vec<f64> = scores.iter().map(|t| centre + sigma * t).collect();
            logistics(&mut values);
            stored(values.into_iter().map(Some), *digits)
        }
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
            let sigma = log_spread(*median, *p95);
            libm::log(value.max(1e-9) / median) / sigma
        }
        Marginal::Symmetric { low, high, .. } => {
            let sd = middle_spread(*low, *high);
            (value - 0.5 * (low + high)) / sd
        }
        // The square root makes a Poisson variable nearly normal, with variance a quarter.
        Marginal::Rate { rate } => 2.0 * (libm::sqrt(value.max(0.0)) - libm::sqrt(*rate)),
        Marginal::Share { median, p95, .. } => {
            let sigma = logit_spread(*median, *p95);
            (logit(value.clamp(1e-9, 1.0 - 1e-9)) - logit(*median)) / sigma
        }
    }
}

/// Value of a marginal at a normal score.
pub(super) fn value_at(marginal: &Marginal, score: f64) -> f64 {
    match marginal {
        Marginal::LongTail { median, p95, .. } => {
            let sigma = log_spread(*median, *p95);
            median * libm::exp(sigma * score)
        }
        Marginal::Symmetric { low, high, .. } => {
            0.5 * (low + high) + middle_spread(*low, *high) * score
        }
        Marginal::Rate { rate } => {
            let root = (libm::sqrt(*rate) + 0.5 * score).max(0.0);
            root * root
        }
        Marginal::Share { median, p95, .. } => {
            let sigma = logit_spread(*median, *p95);
            1.0 / (1.0 + libm::exp(-(logit(*median) + sigma * score)))
        }
    }
}

/// Standard deviation of the logarithm.
fn log_spread(median: f64, p95: f64) -> f64 {
    libm::log(p95 / median) / SCORE_P95
}

/// Standard deviation of the logit.
fn logit_spread(median: f64, p95: f64) -> f64 {
    (logit(p95) - logit(median)) / SCORE_P95
}

/// Standard deviation of a normal of which nine tenths lie from `low` to `high`.
fn middle_spread(low: f64, high: f64) -> f64 {
    0.5 * (high - low) / SCORE_P95
}

fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
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
                *value = whole(near(*value as f64));
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
        Cells::Whole(values.map(|value| value.map(whole)).collect())
    } else {
        reals(values, digits)
    }
}

/// Real numbers with `digits` digits behind the point.
pub(super) fn reals(values: impl Iterator<Item = Option<f64>>, digits: u32) -> Cells {
    let scale = scale(digits);
    let round = |value: f64| at_scale(value, scale);
    Cells::Real(values.map(|value| value.map(round)).collect())
}

/// Rounded to `digits` digits behind the point.
pub(super) fn rounded(value: f64, digits: u32) -> f64 {
    at_scale(value, scale(digits))
}

/// More digits behind the point are noise.
const MOST_DIGITS: u32 = 12;
/// Above, a number has no part behind the point.
const WHOLE: f64 = (1_u64 << 52) as f64;

fn scale(digits: u32) -> f64 {
    10_f64.powi(digits.min(MOST_DIGITS) as i32)
}

fn at_scale(value: f64, scale: f64) -> f64 {
    let large = value * scale;
    let rounded = if large.abs() < WHOLE {
        // A whole number has no negative zero: "-0.0" would be another text for the same number.
        whole(large) as f64 / scale
    } else {
        large.round() / scale
    };
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The nearest whole number, halves away from zero, as `f64::round` has it: without SSE 4.1 that is
/// a call for each number.
fn whole(value: f64) -> i64 {
    // Just below a half, or the number just below a half would become 1.
    const ALMOST_HALF: f64 = 0.5 - f64::EPSILON / 4.0;
    (value + ALMOST_HALF.copysign(value)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_those_of_round() {
        let near = [
            0.0,
            0.5,
            1.0,
            1.5,
            2.5,
            1e6 + 0.5,
            4_503_599_627_370_495.5,
            9e15,
        ];
        for value in near {
            for value in [value, f64::next_up(value), f64::next_down(value)] {
                for value in [value, -value] {
                    assert_eq!(whole(value), value.round() as i64, "{value:?}");
                }
            }
        }
        assert_eq!(rounded(-0.001, 2).to_bits(), 0.0_f64.to_bits());
        assert_eq!(rounded(2.345_6, 2).to_bits(), 2.35_f64.to_bits());
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
