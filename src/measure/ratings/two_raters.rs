//! Agreement on the items that every rater rated.

use super::super::correlation::ranks;
use super::chance_corrected::conger_kappa;
use super::table::{Ratings, Weights};

/// Cohen's kappa of two raters, on the items both rated: agreement above that of two raters who
/// each draw as they did.
///
/// From −1 to 1; 0 is chance. Symmetric. [`Weights::Linear`] and [`Weights::Quadratic`] give the
/// weighted kappas. All ratings of one category: 1 (scikit-learn gives no number). More or fewer
/// than two raters, or no item that both rated: no value.
///
/// Cohen (1960), doi:10.1177/001316446002000104; weighted, Cohen (1968), doi:10.1037/h0026256.
///
/// ```
/// use drumlin::measure::{cohen_kappa, Ratings, Weights};
/// let ratings = Ratings::new(&[[1.0, 2.0, 2.0, 3.0, 1.0], [1.0, 2.0, 3.0, 3.0, 1.0]], &[]);
/// let kappa = cohen_kappa(&ratings, Weights::Quadratic).unwrap();
/// assert!((kappa - 6.0 / 7.0).abs() < 1e-15);
/// ```
pub fn cohen_kappa(ratings: &Ratings, weights: Weights) -> Option<f64> {
    if ratings.raters() != 2 {
        return None;
    }
    conger_kappa(&complete(ratings), weights)
}

/// Kendall's W: how far raters rank the items alike, corrected for ties.
///
/// From 0 (no agreement at all) to 1 (the same ranks). On the items that every rater rated. Blind
/// to any increasing transformation of a rater's scale. No value for fewer than two raters or
/// items, or when no rater tells items apart.
///
/// Kendall & Babington Smith (1939), doi:10.1214/aoms/1177732186.
///
/// ```
/// use drumlin::measure::{kendall_w, Ratings};
/// let ratings = Ratings::new(&[[1.0, 2.0, 3.0], [1.0, 3.0, 9.0]], &[]);
/// assert_eq!(kendall_w(&ratings), Some(1.0));
/// ```
pub fn kendall_w(ratings: &Ratings) -> Option<f64> {
    let items = complete(ratings);
    let (m, n) = (items.raters() as f64, items.items() as f64);
    if m < 2.0 || n < 2.0 {
        return None;
    }
    let mut sums = vec![0.0; items.items()];
    let mut ties = 0.0;
    for rater in 0..items.raters() {
        let said = items.codes().iter().filter_map(|item| item[rater]);
        let codes: Vec<f64> = said.map(|code| code as f64).collect();
        let ranks = ranks(&codes);
        for (sum, rank) in sums.iter_mut().zip(&ranks) {
            *sum += rank;
        }
        let mut sorted = ranks;
        sorted.sort_unstable_by(f64::total_cmp);
        for tied in sorted.chunk_by(|left, right| left >= right) {
            let t = tied.len() as f64;
            ties += t * t * t - t;
        }
    }
    let mean = m * (n + 1.0) / 2.0;
    let spread: f64 = sums.iter().map(|sum| (sum - mean) * (sum - mean)).sum();
    let most = m * m * (n * n * n - n) - m * ties;
    (most > 0.0).then(|| (12.0 * spread / most).min(1.0))
}

/// The items that every rater rated.
fn complete(ratings: &Ratings) -> Ratings {
    let mut rest = ratings.clone();
    for item in (0..ratings.items()).rev() {
        if ratings.codes()[item].iter().any(Option::is_none) {
            rest = rest.without(item);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_raters_have_no_cohen_and_ties_no_ranks() {
        let three = Ratings::new(&[[1.0, 2.0]; 3], &[]);
        assert_eq!(cohen_kappa(&three, Weights::Identity), None);
        assert_eq!(kendall_w(&three), Some(1.0));
        assert_eq!(kendall_w(&Ratings::new(&[[1.0, 1.0]; 2], &[])), None);
        assert_eq!(kendall_w(&Ratings::new(&[[1.0, f64::NAN]; 2], &[])), None);
    }
}
