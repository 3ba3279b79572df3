//! Recovery: how much of a structure an answer found, on a scale where chance is 0 and everything is 1;
//! *alone*, and *beyond its rivals*, since an answer may tell a structure only by way of another.

mod axes;
mod beyond;
mod factor;
mod factor_beyond;
mod floor;
mod groups;
mod held_out;
mod influence;
mod memberships;
mod null;
mod result;
mod rivals;

pub use axes::recover_factor_by_axes;
pub use beyond::{Beyond, recover_groups_beyond, recover_memberships_beyond};
pub use factor::recover_factor_by_groups;
pub use factor_beyond::{Answer, recover_factor_beyond};
pub use groups::recover_groups;
pub use influence::{Influence, RecoveryInterval};
pub use memberships::recover_memberships;
pub use null::{PERMUTATIONS, WORKING_ROWS};
pub use result::{Reading, Recovery};
pub use rivals::Rival;
