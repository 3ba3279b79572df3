//! Planting defects in a block, and keeping the ledger closed.

mod actors;
mod cells;
mod draft;
mod ledger;
mod reach;
mod rows;
mod time;
mod work;
mod written;

pub(super) use work::plant;
