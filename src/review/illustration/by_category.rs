//! Bars, one per value of a column.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{Chart, Tone};
use crate::generate::{Instance, SourceLevel};
use crate::measure::{mean, quantile};
use crate::table::{DAY, Text};
use crate::text::{percent, thousands};

use super::draw::{NamedBar, bars};
use super::facts::examples;
use super::format::{rounded, value};
use super::picture::{Picture, chart, fact};
use super::sample_rows::SampleRows;
use super::summaries::values_where;

/// Maximum number of spellings shown.
const MOST_SPELLINGS: usize = 9;
/// Number of most frequent values shown.
const MOST_VALUES: usize = 7;
/// Number of largest entities shown.
const MOST_ENTITIES: usize = 25;

/// Share of rows in which all columns are empty, by level of the source.
pub(super) fn missing(rows: &SampleRows<'_>, instance: &Instance) -> Option<Picture> {
    let source = instance.source.as_ref()?;
    let names = instance.columns.join(" and ");
    let columns = instance.columns.iter();
    let columns: Vec<Vec<f64>> = columns.map(|name| rows.delivered(name)).collect();
    let together: Vec<bool> = (0..rows.sample.base.len())
        .map(|row| columns.iter().all(|values| values[row].is_nan()))
        .collect();
    let title = format!("Rows without {names}");
    let says = "Share of rows by source in which all of these columns are empty.";
    let (chart, facts) = by_source(rows, source, &together, title, says, "missing");
    Some(Picture::new(chart, facts))
}

/// Share of rows that repeat an earlier row's id, by level of the source.
pub(super) fn repeated_ids(rows: &SampleRows<'_>, instance: &Instance) -> Option<Picture> {
    let source = instance.source.as_ref()?;
    let id = rows.id_column()?;
    let mut seen: BTreeSet<Text> = BTreeSet::new();
    let repeats: Vec<bool> = rows
        .written(id)
        .into_iter()
        .map(|name| name.is_some_and(|name| !seen.insert(name)))
        .collect();
    let title = format!("Rows that repeat an earlier {id}");
    let says = "Share of rows by source. The repeats come from one of them.";
    let (chart, facts) = by_source(rows, source, &repeats, title, says, "repeated");
    Some(Picture::new(chart, facts))
}

/// Share of rows in another format, by level of the source.
pub(super) fn other_format(rows: &SampleRows<'_>, instance: &Instance, number: usize) -> Picture {
    let hit = rows.sample.marked(number);
    let says = "Share of rows by source. All of them come from one.";
    let chart = instance.source.as_ref().map(|source| {
        by_source(
            rows,
            source,
            &hit,
            "Rows in the other format".to_owned(),
            says,
            "",
        )
        .0
    });
    Picture::new(chart, examples(rows, instance, number))
}

/// Share of multiples of a coarse step, by level of the source.
pub(super) fn rounded_values(
    rows: &SampleRows<'_>,
    instance: &Instance,
    number: usize,
) -> Option<Picture> {
    let (column, source) = (instance.columns.first()?, instance.source.as_ref()?);
    let step = instance.value?;
    let round: Vec<bool> = rows
        .delivered(column)
        .iter()
        .map(|value| (value / step - (value / step).round()).abs() < 1e-6)
        .collect();
    let title = format!("Rows with a multiple of {} in {column}", rounded(step));
    let says = "Share of rows by source. Elsewhere multiples occur by chance.";
    let (chart, _) = by_source(rows, source, &round, title, says, "");
    Some(Picture::new(chart, examples(rows, instance, number)))
}

/// Repeated rows by level of the source; without a source, by number of occurrences.
pub(super) fn copies(rows: &SampleRows<'_>, instance: &Instance, number: usize) -> Picture {
    let added = rows.added_by(number);
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for (base, _) in rows.sample.base.iter().zip(&added).filter(|pair| *pair.1) {
        *times.entry(*base).or_insert(1) += 1;
    }
    let of = rows.sample.surface.rows().max(1) as f64;
    let repeated = percent(times.len() as f64 / of);
    let chart = if let Some(source) = &instance.source {
        let title = "Rows that occur twice".to_owned();
        let says = "Share of rows by source. The copies come from one of them.";
        Some(by_source(rows, source, &added, title, says, "").0)
    } else {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for often in times.values() {
            *counts.entry(*often).or_default() += 1;
        }
        let shown = counts.into_iter().map(|(often, rows)| NamedBar {
            name: format!("{often} times"),
            height: rows as f64,
            marked: true,
        });
        bar_chart(
            &shown.collect::<Vec<_>>(),
            "delivered",
            Tone::Alarm,
            "How often repeated rows occur".to_owned(),
            "Original rows by how often they were delivered; all others occur once.",
            "original rows",
        )
    };
    Picture::new(
        chart,
        vec![fact("original rows that occur more than once", repeated)],
    )
}

/// Number of rows of each value as written.
pub(super) fn spellings(rows: &SampleRows<'_>, instance: &Instance) -> Option<Picture> {
    let column = instance.columns.first()?;
    let (level, variants) = instance.spellings.as_ref()?;
    let mut counts: BTreeMap<Text, usize> = BTreeMap::new();
    for written in rows.written(column).into_iter().flatten() {
        *counts.entry(written).or_default() += 1;
    }
    let facts = std::iter::once(level).chain(variants).map(|name| {
        let rows = counts.get(name.as_str()).copied().unwrap_or(0);
        fact(
            format!("“{}”", visible(name)),
            format!("{} rows", thousands(rows)),
        )
    });
    let facts = facts.collect();
    let shown: Vec<NamedBar> = most_frequent(counts)
        .into_iter()
        .take(MOST_SPELLINGS)
        .map(|(name, times)| NamedBar {
            name: visible(&name),
            height: times as f64,
            marked: variants.iter().any(|variant| **variant == *name),
        })
        .collect();
    let chart = bar_chart(
        &shown,
        "as written",
        Tone::Alarm,
        format!("Values of {column} as they are written"),
        "The highlighted ones are other spellings of one of the values.",
        "rows",
    );
    Some(Picture::new(chart, facts))
}

/// The most frequent exact values, with the planted one marked.
pub(super) fn frequent_values(rows: &SampleRows<'_>, instance: &Instance) -> Option<Picture> {
    let (column, planted) = (instance.columns.first()?, instance.value?);
    let values = rows.delivered(column);
    let is_planted = |value: f64| (value - planted).abs() < 1e-9;
    let mut facts = Vec::new();
    if let Some(source) = &instance.source {
        let inside = rows.of_source(source);
        let within = |side: bool| {
            let of = values_where(&values, |row| inside[row] == side);
            let hits = of.iter().filter(|value| is_planted(**value)).count();
            (!of.is_empty()).then(|| percent(hits as f64 / of.len() as f64))
        };
        if let (Some(theirs), Some(others)) = (within(true), within(false)) {
            let name = format!("share of {} at {}", rounded(planted), source.level);
            facts.push(fact(name, theirs));
            facts.push(fact("share elsewhere", others));
        }
    }
    let usual = rows.clean(column);
    if let (Some(low), Some(high)) = (quantile(&usual, 0.01), quantile(&usual, 0.99)) {
        let span = format!("{} to {}", rounded(low), value(rows, column, high));
        facts.push(fact("98 % of the untouched values", span));
    }
    let mut counts: BTreeMap<u64, (f64, usize)> = BTreeMap::new();
    for value in values.iter().filter(|value| value.is_finite()) {
        counts.entry(value.to_bits()).or_insert((*value, 0)).1 += 1;
    }
    let mut frequent: Vec<(f64, usize)> = counts.into_values().collect();
    frequent.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.total_cmp(&b.0)));
    let next = frequent.iter().find(|(value, _)| !is_planted(*value));
    let says = next.map_or_else(String::new, |(_, times)| {
        format!(
            "The next most frequent value occurs {} times.",
            thousands(*times)
        )
    });
    let shown: Vec<NamedBar> = frequent
        .iter()
        .enumerate()
        .filter(|(rank, (value, _))| *rank < MOST_VALUES || is_planted(*value))
        .map(|(_, (value, times))| NamedBar {
            name: rounded(*value),
            height: *times as f64,
            marked: is_planted(*value),
        })
        .collect();
    let title = format!("The most frequent values of {column}");
    let chart = bar_chart(&shown, "exact value", Tone::Alarm, title, &says, "rows");
    Some(Picture::new(chart, facts))
}

/// Share of rows of the largest entities, with the benign ones marked.
pub(super) fn largest_entities(rows: &SampleRows<'_>) -> Option<Picture> {
    let entity = &rows.context.scenario.entity.name;
    let large = rows.key.world.benign.entities.iter();
    let large: Vec<String> = large
        .map(|entity| rows.context.entity_name(*entity))
        .collect();
    let is_large = |name: &str| large.iter().any(|known| known == name);
    let owners = rows.written(rows.reference_column()?);
    let mut counts: BTreeMap<Text, usize> = BTreeMap::new();
    for owner in owners.iter().flatten() {
        *counts.entry(owner.clone()).or_default() += 1;
    }
    let ordered = most_frequent(counts);
    let part = |rows: usize| rows as f64 / owners.len().max(1) as f64;
    let (theirs, others): (Vec<_>, Vec<_>) = ordered.iter().partition(|(name, _)| is_large(name));
    let together: usize = theirs.iter().map(|(_, rows)| rows).sum();
    let name = format!("rows of these {} together", theirs.len());
    let mut facts = vec![fact(name, percent(part(together)))];
    facts.extend(
        theirs
            .iter()
            .map(|(name, rows)| fact(name.to_string(), percent(part(*rows)))),
    );
    let next = others.first();
    facts.extend(next.map(|(_, rows)| fact("the next largest", percent(part(*rows)))));
    let moments = rows.moments();
    let weekends = |large: bool| {
        at_weekends(&moments, |row| {
            owners[row].as_deref().is_some_and(is_large) == large
        })
    };
    if let (Some(inside), Some(outside)) = (weekends(true), weekends(false)) {
        facts.push(fact(
            "rows on weekends, theirs and others'",
            format!("{} and {}", percent(inside), percent(outside)),
        ));
    }
    let shown: Vec<NamedBar> = ordered
        .iter()
        .take(MOST_ENTITIES)
        .enumerate()
        .map(|(rank, (name, rows))| NamedBar {
            name: (rank + 1).to_string(),
            height: 100.0 * *rows as f64 / owners.len().max(1) as f64,
            marked: is_large(name),
        })
        .collect();
    let chart = bar_chart(
        &shown,
        &format!("largest {entity}s, by rank"),
        Tone::First,
        format!("Share of rows of the largest {entity}s"),
        "A few own far more rows than all others.",
        "% of rows",
    );
    Some(Picture::new(chart, facts))
}

/// Share of rows of the commonest latent type within each level of a column.
pub(super) fn leaked_type(rows: &SampleRows<'_>, instance: &Instance) -> Option<Picture> {
    let column = instance.columns.first()?;
    let kinds = rows.truth(&rows.key.world.sampled_column());
    let mut counts: BTreeMap<Text, BTreeMap<i64, usize>> = BTreeMap::new();
    for (level, kind) in rows.written(column).into_iter().zip(&kinds) {
        if let (Some(level), true) = (level, kind.is_finite()) {
            *counts
                .entry(level)
                .or_default()
                .entry(*kind as i64)
                .or_default() += 1;
        }
    }
    let shown: Vec<NamedBar> = counts
        .into_iter()
        .map(|(name, kinds)| {
            let all: usize = kinds.values().sum();
            let most = kinds.values().copied().max().unwrap_or(0);
            NamedBar {
                name: name.to_string(),
                height: 100.0 * most as f64 / all.max(1) as f64,
                marked: true,
            }
        })
        .collect();
    let most = shown.iter().map(|bar| bar.height).fold(0.0, f64::max);
    let chart = bar_chart(
        &shown,
        column,
        Tone::Alarm,
        format!("Most frequent latent type per level of {column}"),
        "Share of the most frequent type. No honest column predicts the type so well.",
        "% of the level's rows",
    );
    let facts = vec![fact(
        "highest share of one type in a level",
        percent(most / 100.0),
    )];
    Some(Picture::new(chart, facts))
}

/// Share of rows affected within each level of the source's column; and, as facts, that share at
/// the source and the largest elsewhere.
fn by_source(
    rows: &SampleRows<'_>,
    source: &SourceLevel,
    hit: &[bool],
    title: String,
    says: &str,
    what: &str,
) -> (Chart, Vec<(String, String)>) {
    let mut counts: BTreeMap<Text, (usize, usize)> = BTreeMap::new();
    for (level, hit) in rows.levels(&source.column).into_iter().zip(hit) {
        if let Some(level) = level {
            let count = counts.entry(level).or_default();
            count.0 += usize::from(*hit);
            count.1 += 1;
        }
    }
    let shown: Vec<NamedBar> = counts
        .into_iter()
        .map(|(name, (hits, of))| NamedBar {
            height: 100.0 * hits as f64 / of as f64,
            marked: *name == *source.level,
            name: name.to_string(),
        })
        .collect();
    let (at, elsewhere): (Vec<_>, Vec<_>) = shown.iter().partition(|bar| bar.marked);
    let most = elsewhere
        .into_iter()
        .max_by(|a, b| a.height.total_cmp(&b.height));
    let mut facts = Vec::new();
    for bar in at {
        facts.push(fact(
            format!("{what} at {}", bar.name),
            percent(bar.height / 100.0),
        ));
    }
    if let Some(bar) = most {
        let name = format!("highest share {what} elsewhere");
        facts.push(fact(name, percent(bar.height / 100.0)));
    }
    let (x, marks) = bars(&shown, &source.column, Tone::Alarm);
    (chart(title, says, x, "% of the level's rows", marks), facts)
}

fn bar_chart(
    shown: &[NamedBar],
    label: &str,
    tone: Tone,
    title: String,
    says: &str,
    y: &str,
) -> Option<Chart> {
    let (x, marks) = bars(shown, label, tone);
    (!shown.is_empty()).then(|| chart(title, says, x, y, marks))
}

/// Values by how often they occur, the most frequent first.
fn most_frequent(counts: BTreeMap<Text, usize>) -> Vec<(Text, usize)> {
    let mut ordered: Vec<(Text, usize)> = counts.into_iter().collect();
    ordered.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ordered
}

/// Share of rows on Saturdays and Sundays.
fn at_weekends(moments: &[Option<i64>], keep: impl Fn(usize) -> bool) -> Option<f64> {
    let kept = moments.iter().enumerate().filter(|(row, _)| keep(*row));
    let weekends: Vec<f64> = kept
        .filter_map(|(_, moment)| *moment)
        // 1970 began on a Thursday.
        .map(|moment| (moment.div_euclid(DAY) + 3).rem_euclid(7))
        .map(|weekday| f64::from(u8::from(weekday >= 5)))
        .collect();
    mean(&weekends)
}

/// Makes leading and trailing spaces visible.
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
