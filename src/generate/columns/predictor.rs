//! From structures to a normal score per row: the predictor of a column, and its scale.

use serde::{Deserialize, Serialize};

use crate::generate::latents::draw::Latents;
use crate::generate::latents::entities::Entities;
use crate::generate::numeric::bucket_sort::sort;
use crate::generate::numeric::lookup::Lookup;
use crate::generate::world::Term;
use crate::random::{Stream, normal_cdf};
use crate::scenario::ColumnPlan;

use super::effects::{EffectInputs, drive};

/// Rows summed up at a time: their predictor stays in the L1 cache from the first term to the noise.
const TILE: usize = 2048;

/// Knots of a monotone table: normal scores from −4 to 4 in steps of a tenth.
const KNOTS: usize = 81;
const FIRST_SCORE: f64 = -4.0;
const SCORE_STEP: f64 = 0.1;
/// Knots that give the slope at either end.
const EDGE: usize = 8;
/// One row in four million lies farther out; shifts of a rare group or a change may, too.
const MOST_SCORE: f64 = 5.0;

/// How a predictor becomes a normal score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PredictorScale {
    /// Mean of the linear predictor.
    pub mean: f64,
    /// Standard deviation of the linear predictor; 1 when it is constant.
    pub sd: f64,
    /// Standard deviation of the noisy predictor before it follows another column.
    pub spread: f64,
    /// Value of the noisy predictor at each normal score; strictly increasing.
    pub knots: Vec<f64>,
}

/// The predictor of one column.
pub(crate) struct Predictor<'a> {
    pub(crate) plan: &'a ColumnPlan,
    /// The part that comes from structures.
    pub(crate) terms: &'a [Term],
    /// Added on top, in standard deviations.
    pub(crate) shifts: &'a [Term],
    /// Position among the columns of an embedding; 0 for other columns.
    pub(crate) dimension: usize,
    pub(crate) scale: &'a PredictorScale,
    /// Noise per entity, for categories that entities go through in a rollout.
    pub(crate) steady: Option<&'a [f64]>,
    pub(crate) inputs: EffectInputs<'a>,
}

/// The normal score of each row.
pub(crate) fn scores(
    predictor: &Predictor<'_>,
    stream: &Stream,
    latents: &Latents,
    entities: &Entities,
) -> Vec<f64> {
    let mut values = predictors(predictor, stream, latents, entities);
    predictor.scale.score(&mut values);
    values
}

/// The noisy predictor of one column: structures and noise by their shares of the variance, then
/// shifts and effects, then the column that it follows. The latter is weighted so that two
/// predictors without other relations have the requested correlation.
pub(crate) fn predictors(
    predictor: &Predictor<'_>,
    stream: &Stream,
    latents: &Latents,
    entities: &Entities,
) -> Vec<f64> {
    let Predictor {
        plan,
        terms,
        shifts,
        dimension,
        scale,
        steady,
        inputs,
    } = predictor;
    let mut values = vec![0.0; latents.rows()];
    let signal = if terms.is_empty() { 0.0 } else { plan.signal };
    let (meant, noisy) = (libm::sqrt(signal) / scale.sd, libm::sqrt(1.0 - signal));
    let mut draws = stream
        .fork(&format!("observe/{}/{dimension}", plan.name))
        .draws();
    let mut noise = vec![0.0; TILE.min(values.len())];
    for (tile, values) in values.chunks_mut(TILE).enumerate() {
        let from = tile * TILE;
        for term in *terms {
            latents.add(&term.feature, term.weight, from, values);
        }
        let noise = &mut noise[..values.len()];
        match steady {
            Some(steady) => {
                for (noise, entity) in noise.iter_mut().zip(&latents.entities[from..]) {
                    *noise = steady[*entity];
                }
            }
            None => draws.fill_normals(noise),
        }
        for (value, noise) in values.iter_mut().zip(noise.iter()) {
            *value = meant * (*value - scale.mean) + noisy * noise;
        }
        for term in *shifts {
            latents.add(&term.feature, term.weight, from, values);
        }
        drive(plan, inputs, latents, entities, (from, values));
        if let Some((leader, by)) = plan.follows
            && let Some(scores) = inputs.earlier.scores(leader)
        {
            let (along, rest) = (by * scale.spread, libm::sqrt(1.0 - by * by));
            for (value, score) in values.iter_mut().zip(&scores[from..]) {
                *value = along * score + rest * *value;
            }
        }
    }
    values
}

/// Before calibration.
pub(crate) static UNSCALED: PredictorScale = PredictorScale {
    mean: 0.0,
    sd: 1.0,
    spread: 1.0,
    knots: Vec::new(),
};

impl PredictorScale {
    /// Measure what `recipe` gives, whatever its scale says.
    pub(crate) fn measure(
        predictor: &Predictor<'_>,
        stream: &Stream,
        latents: &Latents,
        entities: &Entities,
    ) -> Self {
        let mut sums = vec![0.0; latents.rows()];
        for term in predictor.terms {
            latents.add(&term.feature, term.weight, 0, &mut sums);
        }
        let (mean, sd) = spread(&sums);
        let mut scale = Self {
            mean,
            sd,
            spread: 1.0,
            knots: Vec::new(),
        };
        let noisy = |plan: &ColumnPlan, scale: &PredictorScale| {
            let predictor = Predictor {
                plan,
                scale,
                ..*predictor
            };
            predictors(&predictor, stream, latents, entities)
        };
        if predictor.plan.follows.is_some() {
            let alone = ColumnPlan {
                follows: None,
                ..predictor.plan.clone()
            };
            (_, scale.spread) = spread(&noisy(&alone, &scale));
        }
        let mut values = noisy(predictor.plan, &scale);
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
        // The outermost pair may lie close together by chance, and its own slope would give extreme
        // scores.
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
        // Strictly increasing, or a tie would have no score.
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
