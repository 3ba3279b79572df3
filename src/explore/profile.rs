//! Facts about a table, column by column.

mod sampled;

use rayon::prelude::*;
use serde::Serialize;

use crate::table::{Cell, Cells, Column, DAY, FileFacts, Survey, Table, show_time};

use crate::measure::sd;

use super::histogram::quantile;
use super::masks::masks;
use super::strip::Along;
use super::{Histogram, Lengths, Meaning, Strip};
use crate::text::truncate;
pub use sampled::Sampled;

/// Facts about a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    /// About the file; none for a table from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileFacts>,
    /// Number of rows.
    pub rows: usize,
    /// What of the table was looked at, where that is a sample of its rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sampled: Option<Sampled>,
    /// Rows that repeat an earlier row in every column.
    pub repeated_rows: usize,
    /// The column of times that strips run along: the first that half of the rows have.
    pub along: Option<String>,
    /// Facts about each column, in the order of the file.
    pub columns: Vec<ColumnProfile>,
}

/// Facts about one column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnProfile {
    /// Its name.
    pub name: String,
    /// What a dictionary says of it, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<Meaning>,
    /// Its type as found: `real`, `whole`, `flag`, `timestamp` or `text`.
    pub kind: &'static str,
    /// Rows without a value: an empty field, or a missing value of Parquet.
    pub missing: usize,
    /// Their share of all rows.
    pub missing_share: f64,
    /// What does not read as the rest of the column does; it counts in nothing below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
    /// Number of different values.
    pub distinct: usize,
    /// Whether that is an estimate, with a standard error of 0.8 %.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub distinct_estimated: bool,
    /// The most frequent values, at most eight; equally frequent ones in their own order.
    pub top: Vec<Common>,
    /// For numbers.
    pub numbers: Option<Numbers>,
    /// For moments.
    pub times: Option<Times>,
    /// For numbers, and for moments (in milliseconds since 1970).
    pub histogram: Option<Histogram>,
    /// What texts look like: the most frequent masks, at most eight.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<Common>,
    /// How long texts are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lengths: Option<Lengths>,
    /// One number of it along the time of the table, where that has one.
    pub strip: Option<Strip>,
}

/// What does not read as the rest of a column does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unread {
    /// How many rows.
    pub count: usize,
    /// Their share of the rows that have a value.
    pub share: f64,
    /// The most frequent, at most eight.
    pub examples: Vec<Common>,
}

/// A value and how often it occurs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Common {
    /// The value as written, cut after 80 characters.
    pub value: String,
    /// How often it occurs.
    pub count: usize,
    /// Its share of the rows that have a value.
    pub share: f64,
}

/// Where numbers lie.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Numbers {
    /// The smallest.
    pub min: f64,
    /// 1st percentile.
    pub p1: f64,
    /// 5th percentile.
    pub p5: f64,
    /// First quartile.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// Third quartile.
    pub p75: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
    /// The largest.
    pub max: f64,
    /// The mean.
    pub mean: f64,
    /// The standard deviation of a sample; none under two values, or where it is past all numbers.
    pub sd: Option<f64>,
}

/// Where moments lie.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Times {
    /// The first.
    pub first: String,
    /// The last.
    pub last: String,
    /// Days between them.
    pub days: f64,
}

const TOP: usize = 8;
const LONGEST_VALUE: usize = 80;

/// Facts about `table`.
pub fn profile(table: &Table) -> Profile {
    let (repeated_rows, columns) = rayon::join(
        || repeated_rows(table),
        || table.columns().par_iter().map(column).collect(),
    );
    let mut profile = Profile {
        file: None,
        rows: table.rows(),
        sampled: None,
        repeated_rows,
        along: None,
        columns,
    };
    if let Some(along) = Along::of(table) {
        along.fill(table, &mut profile);
    }
    profile
}

/// Facts about a table and its file.
pub fn profile_survey(survey: &Survey) -> Profile {
    let mut profile = profile(&survey.table);
    profile.file.clone_from(&survey.file);
    for (at, (facts, unread)) in profile.columns.iter_mut().zip(&survey.unread).enumerate() {
        let count = survey.unread_values(at);
        if count == 0 {
            continue;
        }
        facts.missing -= count;
        facts.missing_share = facts.missing as f64 / survey.table.rows().max(1) as f64;
        let there = survey.table.rows() - facts.missing;
        let examples = unread
            .iter()
            .map(|(text, count)| (text.to_string(), *count));
        facts.unread = Some(Unread {
            count,
            share: count as f64 / there.max(1) as f64,
            examples: commonest(examples.collect(), there, TOP),
        });
    }
    if let Some(whole) = &survey.whole {
        profile.of_all(whole);
    }
    profile
}

/// The most frequent of counted values, at most `most`; equally frequent ones in their own order.
pub(super) fn commonest(mut counts: Vec<(String, usize)>, of: usize, most: usize) -> Vec<Common> {
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let counts = counts.into_iter().take(most);
    counts
        .map(|(value, count)| Common {
            value: truncate(&value, LONGEST_VALUE),
            count,
            share: count as f64 / of.max(1) as f64,
        })
        .collect()
}

fn column(column: &Column) -> ColumnProfile {
    let rows = column.cells.len();
    let missing = column.cells.missing();
    let mut facts = ColumnProfile {
        name: column.name.clone(),
        meaning: None,
        kind: column.cells.stored_as(),
        missing,
        missing_share: missing as f64 / rows.max(1) as f64,
        unread: None,
        distinct: 0,
        distinct_estimated: false,
        top: Vec::new(),
        numbers: None,
        times: None,
        histogram: None,
        masks: Vec::new(),
        lengths: None,
        strip: None,
    };
    match &column.cells {
        Cells::Real(values) => {
            // Adding zero makes one value of 0.0 and -0.0.
            let present = values.iter().flatten().map(|x| x + 0.0);
            let mut sorted: Vec<f64> = present.filter(|x| x.is_finite()).collect();
            sorted.sort_unstable_by(f64::total_cmp);
            facts.count(
                &sorted,
                |a, b| a.total_cmp(b).is_eq(),
                |x| Cell::Real(*x).show(),
            );
            facts.measure(&sorted);
        }
        Cells::Whole(values) => {
            let sorted = facts.sort(values.iter().flatten().copied(), i64::to_string);
            let sorted: Vec<f64> = sorted.into_iter().map(|x| x as f64).collect();
            facts.measure(&sorted);
        }
        Cells::Time(values) => {
            let sorted = facts.sort(values.iter().flatten().copied(), |x| show_time(*x));
            facts.times = sorted
                .first()
                .zip(sorted.last())
                .map(|(first, last)| Times {
                    first: show_time(*first),
                    last: show_time(*last),
                    days: (*last as f64 - *first as f64) / DAY as f64,
                });
            let sorted: Vec<f64> = sorted.into_iter().map(|x| x as f64).collect();
            facts.histogram = Histogram::of_moments(&sorted);
        }
        Cells::Flag(values) => {
            facts.sort(values.iter().flatten().copied(), bool::to_string);
        }
        Cells::Text(values) => {
            facts.sort(values.iter().flatten().map(|text| &**text), |x| {
                (*x).to_owned()
            });
            (facts.masks, facts.lengths) = masks(values, TOP);
        }
    }
    facts
}

/// How many rows repeat an earlier one.
fn repeated_rows(table: &Table) -> usize {
    if table.columns().is_empty() {
        return 0;
    }
    let mut hashes = table.row_hashes();
    hashes.sort_unstable();
    hashes.dedup();
    table.rows() - hashes.len()
}

impl ColumnProfile {
    /// Sort the values that are there, and count them.
    fn sort<T: Ord>(
        &mut self,
        present: impl Iterator<Item = T>,
        show: impl Fn(&T) -> String,
    ) -> Vec<T> {
        let mut sorted: Vec<T> = present.collect();
        sorted.sort_unstable();
        self.count(&sorted, T::eq, show);
        sorted
    }

    fn count<T>(
        &mut self,
        sorted: &[T],
        same: impl Fn(&T, &T) -> bool,
        show: impl Fn(&T) -> String,
    ) {
        let mut runs: Vec<(usize, &T)> = sorted
            .chunk_by(same)
            .map(|run| (run.len(), &run[0]))
            .collect();
        self.distinct = runs.len();
        // Stable, so that equally frequent values stay in their own order.
        runs.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        self.top = runs
            .into_iter()
            .take(TOP)
            .map(|(count, value)| Common {
                value: truncate(&show(value), LONGEST_VALUE),
                count,
                share: count as f64 / sorted.len() as f64,
            })
            .collect();
    }

    fn measure(&mut self, sorted: &[f64]) {
        let (Some(min), Some(max)) = (sorted.first(), sorted.last()) else {
            return;
        };
        self.numbers = Some(Numbers {
            min: *min,
            p1: quantile(sorted, 0.01),
            p5: quantile(sorted, 0.05),
            p25: quantile(sorted, 0.25),
            p50: quantile(sorted, 0.5),
            p75: quantile(sorted, 0.75),
            p95: quantile(sorted, 0.95),
            p99: quantile(sorted, 0.99),
            max: *max,
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
            sd: sd(sorted).filter(|sd| sd.is_finite()),
        });
        self.histogram = Histogram::of_numbers(sorted);
    }
}

#[cfg(test)]
mod tests;
