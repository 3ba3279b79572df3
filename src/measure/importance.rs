//! Whether each axis stands for one factor, from how much each axis matters for each.

use ndarray::{ArrayView1, ArrayView2, Axis};

use super::moments::x_ln_x;

/// How separate each axis or factor is, and all together.
#[derive(Debug, Clone, PartialEq)]
pub struct Separateness {
    /// Of each, from 0 (spread evenly) to 1 (all in one); 0 for one that matters for nothing.
    pub each: Vec<f64>,
    /// Their mean, weighed by how much each matters.
    pub mean: f64,
}

/// Disentanglement, the D of DCI: whether each axis (row of `importance`) matters for one factor
/// (column) only.
///
/// 1 − entropy of an axis' importances, to the base of the number of factors. From 0 to 1. Blind to
/// the scale of importances; a single factor cannot be entangled, 1. No value when nothing matters,
/// or an importance is negative or not finite.
///
/// Eastwood & Williams (2018), <https://openreview.net/forum?id=By-7dz-AZ>.
///
/// ```
/// use drumlin::measure::disentanglement;
/// let found = disentanglement(ndarray::array![[1.0, 0.0], [1.0, 1.0]].view()).unwrap();
/// assert!((found.each[0] - 1.0).abs() < 1e-15 && found.each[1].abs() < 1e-15);
/// assert!((found.mean - 1.0 / 3.0).abs() < 1e-15);
/// ```
pub fn disentanglement(importance: ArrayView2<'_, f64>) -> Option<Separateness> {
    separateness(importance, Axis(0))
}

/// Completeness, the C of DCI: whether each factor (column of `importance`) is in one axis (row)
/// only; [`disentanglement`] of the transposed matrix.
///
/// Eastwood & Williams (2018), <https://openreview.net/forum?id=By-7dz-AZ>.
///
/// ```
/// use drumlin::measure::factor_completeness;
/// let found = factor_completeness(ndarray::array![[1.0, 0.0], [1.0, 1.0]].view()).unwrap();
/// assert!(found.each[0].abs() < 1e-15 && (found.each[1] - 1.0).abs() < 1e-15);
/// ```
pub fn factor_completeness(importance: ArrayView2<'_, f64>) -> Option<Separateness> {
    separateness(importance, Axis(1))
}

fn separateness(importance: ArrayView2<'_, f64>, along: Axis) -> Option<Separateness> {
    let all = importance.sum();
    let right = |value: &f64| value.is_finite() && *value >= 0.0;
    if !(importance.iter().all(right) && all > 0.0 && all.is_finite()) {
        return None;
    }
    let lanes = || importance.axis_iter(along);
    let each: Vec<f64> = lanes().map(one_sided).collect();
    let weighed = lanes()
        .zip(&each)
        .map(|(lane, each)| lane.sum() / all * each);
    Some(Separateness {
        mean: weighed.sum(),
        each,
    })
}

fn one_sided(importances: ArrayView1<'_, f64>) -> f64 {
    let sum = importances.sum();
    if sum <= 0.0 {
        return 0.0;
    }
    if importances.len() < 2 {
        return 1.0;
    }
    let entropy = -importances
        .iter()
        .map(|value| x_ln_x(value / sum))
        .sum::<f64>();
    (1.0 - entropy / libm::log(importances.len() as f64)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    #[test]
    fn nothing_that_matters_and_nonsense_have_no_value() {
        assert_eq!(disentanglement(Array2::zeros((2, 2)).view()), None);
        assert_eq!(disentanglement(array![[1.0, -1.0]].view()), None);
        assert_eq!(factor_completeness(array![[f64::NAN, 1.0]].view()), None);
        let dead = disentanglement(array![[0.0, 0.0], [0.0, 3.0]].view()).unwrap();
        assert_eq!((dead.each, dead.mean), (vec![0.0, 1.0], 1.0));
    }
}
