//! Recovery *alone*: how much of a structure an answer found, on a scale where chance is 0 and
//! everything is 1.

mod axes;
mod factor;
mod groups;
mod memberships;
mod null;
mod result;

pub use axes::recover_factor_by_axes;
pub use factor::recover_factor_by_groups;
pub use groups::recover_groups;
pub use memberships::recover_memberships;
pub use null::{PERMUTATIONS, WORKING_ROWS};
pub use result::{Reading, Recovery};
