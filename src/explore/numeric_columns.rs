//! Prepares numeric columns for geometry: missing values filled, long tails logged.

use crate::table::Table;

use super::histogram::quantile;
use super::numeric_view::types::ValueTransform;

/// The finite values in ascending order.
pub(super) fn sorted(values: &[Option<f64>]) -> Vec<f64> {
    let there = values.iter().flatten().copied();
    let mut sorted: Vec<f64> = there.filter(|x| x.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// A numeric column in which missing values are filled.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CompleteColumn {
    pub(super) name: String,
    /// Its position in the table.
    pub(super) position: usize,
    /// What missing values are replaced with, before any transform.
    pub(super) fill: f64,
    pub(super) transform: ValueTransform,
    pub(super) values: Vec<f64>,
}

/// Numeric columns that are not constant, with missing values replaced by the median.
pub(super) fn numeric_columns(table: &Table) -> Vec<CompleteColumn> {
    let filled = table
        .columns()
        .iter()
        .enumerate()
        .filter_map(|(place, column)| {
            let values = column.cells.numbers()?;
            let sorted = sorted(&values);
            let holes = values.len() - sorted.len();
            let varies = sorted.first() < sorted.last() && sorted.iter().all(|x| x.abs() < LARGEST);
            if !varies || holes as f64 > MOST_MISSING * values.len() as f64 {
                return None;
            }
            let median = quantile(&sorted, 0.5);
            let whole = |value: Option<f64>| value.filter(|x| x.is_finite()).unwrap_or(median);
            Some(CompleteColumn {
                name: column.name.clone(),
                position: place,
                fill: median,
                transform: ValueTransform::None,
                values: values.into_iter().map(whole).collect(),
            })
        });
    filled.take(MOST_COLUMNS).collect()
}

impl CompleteColumn {
    /// The logarithm of a column with a long upper tail and no negative value; zeros are included
    /// by adding the smallest positive value.
    pub(super) fn logged(&self) -> Self {
        let mut sorted = self.values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let [p1, p50, p99] = [0.01, 0.5, 0.99].map(|p| quantile(&sorted, p));
        let smallest = sorted.iter().copied().find(|x| *x > 0.0);
        let (Some(smallest), true) = (
            smallest,
            sorted[0] >= 0.0 && p99 - p50 > LONG_TAIL * (p50 - p1),
        ) else {
            return self.clone();
        };
        // A column of zeros and ones is unbalanced, not long-tailed.
        if sorted[sorted.len() - 1] < 10.0 * smallest {
            return self.clone();
        }
        let shift = if sorted[0] > 0.0 { 0.0 } else { smallest };
        Self {
            transform: ValueTransform::Log(shift),
            values: self.values.iter().map(|x| (x + shift).ln()).collect(),
            ..self.clone()
        }
    }

    /// Ranks as shares of the rows; ties share one.
    pub(super) fn ranked(&self) -> Self {
        let mut sorted = self.values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let rows = sorted.len().max(1) as f64;
        let rank = |x: &f64| {
            let below = sorted.partition_point(|other| other < x);
            let upto = sorted.partition_point(|other| other <= x);
            (below + upto) as f64 / 2.0 / rows
        };
        Self {
            transform: ValueTransform::Rank,
            values: self.values.iter().map(rank).collect(),
            ..self.clone()
        }
    }
}

/// Maximum number of columns: with more, components are unreadable.
const MOST_COLUMNS: usize = 300;
/// Squares of larger numbers, summed over rows, would overflow.
const LARGEST: f64 = 1e140;
/// Maximum share of missing values: with more, components mostly show the imputed medians.
const MOST_MISSING: f64 = 0.5;
/// A tail is long when the upper half of the range is this many times the lower half: 1 for a
/// normal, about 6 for an exponential, 10 for a lognormal with a log-scale standard deviation of
/// one.
const LONG_TAIL: f64 = 4.0;
