//! Rows and identifiers that occur more than once.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::table::{Cells, Column, Table, Text};
use crate::text::thousands;

use super::facts::{Facts, Number};
use super::hit::{Check, Hit};

/// Share of distinct values above which text is an identifier.
const IDENTIFIER: f64 = 0.6;
/// Maximum length of an identifier in characters, and minimum number of rows.
const LONGEST: usize = 64;
const FEWEST: usize = 20;
/// A column is finely measured if its distinct values reach this number, and also the number of
/// rows divided by the second number.
const FINE: usize = 100;
const FINE_SHARE: usize = 50;
/// Minimum number of finely measured columns: among a hundred thousand rows, less than one pair
/// agrees in four columns of a few hundred values each by chance.
const WINDOW: usize = 4;
/// Minimum share of such rows, and minimum number of rows.
const NEAR: f64 = 0.003;
const FEWEST_NEAR: usize = 8;

/// Positions of rows that repeat an earlier one in every column but `id`, or its `id`; ascending.
pub fn repeats(table: &Table, id: Option<&str>) -> Vec<usize> {
    let (ids, content): (Vec<Column>, Vec<Column>) = table
        .columns()
        .iter()
        .cloned()
        .partition(|column| Some(column.name.as_str()) == id);
    let parts = [content, ids].into_iter().filter_map(Table::new);
    let mut rows: Vec<usize> = parts
        .filter(|part| !part.columns().is_empty())
        .flat_map(|part| later(&part.row_hashes()))
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Rows that repeat an earlier one in every column.
pub(super) fn repeated_rows(facts: &Facts<'_>) -> Vec<Hit> {
    let rows = later(&facts.table.row_hashes());
    if rows.is_empty() || facts.table.columns().is_empty() {
        return Vec::new();
    }
    let says = format!(
        "{} rows repeat an earlier one in every column",
        thousands(rows.len())
    );
    let strength = rows.len() as f64;
    vec![Hit::on_column(Check::RepeatedRows, &[], strength, says).of_rows(rows, facts.rows)]
}

/// Rows that repeat another in several finely measured columns, but not in all: copies with a new
/// id, a join that fanned out, records entered twice.
pub(super) fn near_repeats(facts: &Facts<'_>) -> Vec<Hit> {
    let whole = facts.table.row_hashes();
    let fine: Vec<&Number<'_>> = facts
        .numbers
        .iter()
        .filter(|column| column.runs.len() >= FINE.max(facts.rows / FINE_SHARE))
        .collect();
    let windows = fine.windows(WINDOW).map(|columns| {
        let code = |row: usize| {
            let mut hasher = DefaultHasher::new();
            let gap = columns.iter().any(|column| column.values[row].is_nan());
            // Missing values equal nothing: the row number makes them unique.
            (
                gap.then_some(row),
                columns
                    .iter()
                    .map(|column| column.values[row].to_bits())
                    .collect::<Vec<_>>(),
            )
                .hash(&mut hasher);
            hasher.finish()
        };
        let codes: Vec<u64> = (0..facts.rows).map(code).collect();
        let mut order: Vec<usize> = (0..facts.rows).collect();
        order.sort_by_key(|row| (codes[*row], *row));
        let runs = order.chunk_by(|a, b| codes[*a] == codes[*b]);
        let near = runs.flat_map(|run| {
            // The first occurrence is the original; exact repeats are not near repeats.
            let mut known: Vec<_> = Vec::new();
            let mut later = Vec::new();
            for row in run {
                if !known.contains(&whole[*row]) {
                    if !known.is_empty() {
                        later.push(*row);
                    }
                    known.push(whole[*row]);
                }
            }
            later
        });
        (near.collect::<Vec<usize>>(), columns)
    });
    let Some((mut rows, columns)) = windows.max_by_key(|(rows, _)| rows.len()) else {
        return Vec::new();
    };
    let part = rows.len() as f64 / facts.rows as f64;
    if rows.len() < FEWEST_NEAR || part < NEAR {
        return Vec::new();
    }
    rows.sort_unstable();
    let names: Vec<String> = columns
        .iter()
        .map(|column| format!("`{}`", column.name))
        .collect();
    let says = format!(
        "{} rows repeat another exactly in {}, and not in every column",
        thousands(rows.len()),
        names.join(", ")
    );
    vec![Hit::on_column(Check::NearRepeats, &[], part / NEAR, says).of_rows(rows, facts.rows)]
}

/// Positions of rows whose hash occurred before.
fn later(codes: &[u64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_by_key(|row| codes[*row]);
    let runs = order.chunk_by(|a, b| codes[*a] == codes[*b]);
    let mut rows: Vec<usize> = runs.flat_map(|run| run[1..].iter().copied()).collect();
    rows.sort_unstable();
    rows
}

/// Identifiers that occur more than once.
pub(super) fn repeated_ids(facts: &Facts<'_>) -> Vec<Hit> {
    let columns = facts.table.columns().iter().filter_map(|column| {
        let named = column.name == "id" || column.name.ends_with("_id");
        let values = match &column.cells {
            Cells::Text(values) => values.clone(),
            Cells::Whole(_) if named => column.cells.texts(),
            _ => return None,
        };
        let mut seen: BTreeMap<&Text, usize> = BTreeMap::new();
        let mut rows = Vec::new();
        for (row, value) in values.iter().enumerate() {
            let Some(value) = value else { continue };
            // Words are not identifiers.
            if value.len() > LONGEST || value.contains(char::is_whitespace) {
                return None;
            }
            let often = seen.entry(value).or_default();
            *often += 1;
            if *often > 1 {
                rows.push(row);
            }
        }
        let there = seen.len() + rows.len();
        let identifier = there >= FEWEST && seen.len() as f64 >= IDENTIFIER * there as f64;
        (identifier && !rows.is_empty()).then(|| {
            let name = column.name.as_str();
            let says = format!(
                "{} rows repeat an earlier `{name}`, which is different elsewhere",
                thousands(rows.len())
            );
            let hit = Hit::on_column(Check::RepeatedId, &[name], rows.len() as f64, says);
            hit.of_rows(rows, facts.rows)
        })
    });
    columns.collect()
}
