//! Rows in equal bins along a latent.

use crate::measure::mean;

/// A mean of fewer rows than this says little.
const LEAST_ROWS: usize = 25;

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

    /// Mean of `values` in each bin, over the rows for which `keep` says yes; none for a bin
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

    /// The bins' means against the middle of each bin, from 0 to 1.
    pub(super) fn line(&self, values: &[f64], keep: impl Fn(usize) -> bool) -> Vec<(f64, f64)> {
        let means = self.means(values, keep);
        let place = |bin: usize| (bin as f64 + 0.5) / self.count as f64;
        means
            .into_iter()
            .enumerate()
            .filter_map(|(bin, mean)| Some((place(bin), mean?)))
            .collect()
    }

    /// Share of the variance of `values` (mean 0, variance 1) that lies between bins.
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
}
