//! Slices of the table by one column or one defect in which an answer agrees less than elsewhere.

use std::collections::BTreeMap;

use super::super::super::{BundleTruth, Slice};
use super::super::context::ComparisonContext;
use crate::certify::blocks;
use crate::measure::{benjamini_hochberg, mean_difference, quantile};
use crate::scenario::record_of;
use crate::table::{Cells, Text, show_time};
use crate::text::number;

/// Fewest rows of a slice.
const ROWS: usize = 50;
/// Most values of a column that has a slice per value; others have one per quarter of the rows.
const LEVELS: usize = 12;
/// Quarters.
const PARTS: usize = 4;
/// False discovery rate (Benjamini–Hochberg).
const FALSE: f64 = 0.05;
/// Smaller differences are not listed.
const LEAST: f64 = 0.05;
/// Most slices that are listed.
const MOST: usize = 5;

/// The slices with clearly less agreement than elsewhere, the largest difference first, and how many were
/// tested. `rows` are positions among the originals, `agreement` is that of each.
pub(super) fn slices(
    truth: &BundleTruth,
    context: &ComparisonContext,
    rows: &[usize],
    agreement: &[f64],
) -> (Vec<Slice>, usize) {
    let units = context.units(rows);
    let mut found = Vec::new();
    for (name, inside) in all(truth, rows) {
        let count = inside.iter().filter(|inside| **inside).count();
        // With more than half of the rows, the other rows are the slice.
        if count < ROWS || 2 * count > rows.len() {
            continue;
        }
        let Some(difference) = mean_difference(agreement, &inside, units.as_deref()) else {
            continue;
        };
        let slice = Slice {
            slice: name,
            rows: count,
            inside: difference.inside,
            outside: difference.outside,
            difference: (difference.difference.low, difference.difference.high),
        };
        found.push((difference.p_value, slice));
    }
    let tested = found.len();
    let corrected = benjamini_hochberg(&found.iter().map(|one| one.0).collect::<Vec<_>>());
    let mut clear: Vec<Slice> = found
        .into_iter()
        .zip(corrected)
        .filter(|((_, slice), p)| {
            p.is_some_and(|p| p <= FALSE) && slice.outside - slice.inside >= LEAST
        })
        .map(|((_, slice), _)| slice)
        .collect();
    let apart = |slice: &Slice| slice.inside - slice.outside;
    clear.sort_by(|one, other| apart(one).total_cmp(&apart(other)));
    clear.truncate(MOST);
    (clear, tested)
}

/// Every slice, in the order of columns and defects, with the rows inside.
fn all(truth: &BundleTruth, rows: &[usize]) -> Vec<(String, Vec<bool>)> {
    let originals = truth.originals();
    let base: Vec<usize> = rows.iter().map(|row| truth.base(originals[*row])).collect();
    let mut all = Vec::new();
    let names: Vec<&str> = truth.surface.names().collect();
    let blocks = blocks(&names);
    for (at, column) in truth.surface.columns().iter().enumerate() {
        // A quarter of one embedding dimension has no meaning.
        if blocks
            .iter()
            .any(|(_, first, end)| (*first..*end).contains(&at))
        {
            continue;
        }
        let named =
            column.name != truth.key.row_id && Some(&column.name) != truth.key.entity.as_ref();
        if named {
            all.extend(by_column(&column.name, &column.cells.pick(&base)));
        }
    }
    for (number, instance) in truth.key.world.instances.iter().enumerate() {
        if instance.table.is_none() {
            let marked = truth.marked(number as u16);
            let inside = rows.iter().map(|row| marked[*row]).collect();
            let title = record_of(instance.kind).title;
            all.push((format!("rows changed by “{title}”"), inside));
        }
    }
    all
}

fn by_column(name: &str, cells: &Cells) -> Vec<(String, Vec<bool>)> {
    let texts = cells.texts();
    let mut all: Vec<(String, Vec<bool>)> = match levels(&texts) {
        Some(levels) => levels
            .into_iter()
            .map(|level| {
                let inside = texts.iter().map(|text| text.as_deref() == Some(level));
                (format!("`{name}` is {level}"), inside.collect())
            })
            .collect(),
        None => by_quarter(name, cells),
    };
    all.push((
        format!("`{name}` is missing"),
        texts.iter().map(Option::is_none).collect(),
    ));
    all
}

/// The values of a column, when they are few.
fn levels(texts: &[Option<Text>]) -> Option<Vec<&str>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts.iter().flatten() {
        *counts.entry(text).or_default() += 1;
        if counts.len() > LEVELS {
            return None;
        }
    }
    Some(counts.into_keys().collect())
}

/// A column of numbers or moments in quarters of its rows; text that is long or rare has none.
fn by_quarter(name: &str, cells: &Cells) -> Vec<(String, Vec<bool>)> {
    let values: Vec<f64> = match cells {
        Cells::Time(moments) => moments
            .iter()
            .map(|moment| moment.map_or(f64::NAN, |moment| moment as f64))
            .collect(),
        _ => match cells.numbers() {
            Some(numbers) => numbers.iter().map(|x| x.unwrap_or(f64::NAN)).collect(),
            None => return Vec::new(),
        },
    };
    let shown = |value: f64| match cells {
        Cells::Time(_) => show_time(value as i64).chars().take(10).collect(),
        _ => number(value),
    };
    let cuts: Vec<f64> = (1..PARTS)
        .filter_map(|cut| quantile(&values, cut as f64 / PARTS as f64))
        .collect();
    let ends = |cuts: &[f64]| cuts.iter().copied().map(Some).collect::<Vec<_>>();
    let lows = [vec![None], ends(&cuts)].concat();
    let highs = [ends(&cuts), vec![None]].concat();
    lows.into_iter()
        .zip(highs)
        .filter_map(|(low, high)| {
            let words = match (low, high) {
                (None, Some(high)) => format!("`{name}` under {}", shown(high)),
                (Some(low), None) => format!("`{name}` at least {}", shown(low)),
                (Some(low), Some(high)) => {
                    format!("`{name}` from {} to under {}", shown(low), shown(high))
                }
                (None, None) => return None,
            };
            let inside = |value: &f64| {
                let (low, high) = (
                    low.unwrap_or(f64::NEG_INFINITY),
                    high.unwrap_or(f64::INFINITY),
                );
                (low..high).contains(value)
            };
            Some((words, values.iter().map(inside).collect()))
        })
        .collect()
}
