//! From a scenario and a secret to tables: world → latents → clean table → delivered table.
//!
//! Each stage is a function from values to values. A block of rows is a pure function of the
//! secret, the world, the number of source rows and the block's number, so output is the same for
//! any number of threads.

mod block;
mod calibration;
mod child_events;
mod child_tables;
mod clean_table;
mod columns;
mod context;
mod decoy_strength;
mod defects;
mod findings;
mod frozen;
mod instance;
mod latents;
mod marginal_fit;
mod numeric;
mod reference_bundle;
mod stages;
mod validate_key;
mod world;
mod world_draw;

pub use block::{BLOCK_ROWS, Block, Removal, RowOrigin, SourceBlock, Touch, blocks_of};
pub use calibration::calibrate::Calibration;
pub use child_tables::{children, deliver_child};
pub use context::{BundleContext, Variant};
pub use decoy_strength::{Decoy, DecoyView, decoy_strengths, measure_decoys};
pub use findings::finding::{Finding, FindingKind, Truth};
pub use findings::writer::findings;
pub use frozen::FrozenWorld;
pub use instance::{Instance, Mechanism, Propensity, PropensityOn, SourceLevel};
pub use latents::draw::Latents;
pub use marginal_fit::{RequestedVsActual, marginal_fit};
pub use reference_bundle::ReferenceBundle;
pub use stages::{deliver, latents, source};
pub use world::{
    Archetype, Archetypes, BenignAnomaly, Change, Child, Feature, Interaction, Latent,
    LatentCorrelation, NestedArchetypes, RareGroup, Split, Term, World,
};
pub use world_draw::guess_test::{GUESSED_WORLDS, GUESSES, GuessTest, world_answers};
