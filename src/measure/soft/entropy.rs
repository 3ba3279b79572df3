//! Entropies of soft memberships.

use crate::measure::stats::moments::{ordered_sum, x_ln_x};

/// Entropy of masses that sum to `total`, in nats; independent of their order.
pub(in crate::measure) fn mass_entropy(masses: &[f64], total: f64) -> f64 {
    -ordered_sum(masses.iter().map(|mass| x_ln_x(mass / total)))
}

/// Entropy of one row's memberships, in nats.
pub(in crate::measure) fn row_entropy(shares: &[f64]) -> f64 {
    -shares.iter().map(|share| x_ln_x(*share)).sum::<f64>()
}

/// Whether a row has memberships.
pub(in crate::measure) fn answered(shares: &[f64]) -> bool {
    !shares.iter().any(|share| share.is_nan())
}
