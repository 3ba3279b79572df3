//! The truth of a bundle, aligned with its delivered rows.

mod bundle_truth;
mod error;
mod features;
mod restore;
mod sample;

pub use bundle_truth::{BundleTruth, TruthTables};
pub use error::TruthError;
pub(super) use features::{features, features_and_times, features_of, with_squares};
pub use restore::restore;
pub use sample::Sample;
