//! One picture and a few numbers per finding, from a sample of the bundle and its truth.
//!
//! Structures are shown on cells that no defect touched: what an analyst has once the table is
//! clean. Defects and the benign anomaly are shown as delivered.

mod along_latent;
mod by_category;
mod curve_shape;
mod distributions;
mod draw;
mod facts;
mod format;
mod histogram;
mod illustrate;
mod over_time;
mod picture;
mod sample_rows;
mod scatter;
mod summaries;

pub use illustrate::{Illustration, illustrate};
