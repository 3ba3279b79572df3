//! All columns of a table by level of one of them.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::Serialize;

use crate::table::{Cells, Column, Table, Text, show_date};

use super::histogram::quantile;
use super::numeric_columns::sorted;
use super::types::{LEAST_SHARE, ValueCount};
use crate::text::{number, truncate};

/// All columns of a table by level of one of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelComparison {
    pub column: String,
    /// Its levels, the most frequent first; quarters in order, named by their upper ends, if it has many numbers or
    /// times.
    pub levels: Vec<ValueCount>,
    pub quarters: bool,
    /// Rows in other levels or without a value.
    pub other_rows: usize,
    /// Every other column, in the order of the file.
    pub columns: Vec<ColumnByLevel>,
}

/// One column, level by level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnByLevel {
    /// The column.
    pub name: String,
    /// Its statistic: `median`, `median time` (in milliseconds since 1970), `share of true`, `share of` its most
    /// frequent value if that has at least 1 % of the rows, else the number of `distinct values`.
    pub statistic: String,
    /// The statistic by level; none if no row of a level has a value.
    pub values: Vec<Option<f64>>,
    /// Share of the rows of each level without a value.
    pub missing: Vec<f64>,
}

/// The most levels that are compared; the rest count as other rows.
const MOST_LEVELS: usize = 12;
/// Numbers with more distinct values are divided into quarters.
const MOST_NUMBERS: usize = 20;
pub const MEDIAN_TIME: &str = "median time";
/// Longest name of a level, in characters.
const LONGEST_LEVEL: usize = 40;

/// The columns of `table` by its column number `at`.
///
/// # Panics
/// When there is no such column.
pub fn compare_levels(table: &Table, at: usize) -> LevelComparison {
    let column = &table.columns()[at];
    let (levels, of, quarters) = levels(&column.cells);
    let inside: usize = levels.iter().map(|level| level.count).sum();
    let others = table.columns().par_iter().enumerate();
    LevelComparison {
        column: column.name.clone(),
        quarters,
        other_rows: table.rows() - inside,
        columns: others
            .filter(|(other, _)| *other != at)
            .map(|(_, other)| one(other, &of, &levels))
            .collect(),
        levels,
    }
}

/// Values that have a middle, and what that is called; times in milliseconds since 1970.
fn ordered(cells: &Cells) -> Option<(&'static str, Vec<Option<f64>>)> {
    match cells {
        Cells::Time(times) => {
            let times = times.iter().map(|time| time.map(|time| time as f64));
            Some((MEDIAN_TIME, times.collect()))
        }
        cells => Some(("median", cells.numbers()?)),
    }
}

/// The levels of a column, which of them each row is in (none for those not among them), and whether they are
/// quarters.
fn levels(cells: &Cells) -> (Vec<ValueCount>, Vec<Option<usize>>, bool) {
    if let Some((_, values)) = ordered(cells) {
        let sorted = sorted(&values);
        if sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()).count() > MOST_NUMBERS {
            let (levels, of) = quarters(&values, &sorted, matches!(cells, Cells::Time(_)));
            return (levels, of, true);
        }
    }
    let texts = cells.texts();
    let mut counts: HashMap<&str, usize, FixedState> = HashMap::default();
    for text in texts.iter().flatten() {
        *counts.entry(text).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    counts.truncate(MOST_LEVELS);
    let places: HashMap<&str, usize, FixedState> = counts
        .iter()
        .enumerate()
        .map(|(at, (text, _))| (*text, at))
        .collect();
    let of = texts
        .iter()
        .map(|text| places.get(text.as_ref()?.as_str()).copied());
    let level =
        |(text, count): &(&str, usize)| common(truncate(text, LONGEST_LEVEL), *count, texts.len());
    (counts.iter().map(level).collect(), of.collect(), false)
}

fn common(value: String, count: usize, of: usize) -> ValueCount {
    ValueCount {
        value,
        count,
        share: count as f64 / of.max(1) as f64,
    }
}

/// Quarters of numbers by their quartiles.
fn quarters(
    values: &[Option<f64>],
    sorted: &[f64],
    times: bool,
) -> (Vec<ValueCount>, Vec<Option<usize>>) {
    let edges = [0.25, 0.5, 0.75].map(|p| quantile(sorted, p));
    let quarter = |value: &Option<f64>| {
        let value = value.filter(|value| value.is_finite())?;
        Some(edges.iter().filter(|edge| value > **edge).count())
    };
    let of: Vec<Option<usize>> = values.iter().map(quarter).collect();
    let shown = edges.map(|edge| {
        if times {
            show_date(edge as i64)
        } else {
            number(edge)
        }
    });
    // A date has the width of a level.
    let names = if times {
        let [first, second, third] = shown;
        [first, second, third, "later".to_owned()]
    } else {
        let [first, second, third] = shown;
        let last = format!("over {third}");
        [
            format!("to {first}"),
            format!("to {second}"),
            format!("to {third}"),
            last,
        ]
    };
    let rows = |at: usize| of.iter().filter(|quarter| **quarter == Some(at)).count();
    let named = names.into_iter().enumerate();
    let levels = named.map(|(at, name)| common(name, rows(at), values.len()));
    (levels.collect(), of)
}

fn one(column: &Column, of: &[Option<usize>], levels: &[ValueCount]) -> ColumnByLevel {
    let mut missing = vec![0_usize; levels.len()];
    for (row, level) in of.iter().enumerate() {
        if let Some(level) = level.filter(|_| column.cells.is_missing(row)) {
            missing[level] += 1;
        }
    }
    let (what, values) = statistic(&column.cells, of, levels.len());
    ColumnByLevel {
        name: column.name.clone(),
        statistic: what,
        values,
        missing: missing
            .into_iter()
            .zip(levels)
            .map(|(n, level)| n as f64 / level.count.max(1) as f64)
            .collect(),
    }
}

/// The name of the statistic that suits a column, and its value in each level.
fn statistic(cells: &Cells, of: &[Option<usize>], levels: usize) -> (String, Vec<Option<f64>>) {
    if let Some((what, values)) = ordered(cells) {
        let mut parts: Vec<Vec<f64>> = vec![Vec::new(); levels];
        for (level, value) in of.iter().zip(values) {
            if let (Some(level), Some(value)) = (level, value.filter(|value| value.is_finite())) {
                parts[*level].push(value);
            }
        }
        let median = |mut values: Vec<f64>| {
            values.sort_unstable_by(f64::total_cmp);
            (!values.is_empty()).then(|| quantile(&values, 0.5))
        };
        return (what.to_owned(), parts.into_iter().map(median).collect());
    }
    let shares = |is: &dyn Fn(usize) -> Option<bool>| {
        let mut counts = vec![(0_usize, 0_usize); levels];
        for (row, level) in of.iter().enumerate() {
            if let (Some(level), Some(is)) = (level, is(row)) {
                counts[*level].0 += usize::from(is);
                counts[*level].1 += 1;
            }
        }
        let share = |(hits, all): (usize, usize)| (all > 0).then(|| hits as f64 / all as f64);
        counts.into_iter().map(share).collect()
    };
    if let Cells::Flag(flags) = cells {
        return ("share of true".to_owned(), shares(&|row| flags[row]));
    }
    let texts = cells.texts();
    let mut counts: HashMap<&str, usize, FixedState> = HashMap::default();
    for text in texts.iter().flatten() {
        *counts.entry(text).or_default() += 1;
    }
    let there: usize = counts.values().sum();
    let most = counts
        .into_iter()
        .max_by(|one, other| one.1.cmp(&other.1).then(other.0.cmp(one.0)));
    match most.filter(|(_, count)| *count as f64 >= LEAST_SHARE * there as f64 && *count > 1) {
        Some((most, _)) => (
            format!("share of {}", truncate(most, LONGEST_LEVEL)),
            shares(&|row| Some(texts[row].as_ref()?.as_str() == most)),
        ),
        None => ("distinct values".to_owned(), different(&texts, of, levels)),
    }
}

/// Number of distinct values in each level.
fn different(texts: &[Option<Text>], of: &[Option<usize>], levels: usize) -> Vec<Option<f64>> {
    let mut found: Vec<HashSet<&str, FixedState>> = vec![HashSet::default(); levels];
    for (level, text) in of.iter().zip(texts) {
        if let (Some(level), Some(text)) = (level, text) {
            found[*level].insert(text);
        }
    }
    found
        .into_iter()
        .map(|values| Some(values.len() as f64))
        .collect()
}
