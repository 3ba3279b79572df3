//! Soft memberships: entropies, and partitions drawn from them.

mod drawn;
mod entropy;

pub use drawn::drawn_partitions;
pub(in crate::measure) use entropy::{answered, mass_entropy, row_entropy};
