//! The numeric columns of a table, prepared for clustering.

use ndarray::Array2;

use crate::measure::median;
use crate::table::Table;

/// A numeric column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumericColumn {
    pub(super) name: String,
    /// One per row, NaN where missing.
    pub(super) values: Vec<f64>,
}

/// Skewness above which the logarithm is tried.
const SKEWED: f64 = 1.5;

/// All numeric columns.
pub(super) fn numbers(table: &Table) -> Vec<NumericColumn> {
    let columns = table.columns().iter();
    columns
        .filter_map(|column| {
            let values = column.cells.numbers()?.into_iter();
            Some(NumericColumn {
                name: column.name.clone(),
                values: values.map(|value| value.unwrap_or(f64::NAN)).collect(),
            })
        })
        .collect()
}

/// Rows × columns.
pub(super) fn matrix(numbers: &[NumericColumn]) -> Array2<f64> {
    let rows = numbers.first().map_or(0, |number| number.values.len());
    Array2::from_shape_fn((rows, numbers.len()), |(row, at)| numbers[at].values[row])
}

impl NumericColumn {
    /// Replace missing values by `value`.
    pub(super) fn fill(&mut self, value: f64) {
        for gap in self.values.iter_mut().filter(|value| value.is_nan()) {
            *gap = value;
        }
    }

    /// Replace missing values by the median; by 0 in an empty column.
    pub(super) fn fill_with_median(&mut self) {
        self.fill(median(&self.values).unwrap_or(0.0));
    }

    /// Share of values that are missing, 0 to 1.
    pub(super) fn missing(&self) -> f64 {
        let gaps = self.values.iter().filter(|value| value.is_nan()).count();
        gaps as f64 / self.values.len().max(1) as f64
    }

    /// Take the logarithm of one plus the value if the column is skewed and never negative; returns
    /// whether it did.
    pub(super) fn log_if_skewed(&mut self) -> bool {
        let skewed = self.skewness() > SKEWED && self.values.iter().all(|value| *value >= 0.0);
        if skewed {
            for value in &mut self.values {
                *value = libm::log1p(*value);
            }
        }
        skewed
    }

    /// Third standardised moment; 0 for a constant column.
    fn skewness(&self) -> f64 {
        let n = self.values.len().max(1) as f64;
        let mean = self.values.iter().sum::<f64>() / n;
        let moment = |power: i32| {
            let powers = self.values.iter().map(|value| (value - mean).powi(power));
            powers.sum::<f64>() / n
        };
        let spread = libm::sqrt(moment(2));
        if spread > 0.0 {
            moment(3) / spread.powi(3)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(values: &[f64]) -> NumericColumn {
        NumericColumn {
            name: "x".to_owned(),
            values: values.to_vec(),
        }
    }

    #[test]
    fn gaps_get_the_median_and_an_empty_column_gets_zeros() {
        let mut some = number(&[1.0, f64::NAN, 3.0, 11.0]);
        assert!((some.missing() - 0.25).abs() < 1e-12);
        some.fill_with_median();
        assert_eq!(some.values, [1.0, 3.0, 3.0, 11.0]);
        let mut none = number(&[f64::NAN; 2]);
        none.fill_with_median();
        assert_eq!(none.values, [0.0, 0.0]);
    }

    #[test]
    fn only_a_long_tail_of_positive_values_is_logged() {
        let tail: Vec<f64> = (0..20).map(|at| f64::from(at).exp2()).collect();
        assert!(number(&tail).log_if_skewed());
        let mut negative = tail;
        negative[0] = -1.0;
        assert!(!number(&negative).log_if_skewed());
        assert!(!number(&[1.0, 2.0, 3.0]).log_if_skewed());
        assert!(!number(&[4.0; 5]).log_if_skewed());
    }
}
