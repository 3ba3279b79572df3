//! The calibration draw: rows of a world that are never delivered.

use crate::generate::columns::dependence::led;
use crate::generate::columns::effects::{Driven, Made, is_read};
use crate::generate::columns::predictor::{Recipe, Scale, UNSCALED, scores};
use crate::generate::columns::random_effects::Luck;
use crate::generate::latents::draw::Latents;
use crate::generate::latents::entities::Entities;
use crate::generate::latents::time::Clock;
use crate::generate::world::World;
use crate::random::Stream;
use crate::scenario::Scenario;

/// Rows of the calibration draw.
const CALIBRATION_ROWS: usize = 131_072;

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
    pub(super) fn new(scenario: &'a Scenario, world: &'a World, stream: &'a Stream) -> Self {
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
    pub(super) fn scales(&self, column: usize, made: &Made) -> Vec<Scale> {
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
    pub(super) fn made(&self) -> Made {
        let plans = &self.scenario.columns;
        let mut made = Made::default();
        for column in (0..plans.len()).filter(|column| is_read(plans, *column)) {
            let scores = if plans[column].entity_level.is_some() {
                led(
                    &plans[column],
                    self.entities
                        .held(column, &self.latents.entities, &self.latents.ages),
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
