//! One learner for everything that asks "can this be told from that?": gradient-boosted trees, and
//! the only place that names their crate.
//!
//! The same learner with the same settings everywhere, so that numbers of one certificate compare:
//! the oracle, the columns told from each other, the table told from a null.

mod boosting;
mod error;
mod folds;

pub use boosting::{TargetKind, out_of_fold, out_of_fold_groups, predict};
pub use error::LearnError;
pub use folds::{FOLDS, folds};
