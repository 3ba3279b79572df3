//! Measures: what an answer found, as pure numbers.
//!
//! Nothing here touches a file, prints, or knows where its numbers come from. Randomness is an
//! argument. Logarithms are natural, so information is in nats.
//!
//! # Where to look
//!
//! - *Two partitions*: everything from one [`Contingency`]: pairs ([`adjusted_rand`],
//!   [`rand_index`], [`fowlkes_mallows`]), information ([`adjusted_mutual_information`],
//!   [`v_measure`], [`variation_of_information`]), matched groups ([`matching_accuracy`],
//!   [`pair_sets_index`]), row by row ([`element_similarities`]); with rows left out or called noise,
//!   [`with_missing`] and [`with_noise`].
//! - *Soft memberships*: [`SoftContingency`], [`adjusted_soft_concordance`],
//!   [`pair_product_adjusted_rand`], [`expected_agreement`].
//! - *Groups that overlap, and trees*: [`omega`], [`overlapping_mutual_information`], [`Affinity`],
//!   [`dendrogram_purity`], [`hierarchy_correlation`], [`recover_levels`].
//! - *Axes*: [`best_axis`], [`adjusted_r_squared`], [`matched_mean_correlation`],
//!   [`canonical_correlations`], [`procrustes_disparity`], [`distance_correlation`],
//!   [`disentanglement`].
//! - *Flags and scores*: [`Detection`], [`wilson`], [`auc`], [`average_precision`].
//! - *Raters*: [`Ratings`], [`krippendorff_alpha`], [`gwet`], [`cohen_kappa`].
//! - *How sure*: [`null_tables`], [`table_interval`], [`jackknife_ratings`],
//!   [`benjamini_hochberg`], [`holm`].
//! - *Is a structure found?* The recoveries: [`recover_groups`] and its kin.
//!
//! # Edge cases, one policy
//!
//! - *Missing* is `None` in a partition, a row in no group of a cover, and anything not finite in a
//!   slice. Every measure works on the rows that both sides answered; [`with_missing`] adds the
//!   coverage, and the same measure with each row left out as a group of its own.
//! - *Empty* (no such row, or nothing to divide by): no value, `None`. Absence is never zero.
//! - *Trivial* is a side with fewer than two groups, a constant factor, or memberships that are
//!   the same for every row. Both sides trivial: they say the same, 1. One side trivial: it says
//!   nothing about the other, 0; distances say 0 and 1. A [`Recovery`] flags either as
//!   [`Reading::Trivial`]; for the measures of a [`Contingency`], [`Reading::of`] is the flag, and the
//!   reason where there is no value. Raters who used one category agree, 1, and
//!   [`Ratings::trivial`] is the flag. Measures that are plain quantities (entropy, information,
//!   homogeneity, pair shares) take the value their definition gives, and a correlation with a
//!   constant has none.
//! - *Nothing left to chance*: where chance alone reaches the most a measure can, both sides being the
//!   same gives 1, and otherwise 0 (all singletons against anything, say).
//! - *Two sides of different length* are a mistake of the caller, not of the data: they panic.
//!
//! # Bits
//!
//! Sums run in an order fixed by the values, not by rows or labels, wherever a partition is
//! involved; pair counts are integers of 128 bits. The same answer under other labels, or with
//! its rows in another order, gives the same bits. (Measures that match groups one to one may find
//! another matching that is as good; they, soft memberships and covers agree up to rounding.)

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
mod units;
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
    Answer, Beyond, Influence, PERMUTATIONS, Reading, Recovery, RecoveryInterval, Rival,
    WORKING_ROWS, recover_factor_beyond, recover_factor_beyond_by_row, recover_factor_by_axes,
    recover_factor_by_axes_by_row, recover_factor_by_groups, recover_factor_by_groups_by_row,
    recover_groups, recover_groups_beyond, recover_groups_beyond_by_row, recover_groups_by_row,
    recover_memberships, recover_memberships_beyond, recover_memberships_beyond_by_row,
    recover_memberships_by_row,
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
pub use units::{Difference, mean_difference};
pub use valley::valley_depth;
