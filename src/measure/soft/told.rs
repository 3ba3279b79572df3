//! Memberships as predictions, group by group: both sides have the same groups in the same order.

use crate::labels::{Memberships, Partition};

use super::super::scores::LEAST_PROBABILITY;
use super::contingency::answered;

/// The Brier score of soft memberships: the mean squared distance of a row's shares.
///
/// From 0 (the same) to 2 (certain, and of another group, on every row). Rows left out on either
/// side do not count. No row, or other numbers of groups: no value.
///
/// Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
///
/// ```
/// use drumlin::{labels::Memberships, measure::membership_brier};
/// let p = Memberships::from_weights(2, vec![1.0, 0.0]).unwrap();
/// let q = Memberships::from_weights(2, vec![0.5, 0.5]).unwrap();
/// assert_eq!(membership_brier(&p, &q), Some(0.5));
/// ```
///
/// # Panics
/// When the sides have different numbers of rows: the caller aligns them by row id.
pub fn membership_brier(truth: &Memberships, told: &Memberships) -> Option<f64> {
    mean_distance(truth, told, |gap| gap * gap)
}

/// The mean total variation of soft memberships: the share of a row that would have to move to
/// another group, ½ Σ |p − q|.
///
/// From 0 (the same) to 1 (nothing in common). Rows and groups as in [`membership_brier`].
///
/// Levin, Peres & Wilmer (2009), *Markov Chains and Mixing Times*, chapter 4.
///
/// ```
/// use drumlin::{labels::Memberships, measure::membership_variation};
/// let p = Memberships::from_weights(2, vec![1.0, 0.0]).unwrap();
/// let q = Memberships::from_weights(2, vec![0.75, 0.25]).unwrap();
/// assert_eq!(membership_variation(&p, &q), Some(0.25));
/// ```
///
/// # Panics
/// When the sides have different numbers of rows: the caller aligns them by row id.
pub fn membership_variation(truth: &Memberships, told: &Memberships) -> Option<f64> {
    mean_distance(truth, told, |gap| gap.abs() / 2.0)
}

/// Log loss of memberships against the group each row is really of: the mean of −ln of its share,
/// in nats.
///
/// From 0 (certain and right) to −ln 10⁻¹² (about 27.6: certain and wrong, where the logarithm is
/// cut off). Group numbers of the truth are columns of the memberships. Rows left out on either
/// side do not count. No row, or a group without a column: no value.
///
/// Good (1952), doi:10.1111/j.2517-6161.1952.tb00104.x.
///
/// ```
/// use drumlin::{labels::{Memberships, Partition}, measure::membership_log_loss};
/// let truth = Partition::from_labels(&[Some("a"), Some("b")]);
/// let told = Memberships::from_weights(2, vec![1.0, 1.0, 0.0, 1.0]).unwrap();
/// let loss = membership_log_loss(&truth, &told).unwrap();
/// assert!((loss - 2_f64.ln() / 2.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the sides have different numbers of rows: the caller aligns them by row id.
pub fn membership_log_loss(truth: &Partition, told: &Memberships) -> Option<f64> {
    assert_eq!(truth.rows(), told.rows(), "two sides of other rows");
    if truth.groups() > told.groups() {
        return None;
    }
    let rows = truth.codes().iter().enumerate();
    let shares = rows.filter_map(|(row, code)| Some(told.row(row)[(*code)? as usize]));
    let losses = shares
        .filter(|share| !share.is_nan())
        .map(|share| -libm::log(share.max(LEAST_PROBABILITY)));
    mean(losses)
}

fn mean_distance(p: &Memberships, q: &Memberships, of: impl Fn(f64) -> f64) -> Option<f64> {
    assert_eq!(p.rows(), q.rows(), "two sides of other rows");
    if p.groups() != q.groups() {
        return None;
    }
    let rows = (0..p.rows()).map(|row| (p.row(row), q.row(row)));
    let both = rows.filter(|(p, q)| answered(p) && answered(q));
    mean(both.map(|(p, q)| p.iter().zip(q).map(|(p, q)| of(p - q)).sum()))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let values: Vec<f64> = values.collect();
    super::super::moments::mean(&values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_groups_and_nobody_have_no_value() {
        let two = Memberships::from_weights(2, vec![1.0, 0.0]).unwrap();
        let three = Memberships::from_weights(3, vec![1.0, 0.0, 0.0]).unwrap();
        let nobody = Memberships::from_weights(2, vec![f64::NAN; 2]).unwrap();
        assert_eq!(membership_brier(&two, &three), None);
        assert_eq!(membership_variation(&two, &nobody), None);
        let truth = Partition::from_codes(vec![Some(0)], vec![String::new(); 3]);
        assert_eq!(membership_log_loss(&truth, &two), None);
        assert_eq!(membership_log_loss(&truth, &three), Some(0.0));
    }
}
