//! Agreement of any number of raters, raw and corrected for chance.

use super::table::{Ratings, Weights};
use crate::measure::stats::beta::student_quantile;
use crate::measure::stats::interval::{Interval, TAIL};
use crate::measure::stats::moments::ordered_sum;

/// A coefficient and its standard error over items.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GwetCoefficient {
    /// The coefficient.
    pub value: f64,
    /// Its standard error for other items and the same raters; none for a single item or without
    /// variation.
    pub error: Option<f64>,
}

/// The share of pairs of ratings of one item that agree, averaged over items with two or more
/// ratings; `weights` give partial credit to different categories.
///
/// From 0 to 1, not corrected for chance: two raters who use one category nine times out of ten
/// agree on four fifths of the items by chance. No value when no item has two ratings.
///
/// Gwet (2008), doi:10.1348/000711006X126600.
///
/// ```
/// use drumlin::measure::{raw_agreement, Ratings, Weights};
/// let ratings = Ratings::new(&[[1.0, 2.0], [1.0, 1.0]], &[]);
/// assert_eq!(raw_agreement(&ratings, Weights::Identity), Some(0.5));
/// ```
pub fn raw_agreement(ratings: &Ratings, weights: Weights) -> Option<f64> {
    RatingPairs::of(ratings, weights).agreed()
}

/// Gwet's AC1 (with [`Weights::Identity`]) and AC2: agreement beyond that of raters who guess on
/// hard items.
///
/// At most 1; 0 is chance. Unlike kappa, it does not collapse when nearly all items are of one
/// category. Missing ratings are allowed. All ratings in one category: 1. No value when no item has
/// two ratings.
///
/// Gwet (2008), doi:10.1348/000711006X126600; the standard error as in Gwet (2014), *Handbook of
/// Inter-Rater Reliability*, for an infinite population of items.
///
/// ```
/// use drumlin::measure::{gwet, Ratings, Weights};
/// let ratings = Ratings::new(&[[1.0, 2.0, 2.0], [1.0, 2.0, 1.0]], &[]);
/// let ac1 = gwet(&ratings, Weights::Identity).unwrap();
/// assert!((ac1.value - 1.0 / 3.0).abs() < 1e-15);
/// ```
pub fn gwet(ratings: &Ratings, weights: Weights) -> Option<GwetCoefficient> {
    let pairs = RatingPairs::of(ratings, weights);
    let agreed = pairs.agreed()?;
    let (n, q) = (pairs.counts.len() as f64, pairs.shares.len() as f64);
    if q < 2.0 {
        return Some(GwetCoefficient {
            value: 1.0,
            error: None,
        });
    }
    let scale = pairs.weights.iter().flatten().sum::<f64>() / (q * (q - 1.0));
    let spread = pairs.shares.iter().map(|share| share * (1.0 - share));
    let chance = scale * spread.sum::<f64>();
    let value = corrected(agreed, chance);
    let with_pairs = pairs.items.iter().flatten().count() as f64;
    let each = pairs.counts.iter().zip(&pairs.items).map(|(counts, item)| {
        let raters: f64 = counts.iter().sum();
        let gain = item.map_or(0.0, |agreed| agreed - chance) * n / with_pairs;
        let hard = counts.iter().zip(&pairs.shares);
        let hard: f64 = hard.map(|(count, share)| count * (1.0 - share)).sum();
        let own_chance = scale * hard / raters;
        (gain - 2.0 * (1.0 - value) * (own_chance - chance)) / (1.0 - chance)
    });
    let squares: f64 = each.map(|each| (each - value) * (each - value)).sum();
    let varies = n > 1.0 && !ratings.trivial();
    Some(GwetCoefficient {
        value,
        error: varies.then(|| libm::sqrt(squares / (n * (n - 1.0)))),
    })
}

/// Jackknife confidence interval of a coefficient: the same raters, other items.
///
/// The value plus or minus Student's t times the jackknife standard error. No value when the
/// coefficient is undefined on all items or without one of them, or with fewer than two items.
///
/// Tukey (1958), after Quenouille (1956), doi:10.1093/biomet/43.3-4.353.
///
/// ```
/// use drumlin::measure::{jackknife_ratings, krippendorff_alpha, MeasurementLevel, Ratings};
/// let ratings = Ratings::new(&[[1.0, 2.0, 3.0, 3.0], [1.0, 2.0, 3.0, 2.0]], &[]);
/// let found = jackknife_ratings(&ratings, |ratings| krippendorff_alpha(ratings, MeasurementLevel::Interval));
/// let found = found.unwrap();
/// assert!(found.low < found.value && found.value < found.high);
/// ```
pub fn jackknife_ratings(
    ratings: &Ratings,
    coefficient: impl Fn(&Ratings) -> Option<f64>,
) -> Option<Interval> {
    let value = coefficient(ratings)?;
    let left_out = (0..ratings.items()).map(|item| coefficient(&ratings.without(item)));
    let left_out = left_out.collect::<Option<Vec<f64>>>()?;
    if left_out.len() < 2 {
        return None;
    }
    let n = left_out.len() as f64;
    let mean = ordered_sum(left_out.iter().copied()) / n;
    let squares = ordered_sum(left_out.iter().map(|value| (value - mean) * (value - mean)));
    let error = libm::sqrt((n - 1.0) / n * squares);
    let reach = error * student_quantile(1.0 - TAIL, n - 1.0)?;
    Some(Interval {
        value,
        error,
        low: value - reach,
        high: value + reach,
    })
}

/// What all coefficients have in common.
struct RatingPairs {
    weights: Vec<Vec<f64>>,
    counts: Vec<Vec<f64>>,
    /// Share of agreeing pairs of ratings of each item; none with fewer than two ratings.
    items: Vec<Option<f64>>,
    /// Each category's share of an item's ratings, averaged over items.
    shares: Vec<f64>,
}

impl RatingPairs {
    fn of(ratings: &Ratings, weights: Weights) -> Self {
        let weights = weights.matrix(ratings.categories());
        let counts = ratings.counts();
        let mut shares = vec![0.0; ratings.categories().len()];
        let mut items = Vec::with_capacity(counts.len());
        for counts in &counts {
            let raters: f64 = counts.iter().sum();
            for (share, count) in shares.iter_mut().zip(counts) {
                *share += count / raters;
            }
            let agreeing = meeting(&weights, counts, counts) - raters;
            items.push((raters > 1.0).then(|| agreeing / (raters * (raters - 1.0))));
        }
        let n = counts.len().max(1) as f64;
        Self {
            weights,
            items,
            shares: shares.into_iter().map(|share| share / n).collect(),
            counts,
        }
    }

    fn agreed(&self) -> Option<f64> {
        let (sum, items) = self
            .items
            .iter()
            .flatten()
            .fold((0.0, 0.0), |(sum, n), item| (sum + item, n + 1.0));
        (items > 0.0).then(|| sum / items)
    }
}

/// Σ weight × left × right.
fn meeting(weights: &[Vec<f64>], left: &[f64], right: &[f64]) -> f64 {
    let rows = weights.iter().zip(left).map(|(weights, left)| {
        let row = weights
            .iter()
            .zip(right)
            .map(|(weight, right)| weight * right);
        left * row.sum::<f64>()
    });
    rows.sum()
}

/// (agreed − chance) / (1 − chance); where chance agreement is already complete, 1.
fn corrected(agreed: f64, chance: f64) -> f64 {
    if 1.0 - chance > f64::EPSILON {
        (agreed - chance) / (1.0 - chance)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_category_is_agreed_on_and_nobody_has_no_value() {
        let same = Ratings::new(&[[1.0, 1.0], [1.0, 1.0]], &[1.0, 2.0]);
        let nobody = Ratings::new(&[[1.0, f64::NAN], [f64::NAN, 2.0]], &[]);
        assert!(same.trivial() && !nobody.trivial());
        let all = GwetCoefficient {
            value: 1.0,
            error: None,
        };
        assert_eq!(gwet(&same, Weights::Ordinal), Some(all));
        assert_eq!(gwet(&nobody, Weights::Identity), None);
        assert_eq!(raw_agreement(&nobody, Weights::Identity), None);
    }

    #[test]
    fn a_single_item_has_no_interval() {
        let one = Ratings::new(&[[1.0], [2.0], [1.0]], &[]);
        let of = |ratings: &Ratings| raw_agreement(ratings, Weights::Identity);
        assert_eq!(jackknife_ratings(&one, of), None);
    }
}
