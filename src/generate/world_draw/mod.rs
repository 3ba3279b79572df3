//! Drawing a world from the pools of a scenario.

mod builder;
mod columns;
mod defects;
mod draw;
mod equalise_variance;
mod groupings;
pub(super) mod guess_test;
