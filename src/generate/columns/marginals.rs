//! Between normal scores and marginals stated in product terms.

use crate::random::{normal_cdf, normal_quantile};
use crate::scenario::{ColumnKind, ColumnPlan, Marginal, Tail};
use crate::table::Cells;

use super::rounding::stored;
use crate::generate::numeric::exp::{exps, logistics};

/// Normal score of the 95th percentile.
const SCORE_P95: f64 = 1.644_853_626_951_472_2;

/// From normal scores to a marginal.
pub(crate) fn quantiles(marginal: &Marginal, scores: &[f64]) -> Cells {
    match marginal {
        Marginal::LongTail {
            median,
            p95,
            tail,
            digits,
            cap,
            floor,
        } => {
            let slope = slope(*tail, *median, *p95);
            let (floor, cap) = (floor.unwrap_or(0.0), cap.unwrap_or(f64::INFINITY));
            let mut values: Vec<f64> = scores
                .iter()
                .map(|t| slope * stretched(*tail, *t))
                .collect();
            exps(&mut values);
            let values = values
                .into_iter()
                .map(|e| Some((median * e).min(cap).max(floor)));
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
pub(crate) fn marginal_of(plan: &ColumnPlan) -> Option<&Marginal> {
    match &plan.kind {
        ColumnKind::Real(marginal)
        | ColumnKind::Count(marginal)
        | ColumnKind::Fraction(marginal) => Some(marginal),
        _ => None,
    }
}

/// Normal score of a value of a marginal.
pub(crate) fn score_of(marginal: &Marginal, value: f64) -> f64 {
    match marginal {
        Marginal::LongTail {
            median, p95, tail, ..
        } => {
            let slope = slope(*tail, *median, *p95);
            unstretched(*tail, libm::log(value.max(1e-9) / median) / slope)
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

/// Normal scores of many values of a marginal; 0 for missing values.
pub(crate) fn scores_of(marginal: &Marginal, values: &[Option<f64>]) -> Vec<f64> {
    match marginal {
        Marginal::LongTail {
            median, p95, tail, ..
        } => {
            let slope = slope(*tail, *median, *p95);
            let score =
                |value: f64| unstretched(*tail, libm::log(value.max(1e-9) / median) / slope);
            values
                .iter()
                .map(|value| value.map_or(0.0, score))
                .collect()
        }
        other => {
            let score = |value| score_of(other, value);
            values
                .iter()
                .map(|value| value.map_or(0.0, score))
                .collect()
        }
    }
}

/// Value of a marginal at a normal score.
pub(crate) fn value_at(marginal: &Marginal, score: f64) -> f64 {
    match marginal {
        Marginal::LongTail {
            median, p95, tail, ..
        } => median * libm::exp(slope(*tail, *median, *p95) * stretched(*tail, score)),
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

/// A normal score in which the logarithm of a value of median 1 is linear: 0 at the median.
/// Of a log-normal it is the score itself; of a Weibull variable ln(−ln(1 − p) / ln 2), of a
/// log-logistic one the logit of p (Johnson, Kotz & Balakrishnan 1994, chapters 21 and 23).
fn stretched(tail: Tail, score: f64) -> f64 {
    match tail {
        Tail::Usual => score,
        Tail::Short => libm::log(-libm::log(normal_cdf(-score)) / std::f64::consts::LN_2),
        Tail::Heavy => libm::log(normal_cdf(score) / normal_cdf(-score)),
    }
}

/// Inverse of [`stretched`].
fn unstretched(tail: Tail, value: f64) -> f64 {
    // A value at the end of its range has an extreme but finite score.
    let inside = |p: f64| normal_quantile(p.clamp(1e-16, 1.0 - 1e-16));
    match tail {
        Tail::Usual => value,
        Tail::Short => -inside(libm::exp(-std::f64::consts::LN_2 * libm::exp(value))),
        Tail::Heavy => inside(1.0 / (1.0 + libm::exp(-value))),
    }
}

/// Growth of the logarithm with a stretched score, so that the 95th percentile is met.
fn slope(tail: Tail, median: f64, p95: f64) -> f64 {
    libm::log(p95 / median) / stretched(tail, SCORE_P95)
}

/// Split shares of exactly 0 and exactly 1 off the ends of the scores; the rest is rescaled to
/// standard normal.
pub(crate) fn between(scores: &[f64], [zeros, ones]: [f64; 2]) -> Vec<Result<f64, f64>> {
    let nested = 1.0 - zeros - ones;
    let place = |score: &f64| {
        let p = normal_cdf(*score);
        if p < zeros {
            Err(0.0)
        } else if p >= 1.0 - ones {
            Err(1.0)
        } else {
            Ok(normal_quantile(
                ((p - zeros) / nested).clamp(1e-16, 1.0 - 1e-16),
            ))
        }
    };
    scores.iter().map(place).collect()
}

/// A marginal with shares of exactly 0 and exactly 1.
pub(crate) fn ended(marginal: &Marginal, ends: [f64; 2], scores: &[f64]) -> Cells {
    let places = between(scores, ends);
    let nested: Vec<f64> = places.iter().map(|place| place.unwrap_or(0.0)).collect();
    let end = |place: &Result<f64, f64>| place.err();
    match quantiles(marginal, &nested) {
        Cells::Whole(mut values) => {
            for (value, place) in values.iter_mut().zip(&places) {
                *value = end(place).map_or(*value, |end| Some(end as i64));
            }
            Cells::Whole(values)
        }
        Cells::Real(mut values) => {
            for (value, place) in values.iter_mut().zip(&places) {
                *value = end(place).or(*value);
            }
            Cells::Real(values)
        }
        other => other,
    }
}

/// Standard deviation of the logit.
fn logit_spread(median: f64, p95: f64) -> f64 {
    (logit(p95) - logit(median)) / SCORE_P95
}

/// Standard deviation of a normal with 90 % between `low` and `high`.
fn middle_spread(low: f64, high: f64) -> f64 {
    0.5 * (high - low) / SCORE_P95
}

fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

/// Distribution function of a Poisson variable at 0, 1, 2, …, until it is 1.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn long_tail(tail: Tail) -> Marginal {
        Marginal::LongTail {
            median: 40.0,
            p95: 300.0,
            tail,
            digits: 0,
            cap: None,
            floor: None,
        }
    }

    #[test]
    fn every_tail_meets_its_median_and_its_95th_percentile() {
        for tail in [Tail::Short, Tail::Usual, Tail::Heavy] {
            let marginal = long_tail(tail);
            assert!((value_at(&marginal, 0.0) - 40.0).abs() < 1e-9, "{tail:?}");
            assert!(
                (value_at(&marginal, SCORE_P95) - 300.0).abs() < 1e-6,
                "{tail:?}"
            );
        }
        let far = |tail| value_at(&long_tail(tail), 3.0);
        assert!(far(Tail::Short) < far(Tail::Usual) && far(Tail::Usual) < far(Tail::Heavy));
    }

    #[test]
    fn scores_and_values_of_a_marginal_are_inverse() {
        let marginals = [
            long_tail(Tail::Short),
            long_tail(Tail::Usual),
            long_tail(Tail::Heavy),
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
