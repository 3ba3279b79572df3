//! The surface again, from what was delivered and the ledger.

use crate::generate::RowOrigin;
use crate::table::{Cell, Column, Table};

use super::bundle_truth::{TruthError, column, same_number, whole, wrong};

/// The rows before defects, by source position: what was delivered, but at touched cells what
/// stood there before, and the rows that were removed. `rows` is the number of source rows.
///
/// Columns are those of `removed.parquet`, whose types are the surface's: a defect may have made a
/// delivered column text.
pub(super) fn restore(
    delivered: &Table,
    origins: &[RowOrigin],
    removed: &Table,
    rowmap: &Table,
    touched: &Table,
    rows: usize,
) -> Result<Table, TruthError> {
    let sources = sources(origins, rows)?;
    let gone = gone(removed, rowmap, rows)?;
    let found = sources.iter().flatten().count() + gone.len();
    same_number("rowmap.parquet", found, rows)?;
    let mut columns = Vec::with_capacity(removed.columns().len());
    for like in removed.columns() {
        let mut cells = like.cells.holes(rows);
        let now = delivered.cells(&like.name);
        let now = now.ok_or_else(|| wrong(REMOVED, format!("has a column `{}`", like.name)))?;
        for (row, source) in sources.iter().enumerate() {
            if let Some(source) = source {
                // What does not fit is a cell of its defect, and comes below.
                cells.set(
                    *source,
                    like.cells.fit(now.cell(row)).unwrap_or(Cell::Missing),
                );
            }
        }
        for (row, source) in gone.iter().enumerate() {
            cells.set(*source, like.cells.cell(row));
        }
        columns.push(Column {
            name: like.name.clone(),
            cells,
        });
    }
    let names = column(TOUCHED, touched, "column")?;
    let before = column(TOUCHED, touched, "before")?;
    for (at, row) in whole(TOUCHED, touched, "delivered")?.iter().enumerate() {
        let Some(source) = row.and_then(|row| *sources.get(row as usize)?) else {
            // A cell of an added row says nothing of a source row.
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
const TOUCHED: &str = "touched.parquet";

/// Source position of each delivered row; none of those that a defect added.
fn sources(origins: &[RowOrigin], rows: usize) -> Result<Vec<Option<usize>>, TruthError> {
    let source = |origin: &RowOrigin| match origin.source {
        Some(source) if source >= rows as u64 => {
            Err(wrong("rowmap.parquet", "names a row that is not there"))
        }
        source => Ok(source.map(|source| source as usize)),
    };
    origins.iter().map(source).collect()
}

/// Source position of each row of `removed.parquet`.
fn gone(removed: &Table, rowmap: &Table, rows: usize) -> Result<Vec<usize>, TruthError> {
    let delivered = whole("rowmap.parquet", rowmap, "delivered")?;
    let source = whole("rowmap.parquet", rowmap, "source")?;
    let gone = delivered.iter().zip(source);
    let gone: Option<Vec<usize>> = gone
        .filter(|(delivered, _)| delivered.is_none())
        .map(|(_, source)| usize::try_from((*source)?).ok().filter(|at| *at < rows))
        .collect();
    let gone = gone.ok_or_else(|| wrong("rowmap.parquet", "names a row that is not there"))?;
    same_number(REMOVED, removed.rows(), gone.len())?;
    Ok(gone)
}
