//! All columns by level of one column, in a terminal.

use std::fmt::Write;
use std::ops::Range;

use crate::explore::{LevelComparison, MEDIAN_TIME};
use crate::table::show_date;
use crate::text::{number, percent, quantity, thousands, truncate};

use super::layout::{LEAST_WIDTH, wrapped};

/// Widths of a column name, of its statistic, and of a level.
const NAME: usize = 18;
const STATISTIC: usize = 14;
const LEVEL: usize = 10;
/// Maximum length of a name in a sentence.
const LONGEST_NAME: usize = 40;

/// The columns of a table level by level, as lines of at most `width` characters (at least 80).
/// Levels that fit are next to each other, most frequent first; the others follow below.
pub fn level_text(by: &LevelComparison, width: usize) -> String {
    let width = width.max(LEAST_WIDTH);
    if !by.quarters && by.levels.first().is_some_and(|most| most.count == 1) {
        let says = format!(
            "All values of {} are unique, so there are no levels to compare.",
            truncate(&by.column, LONGEST_NAME)
        );
        return wrapped(&says, width);
    }
    let most = (width - NAME - 1 - STATISTIC) / (LEVEL + 1);
    let mut text = String::new();
    // Evenly divided into blocks, so that the last one is not left with a single level.
    let blocks = by.levels.len().div_ceil(most).max(1);
    let each = by.levels.len().div_ceil(blocks).max(1);
    for from in (0..by.levels.len().max(1)).step_by(each) {
        if from > 0 {
            text.push('\n');
        }
        block(&mut text, by, from..by.levels.len().min(from + each));
    }
    let mut rest = Vec::new();
    if by.quarters {
        rest.push("levels are quarters of the rows, named by their upper ends".to_owned());
    }
    if by.other_rows > 0 {
        rest.push(format!(
            "{} in other levels or without a value",
            quantity(by.other_rows, "row")
        ));
    }
    if !rest.is_empty() {
        let _ = write!(text, "\n{}", wrapped(&rest.join("; "), width));
    }
    text
}

/// One block of levels, next to each other.
fn block(text: &mut String, by: &LevelComparison, levels: Range<usize>) {
    let mut line = |name: &str, what: &str, cells: &mut dyn Iterator<Item = String>| {
        let mut cells_text = String::new();
        for cell in cells {
            let _ = write!(cells_text, " {cell:>LEVEL$}");
        }
        let (name, what) = (truncate(name, NAME), truncate(what, STATISTIC));
        let _ = writeln!(
            text,
            "{}",
            format!("{name:NAME$} {what:STATISTIC$}{cells_text}").trim_end()
        );
    };
    let shown = || by.levels[levels.clone()].iter();
    line(
        &format!("by {}", by.column),
        "",
        &mut shown().map(|level| truncate(&level.value, LEVEL)),
    );
    line("rows", "", &mut shown().map(|level| thousands(level.count)));
    for column in &by.columns {
        let cell = |value: &Option<f64>| match value {
            None => "–".to_owned(),
            Some(value) if column.statistic.starts_with("share") => percent(*value),
            Some(value) if column.statistic == MEDIAN_TIME => show_date(*value as i64),
            Some(value) => truncate(&number(*value), LEVEL),
        };
        line(
            &column.name,
            &column.statistic,
            &mut column.values[levels.clone()].iter().map(cell),
        );
        // In every block, or in none.
        if column.missing.iter().any(|missing| *missing > 0.0) {
            let missing = column.missing[levels.clone()].iter();
            line("", "missing", &mut missing.map(|missing| percent(*missing)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::compare_levels;
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
        let found = compare_levels(&table(), 0);
        assert_eq!((found.levels.len(), found.other_rows), (7, 12));
        let three = found
            .levels
            .iter()
            .position(|level| level.value == "plan 3")
            .unwrap();
        assert_eq!(found.columns[0].values[three], Some(300.0));
        assert_eq!(found.columns[1].values[three], Some(1.0));
        assert_eq!(found.columns[2].statistic, "share of a");
        assert_eq!(found.columns[3].statistic, "distinct values");
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
        let text = level_text(&found, 80);
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        // Seven levels in two blocks.
        let heads = text.lines().filter(|line| line.starts_with("by plan"));
        let levels: Vec<&str> = heads.flat_map(|line| line.split("plan ").skip(2)).collect();
        assert_eq!(levels.len(), 7, "{text}");
        assert_eq!(text.matches("\nrows ").count(), 2, "{text}");
    }

    #[test]
    fn values_that_do_not_repeat_are_no_levels() {
        let says = level_text(&compare_levels(&table(), 4), 80);
        assert_eq!(
            says,
            "All values of id are unique, so there are no levels to compare.\n"
        );
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
        let found = compare_levels(&table, 0);
        let names: Vec<&str> = found
            .levels
            .iter()
            .map(|level| level.value.as_str())
            .collect();
        assert_eq!(names, ["to 24.75", "to 49.5", "to 74.25", "over 74.25"]);
        assert_eq!(found.columns[0].values[0], Some(24.0));
        assert_eq!(found.other_rows, 0);
    }
}
