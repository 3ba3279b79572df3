//! The latent layer: what every row really is.

use crate::random::{Stream, normal_cdf, normal_quantile};
use crate::scenario::{Curve, Shape};

use super::clock::Clock;
use super::entities::Entities;
use super::world::{Archetype, Feature, World};
use super::world_draw::DAY;

/// Latents of a run of rows, column by column.
#[derive(Debug, Clone)]
pub struct Latents {
    /// Moment of each row, in milliseconds since 1970 UTC; never falling.
    pub moments: Vec<i64>,
    /// Place of each row in the time span, from 0 to 1.
    pub ages: Vec<f64>,
    /// Entity of each row.
    pub entities: Vec<usize>,
    /// Each continuous latent: mean 0, variance 1.
    pub factors: Vec<Vec<f64>>,
    /// Memberships of the blend's archetypes, archetype by archetype.
    pub members: Vec<Vec<f64>>,
    /// Memberships of the archetypes' parts, archetype by archetype and part by part; those of one
    /// archetype's parts sum to its own. Empty where archetypes have no parts.
    pub inner: Vec<Vec<Vec<f64>>>,
    /// The archetype sampled from the memberships.
    pub sampled: Vec<u32>,
    /// Side of each facet, facet by facet: 0 or 1.
    pub sides: Vec<Vec<u32>>,
    /// Probability of side 1.
    pub side_shares: Vec<Vec<f64>>,
    /// How far the regime has come, from 0 to 1.
    pub regime: Vec<f64>,
    /// Whether the row is of the rare group.
    pub rare: Vec<bool>,
    bends: Vec<Bent>,
}

impl Latents {
    /// Draw the rows that lie at the time quantiles `from..to`, in time order.
    pub(super) fn draw(
        world: &World,
        clock: &Clock,
        entities: &Entities,
        stream: &Stream,
        rows: usize,
        (from, to): (f64, f64),
    ) -> Self {
        let mut draws = stream.fork("latent/time").draws();
        let mut places: Vec<f64> = (0..rows).map(|_| draws.between(from, to)).collect();
        places.sort_unstable_by(f64::total_cmp);
        let moments: Vec<i64> = places.iter().map(|u| clock.moment(*u)).collect();
        let ages = moments.iter().map(|moment| clock.age(*moment)).collect();
        let mut draws = stream.fork("latent/entity").draws();
        let owners: Vec<usize> = (0..rows).map(|_| entities.at(draws.uniform())).collect();
        let factors = factors(world, entities, stream, &owners);
        let (members, sampled) = memberships(world, stream, &factors, rows);
        let inner = parts(world, &factors, &members);
        let (side_shares, sides) = (0..world.facets.len())
            .map(|facet| sides(world, stream, &factors, facet))
            .unzip();
        let regime = moments.iter().map(|moment| ramp(world, *moment)).collect();
        let mut draws = stream.fork("latent/rare").draws();
        let share = world.rare.as_ref().map_or(0.0, |rare| rare.share);
        let rare = (0..rows).map(|_| draws.chance(share)).collect();
        Self {
            moments,
            ages,
            entities: owners,
            members,
            inner,
            sampled,
            sides,
            side_shares,
            regime,
            rare,
            bends: bends(world, &factors),
            factors,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.moments.len()
    }

    /// The latents of events of these rows at `moments`: moments, entities and factors only.
    pub(super) fn of_events(&self, parents: &[usize], moments: Vec<i64>) -> Self {
        let factors = self.factors.iter().map(|values| {
            let of = parents.iter().map(|parent| values[*parent]);
            of.collect()
        });
        Self {
            factors: factors.collect(),
            entities: parents.iter().map(|row| self.entities[*row]).collect(),
            ages: Vec::new(),
            members: Vec::new(),
            inner: Vec::new(),
            sampled: Vec::new(),
            sides: Vec::new(),
            side_shares: Vec::new(),
            regime: Vec::new(),
            rare: Vec::new(),
            bends: Vec::new(),
            moments,
        }
    }

    /// Add `weight` times a feature of the rows from `from` on to `sums`, row by row.
    pub(super) fn add(&self, feature: &Feature, weight: f64, from: usize, sums: &mut [f64]) {
        let rows = from..from + sums.len();
        let factor = |at: usize| &self.factors[at][rows.clone()];
        let side = |at: usize| self.sides[at][rows.clone()].iter().map(|side| sign(*side));
        match feature {
            Feature::Latent(at) => weigh(sums, weight, factor(*at).iter().copied()),
            Feature::Curved(at, curve) => {
                let known = self.bends.iter().find(|bend| bend.is(*at, *curve));
                match known {
                    Some(bend) => weigh(sums, weight, bend.values[rows].iter().copied()),
                    None => weigh(sums, weight, factor(*at).iter().map(|f| curved(*curve, *f))),
                }
            }
            Feature::Member(at) => weigh(sums, weight, self.members[*at][rows].iter().copied()),
            Feature::Inner(at, part) => {
                weigh(sums, weight, self.inner[*at][*part][rows].iter().copied());
            }
            Feature::Sampled(at) => {
                let is = |sampled: &u32| f64::from(u8::from(*sampled as usize == *at));
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
            Feature::Regime => weigh(sums, weight, self.regime[rows].iter().copied()),
            Feature::Rare => {
                let rare = self.rare[rows]
                    .iter()
                    .map(|rare| f64::from(u8::from(*rare)));
                weigh(sums, weight, rare);
            }
        }
    }
}

/// A latent on its way through a curve: many columns want the same one.
#[derive(Debug, Clone)]
struct Bent {
    latent: usize,
    curve: Curve,
    values: Vec<f64>,
}

impl Bent {
    fn is(&self, latent: usize, curve: Curve) -> bool {
        self.latent == latent && self.curve == curve
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

/// Every latent through every curve that some column of the world takes it through.
fn bends(world: &World, factors: &[Vec<f64>]) -> Vec<Bent> {
    let mut bends: Vec<Bent> = Vec::new();
    for term in world.terms.iter().flatten().flatten() {
        let Feature::Curved(latent, curve) = term.feature else {
            continue;
        };
        if !bends.iter().any(|bend| bend.is(latent, curve)) {
            bends.push(Bent {
                latent,
                curve,
                values: Vec::new(),
            });
        }
    }
    for (latent, values) in factors.iter().enumerate() {
        if bends.iter().any(|bend| bend.latent == latent) {
            let places: Vec<f64> = values.iter().map(|f| place(*f)).collect();
            for bend in bends.iter_mut().filter(|bend| bend.latent == latent) {
                bend.values = places.iter().map(|v| along(bend.curve, *v)).collect();
            }
        }
    }
    bends
}

/// Every latent: what its entity carries and what is the row's own, together normal; then
/// correlated with the others, then in its shape.
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
        let (mean, sd) = moments_of(plan.shape);
        for value in values {
            *value = (shaped(plan.shape, *value) - mean) / sd;
        }
    }
    factors
}

/// Mix independent standard normals so that they correlate as the world says; each stays standard
/// normal. By the Cholesky factor of the correlation matrix.
fn correlate(world: &World, factors: &mut [Vec<f64>]) {
    let size = factors.len();
    let mut wanted = vec![vec![0.0; size]; size];
    for correlation in &world.correlations {
        let [a, b] = correlation.between;
        wanted[a][b] = correlation.by;
        wanted[b][a] = correlation.by;
    }
    let mut lower = vec![vec![0.0; size]; size];
    for i in 0..size {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            lower[i][j] = if i == j {
                libm::sqrt((1.0 - known).max(0.0))
            } else if lower[j][j] > 0.0 {
                (wanted[i][j] - known) / lower[j][j]
            } else {
                0.0
            };
        }
    }
    // From the last to the first: each needs the ones before it as they were.
    for i in (0..size).rev() {
        let (before, rest) = factors.split_at_mut(i);
        for (row, value) in rest[0].iter_mut().enumerate() {
            let others = before.iter().zip(&lower[i]);
            *value = lower[i][i] * *value + others.map(|(z, share)| share * z[row]).sum::<f64>();
        }
    }
}

/// Mean of a latent's value times its side, for a facet of this sharpness on it.
pub(super) fn side_lean(shape: Shape, sharpness: f64) -> f64 {
    const GRID: usize = 2000;
    let (mean, sd) = moments_of(shape);
    let lean = (0..GRID).map(|at| {
        let f = (shaped(shape, normal_quantile((at as f64 + 0.5) / GRID as f64)) - mean) / sd;
        f * libm::tanh(0.5 * sharpness * f)
    });
    lean.sum::<f64>() / GRID as f64
}

/// A standard normal in another shape; still unimodal.
fn shaped(shape: Shape, z: f64) -> f64 {
    match shape {
        Shape::Bell => z,
        Shape::Skewed => libm::exp(0.45 * z),
        // Below 0.7 the squashed normal keeps a single mode.
        Shape::Bounded => libm::tanh(0.6 * z),
    }
}

/// Mean and standard deviation of a shape, over an even grid of probabilities.
fn moments_of(shape: Shape) -> (f64, f64) {
    const GRID: usize = 2000;
    if shape == Shape::Bell {
        return (0.0, 1.0);
    }
    let values: Vec<f64> = (0..GRID)
        .map(|at| shaped(shape, normal_quantile((at as f64 + 0.5) / GRID as f64)))
        .collect();
    let mean = values.iter().sum::<f64>() / GRID as f64;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / GRID as f64;
    (mean, libm::sqrt(variance))
}

/// A latent on its way through a bend; mean 0 and variance 1 for a standard normal latent.
fn curved(curve: Curve, f: f64) -> f64 {
    along(curve, place(f))
}

/// From −1 to 1, evenly for a standard normal latent: a bend has the same room everywhere.
fn place(f: f64) -> f64 {
    2.0 * normal_cdf(f) - 1.0
}

fn along(curve: Curve, v: f64) -> f64 {
    let (value, mean, sd) = match curve {
        Curve::Sine => (libm::sin(2.2 * v), 0.0, 0.7798),
        Curve::Cosine => (libm::cos(2.4 * v), 0.2814, 0.5630),
        Curve::Power => (libm::pow(0.5 * (v + 1.0), 3.0), 0.25, 0.2835),
        Curve::Hinge => (v.min(0.1), -0.2025, 0.3610),
        Curve::Jagged => (jagged(v), 0.125, 0.421_46),
    };
    (value - mean) / sd
}

/// Straight pieces between −1 and 1, three up and two down.
fn jagged(v: f64) -> f64 {
    const CORNERS: [(f64, f64); 6] = [
        (-1.0, -0.9),
        (-0.55, 0.7),
        (-0.1, -0.6),
        (0.3, 1.0),
        (0.65, -0.2),
        (1.0, 0.5),
    ];
    let piece = CORNERS[1..5].iter().filter(|(at, _)| *at <= v).count();
    let ((from, low), (to, high)) = (CORNERS[piece], CORNERS[piece + 1]);
    low + (high - low) * (v - from) / (to - from)
}

fn memberships(
    world: &World,
    stream: &Stream,
    factors: &[Vec<f64>],
    rows: usize,
) -> (Vec<Vec<f64>>, Vec<u32>) {
    let blend = &world.blend;
    let [a, b] = blend.on;
    let mut draws = stream.fork("latent/archetype").draws();
    let mut members = vec![vec![0.0; rows]; blend.archetypes.len()];
    let mut sampled = Vec::with_capacity(rows);
    let mut weights = vec![0.0; blend.archetypes.len()];
    for row in 0..rows {
        let (x, y) = (factors[a][row], factors[b][row]);
        for (weight, archetype) in weights.iter_mut().zip(&blend.archetypes) {
            *weight = near(archetype, blend.sharpness, x, y);
        }
        let sum: f64 = weights.iter().sum();
        // Far out every weight underflows; there the row is evenly of all.
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

/// Memberships of the archetypes' parts: each archetype's own, split among its parts.
fn parts(world: &World, factors: &[Vec<f64>], members: &[Vec<f64>]) -> Vec<Vec<Vec<f64>>> {
    let Some(inner) = &world.blend.inner else {
        return Vec::new();
    };
    let [a, b] = world.blend.on;
    let (xs, ys) = (&factors[a], &factors[b]);
    let split = |(archetypes, member): (&Vec<Archetype>, &Vec<f64>)| {
        let mut parts = vec![vec![0.0; member.len()]; archetypes.len()];
        for row in 0..member.len() {
            let mut sum = 0.0;
            for (part, archetype) in parts.iter_mut().zip(archetypes) {
                part[row] = near(archetype, inner.sharpness, xs[row], ys[row]);
                sum += part[row];
            }
            for part in &mut parts {
                let share = if sum > 0.0 {
                    part[row] / sum
                } else {
                    1.0 / archetypes.len() as f64
                };
                part[row] = share * member[row];
            }
        }
        parts
    };
    inner.archetypes.iter().zip(members).map(split).collect()
}

/// How near a row is to an archetype: 1 where it stands, falling to 0.
fn near(archetype: &Archetype, sharpness: f64, x: f64, y: f64) -> f64 {
    let (dx, dy) = (0.75 * x - archetype.at[0], 0.75 * y - archetype.at[1]);
    libm::exp(-sharpness * (dx * dx + dy * dy))
}

fn sides(
    world: &World,
    stream: &Stream,
    factors: &[Vec<f64>],
    facet: usize,
) -> (Vec<f64>, Vec<u32>) {
    let stream = match facet {
        0 => stream.fork("latent/facet"),
        other => stream.fork(&format!("latent/facet/{other}")),
    };
    let facet = &world.facets[facet];
    let mut draws = stream.draws();
    let shares: Vec<f64> = factors[facet.on]
        .iter()
        .map(|f| 1.0 / (1.0 + libm::exp(-facet.sharpness * f)))
        .collect();
    let sides = shares.iter().map(|share| u32::from(draws.chance(*share)));
    let sides = sides.collect();
    (shares, sides)
}

fn ramp(world: &World, moment: i64) -> f64 {
    let Some(regime) = &world.regime else {
        return 0.0;
    };
    let days = (moment - regime.from) as f64 / DAY as f64;
    if days < 0.0 {
        0.0
    } else if regime.ramp_days > 0.0 {
        (days / regime.ramp_days).min(1.0)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_have_mean_zero_and_variance_one() {
        const GRID: usize = 20_000;
        for curve in [
            Curve::Sine,
            Curve::Cosine,
            Curve::Power,
            Curve::Hinge,
            Curve::Jagged,
        ] {
            let values: Vec<f64> = (0..GRID)
                .map(|at| curved(curve, normal_quantile((at as f64 + 0.5) / GRID as f64)))
                .collect();
            let mean = values.iter().sum::<f64>() / GRID as f64;
            let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / GRID as f64;
            assert!(mean.abs() < 2e-3, "{curve:?} mean {mean}");
            assert!(
                (variance - 1.0).abs() < 5e-3,
                "{curve:?} variance {variance}"
            );
        }
    }

    #[test]
    fn shapes_keep_one_mode() {
        for shape in [Shape::Skewed, Shape::Bounded] {
            // Density on an even grid of values, by the spacing of quantiles.
            let quantile = |at: f64| shaped(shape, normal_quantile(at));
            let density: Vec<f64> = (1..200)
                .map(|at| {
                    1.0 / (quantile((f64::from(at) + 1.0) / 201.0)
                        - quantile(f64::from(at) / 201.0))
                })
                .collect();
            let turns = density
                .windows(3)
                .filter(|d| d[1] > d[0] && d[1] >= d[2])
                .count();
            assert_eq!(turns, 1, "{shape:?}");
        }
    }
}
