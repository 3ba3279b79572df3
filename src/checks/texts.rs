//! Text that marks a missing value, or was decoded wrongly.

use std::collections::BTreeMap;

use crate::table::{Cells, Text};
use crate::text::thousands;

use super::facts::Facts;
use super::hit::{Check, Hit};

/// What programs write for a missing value. “None” and “unknown” may be answers; a lone “-” is not.
const TOKENS: [&str; 9] = [
    "n/a", "na", "null", "nan", "none", "nil", "-", "#n/a", "\\n",
];
/// Minimum number of cells: fewer may be somebody's name.
const FEWEST: usize = 3;
/// A token with a larger share of the cells than this is a level.
const MOST: f64 = 0.5;

/// Text that marks a missing value.
pub(super) fn null_tokens(facts: &Facts<'_>) -> Vec<Hit> {
    let found = texts(facts).filter_map(|(name, values)| {
        let is = |text: &Text| TOKENS.contains(&text.trim().to_lowercase().as_str());
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for text in values.iter().flatten().filter(|text| is(text)) {
            *seen.entry(text).or_default() += 1;
        }
        let all: usize = seen.values().sum();
        let token = seen.iter().max_by_key(|(_, often)| **often)?.0.to_string();
        let there = values.iter().flatten().count();
        (all >= FEWEST && all as f64 <= MOST * there as f64).then(|| {
            let says = format!(
                "`{name}` has “{token}” in place of missing values ({} rows)",
                thousands(all)
            );
            let strength = all as f64 / FEWEST as f64;
            let hit = Hit::on_column(Check::NullToken, &[name], strength, says);
            hit.at(token).of_rows(rows_where(values, is), facts.rows)
        })
    });
    found.collect()
}

/// Characters that result from a wrong decoding, or are invisible.
pub(super) fn odd_letters(facts: &Facts<'_>) -> Vec<Hit> {
    let found = texts(facts).filter_map(|(name, values)| {
        let rows = rows_where(values, |text| odd(text));
        let first = values.get(*rows.first()?)?.clone()?;
        let says = format!(
            "`{name}` has wrongly decoded or invisible characters, as in “{}” \
             ({} rows)",
            first
                .chars()
                .take(40)
                .flat_map(char::escape_default)
                .collect::<String>(),
            thousands(rows.len()),
        );
        let hit = Hit::on_column(Check::OddLetters, &[name], rows.len() as f64, says);
        Some(hit.of_rows(rows, facts.rows))
    });
    found.collect()
}

/// UTF-8 read as Latin-1 or Windows-1252, the replacement character, zero-width characters, and
/// combining marks separate from their letter.
fn odd(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let letters: Vec<char> = text.chars().collect();
    let mojibake = letters.windows(2).any(|two| match two[0] {
        'Ã' | 'Â' => {
            ('\u{80}'..='\u{bf}').contains(&two[1]) || "€™œž‚ƒ„…†‡ˆ‰Š‹Œ".contains(two[1])
        }
        'â' => two[1] == '€' || ('\u{80}'..='\u{9f}').contains(&two[1]),
        _ => false,
    });
    let unseen = |letter: &char| matches!(letter, '\u{fffd}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' | '\u{ad}');
    mojibake || letters.iter().any(unseen)
}

fn texts<'t>(facts: &Facts<'t>) -> impl Iterator<Item = (&'t str, &'t [Option<Text>])> {
    facts
        .table
        .columns()
        .iter()
        .filter_map(|column| match &column.cells {
            Cells::Text(values) => Some((column.name.as_str(), values.as_slice())),
            _ => None,
        })
}

fn rows_where(values: &[Option<Text>], is: impl Fn(&Text) -> bool) -> Vec<usize> {
    (0..values.len())
        .filter(|row| values[*row].as_ref().is_some_and(&is))
        .collect()
}
