//! `issues.csv`: data problems that a candidate found.

use std::path::Path;

use super::answers::is_missing;
use super::diagnostics::Diagnostics;
use super::problem::{closest_name, examples};
use super::{DeliveredRows, FileProblem};
use crate::table::{Cell, parse_csv_text};
use crate::text::quantity;
use serde::Serialize;

/// One line of `issues.csv`, in the candidate's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Column that it is about; empty for whole rows.
    pub column: String,
    /// What kind of issue.
    pub kind: String,
    /// Which rows.
    pub rows: String,
    /// What was done about it.
    pub action: String,
}

/// Read `issues.csv`.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    delivered: &DeliveredRows,
    diagnostics: &mut Diagnostics,
) -> Vec<Issue> {
    let table = match parse_csv_text(Path::new(file), bytes) {
        Ok(table) => table,
        Err(error) => {
            diagnostics.table(file, &error);
            return Vec::new();
        }
    };
    let names: Vec<&str> = table.names().collect();
    for needed in ["column", "kind"] {
        if names.contains(&needed) {
            continue;
        }
        let expected = "columns `column`, `kind`, `rows` and `action`";
        let found = format!("columns {}", examples(&names));
        let problem = FileProblem::new(file, found, expected).at(1);
        diagnostics.problem(match closest_name(needed, names.iter().copied()) {
            Some(near) => problem.hint(format!("rename `{near}` to `{needed}`")),
            None => problem,
        });
        return Vec::new();
    }
    let field = |name: &str, row: usize| match table.cell(name, row) {
        Cell::Text(text) if !is_missing(&text) => text.trim().to_owned(),
        _ => String::new(),
    };
    let issues: Vec<Issue> = (0..table.rows())
        .map(|row| Issue {
            column: field("column", row),
            kind: field("kind", row),
            rows: field("rows", row),
            action: field("action", row),
        })
        .filter(|issue| !issue.column.is_empty() || !issue.kind.is_empty())
        .collect();
    let names = delivered.accepted_column_names();
    let known = |column: &str| {
        let column = column.trim_matches('`');
        // Files are named after the main table and the child: `accounts_jobs.duration`.
        let of_file = || Some(column.split_once('_')?.1);
        let is = |column: &str| names.iter().any(|name| name == column);
        is(column) || (column.contains('.') && of_file().is_some_and(is))
    };
    let unknown: Vec<&str> = issues
        .iter()
        .flat_map(|issue| issue.column.split([',', ';']).map(str::trim))
        .filter(|column| !column.is_empty() && !known(column))
        .collect();
    if !unknown.is_empty() {
        let columns = quantity(unknown.len(), "column name");
        let says = format!(
            "{columns} not in the data you received: {}",
            examples(&unknown)
        );
        let near = closest_name(unknown[0], names.iter().map(String::as_str));
        diagnostics.note(
            file,
            match near {
                Some(near) => format!("{says} (did you mean `{near}`?)"),
                None => says,
            },
        );
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issues(csv: &str) -> (Vec<Issue>, Diagnostics) {
        let delivered = DeliveredRows::new("id", &[], vec!["latency_ms".to_owned()]);
        let mut diagnostics = Diagnostics::default();
        let issues = read("issues.csv", csv.as_bytes(), &delivered, &mut diagnostics);
        (issues, diagnostics)
    }

    #[test]
    fn a_header_alone_means_no_issues() {
        let (found, diagnostics) = issues("column,kind,rows,action\n");
        assert!(found.is_empty() && diagnostics.problems.is_empty());
    }

    #[test]
    fn issues_are_kept_in_their_own_words() {
        let (found, diagnostics) =
            issues("column,kind,rows\nlatncy_ms,unit,client 4.1\n,duplicate,\n");
        assert_eq!(found[0].rows, "client 4.1");
        assert_eq!(found[1].column, "");
        assert!(
            diagnostics.notes[0]
                .says
                .contains("did you mean `latency_ms`")
        );
    }

    #[test]
    fn a_missing_column_is_a_problem() {
        let (_, diagnostics) = issues("columns,kind\nx,y\n");
        let hint = diagnostics.problems[0].hint.as_deref();
        assert_eq!(hint, Some("rename `columns` to `column`"));
    }
}
