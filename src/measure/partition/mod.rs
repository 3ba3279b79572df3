//! How two partitions agree, from one contingency table.

mod chance;
mod counting;
mod element;
mod handling;

pub use chance::{RandomModel, adjusted_rand_under};
pub use counting::rand_index;
pub use element::element_similarity;
pub use handling::{MissingReadings, with_missing};
