//! What a baseline submits: the files of a submission.

use ndarray::ArrayView2;

use crate::table::{Cells, Column, Table, Text};

/// The files that a baseline submits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// Name and content of each file, the report first.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

/// The ids of some rows, as in the table; empty if it has no such column.
pub(super) fn ids(table: &Table, row_id: &str, rows: &[usize]) -> Vec<Text> {
    let texts = table.cells(row_id).map(Cells::texts).unwrap_or_default();
    rows.iter()
        .map(|row| texts.get(*row).cloned().flatten().unwrap_or_default())
        .collect()
}

/// `groups.csv`: for each column its name and a label per row; blank for a row without one. Rows
/// without an id cannot be referred to, so they are omitted here and in the other files.
pub(super) fn groups(ids: &[Text], columns: &[(&str, Vec<Option<u32>>)]) -> Vec<u8> {
    let names: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    lines(ids, &names, |row| {
        let labels = columns.iter().map(|(_, labels)| labels[row]);
        labels
            .map(|label| label.map_or_else(String::new, |label| label.to_string()))
            .collect()
    })
}

/// `axes.csv`: rows × axes, to two decimals of a standard score.
pub(super) fn axes(ids: &[Text], names: &[String], places: ArrayView2<'_, f64>) -> Vec<u8> {
    lines(ids, names, |row| {
        let places = places.row(row);
        places.iter().map(|place| format!("{place:.2}")).collect()
    })
}

/// `issues.csv`: column (empty for whole rows), kind, rows, action.
pub(super) fn issues(issues: &[[String; 4]]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing text to memory cannot fail.
    let _ = writer.write_record(["column", "kind", "rows", "action"]);
    for issue in issues {
        let _ = writer.write_record(issue);
    }
    writer.into_inner().unwrap_or_default()
}

/// `cleaned.csv`: the columns in their order, including the ids in `row_id`.
pub(super) fn cleaned(columns: &[Column], row_id: &str) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing text to memory cannot fail.
    let _ = writer.write_record(columns.iter().map(|column| &column.name));
    let texts: Vec<Vec<Option<Text>>> = columns.iter().map(|one| one.cells.texts()).collect();
    let ids = columns.iter().position(|column| column.name == row_id);
    let named = |row: &usize| ids.is_none_or(|at| texts[at][*row].is_some());
    for row in (0..texts.first().map_or(0, Vec::len)).filter(named) {
        let cells = texts.iter().map(|texts| texts[row].as_deref());
        let _ = writer.write_record(cells.map(Option::unwrap_or_default));
    }
    writer.into_inner().unwrap_or_default()
}

fn lines(ids: &[Text], names: &[String], fields: impl Fn(usize) -> Vec<String>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = std::iter::once("row_id").chain(names.iter().map(String::as_str));
    // Writing text to memory cannot fail.
    let _ = writer.write_record(head);
    for (row, id) in ids.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
        let fields = fields(row);
        let fields = fields.iter().map(String::as_str);
        let _ = writer.write_record(std::iter::once(id.as_str()).chain(fields));
    }
    writer.into_inner().unwrap_or_default()
}
