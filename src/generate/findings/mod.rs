//! The findings of a world, in words.

pub(super) mod finding;
mod latent_correlation;
mod parts;
mod phrasing;
mod planted;
mod structures;
pub(super) mod writer;
