//! Errors of a key whose tables do not fit its bundle, and the checks that raise them.

use thiserror::Error;

use crate::table::{Cells, Table};

/// Why a key's tables are not the truth of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the key does not fit its bundle: {table} {why}")]
pub struct TruthError {
    /// The table.
    pub table: &'static str,
    /// What is wrong with it.
    pub why: String,
}

pub(super) fn column<'a>(
    file: &'static str,
    table: &'a Table,
    name: &str,
) -> Result<&'a Cells, TruthError> {
    let cells = table.cells(name);
    cells.ok_or_else(|| wrong(file, format!("has no column `{name}`")))
}

pub(super) fn whole<'a>(
    file: &'static str,
    table: &'a Table,
    name: &str,
) -> Result<&'a [Option<i64>], TruthError> {
    match column(file, table, name)? {
        Cells::Whole(values) => Ok(values),
        _ => Err(wrong(file, format!("has no whole numbers in `{name}`"))),
    }
}

pub(super) fn same_number(
    table: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), TruthError> {
    if found == expected {
        return Ok(());
    }
    Err(wrong(
        table,
        format!("has {found} rows, expected {expected}"),
    ))
}

pub(super) fn wrong(table: &'static str, why: impl Into<String>) -> TruthError {
    TruthError {
        table,
        why: why.into(),
    }
}
