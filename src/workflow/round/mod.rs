//! A round: its world is chosen, its difficulty measured, and new bundles are put in place.

mod difficulty;
mod install;
mod misleading_clusterings;
mod open;
mod select_world;

pub(super) use difficulty::difficulty;
pub(super) use install::install;
pub(super) use open::{Round, frozen_world, name};
