//! Laws of scores, intervals, null tables and many tests at once.

use drumlin::measure::{
    Contingency, Detection, auc, average_precision, benjamini_hochberg, benjamini_yekutieli,
    bonferroni, bootstrap_interval, bootstrap_tables, brier, clopper_pearson, holm,
    jackknife_interval, log_loss, null_tables, permutation_p, rand_index, table_interval, wilson,
};
use proptest::prelude::*;

use super::{SLACK, close, columns, partitions, stream};

fn p_values() -> impl Strategy<Value = Vec<f64>> {
    let p = prop_oneof![8 => 0.0..=1.0_f64, 1 => Just(0.0), 1 => Just(f64::NAN)];
    prop::collection::vec(p, 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn adjusted_p_values_keep_their_laws(p in p_values()) {
        let all = [holm(&p), bonferroni(&p), benjamini_hochberg(&p), benjamini_yekutieli(&p)];
        for adjusted in &all {
            prop_assert_eq!(adjusted.len(), p.len());
            for (p, adjusted) in p.iter().zip(adjusted) {
                prop_assert_eq!(p.is_nan(), adjusted.is_none());
                prop_assert!(adjusted.is_none_or(|adjusted| adjusted >= *p && adjusted <= 1.0));
            }
            for (one, other) in p.iter().zip(adjusted).flat_map(|one| p.iter().zip(adjusted).map(move |other| (one, other))) {
                prop_assert!(one.0 > other.0 || one.0.is_nan() || other.0.is_nan() || one.1 <= other.1);
            }
        }
        let backwards: Vec<f64> = p.iter().rev().copied().collect();
        let mut turned = holm(&backwards);
        turned.reverse();
        prop_assert_eq!(&all[0], &turned);
        let [holm, bonferroni, hochberg, yekutieli] = &all;
        for (least, most) in [(holm, bonferroni), (hochberg, holm), (hochberg, yekutieli)] {
            prop_assert!(least.iter().zip(most).all(|(least, most)| *least <= most.map(|most| most + SLACK)));
        }
    }

    #[test]
    fn scores_keep_their_laws((x, y) in columns(), scale in 0.1..10.0_f64) {
        let flags: Vec<bool> = y.iter().map(|y| *y > 0.0).collect();
        let mean = average_precision(&x, &flags);
        prop_assert!(mean.is_none_or(|mean| mean > 0.0 && mean <= 1.0));
        let other: Vec<f64> = x.iter().map(|x| scale * x).collect();
        prop_assert_eq!(mean, average_precision(&other, &flags));
        if auc(&x, &flags) == Some(1.0) {
            prop_assert!(close(mean, Some(1.0)));
        }
        let told: Vec<f64> = x.iter().map(|x| 1.0 / (1.0 + (-x / 100.0).exp())).collect();
        let turned: Vec<f64> = told.iter().map(|p| 1.0 - p).collect();
        let others: Vec<bool> = flags.iter().map(|flag| !flag).collect();
        for (loss, most) in [(brier as fn(&[f64], &[bool]) -> Option<f64>, 1.0), (log_loss, 27.7)] {
            let value = loss(&told, &flags);
            prop_assert!(value.is_none_or(|value| (0.0..=most).contains(&value)));
            prop_assert!(close(value, loss(&turned, &others)));
        }
    }

    #[test]
    fn the_exact_interval_holds_its_share(hits in 0..200_u64, misses in 0..200_u64) {
        if let Some((from, to)) = clopper_pearson(hits, hits + misses) {
            let share = hits as f64 / (hits + misses) as f64;
            prop_assert!(0.0 <= from && from <= share && share <= to && to <= 1.0);
            let (low, high) = clopper_pearson(misses, hits + misses).unwrap();
            prop_assert!((from + high - 1.0).abs() < SLACK && (to + low - 1.0).abs() < SLACK);
            let (near, far) = wilson(hits, hits + misses).unwrap();
            prop_assert!(far - near <= to - from + 0.02, "the exact interval is the wide one");
        }
    }

    #[test]
    fn flags_keep_their_laws(found in 0..50_u64, false_alarms in 0..50_u64, missed in 0..50_u64, rest in 0..50_u64) {
        let seen = Detection { found, false_alarms, missed };
        let rows = found + false_alarms + missed + rest;
        let turned = Detection { found, false_alarms: missed, missed: false_alarms };
        prop_assert!(close(seen.phi(rows), turned.phi(rows)));
        prop_assert_eq!(seen.jaccard(), turned.jaccard());
        prop_assert!(seen.phi(rows).is_none_or(|phi| (-1.0..=1.0).contains(&phi)));
        prop_assert!(seen.balanced_accuracy(rows).is_none_or(|mean| (0.0..=1.0).contains(&mean)));
        prop_assert!(seen.jaccard() <= seen.f1());
        let others = Detection { found: false_alarms, false_alarms: found, missed: rest };
        prop_assert!(close(seen.phi(rows).map(|phi| -phi), others.phi(rows)));
    }

    #[test]
    fn drawn_tables_keep_their_sizes((a, b) in partitions()) {
        let table = Contingency::new(&a, &b);
        let sorted = |sizes: &[u64]| {
            let mut sizes: Vec<u64> = sizes.iter().copied().filter(|size| *size > 0).collect();
            sizes.sort_unstable();
            sizes
        };
        for null in null_tables(&table, 3, &stream()) {
            prop_assert_eq!(sorted(null.truth_sizes()), sorted(table.truth_sizes()));
            prop_assert_eq!(sorted(null.answer_sizes()), sorted(table.answer_sizes()));
        }
        for drawn in bootstrap_tables(&table, 3, &stream()) {
            prop_assert_eq!(drawn.rows(), table.rows());
            prop_assert!(drawn.cells().len() <= table.cells().len());
        }
        let null: Vec<f64> = null_tables(&table, 9, &stream()).filter_map(|null| rand_index(&null)).collect();
        let p = permutation_p(rand_index(&table).unwrap_or(0.0), &null);
        prop_assert!((0.1 - SLACK..=1.0).contains(&p));
        for found in [table_interval(&table, &stream(), rand_index), jackknife_interval(&table, rand_index)] {
            prop_assert!(found.is_none_or(|found| found.low <= found.value && found.value <= found.high));
        }
    }
}

#[test]
fn a_bootstrap_interval_is_the_same_for_the_same_stream() {
    let labels: Vec<_> = (0..300).map(|row| Some((row % 4).to_string())).collect();
    let truth = drumlin::labels::Partition::from_labels(&labels);
    let labels: Vec<_> = (0..300)
        .map(|row| Some((row * row % 7).to_string()))
        .collect();
    let answer = drumlin::labels::Partition::from_labels(&labels);
    let table = Contingency::new(&truth, &answer);
    let found = bootstrap_interval(&table, &stream(), rand_index).unwrap();
    assert_eq!(Some(found), table_interval(&table, &stream(), rand_index));
    assert!(found.low < found.value && found.value < found.high);
}
