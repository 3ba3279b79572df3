//! The analysis view: what of a table is measured, and how it was made fit for that.

mod columns;
mod fill;
mod recipe;
mod view;

pub use recipe::{LeftOut, Step, ViewColumn, Why};
pub use view::{VIEW_ROWS, View};
