//! Laws of the certificate's measures, on inputs nobody chose.

use drumlin::labels::Partition;
use drumlin::measure::{
    Contingency, adjusted_rand, adjusted_rand_of_labels, boundaries, box_null, calinski_harabasz,
    copula_null, davies_bouldin, dip, dip_p_value, eta_squared, gap_statistic, hopkins, jittered,
    median_of_pairs, median_valley, normal_scores, permuted, prediction_strength, r_squared,
    standardised, valley_depth,
};
use drumlin::random::Secret;
use ndarray::Array2;
use proptest::prelude::*;

const SLACK: f64 = 1e-9;

/// Rows of two columns on a coarse grid, with a group each.
fn groups() -> impl Strategy<Value = (Array2<f64>, Vec<u32>)> {
    prop::collection::vec((-9..9_i32, -9..9_i32, 0..4_u32), 4..60).prop_map(|rows| {
        let values = rows
            .iter()
            .flat_map(|(x, y, _)| [f64::from(*x), f64::from(*y)]);
        let points = Array2::from_shape_vec((rows.len(), 2), values.collect()).unwrap();
        (points, rows.into_iter().map(|row| row.2).collect())
    })
}

/// Numbers with ties.
fn column() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-400..400_i32, 1..120)
        .prop_map(|values| values.into_iter().map(|x| f64::from(x / 3) / 8.0).collect())
}

fn inside(value: f64, low: f64, high: f64) -> bool {
    (low - SLACK..=high + SLACK).contains(&value)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn separation_is_bounded_and_blind_to_labels((points, labels) in groups()) {
        let renamed: Vec<u32> = labels.iter().map(|label| 7 - label).collect();
        let column = points.column(0).to_vec();
        for (a, b, most) in [
            (calinski_harabasz(points.view(), &labels), calinski_harabasz(points.view(), &renamed), f64::INFINITY),
            (davies_bouldin(points.view(), &labels), davies_bouldin(points.view(), &renamed), f64::INFINITY),
            (eta_squared(&column, &labels), eta_squared(&column, &renamed), 1.0),
        ] {
            prop_assert_eq!(a.is_some(), b.is_some());
            if let (Some(a), Some(b)) = (a, b) {
                prop_assert!((a - b).abs() <= SLACK * a.abs().max(1.0));
                prop_assert!(inside(a, 0.0, most));
            }
        }
        let found = boundaries(points.view(), &labels, 5);
        prop_assert!(inside(median_valley(&found), 0.0, 1.0));
        prop_assert!(found.iter().all(|found| inside(found.dip_p, 0.0, 1.0)));
    }

    #[test]
    fn agreement_of_labels_is_that_of_partitions((_, labels) in groups(), shift in 0..3_u32) {
        let other: Vec<u32> = labels.iter().enumerate().map(|(at, label)| (label + at as u32 % 2 * shift) % 4).collect();
        let named = |labels: &[u32]| Partition::from_codes(
            labels.iter().copied().map(Some).collect(),
            (0..4).map(|name| name.to_string()).collect(),
        );
        let table = Contingency::new(&named(&labels), &named(&other));
        prop_assert_eq!(adjusted_rand_of_labels(&labels, &other), adjusted_rand(&table));
        if let Some(strength) = prediction_strength(&labels, &other) {
            prop_assert!(inside(strength, 0.0, 1.0));
        }
        let items = [labels.clone(), other, labels];
        let median = median_of_pairs(&items, |a, b| adjusted_rand_of_labels(a, b)).unwrap();
        prop_assert!(inside(median, -0.5, 1.0));
    }

    #[test]
    fn dips_and_valleys_are_bounded_and_blind_to_shift_and_scale(values in column()) {
        // Powers of two, so that moving rounds nothing.
        let moved: Vec<f64> = values.iter().map(|x| 4.0 * x - 64.0).collect();
        let found = dip(&values);
        prop_assert!(inside(found, 0.0, 0.25));
        prop_assert!((found - dip(&moved)).abs() < SLACK);
        prop_assert!(inside(dip_p_value(found, values.len()), 0.0, 1.0));
        prop_assert!(dip_p_value(found * 0.5, values.len()) >= dip_p_value(found, values.len()) - SLACK);
        prop_assert!(inside(valley_depth(&values), 0.0, 1.0));
        prop_assert!((valley_depth(&values) - valley_depth(&moved)).abs() < 1e-6);
        prop_assert!(r_squared(&values, &values).is_none_or(|all| (all - 1.0).abs() < SLACK));
        prop_assert!(r_squared(&values, &moved).is_none_or(|some| some <= 1.0));
    }

    #[test]
    fn nulls_keep_what_they_say((points, _) in groups(), seed in 0..50_u64) {
        let draws = &mut Secret::demo(seed).stream().draws();
        let sorted = |table: &Array2<f64>, column: usize| {
            let mut values = table.column(column).to_vec();
            values.sort_by(f64::total_cmp);
            values
        };
        for null in [copula_null(points.view(), draws), permuted(points.view(), draws)] {
            for column in 0..2 {
                prop_assert_eq!(sorted(&null, column), sorted(&points, column));
            }
        }
        let even = box_null(points.view(), draws);
        prop_assert!(even.iter().all(|value| value.abs() <= 9.0));
        let spread = jittered(points.view(), draws);
        // A step is at most the width of the grid.
        prop_assert!((&spread - &points).iter().all(|away| away.abs() <= 9.0));
        let standard = standardised(spread.view());
        for column in standard.columns() {
            prop_assert!(column.sum().abs() < 1e-6);
            let squares: f64 = column.iter().map(|x| x * x).sum();
            prop_assert!(squares < 1e-12 || (squares / column.len() as f64 - 1.0).abs() < 1e-6);
        }
        prop_assert!(normal_scores(points.view()).iter().all(|score| score.is_finite()));
        prop_assert!(hopkins(spread.view(), 20, draws).is_none_or(|value| inside(value, 0.0, 1.0)));
    }

    #[test]
    fn a_table_that_is_its_own_null_has_no_gap(inertias in prop::collection::vec(0.1..99.0_f64, 1..8)) {
        let gap = gap_statistic(&inertias, &[inertias.clone(), inertias.clone()]).unwrap();
        prop_assert!(gap.gaps.iter().all(|gap| gap.abs() < SLACK));
        prop_assert_eq!(gap.k, 1);
    }
}
