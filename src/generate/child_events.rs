//! The events of a child table: how many each row has, and when.

use crate::random::Stream;
use crate::scenario::{ChildPlan, ColumnPlan};

use super::columns::cells::by_score;
use super::columns::effects::{EarlierColumns, EffectInputs};
use super::columns::predictor::{Predictor, PredictorScale, scores};
use super::latents::draw::Latents;
use super::latents::entities::Entities;
use super::latents::time::Clock;
use super::world::{Child, Term};

/// How strongly the pace of a row shifts its events in time: one standard deviation moves an event
/// from half of the days to a third or to two thirds.
const PACE: f64 = 0.45;

/// The events of the rows of a block, ordered by row, then by time.
pub(super) struct ChildEvents {
    /// Main row of each event, counted in the block.
    pub(super) parents: Vec<usize>,
    pub(super) latents: Latents,
}

pub(super) fn events(
    plan: &ChildPlan,
    child: &Child,
    (counts, pace): (&PredictorScale, &PredictorScale),
    stream: &Stream,
    latents: &Latents,
    entities: &Entities,
    clock: &Clock,
) -> ChildEvents {
    let predictor = hidden(&plan.counts, &child.counts, counts);
    let many = by_score(
        &plan.counts,
        &scores(&predictor, stream, latents, entities),
        &mut || false,
    );
    let many = many.numbers().unwrap_or_default();
    let paces = scores(
        &hidden(&plan.pace, &child.pace, pace),
        stream,
        latents,
        entities,
    );
    let mut draws = stream.fork("moments").draws();
    let (mut parents, mut moments) = (Vec::new(), Vec::new());
    for (row, count) in many.into_iter().enumerate() {
        let first = moments.len();
        let bend = libm::exp(PACE * paces[row]);
        for _ in 0..count.unwrap_or(0.0) as usize {
            let lag = plan.days * libm::pow(draws.uniform(), bend);
            moments.push(clock.later(latents.moments[row], lag));
            parents.push(row);
        }
        moments[first..].sort_unstable();
    }
    ChildEvents {
        latents: latents.of_events(&parents, moments),
        parents,
    }
}

/// The predictor of a number per row that no column shows; no effects enter it.
pub(super) fn hidden<'a>(
    plan: &'a ColumnPlan,
    terms: &'a [Term],
    scale: &'a PredictorScale,
) -> Predictor<'a> {
    Predictor {
        plan,
        terms,
        shifts: &[],
        dimension: 0,
        scale,
        steady: None,
        inputs: EffectInputs {
            earlier: EarlierColumns::NOTHING,
            random_effects: &[],
            start: 0,
        },
    }
}
