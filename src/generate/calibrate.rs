//! What needs a whole table is resolved once per world, on a draw that is never delivered.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::random::{Stream, normal_cdf};
use crate::scenario::Scenario;

use super::child::ChildCalibration;
use super::clock::Clock;
use super::entities::Entities;
use super::latent::Latents;
use super::lookup::Lookup;
use super::surface::{Recipe, predictors};
use super::world::World;

/// Rows of the calibration draw.
pub(super) const CALIBRATION_ROWS: usize = 131_072;

/// Knots of a monotone table: normal scores from −4 to 4 in steps of a tenth.
const KNOTS: usize = 81;
const FIRST_SCORE: f64 = -4.0;
const SCORE_STEP: f64 = 0.1;
/// Knots over which the slope at either end is taken.
const EDGE: usize = 8;
/// A row in four million lies farther out; what shifts of a rare group or a regime add may.
const MOST_SCORE: f64 = 5.0;

/// Per scenario column and dimension, how its predictor becomes a normal score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// One list per scenario column, one entry per dimension.
    pub scales: Vec<Vec<Scale>>,
    /// The same for each child table.
    pub children: Vec<ChildCalibration>,
}

/// One predictor's scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Mean of the linear predictor.
    pub mean: f64,
    /// Standard deviation of the linear predictor; 1 when it is constant.
    pub sd: f64,
    /// Value of the noisy predictor at each normal score; rising.
    pub knots: Vec<f64>,
}

impl Calibration {
    /// Measure a world. Frozen in the key from then on.
    pub(super) fn measure(scenario: &Scenario, world: &World, stream: &Stream) -> Self {
        let clock = Clock::new(&scenario.time, &world.innocent);
        let entities = Entities::draw(scenario, world, stream);
        let latents = Latents::draw(
            world,
            &clock,
            &entities,
            stream,
            CALIBRATION_ROWS,
            (0.0, 1.0),
        );
        let scales = (0..scenario.columns.len())
            .into_par_iter()
            .map(|column| {
                let plan = &scenario.columns[column];
                let dimensions = world.terms[column].iter().enumerate();
                dimensions
                    .map(|(dimension, terms)| {
                        let scale = unscaled();
                        let recipe = Recipe {
                            plan,
                            terms,
                            shifts: &world.shifts[column],
                            dimension,
                            scale: &scale,
                            steady: entities.steady(column),
                        };
                        Scale::measure(&recipe, stream, &latents, &entities)
                    })
                    .collect()
            })
            .collect();
        let children = (0..scenario.children.len())
            .map(|child| {
                ChildCalibration::measure(scenario, world, child, stream, &latents, &entities)
            })
            .collect();
        Self { scales, children }
    }
}

/// No scale yet.
pub(super) fn unscaled() -> Scale {
    Scale {
        mean: 0.0,
        sd: 1.0,
        knots: Vec::new(),
    }
}

impl Scale {
    /// Measure what `recipe` gives, whatever its scale says.
    pub(super) fn measure(
        recipe: &Recipe<'_>,
        stream: &Stream,
        latents: &Latents,
        entities: &Entities,
    ) -> Self {
        let mut sums = vec![0.0; latents.rows()];
        for term in recipe.terms {
            latents.add(&term.feature, term.weight, 0, &mut sums);
        }
        let (mean, sd) = spread(&sums);
        let mut scale = Self {
            mean,
            sd,
            knots: Vec::new(),
        };
        let recipe = Recipe {
            scale: &scale,
            ..*recipe
        };
        let mut values = predictors(&recipe, stream, latents, entities);
        values.sort_unstable_by(f64::total_cmp);
        scale.knots = knots(&values);
        scale
    }

    /// Normal score of each value of the predictor, in its place: linear between knots, and beyond
    /// them with the slope of the outermost eight, up to a score of 5.
    pub fn score(&self, values: &mut [f64]) {
        let lookup = Lookup::new(&self.knots);
        let knots = lookup.knots();
        let last = knots.len() - 1;
        let edge = EDGE.min(last);
        let reach = SCORE_STEP * edge as f64;
        // The outermost pair may lie close together by chance, and a slope of its own would throw
        // rows out of the world.
        let below = reach / (knots[edge] - knots[0]);
        let beyond = reach / (knots[last] - knots[last - edge]);
        let last_score = FIRST_SCORE + SCORE_STEP * last as f64;
        for value in values {
            let above = lookup.count(*value);
            *value = if above == 0 {
                (FIRST_SCORE + below * (*value - knots[0])).max(-MOST_SCORE)
            } else if above > last {
                (last_score + beyond * (*value - knots[last])).min(MOST_SCORE)
            } else {
                let (low, high) = (knots[above - 1], knots[above]);
                FIRST_SCORE + SCORE_STEP * ((above - 1) as f64 + (*value - low) / (high - low))
            };
        }
    }
}

fn knots(sorted: &[f64]) -> Vec<f64> {
    let last = sorted.len() - 1;
    let mut knots: Vec<f64> = Vec::with_capacity(KNOTS);
    for knot in 0..KNOTS {
        let score = FIRST_SCORE + SCORE_STEP * knot as f64;
        let at = normal_cdf(score) * last as f64;
        let below = at.floor() as usize;
        let share = at - below as f64;
        let value = sorted[below] * (1.0 - share) + sorted[(below + 1).min(last)] * share;
        // Strictly rising, or a tie would have no score.
        let least = knots.last().map_or(f64::NEG_INFINITY, |knot| knot + 1e-9);
        knots.push(value.max(least));
    }
    knots
}

fn spread(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
    let sd = libm::sqrt(variance);
    (mean, if sd > 1e-12 { sd } else { 1.0 })
}
