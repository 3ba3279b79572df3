//! Restores the clean table from what was delivered and the ledger.

use rayon::prelude::*;

use crate::table::{Cell, Column, Table};

use super::error::{TruthError, column, same_number, whole, wrong};

/// The rows before defects, by source position: the delivered rows with the original values of
/// touched cells, and the rows that were removed. `rows` is the number of source rows; the other
/// tables are the key's files of these names.
///
/// Columns and their types are those of `removed.parquet`, which are those of the clean table: a
/// defect may have turned a delivered column into text.
pub fn restore(
    delivered: &Table,
    removed: &Table,
    rowmap: &Table,
    touched: &Table,
    rows: usize,
) -> Result<Table, TruthError> {
    let Sources {
        delivered: sources,
        gone,
    } = Sources::of(rowmap, rows)?;
    same_number(ROWMAP, sources.len(), delivered.rows())?;
    same_number(REMOVED, removed.rows(), gone.len())?;
    let restored = removed.columns().par_iter().map(|like| {
        let mut cells = like.cells.holes(rows);
        let now = delivered.cells(&like.name);
        let now = now.ok_or_else(|| wrong(REMOVED, format!("has a column `{}`", like.name)))?;
        for (row, source) in sources.iter().enumerate() {
            if let Some(source) = source {
                // A value that does not fit the type was changed by a defect and is restored below.
                cells.set(
                    *source,
                    like.cells.fit(now.cell(row)).unwrap_or(Cell::Missing),
                );
            }
        }
        for (row, source) in gone.iter().enumerate() {
            cells.set(*source, like.cells.cell(row));
        }
        Ok(Column {
            name: like.name.clone(),
            cells,
        })
    });
    // The first error in column order, whichever thread found it first.
    let restored: Vec<Result<Column, TruthError>> = restored.collect();
    let mut columns = restored.into_iter().collect::<Result<Vec<Column>, _>>()?;
    let names = column(TOUCHED, touched, "column")?;
    let before = column(TOUCHED, touched, "before")?;
    for (at, row) in whole(TOUCHED, touched, "delivered")?.iter().enumerate() {
        let Some(source) = row.and_then(|row| *sources.get(row as usize)?) else {
            // A cell of an added row does not concern any source row.
            continue;
        };
        let name = names.cell(at).show();
        let place = removed.position(&name);
        let place = place.ok_or_else(|| wrong(TOUCHED, format!("names a column `{name}`")))?;
        let cells = &mut columns[place].cells;
        let cell = cells.fit(before.cell(at));
        let cell = cell.ok_or_else(|| wrong(TOUCHED, format!("has a wrong value of `{name}`")))?;
        cells.set(source, cell);
    }
    Table::new(columns).ok_or_else(|| wrong(REMOVED, "has two columns of one name"))
}

const REMOVED: &str = "removed.parquet";
const ROWMAP: &str = "rowmap.parquet";
const TOUCHED: &str = "touched.parquet";

/// The origin of rows.
struct Sources {
    /// Source position of each delivered row; none for rows that a defect added.
    delivered: Vec<Option<usize>>,
    /// Source position of each row that was removed.
    gone: Vec<usize>,
}

impl Sources {
    /// Every source row is delivered once or removed once.
    fn of(rowmap: &Table, rows: usize) -> Result<Self, TruthError> {
        let positions = whole(ROWMAP, rowmap, "delivered")?;
        let mut sources = Self {
            delivered: Vec::with_capacity(positions.len()),
            gone: Vec::new(),
        };
        let mut seen = vec![false; rows];
        for (position, source) in positions.iter().zip(whole(ROWMAP, rowmap, "source")?) {
            let source = source.map(|source| source as usize);
            if let Some(source) = source {
                match seen.get_mut(source) {
                    Some(seen) if !*seen => *seen = true,
                    Some(_) => return Err(wrong(ROWMAP, "names a row twice")),
                    None => return Err(wrong(ROWMAP, "names a row that is not there")),
                }
            }
            match (position, source) {
                (Some(_), source) => sources.delivered.push(source),
                (None, Some(source)) => sources.gone.push(source),
                (None, None) => return Err(wrong(ROWMAP, "has a row from nowhere to nowhere")),
            }
        }
        let found = seen.iter().filter(|seen| **seen).count();
        same_number(ROWMAP, found, rows)?;
        Ok(sources)
    }
}
