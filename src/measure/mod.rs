//! Measures: what an answer found, as pure numbers.
//!
//! Nothing here touches a file, prints, or knows where its numbers come from. Randomness is an
//! argument. Logarithms are natural, so information is in nats.
//!
//! # Edge cases, one policy
//!
//! - *Missing* is `None` in a partition and anything not finite in a slice. Every measure works
//!   on the rows that both sides answered.
//! - *Empty* (no such row, or nothing to divide by): no value, `None`. Absence is never zero.
//! - *Trivial* is a side with fewer than two groups, a constant factor, or memberships that are
//!   the same for every row. Both sides trivial: they say the same, 1. One side trivial: it says
//!   nothing about the other, 0. A [`Recovery`] flags either as [`Reading::Trivial`]; a
//!   [`Contingency`] tells through [`Contingency::trivial`]. Measures that are plain quantities
//!   (entropy, information, pair shares) take the value their definition gives.
//! - *Two sides of different length* are a mistake of the caller, not of the data: they panic.
//!
//! # Bits
//!
//! Sums run in an order fixed by the values, not by rows or labels, wherever a partition is
//! involved; pair counts are integers of 128 bits. The same answer under other labels, or with
//! its rows in another order, gives the same bits.

mod affinity;
mod assignment;
mod association;
mod axes;
mod basis;
mod beta;
mod boundary;
mod contingency;
mod correlation;
mod detection;
mod dip;
mod dip_table;
mod distances;
mod exposure;
mod gamma;
mod hierarchy;
mod hopkins;
mod importance;
mod information;
mod kendall;
mod matrix;
mod moments;
mod multiple_testing;
mod neighbours;
mod null;
mod overlap;
mod pairs;
mod partition;
mod prediction;
mod ratings;
mod recovery;
mod scores;
mod separation;
mod significance;
mod soft;
mod spaces;
mod stability;
mod uncertainty;
mod valley;

pub use affinity::Affinity;
pub use association::{
    distance_correlation, distance_covariance, energy_distance, unbiased_distance_correlation,
};
pub use axes::{AxisMatch, best_axis};
pub use boundary::{Boundary, boundaries, median_valley};
pub use contingency::{Contingency, Trivial};
pub use correlation::{Correlation, pearson, spearman};
pub use detection::{Detection, clopper_pearson, wilson};
pub use dip::{dip, dip_p_value};
pub use distances::{pairwise_distances, silhouette, silhouettes};
pub use exposure::{auc, best_cluster_f1, neighbour_auc};
pub use hierarchy::{
    LevelMatch, cophenetic_correlation, cophenetic_distances, dendrogram_purity,
    hierarchy_correlation, recover_levels,
};
pub use hopkins::hopkins;
pub use importance::{Separateness, disentanglement, factor_completeness};
pub use information::{entropy, mutual_information};
pub use kendall::kendall;
pub use moments::{mean, median, quantile, sd};
pub use multiple_testing::{benjamini_hochberg, benjamini_yekutieli, bonferroni, holm};
pub use neighbours::neighbour_distances;
pub use null::{box_null, copula_null, jittered, normal_scores, permuted, standardised};
pub use overlap::{CoverScale, omega, overlapping_mutual_information};
pub use pairs::{
    PairCounts, adjusted_rand, adjusted_rand_of_labels, pair_counts, pair_precision, pair_recall,
};
pub use partition::{
    Average, MissingReadings, NoiseReadings, RandomModel, adjusted_fowlkes_mallows,
    adjusted_mutual_information, adjusted_rand_under, completeness, element_similarities,
    element_similarity, exact_adjusted_rand_p, expected_mutual_information, fowlkes_mallows,
    homogeneity, matching_accuracy, normalised_clustering_accuracy,
    normalised_information_distance, normalised_mutual_information, normalised_pivoted_accuracy,
    normalised_variation_of_information, pair_jaccard, pair_sets_index, purity, rand_index,
    simplified_pair_sets_index, unclipped_pair_sets_index, v_measure, variation_of_information,
    with_missing, with_noise,
};
pub use prediction::{concordance_correlation, r_squared, rmse};
pub use ratings::{
    Agreement, Level, Ratings, Weights, brennan_prediger, cohen_kappa, conger_kappa, fleiss_kappa,
    gwet, jackknife_ratings, kendall_w, krippendorff_alpha, raw_agreement,
};
pub use recovery::{
    PERMUTATIONS, Reading, Recovery, WORKING_ROWS, recover_factor_by_axes,
    recover_factor_by_groups, recover_groups, recover_memberships,
};
pub use scores::{average_precision, brier, log_loss};
pub use separation::{calinski_harabasz, davies_bouldin, explained_by_groups};
pub use significance::{Test, chi_squared, kolmogorov_smirnov};
pub use soft::{
    Expected, SoftContingency, adjusted_soft_concordance, drawn_partitions, expected_agreement,
    expected_soft_concordance, membership_brier, membership_log_loss, membership_variation,
    pair_product_adjusted_rand, soft_concordance, soft_mutual_information,
};
pub use spaces::{
    adjusted_r_squared, canonical_correlations, linear_cka, matched_mean_correlation,
    multiple_r_squared, procrustes_disparity,
};
pub use stability::{CoMembership, Gap, gap_statistic, median_of_pairs, prediction_strength};
pub use uncertainty::{
    BOOTSTRAPS, FEW_ROWS, Interval, bootstrap_interval, bootstrap_tables, jackknife_interval,
    null_tables, permutation_p, table_interval,
};
pub use valley::valley_depth;
