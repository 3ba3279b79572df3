//! Measures of how well an answer recovers a structure, as pure functions.
//!
//! Nothing here reads a file, prints, or depends on where its numbers come from. Randomness is an
//! argument. Logarithms are natural, so information is in nats.
//!
//! # Where to look
//!
//! - *Two partitions*: everything from one [`Contingency`]: [`adjusted_rand`], [`rand_index`],
//!   [`pair_precision`], [`pair_recall`], [`mutual_information`], [`element_similarity`]; with rows
//!   left out, [`with_missing`].
//! - *Axes*: [`best_axis`], [`pearson`], [`spearman`], [`kendall`].
//! - *Predictions, flags and scores*: [`r_squared`], [`rmse`], [`Detection`], [`wilson`], [`auc`].
//! - *Raters*: [`Ratings`], [`krippendorff_alpha`], [`gwet`], [`raw_agreement`],
//!   [`jackknife_ratings`].
//! - *Many tests*: [`benjamini_hochberg`], [`holm`].
//! - *Is a structure found?* The recoveries: [`recover_groups`] and the others.
//! - *Separation and stability of clusters*: [`silhouette`], [`valley_depth`], [`dip`],
//!   [`gap_statistic`], [`prediction_strength`], and the null tables [`copula_null`], [`box_null`].
//!
//! # Edge cases, one policy
//!
//! - *Missing* is `None` in a partition, a row in no group of a cover, and any value that is not
//!   finite in a slice. Every measure uses the rows that both sides answered; [`with_missing`] adds
//!   the coverage, and the same measure with each omitted row as a group of its own.
//! - *Empty* (no such row, or nothing to divide by): no value, `None`. Absence is never zero.
//! - *Trivial* is a side with fewer than two groups, a constant factor, or memberships that are
//!   the same for every row. Both sides trivial: they say the same, 1. One side trivial: it says
//!   nothing about the other, 0; distances say 0 and 1. A [`Recovery`] flags either as
//!   [`Reading::Trivial`]; for the measures of a [`Contingency`], [`Reading::of`] is the flag, and the
//!   reason where there is no value. Raters who used one category agree, 1, and
//!   [`Ratings::trivial`] is the flag. Measures that are plain quantities (entropy, information,
//!   homogeneity, pair shares) take the value their definition gives, and a correlation with a
//!   constant has none.
//! - *Nothing left to chance*: where chance alone reaches the maximum of a measure, identical sides
//!   give 1 and different sides give 0 (all singletons against anything, say).
//! - *Sides of different length* are a bug in the caller, not a property of the data: they panic.
//!
//! # Bits
//!
//! Where a partition is involved, sums run in an order fixed by the values, not by rows or labels;
//! pair counts are 128-bit integers. Relabelling an answer or reordering its rows therefore gives
//! the same bits. (Measures that match groups one to one may find another, equally good matching;
//! they, soft memberships and covers agree up to rounding.)

mod axes;
mod detection;
mod linalg;
mod null_tables;
mod partition;
mod prediction;
mod ranking;
mod ratings;
mod recovery;
mod separation;
mod soft;
mod stats;

pub use axes::{AxisMatch, best_axis};
pub use detection::{Detection, wilson};
pub(crate) use linalg::cholesky;
pub use null_tables::{box_null, copula_null, jittered, normal_scores, permuted, standardised};
pub use partition::{
    Contingency, MissingReadings, PairCounts, RandomModel, Trivial, adjusted_rand,
    adjusted_rand_of_labels, adjusted_rand_under, element_similarity, entropy, mutual_information,
    pair_counts, pair_precision, pair_recall, rand_index, with_missing,
};
pub use prediction::{r_squared, rmse};
pub use ranking::{auc, best_cluster_f1, neighbour_auc};
pub use ratings::{
    GwetCoefficient, MeasurementLevel, Ratings, Weights, gwet, jackknife_ratings,
    krippendorff_alpha, raw_agreement,
};
pub use recovery::{
    ConditionalRecovery, Covariate, Influence, PERMUTATIONS, Reading, Recovery, RecoveryAnswer,
    RecoveryInterval, RecoveryTarget, WORKING_ROWS, conditional_recovery, recover_factor_by_axes,
    recover_factor_by_groups, recover_groups, recover_memberships,
};
pub use separation::{
    Boundary, CoMembership, Gap, boundaries, calinski_harabasz, davies_bouldin, dip, dip_p_value,
    eta_squared, gap_statistic, hopkins, median_of_pairs, median_valley, neighbour_distances,
    pairwise_distances, prediction_strength, silhouette, silhouettes, valley_depth,
};
pub use soft::drawn_partitions;
pub use stats::{
    Correlation, Interval, MeanDifference, TestResult, benjamini_hochberg, holm, kendall,
    kolmogorov_smirnov, mean, mean_difference, median, pearson, quantile, quantile_of_sorted, sd,
    spearman,
};
