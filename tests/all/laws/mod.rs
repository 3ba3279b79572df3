//! Laws that every measure keeps, on inputs nobody chose.

use std::collections::BTreeSet;

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{
    Correlation, auc, best_axis, best_cluster_f1, drawn_partitions, kendall, kolmogorov_smirnov,
    mean, median, neighbour_auc, neighbour_distances, pairwise_distances, pearson, quantile,
    recover_factor_by_axes, recover_factor_by_groups, recover_memberships, rmse, sd, silhouette,
    silhouettes, spearman, wilson,
};
use drumlin::random::{Secret, Stream};
use ndarray::Array2;
use proptest::prelude::*;

mod chances;
mod groups;
mod policy;
mod raters;
mod rivals;
mod units;

/// A measure of how one column follows another, and the laws it keeps.
struct OfColumns {
    name: &'static str,
    measure: fn(&[f64], &[f64]) -> Option<f64>,
    symmetric: bool,
    bounds: (f64, f64),
}

const OF_COLUMNS: [OfColumns; 5] = [
    OfColumns {
        name: "pearson",
        measure: pearson,
        symmetric: true,
        bounds: (-1.0, 1.0),
    },
    OfColumns {
        name: "spearman",
        measure: spearman,
        symmetric: true,
        bounds: (-1.0, 1.0),
    },
    OfColumns {
        name: "recover_factor_by_axes",
        measure: |x, y| recover_factor_by_axes(x, &[y], &stream()).0.value,
        symmetric: false,
        bounds: (f64::NEG_INFINITY, 1.0),
    },
    OfColumns {
        name: "best_axis",
        measure: |x, y| best_axis(x, &[y], Correlation::Pearson).map(|best| best.correlation),
        symmetric: true,
        bounds: (-1.0, 1.0),
    },
    OfColumns {
        name: "kendall",
        measure: kendall,
        symmetric: true,
        bounds: (-1.0, 1.0),
    },
];

/// Measures whose laws have a test of their own below.
const OF_THEIR_OWN: &[&str] = &[
    "with_missing",
    "gwet",
    "jackknife_ratings",
    "krippendorff_alpha",
    "raw_agreement",
    "benjamini_hochberg",
    "holm",
    "drawn_partitions",
    "rmse",
    "mean",
    "median",
    "quantile",
    "sd",
    "wilson",
    "pair_counts",
    "pairwise_distances",
    "silhouette",
    "silhouettes",
    "neighbour_distances",
    "neighbour_auc",
    "auc",
    "best_cluster_f1",
    "kolmogorov_smirnov",
    "recover_memberships",
    "recover_factor_by_groups",
    "conditional_recovery",
    "quantile_of_sorted",
    "mean_difference",
    "adjusted_rand_of_labels",
    "boundaries",
    "box_null",
    "calinski_harabasz",
    "copula_null",
    "davies_bouldin",
    "dip",
    "dip_p_value",
    "eta_squared",
    "gap_statistic",
    "hopkins",
    "jittered",
    "median_of_pairs",
    "median_valley",
    "normal_scores",
    "permuted",
    "prediction_strength",
    "r_squared",
    "standardised",
    "valley_depth",
];

/// Rounding of a few dozen additions.
const SLACK: f64 = 1e-12;

#[test]
fn every_measure_is_in_the_law_list() {
    let listed: BTreeSet<&str> = groups::OF_GROUPS
        .iter()
        .map(|law| law.name)
        .chain(OF_COLUMNS.iter().map(|law| law.name))
        .chain(OF_THEIR_OWN.iter().copied())
        .collect();
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

fn stream() -> Stream {
    Secret::demo(1).stream()
}

/// Two partitions of the same rows; some rows left out.
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

/// Two columns of the same rows, with ties and missing values.
fn columns() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let value = || prop_oneof![6 => -1e3..1e3_f64, 3 => (-3..4_i32).prop_map(f64::from), 1 => Just(f64::NAN)];
    prop::collection::vec((value(), value()), 1..60).prop_map(|rows| rows.into_iter().unzip())
}

fn close(left: Option<f64>, right: Option<f64>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => (left - right).abs() <= SLACK.max(1e-9 * left.abs()),
        (None, None) => true,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn measures_of_columns_keep_their_laws((x, y) in columns(), scale in 0.1..10.0_f64) {
        for law in OF_COLUMNS {
            let value = (law.measure)(&x, &y);
            if let Some(value) = value {
                let (low, high) = law.bounds;
                prop_assert!(value >= low - SLACK && value <= high + SLACK, "{} {value}", law.name);
            }
            if law.symmetric {
                prop_assert!(close(value, (law.measure)(&y, &x)), "{}", law.name);
            }
            let other: Vec<f64> = y.iter().map(|y| scale * y).collect();
            prop_assert!(close(value, (law.measure)(&x, &other)), "{} and another unit", law.name);
            let own = (law.measure)(&x, &x);
            prop_assert!(own.is_none_or(|own| (own - 1.0).abs() < 1e-9 || own == 0.0), "{} on itself: {own:?}", law.name);
        }
    }

    #[test]
    fn groups_of_a_factor_tell_at_most_all_of_it((x, _) in columns(), (_, b) in partitions()) {
        let rows = x.len().min(b.rows());
        let picked = b.pick(&(0..rows).collect::<Vec<_>>());
        let recovery = recover_factor_by_groups(&x[..rows], &picked, &stream()).0;
        prop_assert!(recovery.value.is_none_or(|value| value <= 1.0 + SLACK));
        prop_assert_eq!(recovery.value.is_some(), recovery.chance.is_some());
    }

    #[test]
    fn an_answer_tells_at_most_what_the_row_does((a, b) in partitions(), weight in 0.0..1.0_f64) {
        let rows: Vec<[f64; 2]> = a.codes().iter().map(|code| match code {
            Some(code) => [weight + f64::from(*code), 1.0],
            None => [f64::NAN, f64::NAN],
        }).collect();
        let truth = Memberships::from_weights(2, rows.concat()).unwrap();
        for drawn in drawn_partitions(&truth, 2, &stream()) {
            prop_assert_eq!(drawn.answered(), a.answered());
        }
        let recovery = recover_memberships(&truth, &b, &stream()).0;
        prop_assert!(recovery.value.is_none_or(|value| value <= 1.0 + 1e-6), "{recovery:?}");
    }

    #[test]
    fn moments_lie_where_they_must((x, _) in columns(), p in 0.0..1.0_f64) {
        if let (Some(low), Some(high)) = (quantile(&x, 0.0), quantile(&x, 1.0)) {
            for value in [mean(&x), median(&x), quantile(&x, p)].into_iter().flatten() {
                prop_assert!(value >= low - 1e-9 && value <= high + 1e-9);
            }
            prop_assert!(quantile(&x, p / 2.0) <= quantile(&x, p));
            prop_assert!(rmse(&x, &x).is_none_or(|error| error <= 0.0));
            prop_assert!(sd(&x).is_none_or(|sd| sd >= 0.0 && sd <= high - low + 1e-9));
        }
    }

    #[test]
    fn an_interval_holds_its_share(hits in 0..500_u64, misses in 0..500_u64) {
        if let Some((from, to)) = wilson(hits, hits + misses) {
            let share = hits as f64 / (hits + misses) as f64;
            prop_assert!(0.0 <= from && from <= share && share <= to && to <= 1.0);
        }
    }

    #[test]
    fn distances_and_silhouettes_keep_their_bounds((x, y) in columns(), (_, b) in partitions()) {
        let rows: Vec<usize> = (0..x.len().min(b.rows()))
            .filter(|row| x[*row].is_finite() && y[*row].is_finite() && b.codes()[*row].is_some())
            .collect();
        let points = Array2::from_shape_fn((rows.len(), 2), |(row, column)| [&x, &y][column][rows[row]]);
        let groups: Vec<u32> = rows.iter().filter_map(|row| b.codes()[*row]).collect();
        let distances = pairwise_distances(points.view());
        prop_assert_eq!(distances.len(), rows.len() * rows.len().saturating_sub(1) / 2);
        prop_assert!(distances.iter().all(|distance| *distance >= 0.0));
        let width = silhouette(&distances, &groups);
        prop_assert!(width.is_none_or(|width| (-1.0..=1.0).contains(&width)));
        let renamed: Vec<u32> = groups.iter().map(|group| 7 - group).collect();
        prop_assert!(close(width, silhouette(&distances, &renamed)));
        let widths = silhouettes(&distances, &groups);
        prop_assert_eq!(widths.is_some(), width.is_some());
        prop_assert!(widths.iter().flatten().all(|width| (-1.0..=1.0).contains(width)));
        for k in 1..4 {
            let (near, far) = (neighbour_distances(points.view(), k), neighbour_distances(points.view(), k + 1));
            if let (Some(near), Some(far)) = (&near, &far) {
                prop_assert!(near.iter().zip(far).all(|(near, far)| near <= far), "the next one is not nearer");
                let nearest = distances.iter().copied().fold(f64::INFINITY, f64::min);
                prop_assert!(near.iter().all(|near| *near >= nearest));
            }
            let flags: Vec<bool> = groups.iter().map(|group| *group > 2).collect();
            let area = neighbour_auc(points.view(), k, &flags);
            prop_assert!(area.is_none_or(|area| (0.0..=1.0).contains(&area)));
            prop_assert!(area.is_none() || near.is_some());
        }
    }

    #[test]
    fn a_score_and_its_mirror_share_the_area((x, y) in columns(), turn in 0..6_u32) {
        let flags: Vec<bool> = y.iter().map(|y| *y > 0.0).collect();
        let area = auc(&x, &flags);
        let mirrored: Vec<f64> = x.iter().map(|x| -x).collect();
        let others: Vec<bool> = flags.iter().map(|flag| !flag).collect();
        prop_assert!(close(area, auc(&mirrored, &others)));
        prop_assert!(close(area.map(|area| 1.0 - area), auc(&mirrored, &flags)));
        prop_assert!(area.is_none_or(|area| (0.0..=1.0).contains(&area)));
        let groups: Vec<u32> = x.iter().map(|x| (x.abs() as u32) % 6).collect();
        let best = best_cluster_f1(&groups, &flags);
        let renamed: Vec<u32> = groups.iter().map(|group| (group + turn) % 6).collect();
        prop_assert_eq!(best, best_cluster_f1(&renamed, &flags));
        prop_assert_eq!(best.is_some(), flags.contains(&true));
        prop_assert!(best.is_none_or(|best| best > 0.0 && best <= 1.0));
        let own: Vec<u32> = flags.iter().map(|flag| u32::from(*flag)).collect();
        prop_assert!(best_cluster_f1(&own, &flags).is_none_or(|best| best > 1.0 - SLACK));
    }

    #[test]
    fn tests_of_distributions_keep_their_laws((x, y) in columns(), scale in 0.1..10.0_f64) {
        let test = kolmogorov_smirnov(&x, &y);
        prop_assert_eq!(test, kolmogorov_smirnov(&y, &x));
        let stretched = |values: &[f64]| values.iter().map(|value| value * scale).collect::<Vec<f64>>();
        prop_assert_eq!(test, kolmogorov_smirnov(&stretched(&x), &stretched(&y)));
        let nothing = kolmogorov_smirnov(&x, &x);
        prop_assert!(nothing.is_none_or(|test| test.statistic <= 0.0 && test.p_value >= 1.0));
        if let Some(test) = test {
            prop_assert!(test.statistic >= 0.0 && (0.0..=1.0).contains(&test.p_value), "{test:?}");
        }
    }
}
