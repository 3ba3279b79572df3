//! Factors and ridges: how columns change along a latent.

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::explore::share;
use crate::generate::{Finding, Latent};
use crate::measure::spearman;

use super::bins::Bins;
use super::draw::{TONES, line, points, thinned};
use super::illustrate::Picture;
use super::rows::{Middle, Rows, only};
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
    let chart = curves(rows, finding, &along).map(|(x, marks)| Chart {
        title: "Its columns along the gradient".to_owned(),
        says: "Means of normal scores in twenty equal bins: no step and no gap, a slope all \
               the way."
            .to_owned(),
        x: named_ends(x, latent(rows, finding)),
        y: Axis::named("standard deviations"),
        marks,
    });
    Picture { chart, facts }
}

/// The scatter of two columns that bend differently, with the path through it; or, where there
/// are no two, the means along the path.
pub(super) fn ridge(rows: &Rows<'_>, finding: &Finding, column: &str) -> Picture {
    let along = rows.truth(column);
    let bins = Bins::along(&along, TWENTIETHS);
    let mut facts = Vec::new();
    for name in finding.columns.iter().take(2) {
        let scores = rows.scores(name);
        let straight = spearman(&along, &scores).map(|rho| rho * rho);
        if let (Some(straight), Some(bent)) = (straight, bins.explained(&scores)) {
            facts.push((
                format!("`{name}` explained by the path"),
                format!("{} ({} by a straight line)", share(bent), share(straight)),
            ));
        }
    }
    facts.extend(closest(rows, finding));
    let chart = curves(rows, finding, &along).map(|(x, marks)| Chart {
        title: "Its columns along the path".to_owned(),
        says: "Means of normal scores in twenty equal bins: they turn on the way or level off, \
               each at another place."
            .to_owned(),
        x: named_ends(x, latent(rows, finding)),
        y: Axis::named("standard deviations"),
        marks,
    });
    let chart = path(rows, finding, &bins).or(chart);
    Picture { chart, facts }
}

/// The scatter of the first two columns that are not mere stripes of a few values.
fn path(rows: &Rows<'_>, finding: &Finding, bins: &Bins) -> Option<Chart> {
    let spread = finding.columns.iter();
    let spread: Vec<&String> = spread
        .filter(|name| Middle::of(&rows.clean(name)).word() == "median")
        .collect();
    let [first, second, ..] = spread.as_slice() else {
        return None;
    };
    let (x, y) = (rows.scores(first), rows.scores(second));
    let cloud: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    let cloud: Vec<(f64, f64)> = cloud
        .into_iter()
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .collect();
    let steps = bins.means(&x, |_| true);
    let heights = bins.means(&y, |_| true);
    let steps = steps.into_iter().zip(heights);
    let steps: Vec<(f64, f64)> = steps.filter_map(|(x, y)| Some((x?, y?))).collect();
    (steps.len() > 2).then(|| Chart {
        title: "The path through the scatter of two columns".to_owned(),
        says: "Normal scores. From one end to the other the means go round a bend, inside a \
               cloud that hides it."
            .to_owned(),
        x: near(first),
        y: near(second),
        marks: vec![
            points("rows", thinned(cloud), Tone::Quiet),
            line("means along the path", steps, Tone::Alarm),
        ],
    })
}

/// The middle of the cloud, where the path runs.
fn near(column: &str) -> Axis {
    Axis {
        range: Some((-2.2, 2.2)),
        ..Axis::named(format!("{column}, standard deviations"))
    }
}

/// The strongest rank correlation among a finding's columns.
fn closest(rows: &Rows<'_>, finding: &Finding) -> Option<(String, String)> {
    let columns: Vec<(&String, Vec<f64>)> = finding
        .columns
        .iter()
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
        format!("largest rank correlation, `{first}` and `{second}`"),
        correlation(rho),
    ))
}

/// One line per leading column.
fn curves(rows: &Rows<'_>, finding: &Finding, along: &[f64]) -> Option<(Axis, Vec<Marks>)> {
    let bins = Bins::along(along, TWENTIETHS);
    let marks: Vec<Marks> = finding
        .columns
        .iter()
        .zip(TONES)
        .map(|(name, tone)| line(name, bins.line(&rows.scores(name), |_| true), tone))
        .collect();
    let axis = Axis {
        range: Some((0.0, 1.0)),
        ..Axis::named("rows in order of it")
    };
    (bins.count > 1 && !marks.is_empty()).then_some((axis, marks))
}

/// The two leading columns in the lowest and the highest tenth.
fn ends(rows: &Rows<'_>, finding: &Finding, along: &[f64]) -> Vec<(String, String)> {
    let bins = Bins::along(along, TENTHS);
    let last = bins.count - 1;
    let told = finding.columns.iter().take(2).filter_map(|name| {
        let values = rows.clean(name);
        let middle = Middle::of(&values);
        let low = middle.at(&only(&values, |row| bins.at(row) == Some(0)))?;
        let high = middle.at(&only(&values, |row| bins.at(row) == Some(last)))?;
        Some((
            format!("{} `{name}`, lowest to highest tenth", middle.word()),
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
