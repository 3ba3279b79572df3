//! Krippendorff's alpha.

use super::table::Ratings;

/// The measurement level of categories, which defines their distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasurementLevel {
    /// Names: only equal or different.
    Nominal,
    /// An order: distance by the number of ratings between them.
    Ordinal,
    /// Differences are meaningful: distance is their square.
    Interval,
    /// Ratios are meaningful: distance is the squared difference over the sum.
    Ratio,
}

/// Krippendorff's alpha: 1 − observed / expected disagreement, for any number of raters, missing
/// ratings, and any level of measurement.
///
/// At most 1; 0 is what random ratings from one pool give. Items with a single rating are ignored.
/// All ratings in one category: 1 (nothing to disagree on; see [`Ratings::trivial`], since
/// Krippendorff himself gives no value there). No value when no item has two ratings.
///
/// Krippendorff (1970), doi:10.1177/001316447003000105; Hayes & Krippendorff (2007),
/// doi:10.1080/19312450709336664.
///
/// ```
/// use drumlin::measure::{krippendorff_alpha, MeasurementLevel, Ratings};
/// let ratings = Ratings::new(&[[1.0, 2.0, 2.0, 3.0, 1.0], [1.0, 2.0, 3.0, 3.0, 1.0]], &[]);
/// let alpha = krippendorff_alpha(&ratings, MeasurementLevel::Nominal).unwrap();
/// assert!((alpha - 8.0 / 11.0).abs() < 1e-15);
/// ```
pub fn krippendorff_alpha(ratings: &Ratings, level: MeasurementLevel) -> Option<f64> {
    let q = ratings.categories().len();
    let mut together = vec![vec![0.0; q]; q];
    for counts in ratings.counts() {
        let raters: f64 = counts.iter().sum();
        if raters < 2.0 {
            continue;
        }
        for (c, row) in together.iter_mut().enumerate() {
            for (k, pairs) in row.iter_mut().enumerate() {
                let own = f64::from(u8::from(c == k));
                *pairs += counts[c] * (counts[k] - own) / (raters - 1.0);
            }
        }
    }
    let sizes: Vec<f64> = together.iter().map(|row| row.iter().sum()).collect();
    let all: f64 = sizes.iter().sum();
    if all <= 0.0 {
        return None;
    }
    let apart = |c: usize, k: usize| distance(level, ratings.categories(), &sizes, c, k);
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..q {
        for k in 0..c {
            observed += together[c][k] * apart(c, k);
            expected += sizes[c] * sizes[k] * apart(c, k);
        }
    }
    Some(if expected > 0.0 {
        1.0 - (all - 1.0) * observed / expected
    } else {
        1.0
    })
}

/// The squared distance of two categories.
fn distance(level: MeasurementLevel, categories: &[f64], sizes: &[f64], c: usize, k: usize) -> f64 {
    let gap = categories[c] - categories[k];
    match level {
        MeasurementLevel::Nominal => 1.0,
        MeasurementLevel::Ordinal => {
            let between: f64 = sizes[c.min(k)..=c.max(k)].iter().sum();
            let ranks = between - f64::midpoint(sizes[c], sizes[k]);
            ranks * ranks
        }
        MeasurementLevel::Interval => gap * gap,
        MeasurementLevel::Ratio => {
            let sum = categories[c] + categories[k];
            if sum.abs() > 0.0 {
                (gap / sum) * (gap / sum)
            } else {
                0.0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_category_is_agreed_on_and_nobody_has_no_value() {
        let same = Ratings::new(&[[4.0, 4.0], [4.0, 4.0]], &[]);
        let nobody = Ratings::new(&[[1.0, f64::NAN], [f64::NAN, 2.0]], &[]);
        for level in [
            MeasurementLevel::Nominal,
            MeasurementLevel::Ordinal,
            MeasurementLevel::Interval,
            MeasurementLevel::Ratio,
        ] {
            assert_eq!(krippendorff_alpha(&same, level), Some(1.0));
            assert_eq!(krippendorff_alpha(&nobody, level), None);
        }
    }
}
