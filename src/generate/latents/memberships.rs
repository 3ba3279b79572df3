//! Soft groupings of rows: memberships of archetypes and nested archetypes, sides of splits.

use crate::random::Stream;

use crate::generate::numeric::exp::{exps, logistics};
use crate::generate::world::{Archetype, World};

/// Memberships of the archetypes, and one archetype sampled from them.
pub(crate) fn memberships(
    world: &World,
    stream: &Stream,
    factors: &[Vec<f64>],
    rows: usize,
) -> (Vec<Vec<f64>>, Vec<u32>) {
    let archetypes = &world.archetypes;
    let [a, b] = archetypes.on;
    let mut draws = stream.fork("latent/archetype").draws();
    let mut members: Vec<Vec<f64>> = archetypes
        .types
        .iter()
        .map(|archetype| nearness(archetype, archetypes.sharpness, &factors[a], &factors[b]))
        .collect();
    let mut sampled = Vec::with_capacity(rows);
    let mut weights = vec![0.0; archetypes.types.len()];
    for row in 0..rows {
        for (weight, member) in weights.iter_mut().zip(&members) {
            *weight = member[row];
        }
        let sum: f64 = weights.iter().sum();
        // For extreme rows all weights underflow: equal memberships.
        for weight in &mut weights {
            *weight = if sum > 0.0 { *weight / sum } else { 1.0 };
        }
        for (member, weight) in members.iter_mut().zip(&weights) {
            member[row] = *weight;
        }
        sampled.push(draws.weighted(&weights) as u32);
    }
    (members, sampled)
}

/// Memberships of nested archetypes: the membership of each archetype, divided among its parts.
pub(crate) fn parts(
    world: &World,
    factors: &[Vec<f64>],
    members: &[Vec<f64>],
) -> Vec<Vec<Vec<f64>>> {
    let Some(nested) = &world.archetypes.nested else {
        return Vec::new();
    };
    let [a, b] = world.archetypes.on;
    let (xs, ys) = (&factors[a], &factors[b]);
    let split = |(types, member): (&Vec<Archetype>, &Vec<f64>)| {
        let mut parts: Vec<Vec<f64>> = types
            .iter()
            .map(|archetype| nearness(archetype, nested.sharpness, xs, ys))
            .collect();
        for row in 0..member.len() {
            let sum: f64 = parts.iter().map(|part| part[row]).sum();
            for part in &mut parts {
                let share = if sum > 0.0 {
                    part[row] / sum
                } else {
                    1.0 / types.len() as f64
                };
                part[row] = share * member[row];
            }
        }
        parts
    };
    nested.types.iter().zip(members).map(split).collect()
}

/// Unnormalised membership of each row: 1 at the archetype, falling to 0 with distance.
fn nearness(archetype: &Archetype, sharpness: f64, xs: &[f64], ys: &[f64]) -> Vec<f64> {
    let mut near: Vec<f64> = xs
        .iter()
        .zip(ys)
        .map(|(x, y)| {
            let (dx, dy) = (0.75 * x - archetype.at[0], 0.75 * y - archetype.at[1]);
            -sharpness * (dx * dx + dy * dy)
        })
        .collect();
    exps(&mut near);
    near
}

/// Probability of side 1 of a split, and the side drawn.
pub(crate) fn sides(
    world: &World,
    stream: &Stream,
    factors: &[Vec<f64>],
    split: usize,
) -> (Vec<f64>, Vec<u32>) {
    let stream = match split {
        0 => stream.fork("latent/facet"),
        other => stream.fork(&format!("latent/facet/{other}")),
    };
    let split = &world.splits[split];
    let mut draws = stream.draws();
    let mut shares: Vec<f64> = factors[split.on]
        .iter()
        .map(|f| split.sharpness * f)
        .collect();
    logistics(&mut shares);
    let sides = shares.iter().map(|share| u32::from(draws.chance(*share)));
    let sides = sides.collect();
    (shares, sides)
}
