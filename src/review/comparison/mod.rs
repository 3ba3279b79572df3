//! Compares a submission with the truth: pure numbers, in a fixed order.
//!
//! Rows that a defect added are not counted: a row that was delivered twice counts once.

mod axes;
mod ceiling;
mod cells;
mod cleaned_columns;
mod cleaning;
mod confounders;
mod consequence;
mod context;
mod damage;
mod expected_agreement;
mod groupings;
mod repair_counts;
mod row_agreement;
mod subjects;

pub(super) use axes::compare_axes;
pub(super) use ceiling::{ceilings, value_above_chance};
pub(super) use cleaning::{Cleaning, compare_cleaned};
pub(super) use consequence::consequences;
pub(super) use context::ComparisonContext;
pub use groupings::compare_grouping;
pub(super) use groupings::compare_groupings;
