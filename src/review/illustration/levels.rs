//! Defects that show when rows are counted by the levels of a category.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{Axis, Chart, Tone};
use crate::generate::Instance;
use crate::table::Text;
use crate::text::{percent, thousands};

use super::draw::{Bar, bars};
use super::illustrate::Picture;
use super::rows::Rows;

/// Bars that fit side by side.
const MOST_BARS: usize = 9;
/// Share of rows without any of the columns, by level of the source.
pub(super) fn missing(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let (Some(source), Some(first)) = (&instance.source, instance.columns.first()) else {
        return Picture::default();
    };
    let columns: Vec<Vec<f64>> = instance
        .columns
        .iter()
        .map(|name| rows.delivered(name))
        .collect();
    let together: Vec<bool> = (0..rows.sample.base.len())
        .map(|row| columns.iter().all(|values| values[row].is_nan()))
        .collect();
    let levels = rows.levels(&source.column);
    let shares = shares(&levels, &together);
    let facts = levels_told(&shares, &source.level, "missing");
    let shown = marked(&shares, |name| name == source.level);
    let (x, marks) = bars(&shown, &source.column, Tone::Alarm);
    let what = match instance.columns.as_slice() {
        [_] => first.clone(),
        columns => columns.join(" and "),
    };
    let chart = Chart {
        title: format!("Rows without {what}"),
        says: "Share of rows by source, both columns empty together.".to_owned(),
        x,
        y: Axis::named("% of the level's rows"),
        marks,
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

/// Rows of each value as it is written.
pub(super) fn spellings(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let (Some(column), Some((level, variants))) = (instance.columns.first(), &instance.spellings)
    else {
        return Picture::default();
    };
    let mut counts: BTreeMap<Text, usize> = BTreeMap::new();
    for written in rows.written(column).into_iter().flatten() {
        *counts.entry(written).or_default() += 1;
    }
    let is_variant = |name: &str| variants.iter().any(|variant| variant == name);
    let mut ordered: Vec<(&Text, &usize)> = counts.iter().collect();
    ordered.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let shown: Vec<Bar> = ordered
        .iter()
        .take(MOST_BARS)
        .map(|(name, times)| Bar {
            name: visible(name),
            height: **times as f64,
            marked: is_variant(name),
        })
        .collect();
    let of = |name: &str| counts.get(name).copied().unwrap_or(0);
    let facts = std::iter::once(level.as_str())
        .chain(variants.iter().map(String::as_str))
        .map(|name| {
            (
                format!("“{}”", visible(name)),
                format!("{} rows", thousands(of(name))),
            )
        })
        .collect();
    let (x, marks) = bars(&shown, "as written", Tone::Alarm);
    let chart = Chart {
        title: format!("Values of {column} as they are written"),
        says: "The marked ones are other spellings of a value beside them.".to_owned(),
        x,
        y: Axis::named("rows"),
        marks,
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

/// Share of rows that repeat an earlier row's id, by level of the source.
pub(super) fn duplicates(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let (Some(source), Some(id)) = (&instance.source, rows.column_of("identifier")) else {
        return Picture::default();
    };
    let mut seen: BTreeSet<Text> = BTreeSet::new();
    let repeats: Vec<bool> = rows
        .written(id)
        .into_iter()
        .map(|name| name.is_some_and(|name| !seen.insert(name)))
        .collect();
    let shares = shares(&rows.levels(&source.column), &repeats);
    let facts = levels_told(&shares, &source.level, "repeated");
    let shown = marked(&shares, |name| name == source.level);
    let (x, marks) = bars(&shown, &source.column, Tone::Alarm);
    let chart = Chart {
        title: format!("Rows whose {id} occurred before"),
        says: "Share of rows by source: the repeats come from one.".to_owned(),
        x,
        y: Axis::named("% of the level's rows"),
        marks,
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

/// Per level, the share of rows that are hit, in per cent; levels in their order.
fn shares(levels: &[Option<Text>], hit: &[bool]) -> Vec<(Text, f64)> {
    let mut counts: BTreeMap<&Text, (usize, usize)> = BTreeMap::new();
    for (level, hit) in levels.iter().zip(hit) {
        if let Some(level) = level {
            let count = counts.entry(level).or_default();
            count.0 += usize::from(*hit);
            count.1 += 1;
        }
    }
    counts
        .into_iter()
        .map(|(level, (hits, of))| (level.clone(), 100.0 * hits as f64 / of as f64))
        .take(MOST_BARS)
        .collect()
}

fn marked(shares: &[(Text, f64)], is: impl Fn(&str) -> bool) -> Vec<Bar> {
    shares
        .iter()
        .map(|(name, share)| Bar {
            name: name.to_string(),
            height: *share,
            marked: is(name),
        })
        .collect()
}

/// The share at the source, and the largest elsewhere.
fn levels_told(shares: &[(Text, f64)], source: &str, what: &str) -> Vec<(String, String)> {
    let at = shares.iter().find(|(name, _)| name == source);
    let elsewhere = shares
        .iter()
        .filter(|(name, _)| name != source)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let mut facts = Vec::new();
    if let Some((name, part)) = at {
        facts.push((format!("{what} at {name}"), percent(part / 100.0)));
    }
    if let Some((_, part)) = elsewhere {
        facts.push((format!("{what} elsewhere, at most"), percent(part / 100.0)));
    }
    facts
}

/// Spaces at the ends made visible.
fn visible(text: &str) -> String {
    let inner = text.trim();
    let (front, back) = text.split_once(inner).unwrap_or(("", ""));
    format!(
        "{}{inner}{}",
        "␣".repeat(front.len()),
        "␣".repeat(back.len())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_at_the_end_is_seen() {
        assert_eq!(visible("team "), "team␣");
        assert_eq!(visible("sql cell"), "sql cell");
    }
}
