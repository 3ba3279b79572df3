//! Recovery: how much of a structure an answer found, on a scale where chance is 0 and everything
//! is 1. It is computed *alone* and *conditional* on other structures, since an answer may explain
//! a structure only through another one.

mod axes;
mod best_of_many;
mod conditional;
mod conditional_factor;
mod conditional_types;
mod covariates;
mod factor;
mod groups;
mod held_out;
mod influence;
mod memberships;
mod permutations;
mod result;

pub use axes::recover_factor_by_axes;
pub use conditional::conditional_recovery;
pub use conditional_types::{ConditionalRecovery, RecoveryAnswer, RecoveryTarget};
pub use covariates::Covariate;
pub use factor::recover_factor_by_groups;
pub use groups::recover_groups;
pub use influence::{Influence, RecoveryInterval};
pub use memberships::recover_memberships;
pub use permutations::{PERMUTATIONS, WORKING_ROWS};
pub use result::{Reading, Recovery};
