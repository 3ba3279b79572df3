//! The rare group beside the rest.

use std::collections::BTreeSet;

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::generate::Finding;
use crate::measure::mean;
use crate::text::{percent, thousands};

use super::draw::points;
use super::illustrate::Picture;
use super::middle::only;
use super::rows::Rows;
use super::slopes::coded;
use super::words::deviations;

/// A row is unusual in a column beyond this many standard deviations.
const UNUSUAL: f64 = 0.75;

/// Per column, how far the group lies from the rest.
pub(super) fn rare(rows: &Rows<'_>, finding: &Finding, column: &str) -> Picture {
    let group: Vec<bool> = rows.truth(column).iter().map(|flag| *flag > 0.5).collect();
    let mut apart: Vec<(&str, f64)> = rows
        .measured()
        .into_iter()
        .filter_map(|name| {
            let scores = rows.scores(name);
            let theirs = mean(&only(&scores, |row| group[row]))?;
            let others = mean(&only(&scores, |row| !group[row]))?;
            Some((name, theirs - others))
        })
        .collect();
    apart.sort_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    Picture {
        facts: facts(rows, finding, &group, &apart),
        chart: (!apart.is_empty()).then(|| chart(rows, finding, &apart)),
    }
}

fn chart(rows: &Rows<'_>, finding: &Finding, apart: &[(&str, f64)]) -> Chart {
    let side = |leading: bool| {
        let of = apart.iter().enumerate();
        of.filter(|(_, (name, _))| finding.columns.iter().any(|known| known == name) == leading)
            .map(|(at, (_, by))| (*by, at as f64))
            .collect()
    };
    Chart {
        title: "The group against all other rows".to_owned(),
        says: "Difference of means in standard deviations (normal scores). No column alone sets \
               the group apart, several at once do."
            .to_owned(),
        x: Axis::named("standard deviations from the rest"),
        y: Axis {
            ticks: apart
                .iter()
                .enumerate()
                .map(|(at, (name, _))| (at as f64, rows.called(name)))
                .collect(),
            ..Axis::default()
        },
        marks: vec![
            Marks::Rule {
                at: 0.0,
                name: String::new(),
            },
            points("other columns", side(false), Tone::Quiet),
            points("its signature", side(true), Tone::First),
        ],
    }
}

fn facts(
    rows: &Rows<'_>,
    finding: &Finding,
    group: &[bool],
    apart: &[(&str, f64)],
) -> Vec<(String, String)> {
    let size = group.iter().filter(|inside| **inside).count();
    let part = size as f64 / group.len().max(1) as f64;
    let mut facts = vec![(
        "rows in the group".to_owned(),
        format!(
            "{} of {} ({})",
            thousands(size),
            thousands(group.len()),
            percent(part)
        ),
    )];
    if let Some((name, by)) = apart.last() {
        facts.push((format!("farthest: {}", coded(rows, name)), deviations(*by)));
    }
    let by = |name: &str| apart.iter().find(|(known, _)| *known == name);
    let signature: Vec<(Vec<f64>, f64)> = finding
        .columns
        .iter()
        .filter_map(|name| by(name))
        .map(|(name, by)| (rows.scores(name), by.signum()))
        .collect();
    let beyond = |row: usize| {
        let all = signature.iter();
        all.clone()
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
        facts.push((
            format!("beyond {UNUSUAL} sd in all of its columns"),
            format!("{theirs} of the group, {others} of the rest"),
        ));
    }
    facts.extend(text(rows, group));
    facts
}

/// What one of the group's rows says, as delivered.
fn text(rows: &Rows<'_>, group: &[bool]) -> Option<(String, String)> {
    let column = rows.column_of("text")?;
    let place = rows.sample.delivered.position(column)?;
    let touches = &rows.sample.touches;
    let changed: BTreeSet<usize> = touches
        .iter()
        .filter(|touch| touch.column == place)
        .map(|touch| touch.row)
        .collect();
    let row = (0..group.len()).find(|row| group[*row] && !changed.contains(row))?;
    let said = rows.sample.delivered.cell(column, row).show();
    Some(("one of its texts".to_owned(), format!("“{said}”")))
}
