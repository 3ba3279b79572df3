//! What is a rival of what.

use crate::generate::World;

/// What a subject is, as far as its relations go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// A factor or a ridge: its place in the world.
    Latent(usize),
    /// Soft archetypes.
    Blend,
    /// A soft split of a latent: the latent's place.
    Facet(usize),
    /// A change at a date.
    Regime,
    /// A small real group.
    Rare,
    /// Something planted: nothing is its rival, and it is nobody's.
    Artefact,
}

/// Whether one structure is a rival of another: neither the same, nor a function of it, nor what it is
/// a function of.
pub(super) fn rivals(world: &World, one: Nature, other: Nature) -> bool {
    if one == other || one == Nature::Artefact || other == Nature::Artefact {
        return false;
    }
    let parent = |of: Nature, latent: usize| match of {
        Nature::Blend => world.archetypes.on.contains(&latent),
        Nature::Facet(on) => on == latent,
        _ => false,
    };
    match (one, other) {
        (Nature::Latent(latent), child) | (child, Nature::Latent(latent)) => !parent(child, latent),
        _ => true,
    }
}
