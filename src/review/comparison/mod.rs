//! A submission held against the truth: pure numbers, in a fixed order.
//!
//! Rows that a defect added count for nothing of their own here: whoever was delivered twice is
//! asked once.

mod atlas;
mod axes;
mod ceilings;
mod cells;
mod cleaned_columns;
mod cleaning;
mod consequence;
mod expected;
mod ground;
mod groupings;
mod harm;
mod kin;
mod subjects;
mod tally;

pub(super) use axes::compare_axes;
pub(super) use ceilings::ceilings;
pub(super) use cleaning::{Cleaning, compare_cleaned};
pub(super) use consequence::consequences;
pub(super) use ground::Ground;
pub use groupings::beside_truth;
pub(super) use groupings::compare_groupings;
