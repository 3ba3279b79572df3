//! One figure and a few numbers per finding, from a sample of the bundle and its truth.
//!
//! Structures are drawn from cells that no defect touched, as an analyst sees them after cleaning.
//! Defects and the benign anomaly are drawn as delivered.

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
