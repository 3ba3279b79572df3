//! Interactions: one gradient's effect on both sides of another.

use crate::chart::{Axis, Chart, Tone};
use crate::generate::{Finding, Interaction, Latent};
use crate::measure::spearman;
use crate::scenario::InteractionKind;

use super::bins::Bins;
use super::draw::line;
use super::illustrate::Picture;
use super::middle::only;
use super::rows::Rows;
use super::slopes::drawable;
use super::words::correlation;

/// Bins along the first gradient; half as many as elsewhere, since each holds one side only.
const TENTHS: usize = 10;

/// The leading column that has an order along the first gradient, low and high on the second.
pub(super) fn interaction(rows: &Rows<'_>, finding: &Finding, columns: &[String; 2]) -> Picture {
    let leading = drawable(rows, finding).next();
    let (Some(interaction), Some(leading)) = (&rows.key.world.interaction, leading) else {
        return Picture::default();
    };
    let along = rows.truth(&columns[0]);
    let scores = rows.scores(leading);
    let sides = sides(rows, interaction, &columns[1]);
    let [a, b] = interaction.on.map(|at| &rows.key.world.latents[at]);
    let bins = Bins::along(&along, TENTHS);
    let on = |side: usize| bins.line(&scores, |row| sides[row] == Some(side));
    let correlated = |keep: &dyn Fn(usize) -> bool| {
        spearman(&only(&along, keep), &only(&scores, keep)).map(correlation)
    };
    let mut facts = Vec::new();
    for (name, rho) in [
        (
            format!("where {}", quoted(&b.low)),
            correlated(&|row| sides[row] == Some(0)),
        ),
        (
            format!("where {}", quoted(&b.high)),
            correlated(&|row| sides[row] == Some(1)),
        ),
        ("over all rows".to_owned(), correlated(&|_| true)),
    ] {
        if let Some(rho) = rho {
            facts.push((format!("rank correlation {name}"), rho));
        }
    }
    let (title, says) = match interaction.kind {
        InteractionKind::Simpson => (
            "on both sides of a split along it",
            "Means of normal scores: each line goes one way, and all rows together the other.",
        ),
        InteractionKind::Product | InteractionKind::Reversal => (
            "on both sides of another",
            "Means of normal scores: the two lines cross, so neither gradient tells it alone.",
        ),
    };
    let chart = (bins.count > 1).then(|| Chart {
        title: format!("{} along one gradient, {title}", rows.called(leading)),
        says: says.to_owned(),
        x: ends(a),
        y: Axis::named("standard deviations"),
        marks: vec![
            line(&b.low, on(0), Tone::First),
            line(&b.high, on(1), Tone::Fourth),
        ],
    });
    Picture { chart, facts }
}

/// Side of each row: of the facet for a reversal or a paradox, the outer thirds for a product.
fn sides(rows: &Rows<'_>, interaction: &Interaction, column: &str) -> Vec<Option<usize>> {
    match interaction.kind {
        InteractionKind::Reversal | InteractionKind::Simpson => {
            let facet = rows.key.world.facets.first();
            let name = facet.map_or("", |facet| facet.name.as_str());
            rows.truth(&format!("facet.{name}"))
                .into_iter()
                .map(|side| side.is_finite().then_some(usize::from(side > 0.5)))
                .collect()
        }
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

fn ends(latent: &Latent) -> Axis {
    Axis {
        label: "rows in order of it".to_owned(),
        range: Some((0.0, 1.0)),
        ticks: vec![(0.0, latent.low.clone()), (1.0, latent.high.clone())],
    }
}

fn quoted(text: &str) -> String {
    format!("“{text}”")
}
