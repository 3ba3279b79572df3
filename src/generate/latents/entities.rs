//! Entities that rows belong to.

use crate::random::{Draws, Stream, normal_quantile};
use crate::scenario::{
    ColumnKind, ColumnPlan, Effect, EntityLevel, EntitySpec, ParentColumn, Scenario,
};

use crate::generate::numeric::lookup::Lookup;
use crate::generate::world::{Feature, World};

/// Added to every rank: the largest entity then has a few per cent of rows, not a tenth.
const RANK_OFFSET: f64 = 5.0;

/// The entities of one bundle.
#[derive(Debug, Clone)]
pub(crate) struct Entities {
    /// Cumulative shares of rows; the last is 1.
    cumulative: Lookup,
    /// Per scenario column that is constant for an entity, the level of each entity.
    levels: Vec<Option<Vec<u32>>>,
    /// Per latent, the part that each entity carries: standard normal.
    carried: Vec<Vec<f64>>,
    /// Per scenario column with a number of the entity, the number of each entity.
    numbers: Vec<Option<EntityNumbers>>,
    /// Per scenario column with a rollout, how early each entity is: standard normal over rows.
    steady: Vec<Option<Vec<f64>>>,
    /// Size of each entity as a normal score.
    sizes: Vec<f64>,
}

/// A number of each entity, as a normal score.
#[derive(Debug, Clone)]
struct EntityNumbers {
    scores: Vec<f64>,
    /// Position in the time span where it changes, and the later number.
    later: Option<(Vec<f64>, Vec<f64>)>,
}

/// Difference in size between successive whales, relative to their mean size.
const WHALES_APART: f64 = 0.2;

/// A number of an entity changes within this part of the time span.
const CHANGES: (f64, f64) = (0.1, 0.9);

impl Entities {
    /// Attributes are a function of stream, world and entity number only.
    pub(crate) fn draw(scenario: &Scenario, world: &World, stream: &Stream) -> Self {
        let levels: Vec<Option<Vec<u32>>> = scenario
            .columns
            .iter()
            .map(|column| match &column.kind {
                ColumnKind::Category {
                    levels,
                    per_entity: true,
                    ..
                } => {
                    let shares: Vec<f64> = levels.iter().map(|level| level.share).collect();
                    let stream = stream.fork(&format!("entity/{}", column.name));
                    Some(assign_levels(
                        &shares,
                        &row_shares(scenario, world),
                        &mut stream.draws(),
                    ))
                }
                _ => None,
            })
            .collect();
        let carried: Vec<Vec<f64>> = world
            .latents
            .iter()
            .map(|latent| {
                let mut draws = stream.fork(&format!("entity/{}", latent.name)).draws();
                (0..scenario.entity.count).map(|_| draws.normal()).collect()
            })
            .collect();
        let rows = row_shares(scenario, world);
        let mut sum = 0.0;
        let cumulative: Vec<f64> = rows
            .iter()
            .map(|share| {
                sum += share;
                sum
            })
            .collect();
        let mut entities = Self {
            cumulative: Lookup::new(&cumulative),
            levels,
            carried,
            numbers: Vec::new(),
            sizes: normal_scores_by_rank(&rows, &vec![1.0 / rows.len() as f64; rows.len()]),
            steady: scenario
                .columns
                .iter()
                .map(|column| {
                    let rollout = matches!(column.kind, ColumnKind::Category { rollout: true, .. });
                    rollout.then(|| {
                        let stream = stream.fork(&format!("entity/{}", column.name));
                        let mut draws = stream.draws();
                        let early: Vec<f64> = rows.iter().map(|_| draws.normal()).collect();
                        normal_scores_by_rank(&early, &rows)
                    })
                })
                .collect(),
        };
        entities.numbers = (0..scenario.columns.len())
            .map(|column| {
                let held = scenario.columns[column].entity_level?;
                Some(entities.numbers(scenario, world, stream, column, held, &rows))
            })
            .collect();
        entities
    }

    /// Normal score of each row's entity in `column` at the row's moment.
    pub(crate) fn held(&self, column: usize, owners: &[usize], ages: &[f64]) -> Vec<f64> {
        let Some(numbers) = &self.numbers[column] else {
            return vec![0.0; owners.len()];
        };
        let rows = owners.iter().zip(ages);
        let score = |(entity, age): (&usize, &f64)| match &numbers.later {
            Some((from, later)) if *age >= from[*entity] => later[*entity],
            _ => numbers.scores[*entity],
        };
        rows.map(score).collect()
    }

    /// How early each entity is in the rollout of `column`.
    pub(crate) fn steady(&self, column: usize) -> Option<&[f64]> {
        self.steady[column].as_deref()
    }

    /// A number per entity, from its part of the latents and noise.
    fn numbers(
        &self,
        scenario: &Scenario,
        world: &World,
        stream: &Stream,
        column: usize,
        held: EntityLevel,
        rows: &[f64],
    ) -> EntityNumbers {
        let plan = &scenario.columns[column];
        let stream = stream.fork(&format!("entity/{}", plan.name));
        let meant = self.meant(world, column);
        let score = |name: &str| {
            let mut draws = stream.fork(name).draws();
            let (share, noise) = (libm::sqrt(plan.signal), libm::sqrt(1.0 - plan.signal));
            let values: Vec<f64> = (0..rows.len())
                .map(|entity| {
                    share * meant[entity] + noise * draws.normal() + self.driven(plan, entity)
                })
                .collect();
            normal_scores_by_rank(&values, rows)
        };
        let later = (held == EntityLevel::ChangesOnce).then(|| {
            let mut draws = stream.fork("date").draws();
            let from = (0..rows.len()).map(|_| draws.between(CHANGES.0, CHANGES.1));
            (from.collect(), score("again"))
        });
        EntityNumbers {
            scores: score("noise"),
            later,
        }
    }

    /// The part of a number of entities that comes from structures: from latents that entities carry.
    fn meant(&self, world: &World, column: usize) -> Vec<f64> {
        let mut sums = vec![0.0; self.count()];
        let mut variance = 0.0;
        for term in world.terms[column].iter().flatten() {
            if let Feature::Latent(latent) = term.feature {
                variance += term.weight * term.weight;
                for (sum, carried) in sums.iter_mut().zip(&self.carried[latent]) {
                    *sum += term.weight * carried;
                }
            }
        }
        let sd = libm::sqrt(variance).max(1e-12);
        sums.iter().map(|sum| sum / sd).collect()
    }

    fn driven(&self, plan: &ColumnPlan, entity: usize) -> f64 {
        let shift = |driver: &Effect| match driver {
            Effect::Category {
                of: ParentColumn::Entity(column),
                shifts,
            } => shifts[self.levels(*column).map_or(0, |levels| levels[entity]) as usize],
            Effect::Size { weight } => weight * self.sizes[entity],
            // Effects that differ between rows do not apply to numbers of entities.
            _ => 0.0,
        };
        plan.effects.iter().map(shift).sum()
    }

    fn count(&self) -> usize {
        self.cumulative.knots().len()
    }

    /// The entity at quantile `u`, from 0 to 1.
    pub(crate) fn at(&self, u: f64) -> usize {
        self.cumulative.count(u).min(self.count() - 1)
    }

    /// Size of each entity, by its rows, as a normal score.
    pub(crate) fn sizes(&self) -> &[f64] {
        &self.sizes
    }

    /// Level of `column` for each entity, when the column is constant for entities.
    pub(crate) fn levels(&self, column: usize) -> Option<&[u32]> {
        self.levels[column].as_deref()
    }

    /// The part of latent `latent` that each entity carries.
    pub(crate) fn carried(&self, latent: usize) -> &[f64] {
        &self.carried[latent]
    }
}

/// Normal scores by rank among *rows*. With ranks among entities, a few large entities would shift
/// a column's distribution away from the one that the scenario requests.
pub(crate) fn normal_scores_by_rank(values: &[f64], rows: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut scores = vec![0.0; values.len()];
    let mut below = 0.0;
    for entity in order {
        scores[entity] = normal_quantile((below + 0.5 * rows[entity]).clamp(1e-9, 1.0 - 1e-9));
        below += rows[entity];
    }
    scores
}

/// Sizes without whales: few large ones, many small ones; they sum to 1.
pub(crate) fn weights(plan: &EntitySpec) -> Vec<f64> {
    let raw: Vec<f64> = (0..plan.count)
        .map(|rank| libm::pow(rank as f64 + RANK_OFFSET, -plan.tail))
        .collect();
    let sum: f64 = raw.iter().sum();
    raw.into_iter().map(|weight| weight / sum).collect()
}

/// Share of rows of each entity in this world, whales included; they sum to 1.
pub(crate) fn row_shares(scenario: &Scenario, world: &World) -> Vec<f64> {
    let mut shares = weights(&scenario.entity);
    let whales = &world.benign.entities;
    let theirs = world.benign.size * whales.len() as f64;
    // No two have the same size.
    let middle = 0.5 * (whales.len().max(1) - 1) as f64;
    let size = |place: usize| world.benign.size * (1.0 + WHALES_APART * (middle - place as f64));
    let others: f64 = 1.0 - whales.iter().map(|whale| shares[*whale]).sum::<f64>();
    for share in &mut shares {
        *share *= (1.0 - theirs).max(0.1) / others;
    }
    for (place, whale) in whales.iter().enumerate() {
        shares[*whale] = size(place);
    }
    let sum: f64 = shares.iter().sum();
    shares.iter().map(|share| share / sum).collect()
}

/// Assign levels to entities so that the levels have the requested shares of *rows*. With independent
/// draws, one large entity could shift a share by several per cent.
fn assign_levels(shares: &[f64], rows: &[f64], draws: &mut Draws) -> Vec<u32> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    // Large ones first, while every level has room; equal sizes in random order.
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
