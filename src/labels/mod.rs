//! Answers and truths about rows: hard groupings, soft memberships, overlapping groups and trees.

mod cover;
mod hierarchy;
mod memberships;
mod partition;

pub use cover::Cover;
pub use hierarchy::{Hierarchy, HierarchyError, Merge};
pub use memberships::{Memberships, MembershipsError};
pub use partition::Partition;
