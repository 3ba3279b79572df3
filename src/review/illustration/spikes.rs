//! Defects that show in the values of one column.

use std::collections::BTreeMap;

use crate::chart::{Axis, Chart, Tone};
use crate::generate::Instance;
use crate::measure::{median, quantile};
use crate::scenario::DefectKind;
use crate::text::{percent, thousands};

use super::draw::{Bar, bars, log_histograms};
use super::illustrate::Picture;
use super::middle::only;
use super::pauses::named;
use super::rows::Rows;
use super::words::{rounded, value};

/// Values shown in a list of the most frequent.
const MOST_FREQUENT: usize = 7;
/// The source's values beside the others', on a log scale.
pub(super) fn unit_slip(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let Some(column) = instance.columns.first() else {
        return Picture::default();
    };
    let values = rows.delivered(column);
    let inside = of_source(rows, instance);
    let theirs = only(&values, |row| inside[row]);
    let others = only(&values, |row| !inside[row]);
    let level = level_of(instance);
    let mut facts = Vec::new();
    if let (Some(slipped), Some(usual)) = (median(&theirs), median(&others)) {
        facts.push((format!("median at {level}"), rounded(slipped)));
        facts.push(("median elsewhere".to_owned(), rounded(usual)));
        if usual.abs() > 0.0 && slipped.abs() > 0.0 {
            let (factor, word) = if slipped > usual {
                (slipped / usual, "larger")
            } else {
                (usual / slipped, "smaller")
            };
            facts.push((
                "ratio of the medians".to_owned(),
                format!("{} times {word}", rounded(factor)),
            ));
        }
    }
    let series = [
        ("elsewhere", others.as_slice(), Tone::Quiet),
        (level.as_str(), theirs.as_slice(), Tone::Alarm),
    ];
    let chart = log_histograms(&series, &format!("{column}, log scale"), true);
    let chart = chart.map(|(x, marks)| Chart {
        title: format!("{column} by {}", source_column(instance)),
        says: "Each side in per cent of its own rows: the same shape, moved by a round factor."
            .to_owned(),
        x,
        y: Axis::named("% of its rows"),
        marks,
    });
    Picture { chart, facts }
}

/// The column on a log scale, the programs' rows on top.
pub(super) fn loud_bots(rows: &Rows<'_>, instance: &Instance, number: usize) -> Picture {
    let Some(column) = instance.columns.first() else {
        return Picture::default();
    };
    let values = rows.delivered(column);
    let marked = rows.sample.marked(number);
    let theirs = only(&values, |row| marked[row]);
    let others = only(&values, |row| !marked[row]);
    let mut facts = vec![(
        "workspaces".replace("workspace", &rows.setup.scenario.entity.name),
        named(rows, instance),
    )];
    if let (Some(low), Some(high)) = (quantile(&theirs, 0.0), quantile(&theirs, 1.0)) {
        let span = format!("{} to {}", rounded(low), rounded(high));
        facts.push((format!("their `{column}`"), span));
    }
    if let Some(p99) = quantile(&others, 0.99) {
        facts.push((
            "99 % of other rows are below".to_owned(),
            value(rows, column, p99),
        ));
    }
    let apart = quantile(&theirs, 0.0) > quantile(&others, 0.999);
    let who = if instance.kind == DefectKind::TestAccounts {
        "testers"
    } else {
        "programs"
    };
    let legend = format!("rows of the {who}");
    let series = [
        ("all other rows", others.as_slice(), Tone::Quiet),
        (legend.as_str(), theirs.as_slice(), Tone::Alarm),
    ];
    let chart = log_histograms(&series, &format!("{column}, log scale"), false);
    let chart = chart.map(|(x, marks)| Chart {
        title: format!("{column}, everybody's and the {who}'"),
        says: if apart {
            "A needle far out, and nothing between it and the others.".to_owned()
        } else {
            "A needle among everybody's values: it shows by its width, not by its place.".to_owned()
        },
        x,
        y: Axis::named("rows"),
        marks,
    });
    Picture { chart, facts }
}

/// The most frequent exact values.
pub(super) fn one_value(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let (Some(column), Some(planted)) = (instance.columns.first(), instance.value) else {
        return Picture::default();
    };
    let values = rows.delivered(column);
    let is_it = |value: f64| (value - planted).abs() < 1e-9;
    let mut counts: BTreeMap<u64, (f64, usize)> = BTreeMap::new();
    for value in values.iter().filter(|value| value.is_finite()) {
        counts.entry(value.to_bits()).or_insert((*value, 0)).1 += 1;
    }
    let mut frequent: Vec<(f64, usize)> = counts.into_values().collect();
    frequent.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.total_cmp(&b.0)));
    let rank = frequent.iter().position(|(value, _)| is_it(*value));
    let next = frequent.iter().find(|(value, _)| !is_it(*value)).copied();
    let inside = of_source(rows, instance);
    let held = |side: bool| {
        let of: Vec<f64> = only(&values, |row| inside[row] == side);
        let hits = of.iter().filter(|value| is_it(**value)).count();
        (!of.is_empty()).then(|| percent(hits as f64 / of.len() as f64))
    };
    let mut facts = Vec::new();
    if let (Some(theirs), Some(others), true) = (held(true), held(false), instance.source.is_some())
    {
        facts.push((
            format!("share of {} at {}", rounded(planted), level_of(instance)),
            theirs,
        ));
        facts.push(("share elsewhere".to_owned(), others));
    }
    let usual = rows.clean(column);
    if let (Some(low), Some(high)) = (quantile(&usual, 0.01), quantile(&usual, 0.99)) {
        facts.push((
            "98 % of the untouched values lie from".to_owned(),
            format!("{} to {}", rounded(low), value(rows, column, high)),
        ));
    }
    let mut shown: Vec<(f64, usize)> = frequent.iter().take(MOST_FREQUENT).copied().collect();
    if let Some(rank) = rank.filter(|rank| *rank >= MOST_FREQUENT) {
        shown.push(frequent[rank]);
    }
    let shown: Vec<Bar> = shown
        .into_iter()
        .map(|(value, times)| Bar {
            name: rounded(value),
            height: times as f64,
            marked: is_it(value),
        })
        .collect();
    let (x, marks) = bars(&shown, "exact value", Tone::Alarm);
    let chart = (!shown.is_empty()).then(|| Chart {
        title: format!("The most frequent values of {column}"),
        says: next.map_or_else(String::new, |(_, times)| {
            format!(
                "The next most frequent value occurs {} times.",
                thousands(times)
            )
        }),
        x,
        y: Axis::named("rows"),
        marks,
    });
    Picture { chart, facts }
}

/// Whether each row belongs to the level to which the instance is limited.
fn of_source(rows: &Rows<'_>, instance: &Instance) -> Vec<bool> {
    match &instance.source {
        Some(source) => rows
            .levels(&source.column)
            .iter()
            .map(|level| level.as_deref() == Some(source.level.as_str()))
            .collect(),
        None => vec![true; rows.sample.base.len()],
    }
}

fn level_of(instance: &Instance) -> String {
    let source = instance.source.as_ref();
    source.map_or_else(|| "the source".to_owned(), |source| source.level.clone())
}

fn source_column(instance: &Instance) -> &str {
    let source = instance.source.as_ref();
    source.map_or("source", |source| source.column.as_str())
}
