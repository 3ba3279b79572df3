//! Entities: who rows belong to.

use crate::random::{Draws, Stream};
use crate::scenario::{EntityPlan, Kind, Scenario};

use super::world::World;

/// Added to every rank, so that the largest entity has a few per cent of rows and not a tenth.
const RANK_OFFSET: f64 = 5.0;

/// The entities of one bundle.
#[derive(Debug, Clone)]
pub(super) struct Entities {
    /// Cumulative shares of rows; the last is 1.
    cumulative: Vec<f64>,
    /// Per scenario column that is constant for an entity, the level of each entity.
    levels: Vec<Option<Vec<u32>>>,
    /// Per latent, the part that each entity carries: standard normal.
    carried: Vec<Vec<f64>>,
}

impl Entities {
    /// Attributes are a function of stream, world and entity number alone.
    pub(super) fn draw(scenario: &Scenario, world: &World, stream: &Stream) -> Self {
        let levels = scenario
            .columns
            .iter()
            .map(|column| match &column.kind {
                Kind::Category {
                    levels,
                    per_entity: true,
                } => {
                    let shares: Vec<f64> = levels.iter().map(|level| level.share).collect();
                    let stream = stream.fork(&format!("entity/{}", column.name));
                    Some(spread(
                        &shares,
                        &row_shares(scenario, world),
                        &mut stream.draws(),
                    ))
                }
                _ => None,
            })
            .collect();
        let carried = world
            .latents
            .iter()
            .map(|latent| {
                let mut draws = stream.fork(&format!("entity/{}", latent.name)).draws();
                (0..scenario.entity.count).map(|_| draws.normal()).collect()
            })
            .collect();
        let mut sum = 0.0;
        let cumulative = row_shares(scenario, world)
            .into_iter()
            .map(|share| {
                sum += share;
                sum
            })
            .collect();
        Self {
            cumulative,
            levels,
            carried,
        }
    }

    /// The entity at place `u` of (0, 1).
    pub(super) fn at(&self, u: f64) -> usize {
        self.cumulative
            .partition_point(|below| *below < u)
            .min(self.cumulative.len() - 1)
    }

    /// Level of `column` for `entity`, when the column is constant for entities.
    pub(super) fn level(&self, column: usize, entity: usize) -> Option<u32> {
        self.levels[column].as_ref().map(|levels| levels[entity])
    }

    /// The part of latent `latent` that `entity` carries.
    pub(super) fn carried(&self, latent: usize, entity: usize) -> f64 {
        self.carried[latent][entity]
    }
}

/// Sizes before anything special: a few large, many small; they sum to 1.
pub(super) fn weights(plan: &EntityPlan) -> Vec<f64> {
    let raw: Vec<f64> = (0..plan.count)
        .map(|rank| libm::pow(rank as f64 + RANK_OFFSET, -plan.tail))
        .collect();
    let sum: f64 = raw.iter().sum();
    raw.into_iter().map(|weight| weight / sum).collect()
}

/// Share of rows of each entity in this world, whales included; they sum to 1.
pub(super) fn row_shares(scenario: &Scenario, world: &World) -> Vec<f64> {
    let mut shares = weights(&scenario.entity);
    let whales = &world.innocent.entities;
    let theirs = world.innocent.size * whales.len() as f64;
    let others: f64 = 1.0 - whales.iter().map(|whale| shares[*whale]).sum::<f64>();
    for share in &mut shares {
        *share *= (1.0 - theirs).max(0.1) / others;
    }
    for whale in whales {
        shares[*whale] = world.innocent.size;
    }
    let sum: f64 = shares.iter().sum();
    shares.iter().map(|share| share / sum).collect()
}

/// Give each entity a level so that the levels' shares of *rows* come out as asked: entities in
/// random order, each to the level that lacks most. Independent draws would let one large
/// entity move a share by several per cent.
fn spread(shares: &[f64], rows: &[f64], draws: &mut Draws) -> Vec<u32> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    // The large ones first, while every level still has room; equal sizes fall in random order.
    let noise: Vec<f64> = rows
        .iter()
        .map(|row| row * draws.between(0.5, 1.5))
        .collect();
    order.sort_by(|a, b| noise[*b].total_cmp(&noise[*a]));
    let mut lacking: Vec<f64> = shares.to_vec();
    let mut levels = vec![0; rows.len()];
    for entity in order {
        let room: Vec<f64> = lacking.iter().map(|lack| lack.max(0.0)).collect();
        let level = if room.iter().sum::<f64>() > 0.0 {
            draws.weighted(&room)
        } else {
            draws.weighted(shares)
        };
        lacking[level] -= rows[entity];
        levels[entity] = level as u32;
    }
    levels
}
