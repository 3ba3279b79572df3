//! What most checks use: the columns of a table, by type.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::table::{Cells, Column, Table, Text};

/// A table, column by column.
#[derive(Debug)]
pub(super) struct Facts<'t> {
    pub(super) table: &'t Table,
    pub(super) rows: usize,
    pub(super) numbers: Vec<Number<'t>>,
    /// Columns with few levels: text and flags.
    pub(super) categories: Vec<Levels<'t>>,
    /// Text columns with many levels, most of them in several rows.
    pub(super) keys: Vec<Levels<'t>>,
    /// Text columns with many levels that rarely repeat: row ids, free text.
    pub(super) words: Vec<Levels<'t>>,
    pub(super) times: Vec<Moments<'t>>,
    /// An evenly spread sample of row positions, for algorithms whose cost grows faster than the
    /// rows.
    pub(super) sample: Vec<usize>,
    /// Whether each row is in the sample.
    pub(super) sampled: Vec<bool>,
}

/// A column of numbers.
#[derive(Debug)]
pub(super) struct Number<'t> {
    pub(super) name: &'t str,
    /// One per row, NaN where missing.
    pub(super) values: Vec<f64>,
    /// The values present, ascending.
    pub(super) sorted: Vec<f64>,
    /// Rows of the values present, by ascending value.
    pub(super) order: Vec<usize>,
    /// Distinct values with their counts, ascending.
    pub(super) runs: Vec<(f64, usize)>,
    /// Mid-ranks from 0 to 1, one per row, NaN where missing.
    pub(super) ranks: Vec<f64>,
}

/// A column of levels.
#[derive(Debug)]
pub(super) struct Levels<'t> {
    pub(super) name: &'t str,
    /// Level of each row.
    pub(super) codes: Vec<Option<u32>>,
    /// Names of the levels, in natural order.
    pub(super) names: Vec<Text>,
    /// Rows of each level.
    pub(super) counts: Vec<usize>,
    /// Whether it is a flag.
    pub(super) outcome: bool,
}

/// A column of times, in milliseconds since 1970.
#[derive(Debug)]
pub(super) struct Moments<'t> {
    pub(super) name: &'t str,
    pub(super) values: &'t [Option<i64>],
}

/// Above this number of levels, more than a person lists, a column is an identifier and not a
/// category.
pub(super) const MOST_LEVELS: usize = 40;
/// Sample size for checks of all pairs of columns, or all levels of all categories: a share of 2 %
/// is still a hundred rows.
const SAMPLE_ROWS: usize = 5_000;

impl<'t> Facts<'t> {
    pub(super) fn of(table: &'t Table) -> Self {
        let rows = table.rows();
        let columns = table.columns();
        let levelled: Vec<Levels<'_>> = columns.par_iter().filter_map(Levels::of).collect();
        let (categories, many): (Vec<_>, Vec<_>) = levelled
            .into_iter()
            .filter(|column| column.names.len() > 1)
            .partition(|column| column.names.len() <= MOST_LEVELS);
        let (keys, words) = many.into_iter().partition(|column| {
            let repeated: usize = column.counts.iter().filter(|count| **count > 1).sum();
            2 * repeated > rows
        });
        let times = columns.iter().filter_map(|column| match &column.cells {
            Cells::Time(values) => Some(Moments {
                name: &column.name,
                values,
            }),
            _ => None,
        });
        let step = rows.div_ceil(SAMPLE_ROWS).max(1);
        Self {
            table,
            rows,
            numbers: columns.par_iter().filter_map(Number::of).collect(),
            categories,
            keys,
            words,
            times: times.collect(),
            sample: (0..rows).step_by(step).collect(),
            sampled: (0..rows).map(|row| row.is_multiple_of(step)).collect(),
        }
    }
}

impl<'t> Number<'t> {
    fn of(column: &'t Column) -> Option<Self> {
        let values: Vec<f64> = column
            .cells
            .numbers()?
            .into_iter()
            // Adding zero turns -0.0 into 0.0.
            .map(|value| {
                value
                    .filter(|x| x.is_finite())
                    .map_or(f64::NAN, |x| x + 0.0)
            })
            .collect();
        let mut order: Vec<usize> = (0..values.len())
            .filter(|row| !values[*row].is_nan())
            .collect();
        order.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut runs = Vec::new();
        let mut ranks = vec![f64::NAN; values.len()];
        let mut before = 0;
        for tied in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
            runs.push((values[tied[0]], tied.len()));
            let rank = (before as f64 + tied.len() as f64 / 2.0) / order.len() as f64;
            for row in tied {
                ranks[*row] = rank;
            }
            before += tied.len();
        }
        Some(Self {
            name: &column.name,
            sorted: order.iter().map(|row| values[*row]).collect(),
            order,
            values,
            runs,
            ranks,
        })
    }

    /// Whether the column is measured, and does not just take a few values.
    pub(super) fn measured(&self) -> bool {
        /// The minimum of the analysis view.
        const DISTINCT: usize = 20;
        self.runs.len() >= DISTINCT
    }

    /// The `p` quantile; `None` for an empty column.
    pub(super) fn quantile(&self, p: f64) -> Option<f64> {
        let last = self.sorted.len().checked_sub(1)?;
        Some(self.sorted[(p * last as f64).round() as usize])
    }

    /// Whether the upper half of the range is several times as long as the lower half. The ratio is
    /// 1 for a normal, about 6 for an exponential, and 10 for a lognormal distribution with a
    /// log-scale standard deviation of one.
    pub(super) fn long_tailed(&self) -> bool {
        const TIMES: f64 = 4.0;
        let quantiles = [0.01, 0.5, 0.99].map(|p| self.quantile(p).unwrap_or(0.0));
        quantiles[2] - quantiles[1] > TIMES * (quantiles[1] - quantiles[0])
    }

    /// The grid of the values: a low quantile of the gaps, ignoring the narrowest ones.
    pub(super) fn step(&self) -> f64 {
        let mut gaps: Vec<f64> = self
            .runs
            .windows(2)
            .map(|two| two[1].0 - two[0].0)
            .collect();
        gaps.sort_unstable_by(f64::total_cmp);
        gaps.get(gaps.len() / 100).copied().unwrap_or(0.0)
    }

    /// The rows for which `is` holds.
    pub(super) fn rows_where(&self, is: impl Fn(f64) -> bool) -> Vec<usize> {
        (0..self.values.len())
            .filter(|row| is(self.values[*row]))
            .collect()
    }
}

impl<'t> Levels<'t> {
    pub(super) fn of(column: &'t Column) -> Option<Self> {
        let texts: Vec<Option<Text>> = match &column.cells {
            Cells::Text(values) => values.clone(),
            Cells::Flag(_) => column.cells.texts(),
            _ => return None,
        };
        let mut counted: BTreeMap<Text, usize> = BTreeMap::new();
        for text in texts.iter().flatten() {
            *counted.entry(text.clone()).or_default() += 1;
        }
        let places: BTreeMap<&Text, u32> = counted.keys().zip(0..).collect();
        Some(Self {
            name: &column.name,
            codes: texts
                .iter()
                .map(|text| text.as_ref().and_then(|text| places.get(text).copied()))
                .collect(),
            counts: counted.values().copied().collect(),
            names: counted.keys().cloned().collect(),
            outcome: matches!(column.cells, Cells::Flag(_)),
        })
    }

    /// Rows of each level, among the rows at `sample`.
    pub(super) fn members(&self, sample: &[usize]) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.names.len()];
        for row in sample {
            if let Some(code) = self.codes[*row] {
                members[code as usize].push(*row);
            }
        }
        members
    }
}
