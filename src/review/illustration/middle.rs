//! The middle of some of a column's values.

use crate::measure::{mean, median};

/// Under this many distinct values a median only jumps from step to step.
const FEW_VALUES: usize = 20;

/// The middle of a column's values: the median, or the mean where there are few distinct values.
pub(super) struct Middle {
    by_mean: bool,
}

impl Middle {
    pub(super) fn of(values: &[f64]) -> Self {
        let mut seen: Vec<f64> = Vec::new();
        for value in values.iter().filter(|value| value.is_finite()) {
            if !seen.iter().any(|known| known.total_cmp(value).is_eq()) {
                seen.push(*value);
            }
            if seen.len() > FEW_VALUES {
                return Self { by_mean: false };
            }
        }
        Self { by_mean: true }
    }

    /// The same; the mean where the middle of `some` of the values is zero, of which nothing is a
    /// share.
    pub(super) fn above_zero(values: &[f64], some: &[f64]) -> Self {
        let usual = Self::of(values);
        let zero = usual
            .at(some)
            .is_some_and(|middle| middle.abs() < f64::MIN_POSITIVE);
        Self {
            by_mean: usual.by_mean || zero,
        }
    }

    /// `median` or `mean`.
    pub(super) fn word(&self) -> &'static str {
        if self.by_mean { "mean" } else { "median" }
    }

    /// The middle of some of the values.
    pub(super) fn at(&self, values: &[f64]) -> Option<f64> {
        if self.by_mean {
            mean(values)
        } else {
            median(values)
        }
    }
}

/// The values of the rows for which `keep` says yes.
pub(super) fn only(values: &[f64], keep: impl Fn(usize) -> bool) -> Vec<f64> {
    let kept = values.iter().enumerate().filter(|(row, _)| keep(*row));
    kept.map(|(_, value)| *value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_mostly_zero_is_told_by_its_mean() {
        let many: Vec<f64> = (0..40).map(f64::from).collect();
        assert_eq!(Middle::above_zero(&many, &[0.0, 0.0, 1.0]).word(), "mean");
        assert_eq!(Middle::above_zero(&many, &[1.0, 2.0]).word(), "median");
    }

    #[test]
    fn columns_of_few_values_are_told_by_their_mean() {
        assert_eq!(Middle::of(&[0.0, 1.0, 1.0]).word(), "mean");
        let many: Vec<f64> = (0..40).map(f64::from).collect();
        assert_eq!(Middle::of(&many).word(), "median");
    }
}
