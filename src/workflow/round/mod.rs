//! A round: chooses its world, measures its difficulty, and installs new bundles.

mod difficulty;
mod install;
mod misleading_clusterings;
mod open;
mod parity;
mod select_world;
mod world_selection;

pub(super) use difficulty::difficulty;
pub(super) use install::install;
pub(super) use open::{Round, frozen_world, name};
pub use parity::MOST_DRAWS;
pub(super) use parity::{BandDeviation, compare_with_bands};
pub use world_selection::{commonest_reason, rejection_summary, setting_to_change};
