//! A table made small enough to travel in a page.
//!
//! Every column is a dictionary of its different values and one code a row, so that spikes and placeholders
//! survive; both are compressed. What has too many different values keeps the most repeated ones exactly, and
//! the rest share bins of like rank.

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
    /// Rows that are in the page.
    pub rows: usize,
    /// Rows of the table: more where the page has a sample.
    pub table_rows: usize,
    /// Compressed: where each row stands in the table, from 0, of 32 bits; empty where all of it is there.
    pub row_numbers: String,
    /// How many of the columns are the table's own, where others stand behind them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_columns: Option<usize>,
    /// Its columns, in the order of the file.
    pub columns: Vec<PageColumn>,
}

/// A column for a page. NumberSummary are little-endian; what is compressed is raw deflate, then base64.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageColumn {
    /// Its name.
    pub name: String,
    /// `real`, `whole`, `flag`, `timestamp` or `text`.
    pub kind: &'static str,
    /// Whether its values ask for a log scale: they lie over powers of ten, as its histogram has it, or half of
    /// them would stand in the first twentieth of a linear scale.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub log: bool,
    /// Compressed: one code of 16 bits a row, the place of its value in the dictionary; 65,535 for none.
    pub codes: String,
    /// Compressed: the dictionary in ascending order, of 64-bit floats (times in milliseconds since 1970); of
    /// texts one a line, as of `masks`.
    pub values: String,
    /// Values of the dictionary that stand for themselves; the others are means of a bin.
    pub exact: usize,
    /// Compressed: a byte a value, 1 where it stands for itself; empty where all do.
    pub exact_flags: String,
    /// Compressed: a 64-bit float a row, where times share bins and the table has another time, since a lag of a
    /// minute would drown in a bin; empty elsewhere.
    pub row_times: String,
    /// Whether its codes are of masks of texts, which are too many.
    pub patterns: bool,
    /// Compressed: one text a line, a line a row, where codes are of masks; empty elsewhere.
    pub texts: String,
}

/// More rows make a page that is slow to open.
const MOST_ROWS: usize = 100_000;
/// Different values of a column that are told apart.
const MOST_VALUES: usize = 8_192;
/// Of these so many, the most repeated, stand for themselves where there are more.
const EXACT: usize = 1_000;
/// And so many at either end: what lies far out is looked at first.
const ENDS: usize = 200;
/// Characters of a text that are kept.
const TEXT: usize = 60;
/// The code of no value.
const NONE: u16 = u16::MAX;

/// The table for a page: all of its rows, or a sample of 100,000 that is the same every time. `whole` tells of the
/// table that this one is a sample of already, `profile` of its columns; the first `own` of them are the table's.
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

/// The part of a linear scale in which half of the rows are too close to one another.
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

/// Codes, dictionary in ascending order, and which of its values stand for themselves.
fn coded(numbers: &[Option<f64>]) -> (Vec<u16>, Vec<f64>, Vec<bool>) {
    let runs: Vec<(f64, usize)> = sorted(numbers)
        // Adding zero makes one value of 0.0 and -0.0.
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
    // Bins of as many rows; what stands for itself parts them.
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

/// Which of the values are among the most repeated (of two as frequent the smaller) or at an end.
fn most_repeated(runs: &[(f64, usize)]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(runs[*at].1), *at));
    let mut kept = vec![false; runs.len()];
    let last = runs.len().saturating_sub(ENDS);
    for (at, kept) in kept.iter_mut().enumerate() {
        *kept = at < ENDS || at >= last;
    }
    // Each may part a bin in two, so that the dictionary stays under its bound.
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
        // Told apart by all of it, shown by its beginning.
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

/// The different texts, in order.
fn named<'a>(texts: &[Option<&'a str>]) -> Vec<&'a str> {
    let mut names: Vec<&str> = texts.iter().flatten().copied().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Codes, and the names in order, cut.
fn coded_texts(texts: &[Option<&str>], mut names: Vec<&str>) -> (Vec<u16>, Vec<String>) {
    // Masks of a column of prose may be past counting: the rest go by the last.
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
    // A vector takes whatever is written to it.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    STANDARD.encode(written.unwrap_or_default())
}

#[cfg(test)]
mod tests;
