//! The analysis view: what of a table is measured, and how it was made fit for that.

mod columns;
mod fill;
mod prepare;
mod recipe;

pub(crate) use columns::blocks;
pub use prepare::{VIEW_ROWS, View};
pub use recipe::{LeftOut, LeftOutReason, Step, ViewColumn};
