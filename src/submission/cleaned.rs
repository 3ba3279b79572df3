//! `cleaned.csv` or `cleaned.parquet`: the data after cleaning.

use std::path::Path;

use super::answers::{id_column, numbers_of_ids};
use super::diagnostics::Diagnostics;
use super::problem::{closest_name, examples};
use super::{DeliveredRows, FileProblem};
use crate::table::{Cells, Table, TableError, parse_csv, parse_csv_text, parse_parquet};
use crate::text::quantity;

/// A cleaned table, matched to the delivered one.
#[derive(Debug, Clone, PartialEq)]
pub struct CleanedTable {
    /// Its rows that have an id, with its own columns.
    pub table: Table,
    /// Delivered position of each of its rows: if the delivered data repeat an id, the first row
    /// with it corresponds to the first delivered one, and so on.
    pub rows: Vec<usize>,
}

/// Read a cleaned table.
pub(super) fn read(
    file: &str,
    bytes: Vec<u8>,
    delivered: &DeliveredRows,
    diagnostics: &mut Diagnostics,
) -> Option<CleanedTable> {
    let (table, id, ids) = match open(file, bytes, delivered, diagnostics) {
        Ok(opened) => opened?,
        Err(error) => {
            diagnostics.table(file, &error);
            return None;
        }
    };
    let numbers = numbers_of_ids(file, &ids.texts(), delivered, diagnostics);
    let (starts, positions) = delivered.positions();
    let mut used = vec![0; delivered.ids()];
    let (mut kept, mut rows, mut surplus) = (Vec::new(), Vec::new(), Vec::new());
    for (row, number) in numbers.iter().enumerate() {
        let Some(number) = number else { continue };
        let time = &mut used[*number as usize];
        if *time < delivered.count(*number) {
            kept.push(row);
            rows.push(positions[starts[*number as usize] + *time]);
        } else {
            surplus.push(ids.cell(row).show());
        }
        *time += 1;
    }
    if !surplus.is_empty() {
        let found = format!(
            "{} too many for their id: {}",
            quantity(surplus.len(), "row"),
            examples(&surplus)
        );
        let expected = "no id more often than in the data you received";
        diagnostics.problem(FileProblem::new(file, found, expected));
    }
    columns(file, &table, &id, delivered, diagnostics);
    let table = if kept.len() == table.rows() {
        table
    } else {
        table.pick(&kept)
    };
    Some(CleanedTable { table, rows })
}

type Opened = Option<(Table, String, Cells)>;

fn open(
    file: &str,
    bytes: Vec<u8>,
    delivered: &DeliveredRows,
    diagnostics: &mut Diagnostics,
) -> Result<Opened, TableError> {
    let path = Path::new(file);
    let is_parquet = path.extension().is_some_and(|ending| ending == "parquet");
    let (table, text) = if is_parquet {
        (parse_parquet(path, bytes)?, None)
    } else {
        (parse_csv(path, &bytes)?, Some(bytes))
    };
    if table.rows() == 0 {
        let path = path.to_owned();
        return Err(TableError::Empty { path });
    }
    let Some(id) = id_column(file, &table, delivered, diagnostics) else {
        return Ok(None);
    };
    let mut ids = table.cells(&id).cloned();
    if let (Some(found), Some(bytes)) = (&ids, text)
        && !matches!(found, Cells::Text(_))
    {
        // Ids such as "12e4", parsed as numbers, would be written differently.
        ids = parse_csv_text(path, &bytes)?.cells(&id).cloned();
    }
    Ok(ids.map(|ids| (table, id, ids)))
}

/// Note columns that were added or removed: neither is a problem.
fn columns(
    file: &str,
    table: &Table,
    id: &str,
    delivered: &DeliveredRows,
    diagnostics: &mut Diagnostics,
) {
    let known: Vec<&str> = delivered.columns().iter().map(String::as_str).collect();
    let added: Vec<&str> = table
        .names()
        .filter(|name| *name != id && !known.contains(name))
        .collect();
    let gone: Vec<&str> = known
        .into_iter()
        .filter(|name| *name != delivered.row_id() && table.column(name).is_none())
        .collect();
    if !added.is_empty() {
        let columns = quantity(added.len(), "column");
        let near = closest_name(added[0], gone.iter().copied());
        let near = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
        let says = format!(
            "{columns} not in the delivered data: {}{near}",
            examples(&added)
        );
        diagnostics.note(file, says);
    }
    if !gone.is_empty() {
        let columns = quantity(gone.len(), "delivered column");
        diagnostics.note(file, format!("{columns} not here: {}", examples(&gone)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Text;

    fn cleaned(csv: &str) -> (Option<CleanedTable>, Diagnostics) {
        let ids = ["a", "b", "a", "c"].map(|id| Some(Text::from(id)));
        let columns = ["id", "x"].map(str::to_owned).to_vec();
        let delivered = DeliveredRows::new("id", &ids, columns);
        let mut diagnostics = Diagnostics::default();
        let bytes = csv.as_bytes().to_vec();
        let cleaned = read("cleaned.csv", bytes, &delivered, &mut diagnostics);
        (cleaned, diagnostics)
    }

    #[test]
    fn rows_find_their_delivered_positions() {
        let (found, diagnostics) = cleaned("id,x\nc,1\na,2\na,3\n");
        assert_eq!(found.unwrap().rows, [3, 0, 2]);
        assert!(diagnostics.problems.is_empty() && diagnostics.notes.is_empty());
    }

    #[test]
    fn rows_without_an_id_are_left_out_with_a_note() {
        let (found, diagnostics) = cleaned("id,y\nc,1\n,2\n");
        let found = found.unwrap();
        assert_eq!((found.rows.len(), found.table.rows()), (1, 1));
        assert_eq!(diagnostics.notes.len(), 3);
    }

    #[test]
    fn an_id_used_too_often_is_a_problem() {
        let (_, diagnostics) = cleaned("id,x\nb,1\nb,1\n");
        assert!(
            diagnostics.problems[0]
                .found
                .starts_with("1 row too many for their id")
        );
    }
}
