//! Scatter plots: rows in a plane, cells before and after, and the distance of a group from the
//! rest by column.

use std::collections::BTreeSet;

use crate::chart::{Axis, Tone};
use crate::generate::{Finding, Instance, Latent};
use crate::labels::Partition;
use crate::measure::{Contingency, adjusted_rand, mean, median, quantile};
use crate::text::{percent, thousands};

use super::draw::{MOST_POINTS, TONES, coded, points, rule};
use super::facts::examples;
use super::format::{correlation, deviations};
use super::picture::{Picture, chart, fact};
use super::sample_rows::SampleRows;

/// A positive column whose largest value is this multiple of its median is shown on a log scale.
const WIDE: f64 = 30.0;
/// All but this share of the rows on either side are drawn at their position …
const FAR: f64 = 0.005;
/// … and so are rows that are farther out by at most this share of the range.
const ROOM: f64 = 0.15;
/// A row is unusual in a column beyond this many standard deviations.
const UNUSUAL: f64 = 0.75;

/// Each value before and after: untouched cells are on the diagonal.
pub(super) fn before_after(
    rows: &SampleRows<'_>,
    instance: &Instance,
    number: usize,
) -> Option<Picture> {
    let column = instance.columns.last()?;
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
    let log = if logs { ", log10" } else { "" };
    let marks = vec![
        points("untouched", side(false), Tone::Quiet),
        points("touched", side(true), Tone::Alarm),
    ];
    let chart = chart(
        format!("{column}, before and after"),
        "Untouched cells lie on the diagonal.",
        Axis::named(format!("{column} before{log}")),
        format!("{column} after{log}"),
        marks,
    );
    Some(Picture::new(chart, examples(rows, instance, number)))
}

/// The plane of two factors; the colour of a row shows its sampled archetype.
pub(super) fn archetypes(
    rows: &SampleRows<'_>,
    members: &[String],
    sampled: &str,
    split: &str,
) -> Picture {
    let world = &rows.key.world;
    let shares: Vec<Vec<f64>> = members.iter().map(|name| rows.truth(name)).collect();
    let largest: Vec<f64> = (0..rows.sample.base.len())
        .map(|row| shares.iter().map(|of| of[row]).fold(f64::NAN, f64::max))
        .collect();
    let types = rows.truth(sampled);
    let mut facts = Vec::new();
    if let Some(mean) = mean(&largest) {
        facts.push(fact("mean of a row’s largest share", percent(mean)));
        let mixed = largest.iter().filter(|share| **share < 0.6).count();
        let part = mixed as f64 / largest.len().max(1) as f64;
        facts.push(fact("rows where no type has 60 %", percent(part)));
    }
    let table = Contingency::new(&codes(&types), &codes(&rows.truth(split)));
    facts.extend(adjusted_rand(&table).map(|agreement| {
        fact(
            "agreement of types and split (adjusted Rand index)",
            correlation(agreement),
        )
    }));
    let [mut x, mut y] = world
        .archetypes
        .on
        .map(|at| rows.truth(&world.latent_column(at)));
    let [a, b] = world.archetypes.on.map(|at| &world.latents[at]);
    // A few distant rows would squeeze all others together.
    let pulled = pull_in(&mut x) + pull_in(&mut y);
    let stride = x.len().div_ceil(MOST_POINTS).max(1);
    let archetypes = world.archetypes.types.iter().zip(TONES).enumerate();
    let marks = archetypes
        .map(|(k, (archetype, tone))| {
            let of = (0..x.len())
                .step_by(stride)
                .filter(|row| (types[*row] - k as f64).abs() < 0.5)
                .map(|row| (x[row], y[row]));
            points(&archetype.name, of.collect(), tone)
        })
        .collect();
    let mut says = "The types are corners of one cloud: they overlap without any gap.".to_owned();
    if pulled > 0 {
        says.push_str(" Dots in a line at an edge lie farther out.");
    }
    let label = |latent: &Latent| format!("{} → {}", latent.low, latent.high);
    let title = "Rows by type, in the plane of two factors";
    Picture::new(
        chart(title, says, Axis::named(label(a)), label(b), marks),
        facts,
    )
}

/// Move distant values to the edge of the plot; returns their number.
fn pull_in(values: &mut [f64]) -> usize {
    let (Some(low), Some(high)) = (quantile(values, FAR), quantile(values, 1.0 - FAR)) else {
        return 0;
    };
    let room = ROOM * (high - low);
    let (low, high) = (low - room, high + room);
    let mut pulled = 0;
    for value in values {
        if *value < low || *value > high {
            *value = value.clamp(low, high);
            pulled += 1;
        }
    }
    pulled
}

fn codes(values: &[f64]) -> Partition {
    let labels: Vec<Option<String>> = values
        .iter()
        .map(|value| value.is_finite().then(|| value.to_string()))
        .collect();
    Partition::from_labels(&labels)
}

/// For each column, how far the rare group is from the rest.
pub(super) fn rare_group(rows: &SampleRows<'_>, finding: &Finding, column: &str) -> Picture {
    let group: Vec<bool> = rows.truth(column).iter().map(|flag| *flag > 0.5).collect();
    let apart = rows.differences(|row| group[row]);
    let side = |leading: bool| {
        let of = apart.iter().enumerate();
        of.filter(|(_, (name, _))| finding.columns.iter().any(|known| known == name) == leading)
            .map(|(at, (_, by))| (*by, at as f64))
            .collect()
    };
    let marks = vec![
        rule(0.0, ""),
        points("other columns", side(false), Tone::Quiet),
        points("its signature", side(true), Tone::First),
    ];
    let mut chart = chart(
        "The group compared with all other rows",
        "Difference of means in standard deviations (normal scores). No single column \
         separates the group; several together do.",
        Axis::named("difference in standard deviations"),
        "",
        marks,
    );
    let names = apart.iter().enumerate();
    chart.y.ticks = names
        .map(|(at, (name, _))| (at as f64, rows.called(name)))
        .collect();
    Picture::new(
        (!apart.is_empty()).then_some(chart),
        rare_group_facts(rows, finding, &group, &apart),
    )
}

fn rare_group_facts(
    rows: &SampleRows<'_>,
    finding: &Finding,
    group: &[bool],
    apart: &[(&str, f64)],
) -> Vec<(String, String)> {
    let size = group.iter().filter(|inside| **inside).count();
    let part = percent(size as f64 / group.len().max(1) as f64);
    let text = format!("{} of {} ({part})", thousands(size), thousands(group.len()));
    let mut facts = vec![fact("rows in the group", text)];
    if let Some((name, by)) = apart.last() {
        facts.push(fact(
            format!("largest difference: {}", coded(rows, name)),
            deviations(*by),
        ));
    }
    let by = |name: &str| apart.iter().find(|(known, _)| *known == name);
    let signature: Vec<(Vec<f64>, f64)> = finding
        .columns
        .iter()
        .filter_map(|name| by(name))
        .map(|(name, by)| (rows.scores(name), by.signum()))
        .collect();
    let beyond = |row: usize| {
        signature
            .iter()
            .all(|(scores, sign)| scores[row].is_nan() || scores[row] * sign > UNUSUAL)
    };
    let within = |inside: bool| {
        let of: Vec<usize> = (0..group.len())
            .filter(|row| group[*row] == inside)
            .collect();
        let hits = of.iter().filter(|row| beyond(**row)).count();
        (!of.is_empty()).then(|| percent(hits as f64 / of.len() as f64))
    };
    if let (Some(theirs), Some(others), true) = (within(true), within(false), signature.len() > 1) {
        facts.push(fact(
            format!("rows beyond {UNUSUAL} sd in all of its columns"),
            format!("{theirs} of the group, {others} of the rest"),
        ));
    }
    facts.extend(text_of_group(rows, group));
    facts
}

/// The text of one row of the group, as delivered.
fn text_of_group(rows: &SampleRows<'_>, group: &[bool]) -> Option<(String, String)> {
    let column = rows.text_column()?;
    let place = rows.sample.delivered.position(column)?;
    let touches = rows.sample.touches.iter();
    let changed: BTreeSet<usize> = touches
        .filter(|touch| touch.column == place)
        .map(|touch| touch.row)
        .collect();
    let row = (0..group.len()).find(|row| group[*row] && !changed.contains(row))?;
    let text = rows.sample.delivered.cell(column, row).show();
    Some(fact("one of its texts", format!("“{text}”")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlier_is_drawn_at_the_edge_and_all_others_stay() {
        let mut values: Vec<f64> = (0..1000).map(f64::from).collect();
        assert_eq!(pull_in(&mut values), 0);
        values[3] = 1e9;
        assert_eq!(pull_in(&mut values), 1);
        assert!(values[3] < 1200.0 && values[3] > 1000.0);
        assert_eq!(pull_in(&mut []), 0);
    }
}
