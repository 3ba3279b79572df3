//! Planting defects in a block, and keeping the ledger closed.

mod actors;
mod cells;
mod draft;
pub(super) mod edit;
mod hits;
mod ledger;
pub(super) mod propensity;
mod rows;
pub(super) mod target;
mod time;
mod written;
