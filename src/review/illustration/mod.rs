//! One picture and a few numbers per finding, from a sample of the bundle and its truth.
//!
//! Structures are shown on cells that no defect touched: what an analyst has once the table is
//! clean. Defects and the innocent are shown as delivered.

mod also;
mod bins;
mod changes;
mod course;
mod cross;
mod defects;
mod draw;
mod groups;
mod hours;
mod illustrate;
mod innocents;
mod levels;
mod middle;
mod pauses;
mod rare;
mod rows;
mod slopes;
mod spikes;
mod thinned;
mod touched;
mod traffic;
mod words;

pub use illustrate::{Illustration, illustrate};
