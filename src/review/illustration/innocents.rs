//! The anomaly that is real.

use std::collections::BTreeMap;

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::measure::{mean, median};
use crate::scenario::InnocentKind;
use crate::table::DAY;
use crate::text::{percent, thousands};

use super::draw::{Bar, bars};
use super::illustrate::Picture;
use super::middle::only;
use super::rows::Rows;
use super::slopes::coded;
use super::traffic::Days;
use super::words::{day, deviations, rounded};

/// Entities shown.
const LARGEST: usize = 25;
/// Days shown before and after those that stand out: three weeks are a rhythm.
const DAYS_AROUND: u32 = 21;

/// The picture of this world's innocent.
pub(super) fn innocent(rows: &Rows<'_>) -> Picture {
    match rows.key.world.innocent.kind {
        InnocentKind::Promotion | InnocentKind::Holiday => promotion(rows),
        InnocentKind::Whales => whales(rows),
    }
}

/// Rows per day.
fn promotion(rows: &Rows<'_>) -> Picture {
    let busy = &rows.key.world.innocent.days;
    let days = Days::of(rows);
    let counts = days.counts();
    let is_busy = |at: usize| busy.contains(&(at as u32));
    let usual: Vec<f64> = busy
        .iter()
        .filter_map(|at| usual(&counts, *at as usize, &is_busy))
        .collect();
    let theirs: f64 = busy.iter().filter_map(|at| counts.get(*at as usize)).sum();
    let mut facts = Vec::new();
    let expected: f64 = usual.iter().sum();
    if expected > 0.0 {
        facts.push((
            "rows on these days".to_owned(),
            format!(
                "{}, {} times those weekdays around",
                thousands(theirs as usize),
                rounded((10.0 * theirs / expected).round() / 10.0)
            ),
        ));
    }
    let on = |row: usize| days.at(row).is_some_and(|at| is_busy(at as usize));
    let apart = rows.measured().into_iter().filter_map(|name| {
        let scores = rows.scores(name);
        let inside = mean(&only(&scores, on))?;
        let outside = mean(&only(&scores, |row| !on(row)))?;
        Some((name, inside - outside))
    });
    if let Some((name, by)) = apart.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())) {
        facts.push((
            format!("largest difference in any column ({})", coded(rows, name)),
            deviations(by),
        ));
    }
    // All days of the table side by side would hide the few.
    let first = busy.iter().copied().min().unwrap_or(0);
    let end = busy.iter().copied().max().map_or(0, |last| last + 1);
    let (x, near) = days.near(first, end, DAYS_AROUND);
    let side = |name: &str, marked: bool, tone: Tone| Marks::Bars {
        name: name.to_owned(),
        bars: counts
            .iter()
            .enumerate()
            .filter(|(at, _)| near.contains(at) && is_busy(*at) == marked)
            .map(|(at, rows)| (at as f64, at as f64 + 1.0, *rows))
            .collect(),
        tone,
    };
    let mut marks = vec![
        side("days around", false, Tone::Quiet),
        side("these days", true, Tone::First),
    ];
    if let Some(first) = busy.first() {
        let moment = rows.setup.scenario.time.start + i64::from(*first) * DAY;
        marks.push(Marks::Rule {
            at: f64::from(*first),
            name: day(moment),
        });
    }
    let chart = Chart {
        title: "Rows per day".to_owned(),
        says: "A few days stand out of the weekly rhythm around them.".to_owned(),
        x,
        y: Axis::named("rows"),
        marks,
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

/// The usual count of a day: the median of the same weekday in the weeks around.
fn usual(counts: &[f64], at: usize, is_busy: &impl Fn(usize) -> bool) -> Option<f64> {
    let around: Vec<f64> = (1..=3)
        .flat_map(|weeks| [at.checked_sub(7 * weeks), Some(at + 7 * weeks)])
        .flatten()
        .filter(|at| !is_busy(*at))
        .filter_map(|at| counts.get(at).copied())
        .collect();
    median(&around)
}

/// Rows of the largest entities.
fn whales(rows: &Rows<'_>) -> Picture {
    let Some(entity) = rows.column_of("reference") else {
        return Picture::default();
    };
    let theirs: Vec<String> = rows
        .key
        .world
        .innocent
        .entities
        .iter()
        .map(|entity| rows.setup.entity_name(*entity))
        .collect();
    let owners = rows.written(entity);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for owner in owners.iter().flatten() {
        *counts.entry(owner).or_default() += 1;
    }
    let mut ordered: Vec<(&str, usize)> = counts.into_iter().collect();
    ordered.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let all = owners.len().max(1) as f64;
    let is_whale = |name: &str| theirs.iter().any(|whale| whale == name);
    let each: Vec<(String, String)> = ordered
        .iter()
        .filter(|(name, _)| is_whale(name))
        .map(|(name, rows)| ((*name).to_owned(), percent(*rows as f64 / all)))
        .collect();
    let together: usize = ordered
        .iter()
        .filter(|(name, _)| is_whale(name))
        .map(|(_, rows)| rows)
        .sum();
    let mut facts = vec![(
        format!("rows of the {} together", each.len()),
        percent(together as f64 / all),
    )];
    facts.extend(each);
    if let Some((_, rows)) = ordered.iter().find(|(name, _)| !is_whale(name)) {
        facts.push(("the next largest".to_owned(), percent(*rows as f64 / all)));
    }
    let rests = |whale: bool| {
        at_weekends(&rows.moments(), |row| {
            owners[row].as_deref().is_some_and(is_whale) == whale
        })
    };
    if let (Some(inside), Some(outside)) = (rests(true), rests(false)) {
        facts.push((
            "rows at weekends, theirs and others'".to_owned(),
            format!("{} and {}", percent(inside), percent(outside)),
        ));
    }
    let shown: Vec<Bar> = ordered
        .iter()
        .take(LARGEST)
        .enumerate()
        .map(|(rank, (name, rows))| Bar {
            name: (rank + 1).to_string(),
            height: 100.0 * *rows as f64 / all,
            marked: is_whale(name),
        })
        .collect();
    let (x, marks) = bars(
        &shown,
        &format!("largest {}s, by rank", rows.setup.scenario.entity.name),
        Tone::First,
    );
    let chart = Chart {
        title: format!(
            "Share of rows of the largest {}s",
            rows.setup.scenario.entity.name
        ),
        says: "A few own much more than the next.".to_owned(),
        x,
        y: Axis::named("% of rows"),
        marks,
    };
    Picture {
        chart: Some(chart),
        facts,
    }
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
