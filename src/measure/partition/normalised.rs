//! Mutual information on a scale from 0 to 1, and as a distance.

use super::super::contingency::{Contingency, Trivial};
use super::super::information::{entropy, mutual_information};

/// Which average of the two entropies normalises mutual information.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Average {
    /// Half their sum: the usual one, and the V-measure.
    Arithmetic,
    /// The root of their product.
    Geometric,
    /// The smaller one: full marks for any refinement of the truth.
    Min,
    /// The larger one: full marks for the same partition only.
    Max,
}

impl Average {
    /// The average of two numbers that are not negative.
    pub fn of(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Arithmetic => f64::midpoint(left, right),
            Self::Geometric => libm::sqrt(left * right),
            Self::Min => left.min(right),
            Self::Max => left.max(right),
        }
    }
}

/// Homogeneity: I / H(truth), the share of the truth's entropy that the answer tells.
///
/// From 0 to 1; 1 means that no group of the answer mixes two of the truth, so splitting always
/// helps it. Its mirror is [`completeness`]. A truth of one group cannot be mixed: 1, by
/// definition. No row: no value.
///
/// Rosenberg & Hirschberg (2007), <https://aclanthology.org/D07-1043>.
///
/// ```
/// use drumlin::{labels::Partition, measure::{homogeneity, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let finer = Partition::from_labels(&["w", "x", "y", "z"].map(Some));
/// assert_eq!(homogeneity(&Contingency::new(&truth, &finer)), Some(1.0));
/// ```
pub fn homogeneity(table: &Contingency) -> Option<f64> {
    let whole = entropy(table.truth_sizes())?;
    Some(share(mutual_information(table)?, whole))
}

/// Completeness: I / H(answer); 1 means that no group of the truth is torn apart.
///
/// From 0 to 1; one big group reaches 1 as well. [`homogeneity`] with the sides swapped. An
/// answer of one group: 1, by definition. No row: no value.
///
/// Rosenberg & Hirschberg (2007), <https://aclanthology.org/D07-1043>.
///
/// ```
/// use drumlin::{labels::Partition, measure::{completeness, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let finer = Partition::from_labels(&["w", "x", "y", "z"].map(Some));
/// let share = completeness(&Contingency::new(&truth, &finer)).unwrap();
/// assert!((share - 0.5).abs() < 1e-15);
/// ```
pub fn completeness(table: &Contingency) -> Option<f64> {
    let whole = entropy(table.answer_sizes())?;
    Some(share(mutual_information(table)?, whole))
}

/// The V-measure: (1 + β) h c / (β h + c) of [`homogeneity`] h and [`completeness`] c.
///
/// From 0 to 1; 1 means the same partition. With β = 1 it is mutual information normalised by the
/// arithmetic mean, and symmetric; a larger β weighs completeness more. Not corrected for chance.
/// Both sides trivial: 1. One side trivial: 0. No row, or a β that is negative or not finite: no
/// value.
///
/// Rosenberg & Hirschberg (2007), <https://aclanthology.org/D07-1043>.
///
/// ```
/// use drumlin::{labels::Partition, measure::{v_measure, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let finer = Partition::from_labels(&["w", "x", "y", "z"].map(Some));
/// let v = v_measure(&Contingency::new(&truth, &finer), 1.0).unwrap();
/// assert!((v - 2.0 / 3.0).abs() < 1e-15);
/// ```
pub fn v_measure(table: &Contingency, beta: f64) -> Option<f64> {
    if !(beta.is_finite() && beta >= 0.0) {
        return None;
    }
    let (h, c) = (homogeneity(table)?, completeness(table)?);
    let scale = beta * h + c;
    Some(if scale > 0.0 {
        ((1.0 + beta) * h * c / scale).min(1.0)
    } else {
        0.0
    })
}

/// Normalised mutual information: I divided by an average of the two entropies.
///
/// From 0 to 1. Symmetric. Not corrected for chance: read [`super::adjusted_mutual_information`]
/// beside it. Both sides trivial: 1. One side trivial: 0. No row: no value.
///
/// Strehl & Ghosh (2002), <https://jmlr.org/papers/v3/strehl02a.html>; the four averages as in
/// Vinh, Epps & Bailey (2010), <https://jmlr.org/papers/v11/vinh10a.html>.
///
/// ```
/// use drumlin::{labels::Partition, measure::{normalised_mutual_information, Average, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let finer = Partition::from_labels(&["w", "x", "y", "z"].map(Some));
/// let table = Contingency::new(&truth, &finer);
/// let nmi = normalised_mutual_information(&table, Average::Max).unwrap();
/// assert!((nmi - 0.5).abs() < 1e-15);
/// ```
pub fn normalised_mutual_information(table: &Contingency, by: Average) -> Option<f64> {
    let told = mutual_information(table)?;
    let scale = by.of(
        entropy(table.truth_sizes())?,
        entropy(table.answer_sizes())?,
    );
    Some(match table.trivial() {
        Trivial::Both => 1.0,
        Trivial::One => 0.0,
        Trivial::Neither => share(told, scale),
    })
}

/// The variation of information, in nats: H(truth) + H(answer) − 2 I.
///
/// A metric: 0 means the same partition, at most ln n, symmetric, with the triangle inequality.
/// No row: no value.
///
/// Meilă (2007), doi:10.1016/j.jmva.2006.11.013.
///
/// ```
/// use drumlin::{labels::Partition, measure::{variation_of_information, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let whole = Partition::from_labels(&["x"; 4].map(Some));
/// let distance = variation_of_information(&Contingency::new(&truth, &whole)).unwrap();
/// assert!((distance - 2_f64.ln()).abs() < 1e-15);
/// ```
pub fn variation_of_information(table: &Contingency) -> Option<f64> {
    let both = entropy(table.truth_sizes())? + entropy(table.answer_sizes())?;
    let distance = both - 2.0 * mutual_information(table)?;
    Some(if table.same() { 0.0 } else { distance.max(0.0) })
}

/// The normalised variation of information: 1 − I / H(truth, answer).
///
/// From 0 (the same partition) to 1 (independent); a metric, symmetric. Both sides trivial: 0.
/// One side trivial: 1. No row: no value.
///
/// Vinh, Epps & Bailey (2010), <https://jmlr.org/papers/v11/vinh10a.html>.
///
/// ```
/// use drumlin::{labels::Partition, measure::{normalised_variation_of_information, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let other = Partition::from_labels(&["x", "y", "x", "y"].map(Some));
/// let distance = normalised_variation_of_information(&Contingency::new(&truth, &other)).unwrap();
/// assert!((distance - 1.0).abs() < 1e-12);
/// ```
pub fn normalised_variation_of_information(table: &Contingency) -> Option<f64> {
    let told = mutual_information(table)?;
    let joint = entropy(table.truth_sizes())? + entropy(table.answer_sizes())? - told;
    Some(distance(table, told, joint))
}

/// The normalised information distance: 1 − I / max(H(truth), H(answer)).
///
/// From 0 (the same partition) to 1 (independent); a metric, symmetric, and the one that uses its
/// range best. Both sides trivial: 0. One side trivial: 1. No row: no value.
///
/// Vinh, Epps & Bailey (2010), <https://jmlr.org/papers/v11/vinh10a.html>.
///
/// ```
/// use drumlin::{labels::Partition, measure::{normalised_information_distance, Contingency}};
/// let truth = Partition::from_labels(&["a", "a", "b", "b"].map(Some));
/// let finer = Partition::from_labels(&["w", "x", "y", "z"].map(Some));
/// let distance = normalised_information_distance(&Contingency::new(&truth, &finer)).unwrap();
/// assert!((distance - 0.5).abs() < 1e-15);
/// ```
pub fn normalised_information_distance(table: &Contingency) -> Option<f64> {
    let told = mutual_information(table)?;
    let larger = Average::Max.of(
        entropy(table.truth_sizes())?,
        entropy(table.answer_sizes())?,
    );
    Some(distance(table, told, larger))
}

/// 1 − `told` / `whole`, exact where it must be.
fn distance(table: &Contingency, told: f64, whole: f64) -> f64 {
    if table.same() {
        0.0
    } else {
        1.0 - share(told, whole)
    }
}

/// The part of a whole; everything of nothing is told.
fn share(told: f64, whole: f64) -> f64 {
    if whole > 0.0 {
        (told / whole).min(1.0)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use crate::labels::Partition;

    use super::*;

    #[test]
    fn trivial_sides_follow_the_policy() {
        let split = Partition::from_labels(&["a", "b", "a"].map(Some));
        let whole = Partition::from_labels(&["x", "x", "x"].map(Some));
        let (both, one) = (
            Contingency::new(&whole, &whole),
            Contingency::new(&split, &whole),
        );
        for by in [
            Average::Arithmetic,
            Average::Geometric,
            Average::Min,
            Average::Max,
        ] {
            assert_eq!(normalised_mutual_information(&both, by), Some(1.0));
            assert_eq!(normalised_mutual_information(&one, by), Some(0.0));
        }
        assert_eq!(
            (v_measure(&both, 1.0), v_measure(&one, 1.0)),
            (Some(1.0), Some(0.0))
        );
        assert_eq!(normalised_information_distance(&both), Some(0.0));
        assert_eq!(normalised_variation_of_information(&one), Some(1.0));
        assert_eq!(v_measure(&one, f64::NAN), None);
    }
}
