//! Levels that are the same, spelled differently.

use std::collections::BTreeMap;

use crate::table::{Column, Text};
use crate::text::thousands;

use super::facts::{Facts, Levels, MOST_LEVELS};
use super::hit::{Check, Hit};

/// The rarer of two similar levels has at most this share of the other's rows: two levels of equal
/// size are different levels.
const RARER: f64 = 0.5;
/// Minimum length for one edit to be a typo, and for two.
const ONE_EDIT: usize = 5;
const TWO_EDITS: usize = 9;
/// Minimum length of an abbreviation.
const SHORTENED: usize = 3;

/// Levels that differ only by case, spaces and punctuation, by one or two characters if they are
/// long, or by abbreviation. One hit per column.
pub(super) fn variants(facts: &Facts<'_>) -> Vec<Hit> {
    facts
        .categories
        .iter()
        .filter_map(|category| {
            let pairs = pairs(category);
            let words: Vec<String> = pairs
                .iter()
                .take(3)
                .map(|(rare, main)| {
                    format!(
                        "“{}” and “{}”",
                        category.names[*rare], category.names[*main]
                    )
                })
                .collect();
            let rare: Vec<u32> = pairs.iter().map(|(rare, _)| *rare as u32).collect();
            let rows = (0..facts.rows)
                .filter(|row| category.codes[*row].is_some_and(|code| rare.contains(&code)));
            let rows: Vec<usize> = rows.collect();
            (!pairs.is_empty()).then(|| {
                let says = format!(
                    "`{}` holds {}: probably one level ({} rows)",
                    category.name,
                    words.join(", "),
                    thousands(rows.len()),
                );
                let at = category.names[pairs[0].0].to_string();
                let hit =
                    Hit::on_column(Check::Spelling, &[category.name], pairs.len() as f64, says);
                hit.at(at).of_rows(rows, facts.rows)
            })
        })
        .collect()
}

/// Each level of a column that resembles a more frequent one, with that one: the pairs that
/// [`Check::Spelling`] lists in words. Empty for a column without levels.
pub fn one_spelling(column: &Column) -> BTreeMap<Text, Text> {
    let levels = Levels::of(column).filter(|levels| levels.names.len() <= MOST_LEVELS);
    levels.map_or_else(BTreeMap::new, |levels| {
        let pairs: BTreeMap<usize, usize> = pairs(&levels).into_iter().collect();
        let last = |mut level: usize| {
            // The main level is never the rarer one, and ties go to the first, so chains end.
            while let Some(main) = pairs.get(&level) {
                level = *main;
            }
            level
        };
        let name = |level: usize| levels.names[level].clone();
        let mended = pairs.keys().map(|rare| (name(*rare), name(last(*rare))));
        mended.collect()
    })
}

/// Each rarer level with the most frequent one that it resembles.
fn pairs(category: &Levels<'_>) -> Vec<(usize, usize)> {
    let folded: Vec<String> = category.names.iter().map(|name| fold(name)).collect();
    let levels = 0..category.names.len();
    levels
        .clone()
        .filter_map(|rare| {
            let mains = levels.clone().filter(|main| {
                let (few, many) = (category.counts[rare], category.counts[*main]);
                let same = folded[rare] == folded[*main];
                let rarer = few as f64 <= RARER * many as f64;
                // Levels that differ only by case are the same, whatever their frequencies.
                let second = few < many || (few == many && rare > *main);
                rare != *main
                    && ((same && second) || (rarer && near(&folded[rare], &folded[*main])))
            });
            mains
                .max_by_key(|main| category.counts[*main])
                .map(|main| (rare, main))
        })
        .collect()
}

/// Letters and digits only, in lower case.
fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn near(a: &str, b: &str) -> bool {
    let digits = |word: &str| {
        word.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    // Versions and grades that differ by a digit are different on purpose.
    if digits(a) != digits(b) {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let letters = short.chars().count();
    let edits = strsim::osa_distance(short, long);
    (edits == 1 && letters >= ONE_EDIT - 1 && long.chars().count() >= ONE_EDIT)
        || (edits == 2 && letters >= TWO_EDITS)
        || (letters >= SHORTENED && long.starts_with(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_near_and_versions_and_regions_are_not() {
        for (a, b) in [
            ("enterprise", "enterprize"),
            ("team", "teams"),
            ("free", "freetier"),
            ("ent", "enterprise"),
        ] {
            assert!(near(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("420", "423"),
            ("useast", "uswest"),
            ("useast", "saeast"),
            ("app", "api"),
            ("level1", "level2"),
        ] {
            assert!(!near(a, b), "{a} {b}");
        }
        assert_eq!(fold("Sql_Cell "), "sqlcell");
    }
}
