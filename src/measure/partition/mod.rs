//! How two partitions agree, from one contingency table.

mod chance;
mod counting;
mod element;
mod exact;
mod expected;
mod handling;
mod matching;
mod normalised;

pub use chance::{RandomModel, adjusted_rand_under};
pub use counting::{adjusted_fowlkes_mallows, fowlkes_mallows, pair_jaccard, rand_index};
pub use element::{element_similarities, element_similarity};
pub use exact::exact_adjusted_rand_p;
pub use expected::{adjusted_mutual_information, expected_mutual_information};
pub use handling::{MissingReadings, NoiseReadings, with_missing, with_noise};
pub use matching::{
    matching_accuracy, normalised_clustering_accuracy, normalised_pivoted_accuracy,
    pair_sets_index, purity, simplified_pair_sets_index, unclipped_pair_sets_index,
};
pub use normalised::{
    Average, completeness, homogeneity, normalised_information_distance,
    normalised_mutual_information, normalised_variation_of_information, v_measure,
    variation_of_information,
};
