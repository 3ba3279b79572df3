//! Agreement of two partitions, computed from one contingency table.

mod chance;
pub(in crate::measure) mod contingency;
mod element;
pub(in crate::measure) mod information;
mod missing;
pub(in crate::measure) mod pairs;

pub use chance::{RandomModel, adjusted_rand_under};
pub use contingency::{Contingency, Trivial};
pub use element::element_similarity;
pub use information::{entropy, mutual_information};
pub use missing::{MissingReadings, with_missing};
pub use pairs::{
    PairCounts, adjusted_rand, adjusted_rand_of_labels, pair_counts, pair_precision, pair_recall,
    rand_index,
};
