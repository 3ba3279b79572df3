//! Whether a world from a key fits its scenario: a key is a file, and files get edited.

use crate::scenario::Scenario;

use super::calibrate::Calibration;
use super::world::{Feature, World};

/// Whether every position in `world` and `calibration` is there in the other and in `scenario`,
/// so that blocks can be made of them.
pub fn fits(scenario: &Scenario, world: &World, calibration: &Calibration) -> bool {
    let columns = scenario.columns.len();
    let latents = world.latents.len();
    let known = |feature: &Feature| match feature {
        Feature::Latent(at) | Feature::Curved(at, _) | Feature::Reversed(at) => *at < latents,
        Feature::Product(a, b) => *a < latents && *b < latents,
        Feature::Member(at) | Feature::Sampled(at) => *at < world.blend.archetypes.len(),
        Feature::Side | Feature::Regime | Feature::Rare => true,
    };
    let terms = world.terms.iter().flatten().flatten();
    let positions = world.blend.on.iter().chain([&world.facet.on]);
    let interaction = world.interaction.iter().flat_map(|one| &one.on);
    let entities = world.instances.iter().flat_map(|one| &one.entities);
    let shape = calibration.scales.len() == columns
        && world.terms.len() == columns
        && world.shifts.len() == columns
        && calibration
            .scales
            .iter()
            .zip(&world.terms)
            .all(|(scales, terms)| {
                !terms.is_empty()
                    && scales.len() == terms.len()
                    && scales.iter().all(|s| s.knots.len() > 1)
            });
    shape
        && terms
            .chain(world.shifts.iter().flatten())
            .all(|term| known(&term.feature))
        && positions.chain(interaction).all(|at| *at < latents)
        && entities
            .chain(&world.innocent.entities)
            .all(|at| *at < scenario.entity.count)
        && !world.blend.archetypes.is_empty()
}
