//! Facts about a table, column by column.

mod sample;

use rayon::prelude::*;

use crate::table::{Cell, Cells, Column, DAY, Survey, Table, show_time};

use crate::measure::sd;

use super::Histogram;
use super::histogram::quantile;
use super::text_patterns::text_patterns;
use super::time_trend::TimeAxis;
use super::types::{
    ColumnProfile, LONGEST_VALUE, NumberSummary, Profile, TimeRange, UnreadValues, ValueCount,
    most_frequent,
};
use crate::text::truncate;

const TOP: usize = 8;

/// Facts about `table`.
pub fn profile(table: &Table) -> Profile {
    let (repeated_rows, columns) = rayon::join(
        || repeated_rows(table),
        || table.columns().par_iter().map(column).collect(),
    );
    let mut profile = Profile {
        file: None,
        rows: table.rows(),
        sample: None,
        repeated_rows,
        time_column: None,
        columns,
    };
    if let Some(along) = TimeAxis::of(table) {
        along.fill(table, &mut profile);
    }
    profile
}

/// Facts about a table and its file.
pub fn profile_survey(survey: &Survey) -> Profile {
    let mut profile = profile(&survey.table);
    profile.file.clone_from(&survey.file);
    for (at, (facts, unread)) in profile
        .columns
        .iter_mut()
        .zip(&survey.wrong_type)
        .enumerate()
    {
        let count = survey.wrong_type_values(at);
        if count == 0 {
            continue;
        }
        facts.missing -= count;
        facts.missing_share = facts.missing as f64 / survey.table.rows().max(1) as f64;
        let there = survey.table.rows() - facts.missing;
        let examples = unread
            .iter()
            .map(|(text, count)| (text.to_string(), *count));
        facts.unread = Some(UnreadValues {
            count,
            share: count as f64 / there.max(1) as f64,
            examples: most_frequent(examples.collect(), there, TOP),
        });
    }
    if let Some(whole) = &survey.full_table {
        profile.of_all(whole);
    }
    profile
}

fn column(column: &Column) -> ColumnProfile {
    let rows = column.cells.len();
    let missing = column.cells.missing();
    let mut facts = ColumnProfile {
        name: column.name.clone(),
        dictionary: None,
        kind: column.cells.stored_as(),
        missing,
        missing_share: missing as f64 / rows.max(1) as f64,
        unread: None,
        distinct: 0,
        distinct_estimated: false,
        most_frequent: Vec::new(),
        numbers: None,
        times: None,
        histogram: None,
        text_patterns: Vec::new(),
        lengths: None,
        time_trend: None,
    };
    match &column.cells {
        Cells::Real(values) => {
            // Adding zero turns -0.0 into 0.0.
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
                .map(|(first, last)| TimeRange {
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
            (facts.text_patterns, facts.lengths) = text_patterns(values, TOP);
        }
    }
    facts
}

/// Number of rows that repeat an earlier one.
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
    /// Sort the values present and count them.
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
        // The sort is stable, so ties stay in their own order.
        runs.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        self.most_frequent = runs
            .into_iter()
            .take(TOP)
            .map(|(count, value)| ValueCount {
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
        self.numbers = Some(NumberSummary {
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
