//! How well scores and probabilities foretell a flag.

/// Average precision: the mean precision over the flagged rows, from the highest score down.
///
/// Σ (recall − recall before) × precision over the distinct scores, without interpolation. From
/// about the share of flagged rows (a score that knows nothing) to 1 (all flagged rows first).
/// Blind to any increasing transformation of the score. For rare flags it says more than
/// [`super::auc`]. Scores that are not finite are left out. No value without a flagged row.
///
/// As scikit-learn's `average_precision_score`; Su, Yuan & Zhu (2015),
/// doi:10.1145/2808194.2809481.
///
/// ```
/// let score = [0.1, 0.4, 0.35, 0.8];
/// let flags = [false, false, true, true];
/// let mean = drumlin::measure::average_precision(&score, &flags).unwrap();
/// assert!((mean - 5.0 / 6.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When scores and flags are of other rows.
pub fn average_precision(scores: &[f64], flags: &[bool]) -> Option<f64> {
    let mut rows = answered(scores, flags);
    rows.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let all = rows.iter().filter(|row| row.1).count();
    let (mut seen, mut hits, mut sum) = (0, 0, 0.0);
    // `-0.0` and `0.0` are one score, although `total_cmp` tells them apart.
    for tied in rows.chunk_by(|a, b| a.0 <= b.0) {
        let found = tied.iter().filter(|row| row.1).count();
        seen += tied.len();
        hits += found;
        sum += (found * hits) as f64 / seen as f64;
    }
    (all > 0).then(|| (sum / all as f64).min(1.0))
}

/// The Brier score: the mean squared difference of probability and outcome (1 or 0).
///
/// From 0 (certain and right) to 1 (certain and wrong); always saying the share s of flagged rows
/// gives s (1 − s). Rows whose probability is not from 0 to 1 are left out; no row: no value.
///
/// Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
///
/// ```
/// assert_eq!(drumlin::measure::brier(&[0.5, 1.0], &[true, true]), Some(0.125));
/// ```
///
/// # Panics
/// When probabilities and flags are of other rows.
pub fn brier(probabilities: &[f64], flags: &[bool]) -> Option<f64> {
    mean_loss(probabilities, flags, |told| (1.0 - told) * (1.0 - told))
}

/// Probabilities of what happened below this count as this, so that one certain mistake does not
/// outweigh every other row.
pub(super) const LEAST_PROBABILITY: f64 = 1e-12;

/// Log loss: the mean surprise at what happened, −ln of its probability, in nats.
///
/// From 0 (certain and right) to −ln 10⁻¹² (about 27.6: certain and wrong, where the logarithm is
/// cut off). Always saying the share of flagged rows gives the flag's entropy. Missing rows as in
/// [`brier`].
///
/// Good (1952), doi:10.1111/j.2517-6161.1952.tb00104.x.
///
/// ```
/// let loss = drumlin::measure::log_loss(&[0.5, 0.5], &[true, false]).unwrap();
/// assert!((loss - 2_f64.ln()).abs() < 1e-15);
/// ```
///
/// # Panics
/// When probabilities and flags are of other rows.
pub fn log_loss(probabilities: &[f64], flags: &[bool]) -> Option<f64> {
    mean_loss(probabilities, flags, |told| {
        -libm::log(told.max(LEAST_PROBABILITY))
    })
}

/// The mean of `loss` of the probability given to what happened.
fn mean_loss(probabilities: &[f64], flags: &[bool], loss: impl Fn(f64) -> f64) -> Option<f64> {
    let mut rows = answered(probabilities, flags);
    rows.retain(|row| (0.0..=1.0).contains(&row.0));
    let told = rows
        .iter()
        .map(|(p, flag)| if *flag { *p } else { 1.0 - p });
    let sum: f64 = told.map(loss).sum();
    (!rows.is_empty()).then(|| sum / rows.len() as f64)
}

fn answered(scores: &[f64], flags: &[bool]) -> Vec<(f64, bool)> {
    assert_eq!(scores.len(), flags.len(), "scores and flags of other rows");
    let rows = scores.iter().copied().zip(flags.iter().copied());
    rows.filter(|(score, _)| score.is_finite()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_foretell_has_no_value() {
        assert_eq!(average_precision(&[0.5], &[false]), None);
        assert_eq!(brier(&[f64::NAN, 3.0], &[true, true]), None);
        assert_eq!(log_loss(&[], &[]), None);
    }

    #[test]
    fn a_score_that_knows_nothing_gives_the_share_of_flags() {
        assert_eq!(
            average_precision(&[1.0; 4], &[true, false, false, false]),
            Some(0.25)
        );
    }

    #[test]
    fn a_certain_mistake_weighs_much_but_not_infinitely() {
        let loss = log_loss(&[0.0], &[true]).unwrap();
        assert!((loss - 12.0 * 10_f64.ln()).abs() < 1e-12);
    }
}
