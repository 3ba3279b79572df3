//! The latents of every row.

use ndarray::Array2;

use crate::measure::cholesky;
use crate::random::Stream;
use crate::table::DAY;

use super::basis_functions::{BasisColumn, basis_columns, basis_function};
use super::entities::Entities;
use super::factor_marginal::{marginal_moments, shape};
use super::memberships::{memberships, parts, sides};
use super::time::Clock;
use crate::generate::numeric::bucket_sort::sort;
use crate::generate::world::{Feature, World};

/// Latents of a run of rows, column by column.
#[derive(Debug, Clone)]
pub struct Latents {
    /// Moment of each row, in milliseconds since 1970 UTC; never falling.
    pub moments: Vec<i64>,
    /// Position of each row in the time span, from 0 to 1.
    pub ages: Vec<f64>,
    pub entities: Vec<usize>,
    /// Each continuous latent: mean 0, variance 1.
    pub factors: Vec<Vec<f64>>,
    /// Memberships, by archetype.
    pub members: Vec<Vec<f64>>,
    /// Memberships of nested archetypes, by archetype and part; they sum to the membership of the
    /// archetype. Empty without a nested level.
    pub nested: Vec<Vec<Vec<f64>>>,
    /// The archetype sampled from the memberships.
    pub sampled: Vec<u32>,
    /// Side of each split: 0 or 1.
    pub sides: Vec<Vec<u32>>,
    /// Probability of side 1.
    pub side_shares: Vec<Vec<f64>>,
    /// Progress of the change, from 0 to 1.
    pub change: Vec<f64>,
    /// Whether the row is of the rare group.
    pub rare: Vec<bool>,
    basis_columns: Vec<BasisColumn>,
}

impl Latents {
    /// Draw the rows that lie at the time quantiles `from..to`, in time order.
    pub(crate) fn draw(
        world: &World,
        clock: &Clock,
        entities: &Entities,
        stream: &Stream,
        rows: usize,
        (from, to): (f64, f64),
    ) -> Self {
        let mut draws = stream.fork("latent/time").draws();
        let mut places: Vec<f64> = (0..rows).map(|_| draws.between(from, to)).collect();
        sort(&mut places);
        let moments = clock.moments(&places);
        let ages = moments.iter().map(|moment| clock.age(*moment)).collect();
        let mut draws = stream.fork("latent/entity").draws();
        let owners: Vec<usize> = (0..rows).map(|_| entities.at(draws.uniform())).collect();
        let factors = factors(world, entities, stream, &owners);
        let (members, sampled) = memberships(world, stream, &factors, rows);
        let nested = parts(world, &factors, &members);
        let (side_shares, sides) = (0..world.splits.len())
            .map(|split| sides(world, stream, &factors, split))
            .unzip();
        let change = moments.iter().map(|moment| ramp(world, *moment)).collect();
        let mut draws = stream.fork("latent/rare").draws();
        let share = world.rare.as_ref().map_or(0.0, |rare| rare.share);
        let rare = (0..rows).map(|_| draws.chance(share)).collect();
        Self {
            moments,
            ages,
            entities: owners,
            members,
            nested,
            sampled,
            sides,
            side_shares,
            change,
            rare,
            basis_columns: basis_columns(world, &factors),
            factors,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.moments.len()
    }

    /// The latents of events of these rows at `moments`: moments, entities, factors, and the ages of
    /// their rows; nothing else.
    pub(crate) fn of_events(&self, parents: &[usize], moments: Vec<i64>) -> Self {
        let factors = self.factors.iter().map(|values| {
            let of = parents.iter().map(|parent| values[*parent]);
            of.collect()
        });
        Self {
            factors: factors.collect(),
            entities: parents.iter().map(|row| self.entities[*row]).collect(),
            ages: parents.iter().map(|row| self.ages[*row]).collect(),
            members: Vec::new(),
            nested: Vec::new(),
            sampled: Vec::new(),
            sides: Vec::new(),
            side_shares: Vec::new(),
            change: Vec::new(),
            rare: Vec::new(),
            basis_columns: Vec::new(),
            moments,
        }
    }

    /// Add `weight` times a feature of the rows from `from` on to `sums`, row by row.
    pub(crate) fn add(&self, feature: &Feature, weight: f64, from: usize, sums: &mut [f64]) {
        let rows = from..from + sums.len();
        let factor = |at: usize| &self.factors[at][rows.clone()];
        let side = |at: usize| self.sides[at][rows.clone()].iter().map(|side| sign(*side));
        match feature {
            Feature::Latent(at) => weigh(sums, weight, factor(*at).iter().copied()),
            Feature::Curved(at, curve) => {
                let known = self
                    .basis_columns
                    .iter()
                    .find(|column| column.is(*at, *curve));
                match known {
                    Some(column) => weigh(sums, weight, column.values[rows].iter().copied()),
                    None => weigh(
                        sums,
                        weight,
                        factor(*at).iter().map(|f| basis_function(*curve, *f)),
                    ),
                }
            }
            Feature::Member(at) => weigh(sums, weight, self.members[*at][rows].iter().copied()),
            Feature::NestedMember(at, part) => {
                weigh(sums, weight, self.nested[*at][*part][rows].iter().copied());
            }
            Feature::Sampled(at) => {
                let at = *at as u32;
                let is = |sampled: &u32| f64::from(u8::from(*sampled == at));
                weigh(sums, weight, self.sampled[rows].iter().map(is));
            }
            Feature::Side(at) => weigh(sums, weight, side(*at)),
            Feature::Product(a, b) => {
                let pairs = factor(*a).iter().zip(factor(*b));
                weigh(sums, weight, pairs.map(|(a, b)| a * b));
            }
            Feature::Reversed(at) => {
                let pairs = factor(*at).iter().zip(side(0));
                weigh(sums, weight, pairs.map(|(f, side)| f * side));
            }
            Feature::Change => weigh(sums, weight, self.change[rows].iter().copied()),
            Feature::Rare => {
                let rare = self.rare[rows]
                    .iter()
                    .map(|rare| f64::from(u8::from(*rare)));
                weigh(sums, weight, rare);
            }
        }
    }
}

/// Add `weight` times each value.
fn weigh(sums: &mut [f64], weight: f64, values: impl Iterator<Item = f64>) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += weight * value;
    }
}

fn sign(side: u32) -> f64 {
    2.0 * f64::from(side) - 1.0
}

/// Every latent: the parts of entity and row add up to a standard normal, which is correlated with
/// the others, then transformed to its marginal shape.
fn factors(world: &World, entities: &Entities, stream: &Stream, owners: &[usize]) -> Vec<Vec<f64>> {
    let mut factors: Vec<Vec<f64>> = Vec::new();
    for (latent, plan) in world.latents.iter().enumerate() {
        let (shared, own) = (libm::sqrt(plan.between), libm::sqrt(1.0 - plan.between));
        let mut draws = stream.fork(&format!("latent/{}", plan.name)).draws();
        let carried = entities.carried(latent);
        let mut values = vec![0.0; owners.len()];
        draws.fill_normals(&mut values);
        for (value, owner) in values.iter_mut().zip(owners) {
            *value = shared * carried[*owner] + own * *value;
        }
        factors.push(values);
    }
    if !world.correlations.is_empty() {
        correlate(world, &mut factors);
    }
    for (values, plan) in factors.iter_mut().zip(&world.latents) {
        let (mean, sd) = marginal_moments(plan.shape);
        shape(plan.shape, values);
        for value in values {
            *value = (*value - mean) / sd;
        }
    }
    factors
}

/// Mix independent standard normals so that they have the correlations of the world, using the
/// Cholesky factor of the correlation matrix.
fn correlate(world: &World, factors: &mut [Vec<f64>]) {
    let size = factors.len();
    let mut wanted = Array2::eye(size);
    for correlation in &world.correlations {
        let [a, b] = correlation.between;
        wanted[[a, b]] = correlation.by;
        wanted[[b, a]] = correlation.by;
    }
    let lower = cholesky(wanted.view());
    // From last to first, since each needs the earlier ones unchanged.
    for i in (0..size).rev() {
        let (before, rest) = factors.split_at_mut(i);
        for (row, value) in rest[0].iter_mut().enumerate() {
            let others = before.iter().zip(lower.row(i));
            *value = lower[[i, i]] * *value + others.map(|(z, share)| share * z[row]).sum::<f64>();
        }
    }
}

fn ramp(world: &World, moment: i64) -> f64 {
    let Some(change) = &world.change else {
        return 0.0;
    };
    let days = (moment - change.from) as f64 / DAY as f64;
    if days < 0.0 {
        0.0
    } else if change.ramp_days > 0.0 {
        (days / change.ramp_days).min(1.0)
    } else {
        1.0
    }
}
