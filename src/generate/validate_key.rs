//! Whether a world from a key fits its scenario: keys are files, and files get edited.

use crate::scenario::{ColumnKind, Scenario};

use super::calibration::calibrate::Calibration;
use super::instance::PropensityOn;
use super::world::{Feature, Term, World};

/// Whether every position in `world` and `calibration` exists, so that blocks can be generated.
pub(super) fn is_consistent(scenario: &Scenario, world: &World, calibration: &Calibration) -> bool {
    let columns = scenario.columns.len();
    let latents = world.latents.len();
    let known = |feature: &Feature| match feature {
        Feature::Latent(at) | Feature::Curved(at, _) | Feature::Reversed(at) => *at < latents,
        Feature::Product(a, b) => *a < latents && *b < latents,
        Feature::Member(at) | Feature::Sampled(at) => *at < world.archetypes.types.len(),
        Feature::NestedMember(at, part) => part_of(world, *at).is_some_and(|parts| *part < parts),
        Feature::Side(at) => *at < world.splits.len(),
        Feature::Change | Feature::Rare => true,
    };
    let terms = world.terms.iter().flatten().flatten();
    let splits = world.splits.iter().map(|split| &split.on);
    let together = world.correlations.iter().flat_map(|one| &one.between);
    let positions = world.archetypes.on.iter().chain(splits).chain(together);
    let nested = world
        .archetypes
        .nested
        .iter()
        .flat_map(|nested| &nested.types);
    let types = world.archetypes.types.len();
    let nested = world
        .archetypes
        .nested
        .as_ref()
        .is_none_or(|nested| nested.types.len() == types)
        && nested.into_iter().all(|parts| !parts.is_empty());
    let interaction = world.interaction.iter().flat_map(|one| &one.on);
    let mut tables = world.instances.iter().filter_map(|one| one.table.as_ref());
    let entities = world.instances.iter().flat_map(|one| &one.entities);
    let upon = world
        .instances
        .iter()
        .filter_map(|one| one.propensity.as_ref());
    let leaning = upon.filter_map(|one| match one.on {
        PropensityOn::Latent(at) => Some(at),
        PropensityOn::Column(_) => None,
    });
    let shape = calibration.scales.len() == columns
        && world.terms.len() == columns
        && world.shifts.len() == columns
        && calibration
            .scales
            .iter()
            .zip(&world.terms)
            .zip(&scenario.columns)
            .all(|((scales, terms), plan)| {
                let dimensions = match plan.kind {
                    ColumnKind::Embedding { width, .. } => width,
                    _ => 1,
                };
                terms.len() == dimensions
                    && scales.len() == dimensions
                    && scales.iter().all(|s| s.knots.len() > 1)
            });
    shape
        && terms
            .chain(world.shifts.iter().flatten())
            .all(|term| known(&term.feature))
        && positions.chain(interaction).all(|at| *at < latents)
        && leaning.into_iter().all(|at| at < latents)
        && entities
            .chain(&world.benign.entities)
            .all(|at| *at < scenario.entity.count)
        && !world.archetypes.types.is_empty()
        && !world.splits.is_empty()
        && nested
        && children_are_consistent(scenario, world, calibration)
        && tables.all(|name| scenario.child(name).is_some())
        && world.correlations.iter().all(|one| one.by.abs() < 1.0)
}

fn children_are_consistent(scenario: &Scenario, world: &World, calibration: &Calibration) -> bool {
    let known = |term: &Term| match term.feature {
        Feature::Latent(at) | Feature::Curved(at, _) => at < world.latents.len(),
        // Events carry nothing else of their row.
        _ => false,
    };
    let plans = scenario.children.iter();
    let measured = &calibration.children;
    world.children.len() == plans.len()
        && measured.len() == plans.len()
        && plans
            .zip(&world.children)
            .zip(measured)
            .all(|((plan, child), scales)| {
                let mut terms = child
                    .terms
                    .iter()
                    .flatten()
                    .chain(&child.counts)
                    .chain(&child.pace);
                let mut all = scales.columns.iter().chain([&scales.counts, &scales.pace]);
                scales.latents.iter().all(|[_, sd]| *sd > 0.0)
                    && child.terms.len() == plan.columns.len()
                    && scales.columns.len() == plan.columns.len()
                    && terms.all(known)
                    && all.all(|scale| scale.knots.len() > 1)
            })
}

/// Number of parts of archetype `at`.
fn part_of(world: &World, at: usize) -> Option<usize> {
    let nested = world.archetypes.nested.as_ref()?;
    nested.types.get(at).map(Vec::len)
}
