//! Factors and ridges: how columns change along a latent.

use crate::chart::{Axis, Chart, Marks};
use crate::generate::{Finding, Latent};
use crate::measure::spearman;
use crate::text::percent;

use super::bins::Bins;
use super::course::seen;
use super::draw::{TONES, line};
use super::illustrate::Picture;
use super::middle::{Middle, only};
use super::rows::Rows;
use super::words::{correlation, span};

/// Bins along a latent.
const TWENTIETHS: usize = 20;
/// Bins at whose ends columns are compared.
const TENTHS: usize = 10;

/// Means of the leading columns along the gradient.
pub(super) fn factor(rows: &Rows<'_>, finding: &Finding, column: &str) -> Picture {
    let along = rows.truth(column);
    let mut facts = ends(rows, finding, &along);
    facts.extend(closest(rows, finding));
    let chart = curves(rows, finding, &along).map(|(x, bins, marks)| Chart {
        title: "Its columns along the gradient".to_owned(),
        says: says(bins, &marks),
        x: named_ends(x, latent(rows, finding)),
        y: Axis::named("standard deviations"),
        marks,
    });
    Picture { chart, facts }
}

/// Means of the leading columns along the path, and how much of them a straight line misses.
pub(super) fn ridge(rows: &Rows<'_>, finding: &Finding, column: &str) -> Picture {
    let along = rows.truth(column);
    let bins = Bins::along(&along, TWENTIETHS);
    // Where the bend is plainest, be it in a column that the finding does not name.
    let mut told: Vec<(&str, f64, f64)> = rows
        .measured()
        .into_iter()
        .filter_map(|name| {
            let scores = rows.scores(name);
            let straight = spearman(&along, &scores)?;
            Some((name, bins.explained(&scores)?, straight * straight))
        })
        .collect();
    told.sort_by(|a, b| (b.1 - b.2).total_cmp(&(a.1 - a.2)));
    let told = told.into_iter().take(2);
    let mut facts: Vec<(String, String)> = told
        .map(|(name, bent, straight)| {
            (
                format!("{} explained: by the path, by a line", coded(rows, name)),
                format!("{}, {}", percent(bent), percent(straight)),
            )
        })
        .collect();
    facts.extend(closest(rows, finding));
    let chart = curves(rows, finding, &along).map(|(x, bins, marks)| Chart {
        title: "Its columns along the path".to_owned(),
        says: says(bins, &marks),
        x: named_ends(x, latent(rows, finding)),
        y: Axis::named("standard deviations"),
        marks,
    });
    Picture { chart, facts }
}

/// The strongest rank correlation among a finding's columns.
fn closest(rows: &Rows<'_>, finding: &Finding) -> Option<(String, String)> {
    let columns: Vec<(&String, Vec<f64>)> = drawable(rows, finding)
        .map(|name| (name, rows.clean(name)))
        .collect();
    let mut pairs = Vec::new();
    for (at, (first, x)) in columns.iter().enumerate() {
        for (second, y) in &columns[at + 1..] {
            pairs.extend(spearman(x, y).map(|rho| (first, second, rho)));
        }
    }
    let (first, second, rho) = pairs
        .into_iter()
        .max_by(|a, b| a.2.abs().total_cmp(&b.2.abs()))?;
    Some((
        format!(
            "largest rank correlation, {} and {}",
            coded(rows, first),
            coded(rows, second)
        ),
        correlation(rho),
    ))
}

/// The columns of a finding that have an order.
pub(super) fn drawable<'a>(
    rows: &'a Rows<'_>,
    finding: &'a Finding,
) -> impl Iterator<Item = &'a String> {
    let measured = rows.measured();
    let columns = finding.columns.iter();
    columns.filter(move |name| measured.contains(&name.as_str()))
}

/// The name of a column as code, with what is drawn of it.
pub(super) fn coded(rows: &Rows<'_>, name: &str) -> String {
    let code = format!("`{name}`");
    rows.called(name).replace(name, &code)
}

/// What a person sees of the curves.
fn says(bins: usize, marks: &[Marks]) -> String {
    let means = format!("Means of normal scores in {bins} equal bins");
    seen(marks).map_or_else(|| format!("{means}."), |seen| format!("{means}: {seen}."))
}

/// One line per leading column, over so many bins.
fn curves(rows: &Rows<'_>, finding: &Finding, along: &[f64]) -> Option<(Axis, usize, Vec<Marks>)> {
    let bins = Bins::along(along, TWENTIETHS);
    let marks: Vec<Marks> = drawable(rows, finding)
        .zip(TONES)
        .map(|(name, tone)| {
            let means = bins.line(&rows.scores(name), |_| true);
            line(&rows.called(name), means, tone)
        })
        .filter(|mark| !matches!(mark, Marks::Line { points, .. } if points.is_empty()))
        .collect();
    let axis = Axis {
        range: Some((0.0, 1.0)),
        ..Axis::named("rows in order of it")
    };
    (bins.count > 1 && !marks.is_empty()).then_some((axis, bins.count, marks))
}

/// The two leading columns in the lowest and the highest tenth.
fn ends(rows: &Rows<'_>, finding: &Finding, along: &[f64]) -> Vec<(String, String)> {
    let bins = Bins::along(along, TENTHS);
    let last = bins.count - 1;
    let told = drawable(rows, finding).take(2).filter_map(|name| {
        let values = rows.clean(name);
        let middle = Middle::of(&values);
        let low = middle.at(&only(&values, |row| bins.at(row) == Some(0)))?;
        let high = middle.at(&only(&values, |row| bins.at(row) == Some(last)))?;
        Some((
            format!(
                "{} {}, lowest to highest tenth",
                middle.word(),
                coded(rows, name)
            ),
            span(rows, name, low, high),
        ))
    });
    told.collect()
}

fn latent<'a>(rows: &'a Rows<'_>, finding: &Finding) -> Option<&'a Latent> {
    let latents = &rows.key.world.latents;
    latents.iter().find(|latent| latent.name == finding.id)
}

/// The words of a latent's ends in place of numbers.
fn named_ends(axis: Axis, latent: Option<&Latent>) -> Axis {
    let ticks = latent.map_or_else(Vec::new, |latent| {
        vec![(0.0, latent.low.clone()), (1.0, latent.high.clone())]
    });
    Axis { ticks, ..axis }
}
