//! Answers and truths about rows: hard groupings and soft memberships.

mod memberships;
mod partition;

pub use memberships::{Memberships, MembershipsError};
pub use partition::Partition;
