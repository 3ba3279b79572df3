//! A retry storm: rows that follow one another too soon.

use std::collections::BTreeSet;

use crate::chart::{Axis, Chart, Tone};
use crate::generate::Instance;
use crate::measure::median;
use crate::text::thousands;

use super::draw::log_histograms;
use super::illustrate::Picture;
use super::middle::only;
use super::rows::Rows;
use super::words::rounded;

/// Ids named in a fact.
const NAMED: usize = 4;

/// Seconds since the same entity's previous row, added rows on top.
pub(super) fn retry_storm(rows: &Rows<'_>, instance: &Instance, number: usize) -> Picture {
    let Some(entity) = rows.column_of("reference") else {
        return Picture::default();
    };
    let (owners, moments) = (rows.written(entity), rows.moments());
    let mut order: Vec<usize> = (0..owners.len()).collect();
    order.sort_by(|a, b| (&owners[*a], moments[*a], a).cmp(&(&owners[*b], moments[*b], b)));
    let mut seconds = vec![f64::NAN; owners.len()];
    for pair in order.windows(2) {
        let same = owners[pair[0]] == owners[pair[1]];
        if let (true, Some(before), Some(now)) = (same, moments[pair[0]], moments[pair[1]]) {
            seconds[pair[1]] = (now - before) as f64 / 1000.0;
        }
    }
    let added: Vec<bool> = rows
        .sample
        .added_by
        .iter()
        .map(|by| by.is_some_and(|by| usize::from(by) == number))
        .collect();
    let theirs = only(&seconds, |row| added[row]);
    let others = only(&seconds, |row| !added[row]);
    let mut facts = vec![(
        format!("{}s", rows.setup.scenario.entity.name),
        named(rows, instance),
    )];
    let bases: BTreeSet<usize> = (0..added.len())
        .filter(|row| added[*row])
        .map(|row| rows.sample.base[row])
        .collect();
    if !bases.is_empty() {
        let copies = added.iter().filter(|added| **added).count() as f64 / bases.len() as f64;
        facts.push((
            "rows that were sent again".to_owned(),
            format!(
                "{}, {} times each",
                thousands(bases.len()),
                rounded((copies * 10.0).round() / 10.0)
            ),
        ));
    }
    for (name, of) in [
        ("median pause before a repeat", &theirs),
        ("before any other row", &others),
    ] {
        if let Some(pause) = median(of) {
            facts.push((name.to_owned(), format!("{} s", rounded(pause))));
        }
    }
    let series = [
        ("all other rows", others.as_slice(), Tone::Quiet),
        ("repeats", theirs.as_slice(), Tone::Alarm),
    ];
    let chart = log_histograms(&series, "seconds, log scale", false).map(|(x, marks)| Chart {
        title: match rows.table {
            Some(_) => format!("Pause since the previous row of the same {entity}"),
            None => format!(
                "Pause since the {}'s previous row",
                rows.setup.scenario.entity.name
            ),
        },
        says: "A second hump at one or two seconds: no person types that fast.".to_owned(),
        x,
        y: Axis::named("rows"),
        marks,
    });
    Picture { chart, facts }
}

/// How many entities, and which.
pub(super) fn named(rows: &Rows<'_>, instance: &Instance) -> String {
    let names: Vec<String> = instance
        .entities
        .iter()
        .take(NAMED)
        .map(|entity| rows.setup.entity_name(*entity))
        .collect();
    let more = if instance.entities.len() > NAMED {
        ", …"
    } else {
        ""
    };
    format!("{}: {}{more}", instance.entities.len(), names.join(", "))
}
