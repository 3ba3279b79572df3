//! Why no grouping is right: mixtures in the plane of two gradients.

use crate::chart::{Axis, Chart, Marks};
use crate::generate::Latent;
use crate::labels::Partition;
use crate::measure::{Contingency, adjusted_rand, mean, quantile};
use crate::text::percent;

use super::draw::{MOST_POINTS, TONES, points};
use super::illustrate::Picture;
use super::rows::Rows;
use super::words::correlation;

/// All but this share of the rows, on either side, are drawn where they are …
const FAR: f64 = 0.005;
/// … and those that lie farther out by no more than this share of the range.
const ROOM: f64 = 0.15;

/// The plane of the two gradients, rows in the tone of their sampled archetype.
pub(super) fn groups(rows: &Rows<'_>, members: &[String], sampled: &str, facet: &str) -> Picture {
    let world = &rows.key.world;
    let shares: Vec<Vec<f64>> = members.iter().map(|name| rows.truth(name)).collect();
    let largest: Vec<f64> = (0..rows.sample.base.len())
        .map(|row| shares.iter().map(|of| of[row]).fold(f64::NAN, f64::max))
        .collect();
    let types = rows.truth(sampled);
    let mut facts = Vec::new();
    if let Some(mean) = mean(&largest) {
        facts.push((
            "a row's largest share, on average".to_owned(),
            percent(mean),
        ));
        let mixed = largest.iter().filter(|share| **share < 0.6).count();
        facts.push((
            "rows of which no type has 60 %".to_owned(),
            percent(mixed as f64 / largest.len().max(1) as f64),
        ));
    }
    let answer = codes(&rows.truth(facet));
    if let Some(agreement) = adjusted_rand(&Contingency::new(&codes(&types), &answer)) {
        facts.push((
            "agreement of types and the other split (adjusted Rand index)".to_owned(),
            correlation(agreement),
        ));
    }
    let [a, b] = world.blend.on.map(|at| &world.latents[at]);
    let (mut x, mut y) = (rows.truth(&name_of(a)), rows.truth(&name_of(b)));
    // A few rows far out would press all others together.
    let pulled = pull_in(&mut x) + pull_in(&mut y);
    let stride = x.len().div_ceil(MOST_POINTS).max(1);
    let marks: Vec<Marks> = world
        .blend
        .archetypes
        .iter()
        .zip(TONES)
        .enumerate()
        .map(|(k, (archetype, tone))| {
            let of = (0..x.len())
                .step_by(stride)
                .filter(|row| (types[*row] - k as f64).abs() < 0.5)
                .map(|row| (x[row], y[row]));
            points(&archetype.name, of.collect(), tone)
        })
        .collect();
    let chart = Chart {
        title: "Rows by their type, in the plane of two gradients".to_owned(),
        says: format!(
            "The types are corners of one cloud: they overlap, and nothing separates them.{}",
            if pulled > 0 {
                " Dots in line at an edge lie farther out."
            } else {
                ""
            }
        ),
        x: plane(a),
        y: plane(b),
        marks,
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

/// Bring values that lie far out to the edge of what is drawn; how many those are.
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

/// An axis of the plane, as long as the rows need it.
fn plane(latent: &Latent) -> Axis {
    Axis::named(format!("{} → {}", latent.low, latent.high))
}

fn name_of(latent: &Latent) -> String {
    format!("factor.{}", latent.name)
}

fn codes(values: &[f64]) -> Partition {
    let labels: Vec<Option<String>> = values
        .iter()
        .map(|value| value.is_finite().then(|| value.to_string()))
        .collect();
    Partition::from_labels(&labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_far_out_is_pulled_in_and_all_others_stay() {
        let mut values: Vec<f64> = (0..1000).map(f64::from).collect();
        assert_eq!(pull_in(&mut values), 0);
        values[3] = 1e9;
        assert_eq!(pull_in(&mut values), 1);
        assert!(values[3] < 1200.0 && values[3] > 1000.0);
        assert_eq!(pull_in(&mut []), 0);
    }
}
