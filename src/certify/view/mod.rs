//! The analysis view: the part of a table that is measured, and how it was prepared.

mod columns;
mod fill;
mod prepare;
mod recipe;

pub(crate) use columns::blocks;
pub use prepare::{VIEW_ROWS, View};
pub use recipe::{LeftOut, LeftOutReason, Step, ViewColumn};
