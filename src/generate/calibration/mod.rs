//! What needs a whole table, measured once per world on a draw that is never delivered.

pub(super) mod calibrate;
pub(super) mod child;
mod draw;
