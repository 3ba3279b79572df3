//! Agreement of several raters of the same items.

mod chance_corrected;
mod krippendorff;
mod table;

pub use chance_corrected::{GwetCoefficient, gwet, jackknife_ratings, raw_agreement};
pub use krippendorff::{MeasurementLevel, krippendorff_alpha};
pub use table::{Ratings, Weights};
