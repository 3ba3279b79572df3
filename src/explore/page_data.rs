//! A table compressed for a page.
//!
//! Every column is a dictionary of its distinct values plus one code per row, so that spikes and
//! placeholders survive; both are compressed. A column with too many distinct values keeps the most
//! repeated ones exactly, and the rest share bins of similar rank.

use std::collections::HashMap;
use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::Serialize;

use crate::random::Secret;
use crate::table::{Cells, Column, FullTable, Table, Text};

use super::numeric_columns::sorted;
use super::text_patterns::text_pattern;
use super::types::{NumberSummary, Profile};
use crate::text::truncate;

/// A table for a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageData {
    /// Number of rows in the page.
    pub rows: usize,
    /// Number of rows of the table: more if the page contains a sample.
    pub table_rows: usize,
    /// Compressed: the position of each row in the table, from 0, as 32-bit integers; empty if the
    /// page contains all rows.
    pub row_numbers: String,
    /// Number of columns that belong to the table; columns from a key follow them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_columns: Option<usize>,
    /// Its columns, in the order of the file.
    pub columns: Vec<PageColumn>,
}

/// A column for a page. Numbers are little-endian; compressed data are raw deflate, then base64.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageColumn {
    /// Its name.
    pub name: String,
    /// `real`, `whole`, `flag`, `timestamp` or `text`.
    pub kind: &'static str,
    /// Whether a log scale suits its values: they span several powers of ten, as for its histogram,
    /// or half of them would be in the first twentieth of a linear scale.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub log: bool,
    /// Compressed: one 16-bit code per row, the index of its value in the dictionary; 65,535 for a
    /// missing value.
    pub codes: String,
    /// Compressed: the dictionary in ascending order, as 64-bit floats (times in milliseconds since
    /// 1970); for texts one per line, or one mask per line.
    pub values: String,
    /// Number of exact values in the dictionary; the others are means of a bin.
    pub exact: usize,
    /// Compressed: one byte per value, 1 if it is exact; empty if all are.
    pub exact_flags: String,
    /// Compressed: one 64-bit float per row, if times share bins and the table has another time
    /// column, since a lag of a minute would be lost within a bin; empty elsewhere.
    pub row_times: String,
    /// Whether its codes refer to masks, because it has too many distinct texts.
    pub patterns: bool,
    /// Compressed: one text per row and line, if codes refer to masks; empty elsewhere.
    pub texts: String,
}

/// With more rows, a page is slow to open.
const MOST_ROWS: usize = 100_000;
/// Maximum number of distinct values of a column.
const MOST_VALUES: usize = 8_192;
/// Of these, the number of most repeated values kept exactly if there are more.
const EXACT: usize = 1_000;
/// The number of exact values at either end: outliers are looked at first.
const ENDS: usize = 200;
/// Maximum length of a text in characters.
const TEXT: usize = 60;
/// The code of a missing value.
const NONE: u16 = u16::MAX;

/// The table for a page: all of its rows, or a sample of 100,000 that is the same every time.
/// `whole` describes the full table if this one is already a sample, `profile` its columns; the
/// first `own` columns belong to the table.
pub fn page_data(
    table: &Table,
    whole: Option<&FullTable>,
    profile: &Profile,
    own: usize,
) -> PageData {
    let sampled: Option<Vec<usize>> = (table.rows() > MOST_ROWS).then(|| {
        let mut draws = Secret::demo(0).stream().fork("explore/page").draws();
        let mut rows = draws.sample(table.rows(), MOST_ROWS);
        rows.sort_unstable();
        rows
    });
    let numbers: Vec<u32> = match (whole, &sampled) {
        (None, None) => Vec::new(),
        (None, Some(rows)) => rows.iter().map(|row| *row as u32).collect(),
        (Some(whole), None) => whole.kept.clone(),
        (Some(whole), Some(rows)) => rows.iter().map(|row| whole.kept[*row]).collect(),
    };
    let numbers: Vec<u8> = numbers.iter().flat_map(|row| row.to_le_bytes()).collect();
    let picked = sampled.map(|rows| table.pick(&rows));
    let kept = picked.as_ref().unwrap_or(table);
    let times = kept.columns().iter();
    let lags = times
        .filter(|one| matches!(one.cells, Cells::Time(_)))
        .count()
        > 1;
    PageData {
        rows: kept.rows(),
        table_rows: whole.map_or(table.rows(), |whole| whole.rows),
        row_numbers: if numbers.is_empty() {
            String::new()
        } else {
            packed(&numbers)
        },
        own_columns: (own < kept.columns().len()).then_some(own),
        columns: kept
            .columns()
            .par_iter()
            .zip(&profile.columns)
            .map(|(one, profile)| PageColumn {
                log: profile.histogram.as_ref().is_some_and(|one| one.log)
                    || profile.numbers.as_ref().is_some_and(squeezed),
                ..column(one, lags)
            })
            .collect(),
    }
}

/// The part of a linear scale in which half of the rows would be too close together.
const TWENTIETH: f64 = 0.05;

fn squeezed(numbers: &NumberSummary) -> bool {
    let NumberSummary { min, p50, max, .. } = *numbers;
    min >= 0.0 && p50 > 0.0 && p50 - min < TWENTIETH * (max - min)
}

fn column(column: &Column, lags: bool) -> PageColumn {
    let numbers = match &column.cells {
        Cells::Text(texts) => return of_texts(column, texts),
        Cells::Flag(flags) => flags.iter().map(|flag| flag.map(f64::from)).collect(),
        Cells::Time(times) => times
            .iter()
            .map(|time| time.map(|time| time as f64))
            .collect(),
        cells => cells.numbers().unwrap_or_default(),
    };
    let (codes, values, own) = coded(&numbers);
    let exact = own.iter().filter(|own| **own).count();
    let binned = exact < own.len();
    PageColumn {
        name: column.name.clone(),
        kind: column.cells.stored_as(),
        log: false,
        codes: packed_codes(&codes),
        values: packed_numbers(values.into_iter()),
        exact,
        exact_flags: if binned {
            packed(&own.iter().map(|own| u8::from(*own)).collect::<Vec<u8>>())
        } else {
            String::new()
        },
        row_times: if binned && lags && matches!(column.cells, Cells::Time(_)) {
            packed_numbers(numbers.iter().map(|time| time.unwrap_or(f64::NAN)))
        } else {
            String::new()
        },
        patterns: false,
        texts: String::new(),
    }
}

/// Codes, dictionary in ascending order, and which of its values are exact.
fn coded(numbers: &[Option<f64>]) -> (Vec<u16>, Vec<f64>, Vec<bool>) {
    let runs: Vec<(f64, usize)> = sorted(numbers)
        // Adding zero turns -0.0 into 0.0.
        .chunk_by(|one, other| (one + 0.0).to_bits() == (other + 0.0).to_bits())
        .map(|run| (run[0] + 0.0, run.len()))
        .collect();
    let few = runs.len() <= MOST_VALUES;
    let kept = if few {
        vec![true; runs.len()]
    } else {
        most_repeated(&runs)
    };
    let others: usize = runs
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| !**kept)
        .map(|(run, _)| run.1)
        .sum();
    // Bins with equal numbers of rows, separated by exact values.
    let bins = MOST_VALUES - 2 * (EXACT + 2 * ENDS);
    let share = others.div_ceil(bins).max(1);
    let mut entries: Vec<(f64, usize, bool)> = Vec::new();
    let mut edges: Vec<f64> = Vec::new();
    for ((value, count), kept) in runs.iter().zip(kept) {
        match entries.last_mut() {
            Some((sum, rows, false)) if !kept && *rows < share => {
                *sum += value * *count as f64;
                *rows += count;
            }
            _ => {
                edges.push(*value);
                entries.push((value * *count as f64, *count, kept));
            }
        }
    }
    let code = |number: &Option<f64>| match number.filter(|x| x.is_finite()) {
        Some(value) => (edges.partition_point(|edge| *edge <= value) - 1) as u16,
        None => NONE,
    };
    let codes = numbers.iter().map(code).collect();
    let own = entries.iter().map(|entry| entry.2).collect();
    let one = |((sum, rows, kept), edge): (&(f64, usize, bool), &f64)| {
        let mean = sum / *rows as f64;
        if *kept || !mean.is_finite() {
            *edge
        } else {
            mean
        }
    };
    (codes, entries.iter().zip(&edges).map(one).collect(), own)
}

/// Which of the values are among the most repeated (ties go to the smaller) or at an end.
fn most_repeated(runs: &[(f64, usize)]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(runs[*at].1), *at));
    let mut kept = vec![false; runs.len()];
    let last = runs.len().saturating_sub(ENDS);
    for (at, kept) in kept.iter_mut().enumerate() {
        *kept = at < ENDS || at >= last;
    }
    // Each may split a bin in two, so this keeps the dictionary within its limit.
    for at in order.into_iter().take(EXACT).filter(|at| runs[*at].1 > 1) {
        kept[at] = true;
    }
    kept
}

fn of_texts(column: &Column, texts: &[Option<Text>]) -> PageColumn {
    let whole: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
    let different = named(&whole);
    let masks = different.len() > MOST_VALUES;
    let (codes, values, lines) = if masks {
        let masks: Vec<Option<String>> = whole.iter().map(|text| text.map(text_pattern)).collect();
        let masks: Vec<Option<&str>> = masks.iter().map(Option::as_deref).collect();
        let (codes, values) = coded_texts(&masks, named(&masks));
        let lines = whole
            .iter()
            .map(|text| truncate(text.unwrap_or_default(), TEXT));
        (codes, values, lines.collect())
    } else {
        // Distinguished by the full text, displayed by its beginning.
        let (codes, values) = coded_texts(&whole, different);
        (codes, values, Vec::new())
    };
    PageColumn {
        name: column.name.clone(),
        kind: "text",
        log: false,
        codes: packed_codes(&codes),
        exact: values.len(),
        values: packed(values.join("\n").as_bytes()),
        exact_flags: String::new(),
        row_times: String::new(),
        patterns: masks,
        texts: if masks {
            packed(lines.join("\n").as_bytes())
        } else {
            String::new()
        },
    }
}

/// The distinct texts, in order.
fn named<'a>(texts: &[Option<&'a str>]) -> Vec<&'a str> {
    let mut names: Vec<&str> = texts.iter().flatten().copied().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Codes, and the sorted names, truncated.
fn coded_texts(texts: &[Option<&str>], mut names: Vec<&str>) -> (Vec<u16>, Vec<String>) {
    // A column of prose may have too many masks: the rest share the last one.
    names.truncate(MOST_VALUES);
    let places: HashMap<&str, u16, FixedState> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (*name, at as u16))
        .collect();
    let last = names.len().saturating_sub(1) as u16;
    let code =
        |text: Option<&str>| text.map_or(NONE, |text| places.get(text).copied().unwrap_or(last));
    let codes = texts.iter().copied().map(code).collect();
    (
        codes,
        names.into_iter().map(|name| truncate(name, TEXT)).collect(),
    )
}

fn packed_codes(codes: &[u16]) -> String {
    let bytes: Vec<u8> = codes.iter().flat_map(|code| code.to_le_bytes()).collect();
    packed(&bytes)
}

fn packed_numbers(numbers: impl Iterator<Item = f64>) -> String {
    packed(&numbers.flat_map(f64::to_le_bytes).collect::<Vec<u8>>())
}

/// Raw deflate, then base64.
fn packed(bytes: &[u8]) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to a vector cannot fail.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    STANDARD.encode(written.unwrap_or_default())
}

#[cfg(test)]
mod tests;
