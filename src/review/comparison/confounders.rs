//! Which structures confound which.

use crate::generate::World;

/// What a subject is and depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SubjectKind {
    /// A factor or a curve: its position in the world.
    Latent(usize),
    /// Soft archetypes.
    Archetypes,
    /// A soft split along a latent: the position of that latent.
    Split(usize),
    /// A change at a date.
    Change,
    /// A small real group.
    Rare,
    /// A planted defect: it has no confounders and is none.
    Artefact,
}

/// Whether one structure is a confounder of another: neither the same, nor a function of it, nor what it
/// is a function of.
pub(super) fn are_confounders(world: &World, one: SubjectKind, other: SubjectKind) -> bool {
    if one == other || one == SubjectKind::Artefact || other == SubjectKind::Artefact {
        return false;
    }
    let parent = |of: SubjectKind, latent: usize| match of {
        SubjectKind::Archetypes => world.archetypes.on.contains(&latent),
        SubjectKind::Split(on) => on == latent,
        _ => false,
    };
    match (one, other) {
        (SubjectKind::Latent(latent), child) | (child, SubjectKind::Latent(latent)) => {
            !parent(child, latent)
        }
        _ => true,
    }
}
