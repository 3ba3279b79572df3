//! Unifies the format of each column, before the careful baseline looks at values.

use std::collections::BTreeMap;

use crate::checks::{Check, Hit, one_spelling};
use crate::table::{Cells, Column, HOUR, Table, Text};
use crate::text::{number, thousands};

use super::repair_log::log_row;

/// A table with one format per column, and a list of repairs. Numbers stored as text are parsed,
/// placeholders become missing, variant spellings of a level are merged, and times of another time
/// zone are shifted back.
pub(super) fn one_form(table: &Table, row_id: &str, hits: &[Hit]) -> (Table, Vec<[String; 4]>) {
    let mut done = Vec::new();
    let columns = table.columns().iter().map(|column| {
        let cells = match &column.cells {
            // Row ids stay as they are.
            _ if column.name == row_id => None,
            Cells::Text(texts) => text(column, texts, hits, &mut done),
            Cells::Time(moments) => times(&column.name, moments, hits, &mut done),
            _ => None,
        };
        Column {
            name: column.name.clone(),
            cells: cells.unwrap_or_else(|| column.cells.clone()),
        }
    });
    // Same names, same lengths.
    let mended = Table::new(columns.collect()).unwrap_or_else(|| table.clone());
    (mended, done)
}

/// The strongest hit of a check on this column.
fn of<'a>(hits: &'a [Hit], check: Check, column: &str) -> Option<&'a Hit> {
    let about = |hit: &&Hit| hit.columns.first().is_some_and(|name| name == column);
    hits.iter()
        .filter(|hit| hit.check == check)
        .filter(about)
        .max_by(|one, other| one.strength.total_cmp(&other.strength))
}

/// A text column in one format; none if it already has one.
fn text(
    column: &Column,
    texts: &[Option<Text>],
    hits: &[Hit],
    done: &mut Vec<[String; 4]>,
) -> Option<Cells> {
    let name = &column.name;
    let (forms, token) = (
        of(hits, Check::NumberForms, name),
        of(hits, Check::NullToken, name),
    );
    if let Some(hit) = forms.or(token) {
        let read: Vec<Option<f64>> = texts.iter().map(|text| as_number(text.as_ref())).collect();
        let numbers = read.iter().flatten().count();
        if 2 * numbers > texts.iter().flatten().count() {
            done.push(log_row(name, "format", hit, "read as numbers"));
            return Some(Cells::Real(read));
        }
    }
    let mut mended = texts.to_vec();
    let mut moved = false;
    if let Some((hit, rows)) = token.and_then(|hit| Some((hit, hit.rows.as_ref()?))) {
        for row in rows {
            mended[*row] = None;
        }
        done.push(log_row(name, "sentinel", hit, "set to missing"));
        moved = true;
    }
    // Of the remaining values: a placeholder is not a spelling of a level.
    let left = Column {
        name: name.clone(),
        cells: Cells::Text(mended.clone()),
    };
    let spellings = one_spelling(&left);
    if let Some(hit) = of(hits, Check::Spelling, name).filter(|_| !spellings.is_empty()) {
        respell(&mut mended, &spellings);
        let action = format!(
            "{} folded into the frequent ones",
            thousands(spellings.len())
        );
        done.push(log_row(name, "spelling", hit, &action));
        moved = true;
    }
    moved.then_some(Cells::Text(mended))
}

fn respell(texts: &mut [Option<Text>], spellings: &BTreeMap<Text, Text>) {
    for text in texts.iter_mut().flatten() {
        if let Some(main) = spellings.get(text) {
            *text = main.clone();
        }
    }
}

/// Times in one time zone; none unless several zones were found.
fn times(
    name: &str,
    moments: &[Option<i64>],
    hits: &[Hit],
    done: &mut Vec<[String; 4]>,
) -> Option<Cells> {
    let hit = of(hits, Check::HourShift, name)?;
    let (hours, rows) = (hit.by?, hit.rows.as_ref()?);
    let mut moved = moments.to_vec();
    for row in rows {
        moved[*row] =
            moved[*row].and_then(|moment| moment.checked_sub((hours * HOUR as f64) as i64));
    }
    let action = format!("moved by {} hours", number(-hours));
    done.push(log_row(name, "time zone", hit, &action));
    Some(Cells::Time(moved))
}

/// A number in any common format: decimal comma, grouped thousands, a unit after it.
fn as_number(text: Option<&Text>) -> Option<f64> {
    let text = text?.trim();
    let end = text
        .rfind(|letter: char| letter.is_ascii_digit())
        .map_or(0, |at| at + 1);
    let plain: String = text[..end].chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace('−', "-");
    let (comma, point) = (plain.rfind(','), plain.rfind('.'));
    let plain = match (comma, point) {
        (Some(comma), Some(point)) if comma > point => plain.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => plain.replace(',', ""),
        (Some(_), None) if plain.matches(',').count() > 1 => plain.replace(',', ""),
        (Some(_), None) => plain.replace(',', "."),
        _ if plain.matches('.').count() > 1 => plain.replace('.', ""),
        _ => plain,
    };
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;

    #[test]
    fn numbers_are_read_in_every_usual_form() {
        for (text, value) in [
            ("1,5", 1.5),
            ("1.234,5", 1_234.5),
            ("1,234.5", 1_234.5),
            ("1,234,567", 1_234_567.0),
            ("12 ms", 12.0),
            (" 7 ", 7.0),
            ("-3.25", -3.25),
        ] {
            assert_eq!(as_number(Some(&Text::from(text))), Some(value), "{text}");
        }
        for text in ["n/a", "", "free"] {
            assert_eq!(as_number(Some(&Text::from(text))), None, "{text}");
        }
    }

    /// Rows of four offices with a daily peak at noon; the third office's clock is five hours late.
    fn offices() -> Table {
        let names = ["Oslo", "Rome", "Lima", "Bonn"];
        let rows = 0..2_000_i64;
        let place: Vec<Option<Text>> = rows
            .clone()
            .map(|row| {
                let name = names[row as usize % 4];
                let odd = if row % 80 == 0 { "OSLO " } else { name };
                Some(Text::from(odd))
            })
            .collect();
        let at: Vec<Option<i64>> = rows
            .map(|row| {
                // The median of two uniform distributions over eight hours.
                let hours =
                    8.0 + (row * 7 % 61) as f64 / 61.0 * 4.0 + (row * 11 % 53) as f64 / 53.0 * 4.0;
                let late = if row % 4 == 2 { 5.0 } else { 0.0 };
                Some(row / 20 * 24 * HOUR + ((hours + late) * HOUR as f64) as i64)
            })
            .collect();
        let column = |name: &str, cells| Column {
            name: name.to_owned(),
            cells,
        };
        let columns = vec![
            column("office", Cells::Text(place)),
            column("opened", Cells::Time(at)),
        ];
        Table::new(columns).unwrap()
    }

    #[test]
    fn spellings_become_one_and_hours_of_another_zone_are_moved_back() {
        let table = offices();
        let (mended, done) = one_form(&table, "", &run(&table));
        let kinds: Vec<&str> = done.iter().map(|[_, kind, ..]| kind.as_str()).collect();
        assert_eq!(kinds, ["spelling", "time zone"], "{done:?}");
        let Some(Cells::Text(offices)) = mended.cells("office") else {
            panic!("text stays text");
        };
        assert!(offices.iter().flatten().all(|name| name != "OSLO "));
        let Some(Cells::Time(moments)) = mended.cells("opened") else {
            panic!("times stay times");
        };
        let hour = |row: usize| moments[row].unwrap().rem_euclid(24 * HOUR) / HOUR;
        assert!(
            (2..2_000)
                .step_by(4)
                .all(|row| (8..17).contains(&hour(row)))
        );
        assert!(one_form(&mended, "", &run(&mended)).1.is_empty());
    }
}
