//! Summaries of some of a column's values.

use crate::measure::{mean, median};

/// The mean of fewer rows is not meaningful.
const LEAST_ROWS: usize = 25;
/// With fewer distinct values, a median only jumps between them.
const FEW_VALUES: usize = 20;

/// Which of `count` bins of equal size each row falls into.
pub(super) struct Bins {
    of: Vec<Option<usize>>,
    pub(super) count: usize,
}

impl Bins {
    /// At most `most` bins along `values`, fewer where rows are few.
    pub(super) fn along(values: &[f64], most: usize) -> Self {
        let mut order: Vec<usize> = (0..values.len())
            .filter(|row| values[*row].is_finite())
            .collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let count = (order.len() / LEAST_ROWS).clamp(1, most);
        let mut of = vec![None; values.len()];
        for (rank, row) in order.iter().enumerate() {
            of[*row] = Some(rank * count / order.len());
        }
        Self { of, count }
    }

    /// The bin of a row.
    pub(super) fn at(&self, row: usize) -> Option<usize> {
        self.of[row]
    }

    /// Mean of `values` in each bin, over the rows that `keep` accepts; none for a bin
    /// without such a row.
    pub(super) fn means(&self, values: &[f64], keep: impl Fn(usize) -> bool) -> Vec<Option<f64>> {
        let mut inside: Vec<Vec<f64>> = vec![Vec::new(); self.count];
        for (row, value) in values.iter().enumerate() {
            if let Some(bin) = self.of[row].filter(|_| keep(row)) {
                inside[bin].push(*value);
            }
        }
        inside.iter().map(|values| mean(values)).collect()
    }

    /// The bin means by the middle of each bin, from 0 to 1.
    pub(super) fn line(&self, values: &[f64], keep: impl Fn(usize) -> bool) -> Vec<(f64, f64)> {
        let means = self.means(values, keep);
        let place = |bin: usize| (bin as f64 + 0.5) / self.count as f64;
        means
            .into_iter()
            .enumerate()
            .filter_map(|(bin, mean)| Some((place(bin), mean?)))
            .collect()
    }

    /// Share of the variance of `values` (mean 0, variance 1) between bins.
    pub(super) fn explained(&self, values: &[f64]) -> Option<f64> {
        let means = self.means(values, |_| true);
        let fitted: Vec<f64> = (0..values.len())
            .filter(|row| values[*row].is_finite())
            .filter_map(|row| means[self.of[row]?])
            .map(|mean| mean * mean)
            .collect();
        mean(&fitted)
    }
}

/// The centre of a column's values: the median, or the mean if there are few distinct values.
pub(super) struct Centre {
    by_mean: bool,
}

impl Centre {
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

    /// The same; the mean if the centre of `some` of the values is zero, since a share of zero is
    /// undefined.
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

    /// The centre of some of the values.
    pub(super) fn at(&self, values: &[f64]) -> Option<f64> {
        if self.by_mean {
            mean(values)
        } else {
            median(values)
        }
    }
}

/// The values of the rows that `keep` accepts.
pub(super) fn values_where(values: &[f64], keep: impl Fn(usize) -> bool) -> Vec<f64> {
    let kept = values.iter().enumerate().filter(|(row, _)| keep(*row));
    kept.map(|(_, value)| *value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_of_equal_size_and_leave_out_what_is_missing() {
        let mut values: Vec<f64> = (0..400).map(f64::from).collect();
        values[7] = f64::NAN;
        let bins = Bins::along(&values, 4);
        let size = |bin| (0..400).filter(|row| bins.at(*row) == Some(bin)).count();
        assert!((0..4).all(|bin| size(bin).abs_diff(100) <= 1));
        assert_eq!(bins.at(7), None);
    }

    #[test]
    fn nothing_gives_one_empty_bin() {
        let bins = Bins::along(&[], 20);
        assert_eq!(bins.means(&[], |_| true), vec![None]);
        assert!(bins.line(&[], |_| true).is_empty());
    }

    #[test]
    fn a_column_that_is_mostly_zero_is_summarised_by_its_mean() {
        let many: Vec<f64> = (0..40).map(f64::from).collect();
        assert_eq!(Centre::above_zero(&many, &[0.0, 0.0, 1.0]).word(), "mean");
        assert_eq!(Centre::above_zero(&many, &[1.0, 2.0]).word(), "median");
    }

    #[test]
    fn columns_of_few_values_are_summarised_by_their_mean() {
        assert_eq!(Centre::of(&[0.0, 1.0, 1.0]).word(), "mean");
        let many: Vec<f64> = (0..40).map(f64::from).collect();
        assert_eq!(Centre::of(&many).word(), "median");
    }
}
