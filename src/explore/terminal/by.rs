//! Columns level by level in a terminal.

use std::fmt::Write;

use super::super::By;
use super::super::by::MEDIAN_TIME;
use super::super::words::{count, counted, number, share, short};
use super::{LEAST_WIDTH, wrapped};
use crate::table::show_date;

/// Width of a name and of what is told, and of a level with the gap before it.
const NAME: usize = 18;
const WHAT: usize = 14;
const LEVEL: usize = 10;

/// The columns of a table level by level, as lines of at most `width` characters (at least 80): as many levels as
/// there is room for, the most frequent first.
pub fn terminal_by(by: &By, width: usize) -> String {
    let room = width.max(LEAST_WIDTH) - NAME - 1 - WHAT;
    let shown = by.levels.len().min(room / (LEVEL + 1));
    let mut text = String::new();
    let mut line = |name: &str, what: &str, cells: &mut dyn Iterator<Item = String>| {
        let mut told = String::new();
        for cell in cells.take(shown) {
            let _ = write!(told, " {cell:>LEVEL$}");
        }
        let (name, what) = (short(name, NAME), short(what, WHAT));
        let _ = writeln!(
            text,
            "{}",
            format!("{name:NAME$} {what:WHAT$}{told}").trim_end()
        );
    };
    let levels = || by.levels.iter();
    line(
        &format!("by {}", by.column),
        "",
        &mut levels().map(|level| short(&level.value, LEVEL)),
    );
    line("rows", "", &mut levels().map(|level| count(level.count)));
    for column in &by.columns {
        let cell = |value: &Option<f64>| match value {
            None => "–".to_owned(),
            Some(value) if column.what.starts_with("share") => share(*value),
            Some(value) if column.what == MEDIAN_TIME => show_date(*value as i64),
            Some(value) => short(&number(*value), LEVEL),
        };
        line(
            &column.name,
            &column.what,
            &mut column.values.iter().map(cell),
        );
        if column.missing.iter().any(|missing| *missing > 0.0) {
            line(
                "",
                "missing",
                &mut column.missing.iter().map(|missing| share(*missing)),
            );
        }
    }
    let more = by.levels.len() - shown;
    let mut rest = Vec::new();
    if by.quarters {
        rest.push("quarters of the rows, named by where they end".to_owned());
    }
    if more > 0 {
        let rows = by.levels[shown..].iter().map(|level| level.count).sum();
        rest.push(format!(
            "{} more in {} (--json has them)",
            counted(more, "level"),
            counted(rows, "row")
        ));
    }
    if by.elsewhere > 0 {
        rest.push(format!(
            "{} in no level that is told apart, or without one",
            counted(by.elsewhere, "row")
        ));
    }
    if !rest.is_empty() {
        let _ = write!(
            text,
            "\n{}",
            wrapped(&rest.join("; "), width.max(LEAST_WIDTH))
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::super::by;
    use super::*;
    use crate::table::{Cells, Column, Table};

    fn table() -> Table {
        let column = |name: &str, cells| Column {
            name: name.to_owned(),
            cells,
        };
        let rows = 0..120_usize;
        Table::new(vec![
            column(
                "plan",
                Cells::Text(
                    rows.clone()
                        .map(|row| (row % 10 > 0).then(|| format!("plan {}", row % 7).into()))
                        .collect(),
                ),
            ),
            column(
                "x",
                Cells::Whole(
                    rows.clone()
                        .map(|row| (row % 7 > 0).then_some(row as i64 % 7 * 100))
                        .collect(),
                ),
            ),
            column(
                "on",
                Cells::Flag(rows.clone().map(|row| Some(row % 7 == 3)).collect()),
            ),
            column(
                "text",
                Cells::Text(
                    rows.clone()
                        .map(|row| Some(if row % 7 == 1 { "b" } else { "a" }.into()))
                        .collect(),
                ),
            ),
            column(
                "id",
                Cells::Text(rows.map(|row| Some(format!("{row}").into())).collect()),
            ),
        ])
        .unwrap()
    }

    #[test]
    fn levels_stand_beside_one_another() {
        let found = by(&table(), 0);
        assert_eq!((found.levels.len(), found.elsewhere), (7, 12));
        let three = found
            .levels
            .iter()
            .position(|level| level.value == "plan 3")
            .unwrap();
        assert_eq!(found.columns[0].values[three], Some(300.0));
        assert_eq!(found.columns[1].values[three], Some(1.0));
        assert_eq!(found.columns[2].what, "share of a");
        assert_eq!(found.columns[3].what, "different values");
        let none = found
            .levels
            .iter()
            .position(|level| level.value == "plan 0")
            .unwrap();
        assert_eq!(
            (
                found.columns[0].values[none],
                found.columns[0].missing[none]
            ),
            (None, 1.0)
        );
        let text = terminal_by(&found, 80);
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        assert!(text.contains("3 levels more in"), "{text}");
    }

    #[test]
    fn many_numbers_are_cut_into_quarters() {
        let table = Table::new(vec![
            Column {
                name: "n".to_owned(),
                cells: Cells::Whole((0..100).map(Some).collect()),
            },
            Column {
                name: "m".to_owned(),
                cells: Cells::Whole((0..100).map(|n| Some(n * 2)).collect()),
            },
        ])
        .unwrap();
        let found = by(&table, 0);
        let names: Vec<&str> = found
            .levels
            .iter()
            .map(|level| level.value.as_str())
            .collect();
        assert_eq!(names, ["to 24.75", "to 49.5", "to 74.25", "over 74.25"]);
        assert_eq!(found.columns[0].values[0], Some(24.0));
        assert_eq!(found.elsewhere, 0);
    }
}
