//! One learner for every question about whether something can be predicted: gradient-boosted trees.
//! This is the only module that uses their crate.
//!
//! The same settings everywhere make the numbers of a certificate comparable: the oracle, columns
//! predicted from each other, and the table compared with a null table.

mod boosting;
mod error;
mod folds;

pub use boosting::{TargetKind, out_of_fold, out_of_fold_groups, predict};
pub use error::LearnError;
pub use folds::{FOLDS, folds};
