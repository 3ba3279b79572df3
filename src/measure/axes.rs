//! Which single axis correlates most with a factor.

use crate::measure::stats::correlation::Correlation;

/// The axis that correlates most with a factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AxisMatch {
    /// Position of the axis.
    pub axis: usize,
    /// Its correlation with the factor. The sign is the direction, which answers need not find.
    pub correlation: f64,
}

impl AxisMatch {
    /// The squared correlation: the share of variance the two have in common.
    pub fn squared(&self) -> f64 {
        self.correlation * self.correlation
    }
}

/// The axis with the largest squared correlation with `factor`; ties go to the first.
///
/// The squared correlation is between 0 and 1. The best of many axes is high by chance: about `2 ln
/// d / n` for `d` unrelated ones. Rows that are not finite are skipped for each axis separately; no
/// value when no axis has a correlation.
///
/// ```
/// use drumlin::measure::{best_axis, Correlation};
/// let factor = [1.0, 2.0, 3.0, 4.0];
/// let axes = [[5.0, 1.0, 4.0, 2.0], [-1.0, -4.0, -9.0, -16.0]];
/// let best = best_axis(&factor, &axes, Correlation::Spearman).unwrap();
/// assert_eq!(best.axis, 1);
/// assert!((best.squared() - 1.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When an axis and the factor differ in length: the caller aligns them.
pub fn best_axis<A: AsRef<[f64]>>(
    factor: &[f64],
    axes: &[A],
    by: Correlation,
) -> Option<AxisMatch> {
    let mut best: Option<AxisMatch> = None;
    for (axis, values) in axes.iter().enumerate() {
        let Some(correlation) = by.of(factor, values.as_ref()) else {
            continue;
        };
        let found = AxisMatch { axis, correlation };
        if best.is_none_or(|best| found.squared() > best.squared()) {
            best = Some(found);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_found_by_ranks_and_a_constant_axis_never() {
        let factor: Vec<f64> = (0..50).map(f64::from).collect();
        let flat = vec![3.0; 50];
        let curve: Vec<f64> = factor.iter().map(|x| -(x / 5.0).exp()).collect();
        let best = best_axis(&factor, &[flat.clone(), curve], Correlation::Spearman).unwrap();
        assert_eq!(best.axis, 1);
        assert!((best.correlation + 1.0).abs() < 1e-12);
        assert_eq!(best_axis(&factor, &[flat], Correlation::Pearson), None);
    }
}
