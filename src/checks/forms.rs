//! Numbers and dates written in several formats, which turned the column into text.

use std::collections::BTreeMap;

use crate::table::{Cells, Text, parse_time};
use crate::text::{percent, thousands};

use super::facts::Facts;
use super::hit::{Check, Hit};

/// Share of cells that must parse as numbers (or dates) for the column to be numeric (or a date).
const MOSTLY: f64 = 0.7;
/// Minimum number of cells in a second format.
const FEWEST: usize = 3;
/// Cells tried before a column is classified as text.
const PEEK: usize = 200;

/// Numbers as text in several formats: decimal comma, thousands separators, units, or words among
/// them.
pub(super) fn numbers(facts: &Facts<'_>) -> Vec<Hit> {
    mixed(facts, Check::NumberForms, "number", number_form)
}

/// Dates as text in several formats, or with the day sometimes first, sometimes second.
pub(super) fn dates(facts: &Facts<'_>) -> Vec<Hit> {
    mixed(facts, Check::DateForms, "date", date_form)
}

fn mixed(
    facts: &Facts<'_>,
    check: Check,
    noun: &str,
    form: fn(&str) -> Option<&'static str>,
) -> Vec<Hit> {
    let columns = facts
        .table
        .columns()
        .iter()
        .filter_map(|column| match &column.cells {
            Cells::Text(values) => Some((column.name.as_str(), values)),
            _ => None,
        });
    columns
        .filter_map(|(name, values)| {
            let share_of = |values: &mut dyn Iterator<Item = &Text>| {
                let (mut all, mut reads) = (0_usize, 0_usize);
                for text in values {
                    all += 1;
                    reads += usize::from(form(text.trim()).is_some());
                }
                reads as f64 / all.max(1) as f64
            };
            if share_of(&mut values.iter().flatten().take(PEEK)) < MOSTLY / 2.0 {
                return None;
            }
            if share_of(&mut values.iter().flatten()) < MOSTLY {
                return None;
            }
            let mut forms: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (row, text) in values.iter().enumerate() {
                if let Some(text) = text {
                    let form = form(text.trim()).unwrap_or("other text");
                    forms.entry(form).or_default().push(row);
                }
            }
            // Digits alone are a number in any format.
            if forms.len() > 1 && !forms.contains_key("1.5") {
                forms.remove("1");
            } else if let Some(whole) = forms.remove("1") {
                forms.entry("1.5").or_default().extend(whole);
            }
            forms.retain(|_, rows| rows.len() >= FEWEST);
            let (main, _) = forms.iter().max_by_key(|(_, rows)| rows.len())?;
            let main = *main;
            let others: Vec<&str> = forms.keys().copied().filter(|form| *form != main).collect();
            let mut rows: Vec<usize> = others
                .iter()
                .flat_map(|form| forms[form].iter().copied())
                .collect();
            rows.sort_unstable();
            (!rows.is_empty()).then(|| {
                let says = format!(
                    "`{name}` is text, and each cell a {noun}, in several forms: {} rows ({}) are \
                     not like “{main}” but like {}",
                    thousands(rows.len()),
                    percent(rows.len() as f64 / facts.rows as f64),
                    others
                        .iter()
                        .map(|form| format!("“{form}”"))
                        .collect::<Vec<_>>()
                        .join(", "),
                );
                let strength = rows.len() as f64 / FEWEST as f64;
                let hit = Hit::on_column(check, &[name], strength, says);
                hit.at(others[0]).of_rows(rows, facts.rows)
            })
        })
        .collect()
}

/// The format of a number; `None` if it is not a number.
fn number_form(text: &str) -> Option<&'static str> {
    let plain = text.strip_prefix(['-', '+', '−']).unwrap_or(text);
    let plain = plain.trim_end_matches('%').trim_end();
    if !plain.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if digits(plain) {
        // "007" is a code.
        return (plain == "0" || !plain.starts_with('0')).then_some("1");
    }
    // Thousands separators: groups of three, the first of one to three digits.
    let grouped = |part: &str, mark: char| {
        let groups: Vec<&str> = part.split(mark).collect();
        groups.len() > 1
            && digits(groups[0])
            && groups[0].len() <= 3
            && groups[1..]
                .iter()
                .all(|group| digits(group) && group.len() == 3)
    };
    for (mark, point, with, without) in [
        (',', '.', "1,000.5", "1,000"),
        ('.', ',', "1.000,5", "1.000"),
    ] {
        if let Some((whole, part)) = plain.split_once(point)
            && grouped(whole, mark)
            && digits(part)
        {
            return Some(with);
        }
        if plain.matches(mark).count() > 1 && grouped(plain, mark) {
            return Some(without);
        }
    }
    if let Some((whole, part)) = plain.split_once(',') {
        return (digits(whole) && digits(part)).then_some("1,5");
    }
    plain
        .parse::<f64>()
        .is_ok_and(f64::is_finite)
        .then_some("1.5")
}

/// The format of a date; `None` if it is not a date.
fn date_form(text: &str) -> Option<&'static str> {
    if parse_time(text).is_some() {
        return Some("2026-03-31");
    }
    let day = text.split([' ', 'T']).next()?;
    for (mark, forms) in [
        ('/', ["31/03/2026", "03/31/2026", "2026/03/31"]),
        ('.', ["31.03.2026", "03.31.2026", "2026.03.31"]),
        ('-', ["31-03-2026", "03-31-2026", "2026-03-31"]),
    ] {
        let parts: Vec<&str> = day.split(mark).collect();
        let [a, b, c] = parts[..] else {
            continue;
        };
        let digits = parts
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        let (Ok(x), Ok(y), Ok(z)) = (a.parse::<u32>(), b.parse::<u32>(), c.parse::<u32>()) else {
            continue;
        };
        if !digits {
            continue;
        }
        if a.len() == 4 && (1..=12).contains(&y) && (1..=31).contains(&z) {
            return Some(forms[2]);
        }
        let short = a.len() <= 2 && b.len() <= 2 && (c.len() == 4 || c.len() == 2);
        if short && (1..=31).contains(&x) && (1..=31).contains(&y) {
            // Where both fit, the two readings are equally good: such a cell joins the more
            // frequent format.
            return match (x <= 12, y <= 12) {
                (_, true) => Some(forms[0]),
                (true, false) => Some(forms[1]),
                (false, false) => None,
            };
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_numbers_are_told_apart_and_codes_are_none() {
        let forms = [
            "12",
            "1.5",
            "-3,25",
            "1,234.5",
            "1.234,5",
            "1.234.567",
            "1e3",
        ]
        .map(number_form);
        let expected = ["1", "1.5", "1,5", "1,000.5", "1.000,5", "1.000", "1.5"].map(Some);
        assert_eq!(forms, expected);
        for code in ["007", "4.2.0", "a1", "", "-", "1 2", "nan"] {
            assert_eq!(number_form(code), None, "{code}");
        }
    }

    #[test]
    fn forms_of_dates_are_told_apart() {
        let forms = [
            "2026-03-31",
            "31/03/2026",
            "03/31/2026",
            "31.3.26",
            "2026/3/31 10:00",
        ]
        .map(date_form);
        let expected = [
            "2026-03-31",
            "31/03/2026",
            "03/31/2026",
            "31.03.2026",
            "2026/03/31",
        ]
        .map(Some);
        assert_eq!(forms, expected);
        for other in ["4.2.0.1", "99/99/2026", "march", "1/2"] {
            assert_eq!(date_form(other), None, "{other}");
        }
    }
}
