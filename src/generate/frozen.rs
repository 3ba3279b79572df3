//! A world with its scenario and its calibration.

use std::sync::Arc;

use crate::random::Stream;
use crate::scenario::Scenario;

use super::calibration::calibrate::Calibration;
use super::instance::Instance;
use super::validate_key::is_consistent;
use super::world::World;

/// What all bundles of a round share: one world of a scenario, calibrated.
#[derive(Debug, Clone)]
pub struct FrozenWorld {
    pub scenario: Arc<Scenario>,
    pub world: Arc<World>,
    pub calibration: Arc<Calibration>,
}

impl FrozenWorld {
    /// Draw and calibrate the first world of `round`, the stream of a round's secret.
    pub fn draw(scenario: Arc<Scenario>, round: &Stream) -> Self {
        let world = World::draw(&scenario, &round.fork("world"));
        Self::calibrate(scenario, world, round)
    }

    /// Calibrate a world that was drawn before.
    pub fn calibrate(scenario: Arc<Scenario>, world: World, round: &Stream) -> Self {
        let calibration = Calibration::measure(&scenario, &world, &round.fork("calibrate"));
        Self {
            scenario,
            world: Arc::new(world),
            calibration: Arc::new(calibration),
        }
    }

    /// Restore a world from a key; none if it does not belong to the scenario. A key is a file,
    /// and files get edited.
    pub fn restore(
        scenario: Arc<Scenario>,
        world: World,
        calibration: Calibration,
    ) -> Option<Self> {
        is_consistent(&scenario, &world, &calibration).then(|| Self {
            scenario,
            world: Arc::new(world),
            calibration: Arc::new(calibration),
        })
    }

    /// The same world with other defects; calibration does not depend on them.
    #[must_use]
    pub fn with_instances(&self, instances: Vec<Instance>) -> Self {
        let world = World {
            instances,
            ..(*self.world).clone()
        };
        Self {
            world: Arc::new(world),
            ..self.clone()
        }
    }
}
