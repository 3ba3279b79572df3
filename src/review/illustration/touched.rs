//! Defects that show when cells are held beside what they were.

use std::collections::BTreeMap;

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::generate::{Instance, Source};
use crate::measure::median;
use crate::text::percent;

use super::draw::{Bar, MOST_POINTS, TONES, bars, line, points};
use super::illustrate::Picture;
use super::middle::{Middle, only};
use super::rows::Rows;
use super::traffic::Days;
use super::words::{day, rounded, span};

/// Examples of what became of a cell.
const EXAMPLES: usize = 3;
/// A median of fewer rows than this is noise.
const LEAST_ROWS: usize = 8;
/// A positive column this far spread is shown on a log scale.
const WIDE: f64 = 30.0;

/// Each value before and after: what was not touched lies on the diagonal.
pub(super) fn before_after(rows: &Rows<'_>, instance: &Instance, number: usize) -> Picture {
    let Some(column) = instance.columns.last() else {
        return Picture::default();
    };
    let (before, after) = (rows.before(column), rows.delivered(column));
    let hit = rows.sample.marked(number);
    let positive = |values: &[f64]| values.iter().all(|value| value.is_nan() || *value > 0.0);
    let wide = median(&before)
        .zip(before.iter().copied().reduce(f64::max))
        .is_some_and(|(middle, most)| most > WIDE * middle);
    let logs = wide && positive(&before) && positive(&after);
    let scale = |value: f64| if logs { libm::log10(value) } else { value };
    let side = |marked: bool| -> Vec<(f64, f64)> {
        let pairs = before.iter().zip(&after).zip(&hit);
        let of: Vec<(f64, f64)> = pairs
            .filter(|(pair, hit)| **hit == marked && pair.0.is_finite() && pair.1.is_finite())
            .map(|((before, after), _)| (scale(*before), scale(*after)))
            .collect();
        let stride = of.len().div_ceil(MOST_POINTS / 2).max(1);
        of.into_iter().step_by(stride).collect()
    };
    let label = |what: &str| {
        let log = if logs { ", log10" } else { "" };
        Axis::named(format!("{column} {what}{log}"))
    };
    let chart = Chart {
        title: format!("{column}, before and after"),
        says: "What was left alone lies on the diagonal.".to_owned(),
        x: label("as it was"),
        y: label("as delivered"),
        marks: vec![
            points("left alone", side(false), Tone::Quiet),
            points("touched", side(true), Tone::Alarm),
        ],
    };
    Picture {
        chart: Some(chart),
        facts: examples(rows, instance, number),
    }
}

/// The column's middle, day by day.
pub(super) fn daily(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let (Some(column), Some([from, _])) = (instance.columns.first(), instance.window) else {
        return Picture::default();
    };
    let values = rows.delivered(column);
    let days = Days::of(rows);
    let middle = Middle::of(&values);
    let start = days.place(from);
    let side = |after: bool| {
        let of = only(&values, |row| {
            days.at(row).is_some_and(|at| (at >= start) == after)
        });
        middle.at(&of)
    };
    let mut facts = Vec::new();
    if let (Some(before), Some(after)) = (side(false), side(true)) {
        facts.push((
            format!("{} `{column}`, before and after", middle.word()),
            span(rows, column, before, after),
        ));
    }
    let course = days.split(&values).into_iter().enumerate();
    let course = course
        .filter(|(_, values)| values.len() >= LEAST_ROWS)
        .filter_map(|(at, values)| Some((at as f64 + 0.5, middle.at(&values)?)));
    let chart = Chart {
        title: format!("{column}, day by day"),
        says: "A step on one day, by a factor, in this column alone.".to_owned(),
        x: days.axis(),
        y: Axis::named(format!("{} of the day", middle.word())),
        marks: vec![
            line(column, course.collect(), TONES[0]),
            Marks::Rule {
                at: start,
                name: day(from),
            },
        ],
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

/// How often rows stand that were added to; where they come from, if that is one source.
pub(super) fn copies(rows: &Rows<'_>, instance: &Instance, number: usize) -> Picture {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for (base, by) in rows.sample.base.iter().zip(&rows.sample.added_by) {
        if *by == Some(number as u16) {
            *times.entry(*base).or_insert(1) += 1;
        }
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for often in times.values() {
        *counts.entry(*often).or_default() += 1;
    }
    let shown: Vec<Bar> = counts
        .iter()
        .map(|(often, rows)| Bar {
            name: format!("{often} times"),
            height: *rows as f64,
            marked: true,
        })
        .collect();
    let (x, marks) = bars(&shown, "delivered", Tone::Alarm);
    let chart = (!shown.is_empty()).then(|| Chart {
        title: "How often a repeated row stands".to_owned(),
        says: "Source rows by the number of their deliveries; all others stand once.".to_owned(),
        x,
        y: Axis::named("source rows"),
        marks,
    });
    let added: Vec<bool> = rows
        .sample
        .added_by
        .iter()
        .map(|by| *by == Some(number as u16))
        .collect();
    let by_source = instance.source.as_ref().map(|source| {
        let says = "Share of rows by source: the second ones come from one.";
        by_source(rows, source, &added, "Rows that stand a second time", says)
    });
    let of = rows.sample.surface.rows().max(1) as f64;
    Picture {
        chart: by_source.or(chart),
        facts: vec![(
            "source rows that stand more than once".to_owned(),
            percent(times.len() as f64 / of),
        )],
    }
}

/// Where the other form of writing comes from.
pub(super) fn written(rows: &Rows<'_>, instance: &Instance, number: usize) -> Picture {
    let hit = rows.sample.marked(number);
    let says = "Share of rows by source: all of them come from one.";
    let source = instance.source.as_ref();
    Picture {
        chart: source
            .map(|source| by_source(rows, source, &hit, "Rows in the other spelling", says)),
        facts: examples(rows, instance, number),
    }
}

/// Who rounds.
pub(super) fn multiples(rows: &Rows<'_>, instance: &Instance, number: usize) -> Picture {
    let (Some(column), Some(source), Some(step)) =
        (instance.columns.first(), &instance.source, instance.value)
    else {
        return Picture::default();
    };
    let round: Vec<bool> = rows
        .delivered(column)
        .iter()
        .map(|value| (value / step - (value / step).round()).abs() < 1e-6)
        .collect();
    let title = format!("Rows with a multiple of {} in {column}", rounded(step));
    let says = "Share of rows by source: elsewhere it is chance.";
    Picture {
        chart: Some(by_source(rows, source, &round, &title, says)),
        facts: examples(rows, instance, number),
    }
}

/// Share of rows that are hit, by level of the source.
fn by_source(rows: &Rows<'_>, source: &Source, hit: &[bool], title: &str, says: &str) -> Chart {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (level, hit) in rows.levels(&source.column).iter().zip(hit) {
        if let Some(level) = level {
            let count = counts.entry(level.to_string()).or_default();
            count.0 += usize::from(*hit);
            count.1 += 1;
        }
    }
    let shown: Vec<Bar> = counts
        .into_iter()
        .map(|(name, (hits, of))| Bar {
            height: 100.0 * hits as f64 / of as f64,
            marked: name == source.level,
            name,
        })
        .collect();
    let (x, marks) = bars(&shown, &source.column, Tone::Alarm);
    Chart {
        title: title.to_owned(),
        says: says.to_owned(),
        x,
        y: Axis::named("% of the level's rows"),
        marks,
    }
}

/// How well the column tells the rows' latent type.
pub(super) fn leak(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let Some(column) = instance.columns.first() else {
        return Picture::default();
    };
    let kinds = rows.truth(&format!("sampled.{}", rows.key.world.blend.name));
    let mut counts: BTreeMap<String, BTreeMap<i64, usize>> = BTreeMap::new();
    for (level, kind) in rows.written(column).iter().zip(&kinds) {
        if let (Some(level), true) = (level, kind.is_finite()) {
            let of = counts.entry(level.to_string()).or_default();
            *of.entry(*kind as i64).or_default() += 1;
        }
    }
    let shown: Vec<Bar> = counts
        .into_iter()
        .map(|(name, kinds)| {
            let all: usize = kinds.values().sum();
            let most = kinds.values().copied().max().unwrap_or(0);
            Bar {
                name,
                height: 100.0 * most as f64 / all.max(1) as f64,
                marked: true,
            }
        })
        .collect();
    let most = shown.iter().map(|bar| bar.height).fold(0.0, f64::max);
    let (x, marks) = bars(&shown, column, Tone::Alarm);
    let chart = (!shown.is_empty()).then(|| Chart {
        title: format!("Rows of one latent type within each level of {column}"),
        says: "Share of the commonest type: no observed category tells so much.".to_owned(),
        x,
        y: Axis::named("% of the level's rows"),
        marks,
    });
    Picture {
        chart,
        facts: vec![(
            "commonest type in a level, at most".to_owned(),
            percent(most / 100.0),
        )],
    }
}

/// A few cells as they were and as they stand.
fn examples(rows: &Rows<'_>, instance: &Instance, number: usize) -> Vec<(String, String)> {
    let touches = rows.sample.touches.iter();
    let mut touches = touches.filter(|touch| {
        touch.instances.contains(&(number as u16)) && rows.sample.added_by[touch.row].is_none()
    });
    let mut facts = Vec::new();
    while facts.len() < EXAMPLES {
        let Some(touch) = touches.next() else { break };
        let name = &rows.sample.delivered.columns()[touch.column].name;
        let was = rows
            .sample
            .surface
            .cell(name, rows.sample.base[touch.row])
            .show();
        let is = rows.sample.delivered.cell(name, touch.row).show();
        let shown = |text: String| {
            if text.is_empty() {
                "empty".to_owned()
            } else {
                text
            }
        };
        facts.push((
            format!("`{name}`, as it was and as it stands"),
            format!("{} → {}", shown(was), shown(is)),
        ));
        // One example per row says more than three of one row.
        let row = touch.row;
        if instance.columns.len() < 3 {
            touches.by_ref().find(|touch| touch.row != row);
        }
    }
    if let (Some(value), true) = (instance.value, facts.is_empty()) {
        facts.push(("planted".to_owned(), rounded(value)));
    }
    facts
}
