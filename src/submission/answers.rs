//! A CSV file with answers about rows, matched to the delivered rows by id.

use std::path::Path;

use super::diagnostics::Diagnostics;
use super::problem::{closest_name, examples};
use super::{DeliveredRows, FileProblem};
use crate::table::{Cells, Table, TableError, Text, parse_csv_text};
use crate::text::{quantity, thousands};

/// Answers as text, each line matched to a row id.
pub(super) struct Answers<'a> {
    pub(super) file: &'a str,
    columns: Vec<(String, Vec<Option<Text>>)>,
    /// Number of the id of each line; none when the line has no known id.
    ids: Vec<Option<u32>>,
    delivered: &'a DeliveredRows,
}

impl<'a> Answers<'a> {
    /// Read a file of answers; none when it cannot be read at all.
    pub(super) fn read(
        file: &'a str,
        bytes: &[u8],
        delivered: &'a DeliveredRows,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let table = parse_csv_text(Path::new(file), bytes).and_then(|table| {
            if table.rows() == 0 {
                let path = file.into();
                return Err(TableError::Empty { path });
            }
            Ok(table)
        });
        let table = match table {
            Ok(table) => table,
            Err(error) => {
                diagnostics.table(file, &error);
                return None;
            }
        };
        let id = id_column(file, &table, delivered, diagnostics)?;
        let ids = match_ids(file, &table.cells(&id)?.texts(), delivered, diagnostics);
        let mut columns = Vec::new();
        for column in table.into_columns() {
            let Cells::Text(values) = column.cells else {
                continue;
            };
            if column.name == id {
                continue;
            }
            if column.name.trim().is_empty() || column.name.starts_with("Unnamed:") {
                diagnostics.note(file, "a column without a name is ignored (is it an index?)");
                continue;
            }
            columns.push((column.name, values));
        }
        if columns.is_empty() {
            diagnostics.problem(
                FileProblem::new(
                    file,
                    format!("only the column `{id}`"),
                    "at least one more column with your answers",
                )
                .at(1),
            );
            return None;
        }
        Some(Self {
            file,
            columns,
            ids,
            delivered,
        })
    }

    /// Columns of answers, in order.
    pub(super) fn columns(&self) -> &[(String, Vec<Option<Text>>)] {
        &self.columns
    }

    /// One answer per delivered row from one answer per line. Lines that repeat an id must agree;
    /// if they do not, the row counts as unlabelled.
    pub(super) fn by_row<T: Clone + PartialEq>(
        &self,
        what: &str,
        answers: &[Option<T>],
        diagnostics: &mut Diagnostics,
    ) -> Vec<Option<T>> {
        let mut by_id: Vec<Option<T>> = vec![None; self.delivered.ids()];
        let mut contradicted = vec![false; self.delivered.ids()];
        for (id, answer) in self.ids.iter().zip(answers) {
            let (Some(id), Some(answer)) = (id, answer) else {
                continue;
            };
            match &mut by_id[*id as usize] {
                Some(earlier) if earlier != answer => contradicted[*id as usize] = true,
                Some(_) => {}
                empty => *empty = Some(answer.clone()),
            }
        }
        let mut contradictions = 0;
        for (answer, contradicted) in by_id.iter_mut().zip(contradicted) {
            if contradicted {
                *answer = None;
                contradictions += 1;
            }
        }
        if contradictions > 0 {
            let ids = quantity(contradictions, "repeated row id");
            let says =
                format!("{what}: {ids} with contradictory values; these rows count as empty");
            diagnostics.note(self.file, says);
        }
        self.delivered.spread(&by_id)
    }
}

/// Whether a field is empty or a null token.
pub(super) fn is_missing(field: &str) -> bool {
    let field = field.trim();
    field.is_empty() || matches!(field.to_ascii_lowercase().as_str(), "nan" | "<na>" | "null")
}

/// Name of the row id column: `row_id`, or its name in the delivered table.
pub(super) fn id_column(
    file: &str,
    table: &Table,
    delivered: &DeliveredRows,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    for name in ["row_id", delivered.row_id()] {
        if table.column(name).is_some() {
            return Some(name.to_owned());
        }
    }
    let names: Vec<&str> = table.names().collect();
    let problem = FileProblem::new(
        file,
        format!("columns {}", examples(&names)),
        format!("a column `row_id` with the ids of `{}`", delivered.row_id()),
    )
    .at(1);
    let near = ["row_id", delivered.row_id()]
        .into_iter()
        .find_map(|right| closest_name(right, names.iter().copied()));
    let separator = [';', '\t']
        .into_iter()
        .find(|mark| names[0].contains(*mark));
    diagnostics.problem(match (near, separator) {
        (_, Some(';')) => problem.hint("the file uses semicolons as separators; use commas"),
        (_, Some(_)) => problem.hint("the file uses tabs as separators; use commas"),
        (Some(near), None) => problem.hint(format!("rename `{near}` to `row_id`")),
        (None, None) => problem,
    });
    None
}

/// Number of the id of each line.
fn match_ids(
    file: &str,
    ids: &[Option<Text>],
    delivered: &DeliveredRows,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<u32>> {
    let numbers = numbers_of_ids(file, ids, delivered, diagnostics);
    let mut seen = vec![0usize; delivered.ids()];
    let mut repeated = Vec::new();
    let mut first = None;
    for (line, (id, number)) in ids.iter().zip(&numbers).enumerate() {
        let (Some(id), Some(number)) = (id, number) else {
            continue;
        };
        let times = &mut seen[*number as usize];
        *times += 1;
        if *times == 2 && delivered.count(*number) == 1 {
            first.get_or_insert(line as u64 + 2);
            repeated.push(id.clone());
        }
    }
    if let Some(line) = first {
        let found = format!("repeated row ids: {}", examples(&repeated));
        diagnostics.problem(
            FileProblem::new(file, found, "one line per row id")
                .at(line)
                .hint("these ids occur only once in the data you received"),
        );
    }
    let missing = seen.iter().filter(|times| **times == 0).count();
    if missing > 0 {
        let says = format!(
            "{} of {} row ids have a line; the other rows count as unlabelled",
            thousands(seen.len() - missing),
            thousands(seen.len())
        );
        diagnostics.note(file, says);
    }
    numbers
}

/// Number of each id, with a diagnostic for those that are missing or unknown.
pub(super) fn numbers_of_ids(
    file: &str,
    ids: &[Option<Text>],
    delivered: &DeliveredRows,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<u32>> {
    let numbers: Vec<Option<u32>> = ids
        .iter()
        .map(|id| delivered.number(id.as_ref()?.trim()))
        .collect();
    let blank = ids.iter().filter(|id| id.is_none()).count();
    if blank > 0 {
        let says = format!("{} without a row id; ignored", quantity(blank, "line"));
        diagnostics.note(file, says);
    }
    let mut first = None;
    let mut unknown = Vec::new();
    for (line, (id, number)) in ids.iter().zip(&numbers).enumerate() {
        if let (Some(id), None) = (id, number) {
            first.get_or_insert(line as u64 + 2);
            unknown.push(id.clone());
        }
    }
    if let Some(line) = first {
        let found = format!(
            "{} not in the data you received: {}",
            quantity(unknown.len(), "row id"),
            examples(&unknown)
        );
        let problem = FileProblem::new(
            file,
            found,
            format!("ids from the column `{}`", delivered.row_id()),
        );
        let problem = problem.at(line);
        let positions = unknown.iter().all(|id| id.trim().parse::<u64>().is_ok());
        diagnostics.problem(if positions {
            problem.hint("these look like row numbers; use the ids instead")
        } else if unknown.len() + blank == ids.len() {
            problem.hint("no id matches; is --bundle the right folder?")
        } else {
            problem
        });
    }
    numbers
}
