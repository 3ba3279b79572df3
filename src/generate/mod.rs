//! From a scenario and a secret to tables: world → latent → surface → defects.
//!
//! Each stage is a function from values to values. A block of rows is a pure function of the
//! secret, the world, the number of source rows and the block's number, so output is the same for
//! any number of threads.

mod block;
mod calibrate;
mod child;
mod clock;
mod context;
mod curve;
mod decoy;
mod defects;
mod drivers;
mod entities;
mod exp;
mod finding;
mod findings;
mod fit;
mod frozen;
mod ground;
mod grouping;
mod guess;
mod habits;
mod hand;
mod instance;
mod latent;
mod lean;
mod lookup;
mod luck;
mod marginal;
mod obtained;
mod propensity;
mod reference_bundle;
mod rounding;
mod shape;
mod sorting;
mod surface;
mod text;
mod world;
mod world_columns;
mod world_defects;
mod world_draw;
mod world_evened;
mod world_groupings;

pub use block::{
    BLOCK_ROWS, Block, Removal, RowOrigin, SourceBlock, Touch, blocks_of, deliver, latents, source,
};
pub use calibrate::{Calibration, Scale};
pub use child::{ChildCalibration, children, deliver_child};
pub use context::{BundleContext, Variant};
pub use decoy::{Decoy, View, lured, measure_decoys};
pub use finding::{Finding, FindingKind, Truth};
pub use findings::findings;
pub use frozen::FrozenWorld;
pub use guess::{GUESSED_WORLDS, GUESSES, GuessTest, answers};
pub use instance::{Instance, Mechanism, Propensity, Source, Upon};
pub use latent::Latents;
pub use obtained::{Obtained, obtained};
pub use reference_bundle::ReferenceBundle;
pub use world::{
    Archetype, Blend, Child, Correlation, Facet, Feature, Inner, Innocent, Interaction, Latent,
    Rare, Regime, Term, World,
};
