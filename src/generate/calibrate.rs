//! What needs a whole table is resolved once per world, on a draw that is never delivered.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::random::{Stream, normal_cdf};
use crate::scenario::{ColumnPlan, Scenario};

use super::child::ChildCalibration;
use super::clock::Clock;
use super::drivers::{Driven, Made, is_read};
use super::entities::Entities;
use super::habits::led;
use super::latent::Latents;
use super::lookup::Lookup;
use super::luck::Luck;
use super::sorting::sort;
use super::surface::{Recipe, predictors, scores};
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
    /// Standard deviation of the noisy predictor before it goes along with another column.
    pub spread: f64,
    /// Value of the noisy predictor at each normal score; rising.
    pub knots: Vec<f64>,
}

/// A draw of a world that is never delivered.
pub(super) struct Draw<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) world: &'a World,
    pub(super) stream: &'a Stream,
    pub(super) clock: Clock,
    pub(super) entities: Entities,
    pub(super) luck: Luck,
    pub(super) latents: Latents,
}

impl<'a> Draw<'a> {
    fn new(scenario: &'a Scenario, world: &'a World, stream: &'a Stream) -> Self {
        let clock = Clock::new(&scenario.time, &world.innocent);
        let entities = Entities::draw(scenario, world, stream);
        let span = (0.0, 1.0);
        let latents = Latents::draw(world, &clock, &entities, stream, CALIBRATION_ROWS, span);
        Self {
            luck: Luck::draw(scenario, world, &clock, stream),
            scenario,
            world,
            stream,
            clock,
            entities,
            latents,
        }
    }

    /// How each dimension of a column becomes a normal score.
    fn scales(&self, column: usize, made: &Made) -> Vec<Scale> {
        let dimensions = 0..self.world.terms[column].len();
        let measure = |dimension| {
            let recipe = self.recipe(column, dimension, made, &UNSCALED);
            Scale::measure(&recipe, self.stream, &self.latents, &self.entities)
        };
        dimensions.map(measure).collect()
    }

    fn recipe<'r>(
        &'r self,
        column: usize,
        dimension: usize,
        made: &'r Made,
        scale: &'r Scale,
    ) -> Recipe<'r> {
        Recipe {
            plan: &self.scenario.columns[column],
            terms: &self.world.terms[column][dimension],
            shifts: &self.world.shifts[column],
            dimension,
            scale,
            steady: self.entities.steady(column),
            driven: Driven {
                made,
                luck: self.luck.of(None, column),
                start: self.clock.start(),
            },
        }
    }

    /// The columns that others read, one after the other.
    fn made(&self) -> Made {
        let plans = &self.scenario.columns;
        let mut made = Made::default();
        for column in (0..plans.len()).filter(|column| is_read(plans, *column)) {
            let scores = if plans[column].held.is_some() {
                led(
                    &plans[column],
                    self.entities.held(column, &self.latents),
                    &made,
                )
            } else {
                let scales = self.scales(column, &made);
                let recipe = self.recipe(column, 0, &made, &scales[0]);
                scores(&recipe, self.stream, &self.latents, &self.entities)
            };
            made.keep(column, plans, scores);
        }
        made
    }
}

impl Calibration {
    /// Measure a world. Frozen in the key from then on.
    pub(super) fn measure(scenario: &Scenario, world: &World, stream: &Stream) -> Self {
        let draw = Draw::new(scenario, world, stream);
        let made = draw.made();
        let columns = (0..scenario.columns.len()).into_par_iter();
        let children = 0..scenario.children.len();
        Self {
            scales: columns.map(|column| draw.scales(column, &made)).collect(),
            children: children
                .map(|child| ChildCalibration::measure(&draw, child))
                .collect(),
        }
    }
}

/// No scale yet.
pub(super) static UNSCALED: Scale = Scale {
    mean: 0.0,
    sd: 1.0,
    spread: 1.0,
    knots: Vec::new(),
};

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
            spread: 1.0,
            knots: Vec::new(),
        };
        let noisy = |plan: &ColumnPlan, scale: &Scale| {
            let recipe = Recipe {
                plan,
                scale,
                ..*recipe
            };
            predictors(&recipe, stream, latents, entities)
        };
        if recipe.plan.follows.is_some() {
            let alone = ColumnPlan {
                follows: None,
                ..recipe.plan.clone()
            };
            (_, scale.spread) = spread(&noisy(&alone, &scale));
        }
        let mut values = noisy(recipe.plan, &scale);
        sort(&mut values);
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
