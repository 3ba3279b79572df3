//! Lines along a latent: how columns change with a factor, a curve, or two factors at once.

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::generate::{Finding, Interaction, Latent};
use crate::measure::spearman;
use crate::scenario::InteractionKind;
use crate::text::percent;

use super::curve_shape::describe;
use super::draw::{TONES, coded, drawable, line};
use super::format::{correlation, span};
use super::picture::{Picture, chart, fact};
use super::sample_rows::SampleRows;
use super::summaries::{Bins, Centre, values_where};

/// Bins along a latent.
const TWENTIETHS: usize = 20;
/// Bins at whose ends columns are compared, and bins of an interaction, each of which holds one
/// side only.
const TENTHS: usize = 10;

/// Means of the leading columns along the factor.
pub(super) fn factor(rows: &SampleRows<'_>, finding: &Finding, column: &str) -> Picture {
    let along = rows.truth(column);
    let mut facts = lowest_and_highest(rows, finding, &along);
    facts.extend(strongest_pair(rows, finding));
    let title = "Columns along the factor";
    Picture::new(means(rows, finding, &along, title), facts)
}

/// Means of the leading columns along the curve, and how much of them a straight line misses.
pub(super) fn curve(rows: &SampleRows<'_>, finding: &Finding, column: &str) -> Picture {
    let along = rows.truth(column);
    let bins = Bins::along(&along, TWENTIETHS);
    // The plainest bends, even in columns that the finding does not name.
    let mut explained: Vec<(&str, f64, f64)> = rows
        .measured()
        .into_iter()
        .filter_map(|name| {
            let scores = rows.scores(name);
            let straight = spearman(&along, &scores)?;
            Some((name, bins.explained(&scores)?, straight * straight))
        })
        .collect();
    explained.sort_by(|a, b| (b.1 - b.2).total_cmp(&(a.1 - a.2)));
    let mut facts: Vec<(String, String)> = explained
        .into_iter()
        .take(2)
        .map(|(name, bent, straight)| {
            let name = format!(
                "variance of {} explained by the curve, by a line",
                coded(rows, name)
            );
            fact(name, format!("{}, {}", percent(bent), percent(straight)))
        })
        .collect();
    facts.extend(strongest_pair(rows, finding));
    Picture::new(
        means(rows, finding, &along, "Columns along the curve"),
        facts,
    )
}

/// The leading column that has an order along the first factor, low and high on the second.
pub(super) fn interaction(
    rows: &SampleRows<'_>,
    finding: &Finding,
    columns: &[String; 2],
) -> Option<Picture> {
    let interaction = rows.key.world.interaction.as_ref()?;
    let leading = drawable(rows, finding).next()?;
    let along = rows.truth(&columns[0]);
    let scores = rows.scores(leading);
    let sides = sides(rows, interaction, &columns[1]);
    let [a, b] = interaction.on.map(|at| &rows.key.world.latents[at]);
    let bins = Bins::along(&along, TENTHS);
    let on = |side: usize| bins.line(&scores, |row| sides[row] == Some(side));
    let mut facts = Vec::new();
    for (name, side) in [
        (format!("where “{}”", b.low), Some(0)),
        (format!("where “{}”", b.high), Some(1)),
        ("over all rows".to_owned(), None),
    ] {
        let keep = |row: usize| side.is_none() || sides[row] == side;
        let (along, scores) = (values_where(&along, keep), values_where(&scores, keep));
        let rho = spearman(&along, &scores);
        facts.extend(rho.map(|rho| fact(format!("rank correlation {name}"), correlation(rho))));
    }
    let (title, says) = match interaction.kind {
        InteractionKind::Simpson => (
            "on both sides of the split",
            "Means of normal scores. Each line goes one way, all rows together the other way.",
        ),
        InteractionKind::Product | InteractionKind::Reversal => (
            "on both sides of another factor",
            "Means of normal scores. The two lines cross, so neither factor predicts the column alone.",
        ),
    };
    let chart = (bins.count > 1).then(|| {
        let title = format!("{} along one factor, {title}", rows.called(leading));
        let marks = vec![
            line(&b.low, on(0), Tone::First),
            line(&b.high, on(1), Tone::Fourth),
        ];
        chart(title, says, axis(Some(a)), "standard deviations", marks)
    });
    Some(Picture::new(chart, facts))
}

/// Side of each row: of the split for a reversal or a paradox, the outer thirds for a product.
fn sides(rows: &SampleRows<'_>, interaction: &Interaction, column: &str) -> Vec<Option<usize>> {
    match interaction.kind {
        InteractionKind::Reversal | InteractionKind::Simpson => rows
            .truth(&rows.key.world.split_column(0))
            .into_iter()
            .map(|side| side.is_finite().then_some(usize::from(side > 0.5)))
            .collect(),
        InteractionKind::Product => {
            let thirds = Bins::along(&rows.truth(column), 3);
            (0..rows.sample.base.len())
                .map(|row| match thirds.at(row)? {
                    0 => Some(0),
                    2 => Some(1),
                    _ => None,
                })
                .collect()
        }
    }
}

/// One line of bin means per leading column.
fn means(rows: &SampleRows<'_>, finding: &Finding, along: &[f64], title: &str) -> Option<Chart> {
    let bins = Bins::along(along, TWENTIETHS);
    let marks: Vec<Marks> = drawable(rows, finding)
        .zip(TONES)
        .map(|(name, tone)| {
            let means = bins.line(&rows.scores(name), |_| true);
            line(&rows.called(name), means, tone)
        })
        .filter(|mark| !matches!(mark, Marks::Line { points, .. } if points.is_empty()))
        .collect();
    if bins.count < 2 || marks.is_empty() {
        return None;
    }
    let means = format!("Means of normal scores in {} equal bins", bins.count);
    let says = describe(&marks).map_or(format!("{means}."), |seen| format!("{means}: {seen}."));
    let mut latents = rows.key.world.latents.iter();
    let x = axis(latents.find(|latent| latent.name == finding.id));
    Some(chart(title, says, x, "standard deviations", marks))
}

/// The strongest rank correlation among a finding's columns.
fn strongest_pair(rows: &SampleRows<'_>, finding: &Finding) -> Option<(String, String)> {
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
    let (first, second) = (coded(rows, first), coded(rows, second));
    let name = format!("largest rank correlation, {first} and {second}");
    Some(fact(name, correlation(rho)))
}

/// The two leading columns in the lowest and the highest tenth.
fn lowest_and_highest(
    rows: &SampleRows<'_>,
    finding: &Finding,
    along: &[f64],
) -> Vec<(String, String)> {
    let bins = Bins::along(along, TENTHS);
    let last = bins.count - 1;
    let facts = drawable(rows, finding).take(2).filter_map(|name| {
        let values = rows.clean(name);
        let centre = Centre::of(&values);
        let at = |bin: usize| centre.at(&values_where(&values, |row| bins.at(row) == Some(bin)));
        let (low, high) = (at(0)?, at(last)?);
        let (word, code) = (centre.word(), coded(rows, name));
        let name_of_fact = format!("{word} {code}, lowest to highest tenth");
        Some(fact(name_of_fact, span(rows, name, low, high)))
    });
    facts.collect()
}

/// Rows in the order of a latent, its ends named.
fn axis(latent: Option<&Latent>) -> Axis {
    Axis {
        label: "rows, in order of the factor".to_owned(),
        range: Some((0.0, 1.0)),
        ticks: latent.map_or_else(Vec::new, |latent| {
            vec![(0.0, latent.low.clone()), (1.0, latent.high.clone())]
        }),
    }
}
