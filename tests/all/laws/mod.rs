//! Laws of measures on random input: every function exported by `drumlin::measure` is listed here
//! with the laws it is checked for.

use std::collections::BTreeSet;

use drumlin::labels::{Memberships, Partition};
use drumlin::random::{Secret, Stream};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

mod chances;
mod columns;
mod groups;
mod policy;
mod raters;
mod recoveries;
mod rivals;
mod separation;
mod units;

/// One test for each measure, named after it. A law is a function that takes the measure itself, so a
/// measure cannot be listed without being checked.
macro_rules! laws {
    ($($measure:ident => $law:expr;)*) => {
        const LISTED: &[&str] = &[$(stringify!($measure)),*];

        mod law_of {
            use super::*;

            $(#[test]
            fn $measure() {
                ($law)(drumlin::measure::$measure);
            })*
        }
    };
}

use columns::{OfColumns, between_the_ends, both_ways};
use groups::OfPartitions;

laws! {
    // Two partitions.
    adjusted_rand => OfPartitions::new(-0.5, 1.0).symmetric().equal(1.0).of_tables();
    adjusted_rand_of_labels => groups::same_as_partitions;
    adjusted_rand_under => groups::of_random_models;
    element_similarity => OfPartitions::new(0.0, 1.0).symmetric().equal(1.0).of_tables();
    entropy => groups::of_sizes;
    // The logarithm of the largest number of groups: six.
    mutual_information => OfPartitions::new(0.0, 1.792).symmetric().of_tables();
    pair_counts => groups::pairs_add_up;
    pair_precision => OfPartitions::new(0.0, 1.0).equal(1.0).of_tables();
    pair_recall => OfPartitions::new(0.0, 1.0).equal(1.0).of_tables();
    rand_index => OfPartitions::new(0.0, 1.0).symmetric().equal(1.0).of_tables();
    with_missing => groups::of_missing_rows;
    drawn_partitions => groups::draws_keep_missing_rows;
    // Recoveries.
    recover_groups => recoveries::of_groups;
    recover_memberships => recoveries::of_memberships;
    recover_factor_by_groups => recoveries::of_factors;
    recover_factor_by_axes => recoveries::of_axes;
    conditional_recovery => rivals::of_conditional;
    mean_difference => units::of_differences;
    // Columns.
    pearson => OfColumns::new(-1.0, 1.0).symmetric().check();
    spearman => OfColumns::new(-1.0, 1.0).symmetric().check();
    kendall => OfColumns::new(-1.0, 1.0).symmetric().check();
    best_axis => columns::of_best_axis;
    r_squared => columns::of_predictions;
    rmse => columns::of_errors;
    mean => between_the_ends;
    median => between_the_ends;
    quantile => columns::of_quantiles;
    quantile_of_sorted => columns::of_sorted_quantiles;
    sd => columns::of_spreads;
    kolmogorov_smirnov => columns::of_samples;
    // Flags and scores.
    wilson => columns::of_shares;
    auc => both_ways;
    best_cluster_f1 => columns::of_clusters_and_flags;
    neighbour_auc => columns::of_points_and_flags;
    // Many tests.
    benjamini_hochberg => chances::adjusts;
    holm => chances::adjusts;
    // Raters.
    raw_agreement => raters::of_weights;
    gwet => raters::of_gwet;
    krippendorff_alpha => raters::of_levels;
    jackknife_ratings => raters::of_intervals;
    // Separation.
    pairwise_distances => separation::of_distances;
    neighbour_distances => separation::of_neighbours;
    silhouette => separation::of_silhouettes;
    silhouettes => separation::of_each_silhouette;
    calinski_harabasz => separation::of_positive_indices;
    davies_bouldin => separation::of_positive_indices;
    eta_squared => separation::of_shares;
    boundaries => separation::of_boundaries;
    median_valley => separation::of_median_valleys;
    valley_depth => separation::of_valleys;
    dip => separation::of_dips;
    dip_p_value => separation::of_dip_p_values;
    hopkins => separation::of_hopkins;
    prediction_strength => separation::of_prediction_strength;
    median_of_pairs => separation::of_medians;
    gap_statistic => separation::of_gaps;
    // Null tables.
    copula_null => separation::keeps_column_values;
    permuted => separation::keeps_column_values;
    box_null => separation::stays_in_the_box;
    jittered => separation::moves_by_half_a_step;
    normal_scores => separation::of_scores;
    standardised => separation::of_standardised;
}

/// Rounding error of a few dozen additions.
const SLACK: f64 = 1e-12;

#[test]
fn every_exported_measure_has_a_law() {
    let listed: BTreeSet<&str> = LISTED.iter().copied().collect();
    let source = include_str!("../../../src/measure/mod.rs");
    let exported: BTreeSet<&str> = source
        .split("pub use ")
        .skip(1)
        .flat_map(|item| {
            let item = item.split(';').next().unwrap_or_default();
            let names = item.split("::").nth(1).unwrap_or_default();
            names
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .collect::<Vec<_>>()
        })
        // Functions are lower case; types and constants are not measures.
        .filter(|name| name.starts_with(|c: char| c.is_lowercase()))
        .collect();
    assert_eq!(exported, listed);
}

/// Checks `law` on 128 random inputs.
fn for_all<S: Strategy>(inputs: S, law: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(128)
    };
    if let Err(failure) = TestRunner::new(config).run(&inputs, law) {
        panic!("{failure}");
    }
}

fn stream() -> Stream {
    Secret::demo(1).stream()
}

/// Two partitions of the same rows; some rows are omitted.
fn partitions() -> impl Strategy<Value = (Partition, Partition)> {
    let code = || prop_oneof![9 => (0..6_u32).prop_map(Some), 1 => Just(None)];
    prop::collection::vec((code(), code()), 1..60).prop_map(|rows| {
        let (a, b): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        (named(a), named(b))
    })
}

fn named(codes: Vec<Option<u32>>) -> Partition {
    Partition::from_codes(codes, (0..6).map(|name| name.to_string()).collect())
}

/// The same groups under other names.
fn renamed(partition: &Partition, turn: u32) -> Partition {
    let codes = partition.codes().iter();
    named(
        codes
            .map(|code| code.map(|code| (code + turn) % 6))
            .collect(),
    )
}

/// Two shares of each row of a partition; missing where the partition is.
fn shares(partition: &Partition, weight: f64) -> Memberships {
    let rows = partition.codes().iter().flat_map(|code| match code {
        Some(code) => [weight + f64::from(*code), 1.0],
        None => [f64::NAN, f64::NAN],
    });
    Memberships::from_weights(2, rows.collect()).unwrap()
}

fn reversed<T: Clone>(values: &[T]) -> Vec<T> {
    values.iter().rev().cloned().collect()
}

fn close(left: Option<f64>, right: Option<f64>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => (left - right).abs() <= SLACK.max(1e-9 * left.abs()),
        (None, None) => true,
        _ => false,
    }
}
