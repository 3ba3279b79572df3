//! The calibration draw: rows of a world that are never delivered.

use crate::generate::columns::dependence::follow_column;
use crate::generate::columns::effects::{EarlierColumns, EffectInputs, is_read};
use crate::generate::columns::predictor::{Predictor, PredictorScale, UNSCALED, scores};
use crate::generate::columns::random_effects::RandomEffects;
use crate::generate::latents::draw::Latents;
use crate::generate::latents::entities::Entities;
use crate::generate::latents::time::Clock;
use crate::generate::world::World;
use crate::random::Stream;
use crate::scenario::Scenario;

/// Rows of the calibration draw.
const CALIBRATION_ROWS: usize = 131_072;

/// A draw of a world that is never delivered.
pub(super) struct CalibrationDraw<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) world: &'a World,
    pub(super) stream: &'a Stream,
    pub(super) clock: Clock,
    pub(super) entities: Entities,
    pub(super) random_effects: RandomEffects,
    pub(super) latents: Latents,
}

impl<'a> CalibrationDraw<'a> {
    pub(super) fn new(scenario: &'a Scenario, world: &'a World, stream: &'a Stream) -> Self {
        let clock = Clock::new(&scenario.time, &world.benign);
        let entities = Entities::draw(scenario, world, stream);
        let span = (0.0, 1.0);
        let latents = Latents::draw(world, &clock, &entities, stream, CALIBRATION_ROWS, span);
        Self {
            random_effects: RandomEffects::draw(scenario, world, &clock, stream),
            scenario,
            world,
            stream,
            clock,
            entities,
            latents,
        }
    }

    pub(super) fn scales(&self, column: usize, earlier: &EarlierColumns) -> Vec<PredictorScale> {
        let dimensions = 0..self.world.terms[column].len();
        let measure = |dimension| {
            let predictor = self.predictor(column, dimension, earlier, &UNSCALED);
            PredictorScale::measure(&predictor, self.stream, &self.latents, &self.entities)
        };
        dimensions.map(measure).collect()
    }

    fn predictor<'r>(
        &'r self,
        column: usize,
        dimension: usize,
        earlier: &'r EarlierColumns,
        scale: &'r PredictorScale,
    ) -> Predictor<'r> {
        Predictor {
            plan: &self.scenario.columns[column],
            terms: &self.world.terms[column][dimension],
            shifts: &self.world.shifts[column],
            dimension,
            scale,
            steady: self.entities.steady(column),
            inputs: EffectInputs {
                earlier,
                random_effects: self.random_effects.of(None, column),
                start: self.clock.start(),
            },
        }
    }

    /// The columns that later ones read.
    pub(super) fn earlier(&self) -> EarlierColumns {
        let plans = &self.scenario.columns;
        let mut earlier = EarlierColumns::default();
        for column in (0..plans.len()).filter(|column| is_read(plans, *column)) {
            let scores = if plans[column].entity_level.is_some() {
                follow_column(
                    &plans[column],
                    self.entities
                        .held(column, &self.latents.entities, &self.latents.ages),
                    &earlier,
                )
            } else {
                let scales = self.scales(column, &earlier);
                let predictor = self.predictor(column, 0, &earlier, &scales[0]);
                scores(&predictor, self.stream, &self.latents, &self.entities)
            };
            earlier.keep(column, plans, scores);
        }
        earlier
    }
}
