//! The truth of a bundle, aligned with its delivered rows.

mod bundle_truth;
mod features;
mod restore;
mod sample;

pub use bundle_truth::{BundleTruth, TruthError, TruthTables};
pub(super) use features::{features, features_and_times, features_of, with_squares};
pub use restore::restore;
pub use sample::Sample;
