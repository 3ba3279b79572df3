//! Laws of soft memberships.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{
    Affinity, Contingency, adjusted_rand, adjusted_soft_concordance, drawn_partitions,
    element_similarity, expected_agreement, expected_soft_concordance, membership_brier,
    membership_log_loss, membership_variation, pair_product_adjusted_rand, rand_index,
    soft_concordance,
};
use proptest::prelude::*;

use super::{SLACK, close, partitions, stream};

/// A measure, whether it is blind to labels, what a side gets against itself, and its bounds.
type OfMemberships = (
    &'static str,
    fn(&Memberships, &Memberships) -> Option<f64>,
    bool,
    f64,
    (f64, f64),
);

const MEASURES: [OfMemberships; 7] = [
    ("soft_concordance", soft_concordance, true, 1.0, (0.0, 1.0)),
    (
        "adjusted_soft_concordance",
        adjusted_soft_concordance,
        true,
        1.0,
        (f64::NEG_INFINITY, 1.0),
    ),
    (
        "pair_product_adjusted_rand",
        pair_product_adjusted_rand,
        true,
        1.0,
        (f64::NEG_INFINITY, 1.0),
    ),
    (
        "expected_soft_concordance",
        expected_soft_concordance,
        true,
        f64::NAN,
        (0.0, 1.0),
    ),
    ("Affinity::similarity", similarity, true, 1.0, (0.0, 1.0)),
    ("membership_brier", membership_brier, false, 0.0, (0.0, 2.0)),
    (
        "membership_variation",
        membership_variation,
        false,
        0.0,
        (0.0, 1.0),
    ),
];

fn similarity(p: &Memberships, q: &Memberships) -> Option<f64> {
    Affinity::of_memberships(p).similarity(&Affinity::of_memberships(q), 0.9)
}

/// Shares of three groups on either side; some rows are crisp, some left out.
fn memberships() -> impl Strategy<Value = (Memberships, Memberships)> {
    let row = || {
        prop_oneof![
            6 => [0.01..1.0_f64, 0.01..1.0_f64, 0.01..1.0_f64],
            3 => prop_oneof![Just([1.0, 0.0, 0.0]), Just([0.0, 1.0, 0.0]), Just([0.0, 0.0, 1.0])],
            1 => Just([f64::NAN; 3]),
        ]
    };
    prop::collection::vec((row(), row()), 1..20).prop_map(|rows| {
        let (p, q): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let soft = |rows: Vec<[f64; 3]>| Memberships::from_weights(3, rows.concat()).unwrap();
        (soft(p), soft(q))
    })
}

fn crisp(partition: &Partition) -> Memberships {
    let rows = partition.codes().iter().flat_map(|code| match code {
        Some(code) => (0..6)
            .map(|group| f64::from(u8::from(group == *code)))
            .collect(),
        None => vec![f64::NAN; 6],
    });
    Memberships::from_weights(6, rows.collect()).unwrap()
}

/// Alike up to what is left of the digits when two rows are almost, and not quite, the same pair
/// on both sides.
fn near(left: Option<f64>, right: Option<f64>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => (left - right).abs() < 1e-6,
        (left, right) => left.is_none() == right.is_none(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn measures_of_memberships_keep_their_laws((p, q) in memberships()) {
        let turned: Vec<f64> = (0..q.rows()).flat_map(|row| q.row(row).iter().rev().copied()).collect();
        let renamed = Memberships::from_weights(3, turned).unwrap();
        let order: Vec<usize> = (0..p.rows()).rev().collect();
        for (name, measure, blind, on_itself, (low, high)) in MEASURES {
            let value = measure(&p, &q);
            prop_assert!(value.is_none_or(|value| value >= low - SLACK && value <= high + 1e-9), "{} {:?}", name, value);
            prop_assert!(near(value, measure(&q, &p)), "{} is symmetric", name);
            prop_assert!(!blind || near(value, measure(&p, &renamed)), "{} and other labels", name);
            prop_assert!(near(value, measure(&p.pick(&order), &q.pick(&order))), "{} and another row order", name);
            let own = measure(&p, &p);
            prop_assert!(on_itself.is_nan() || own.is_none_or(|own| (own - on_itself).abs() < 1e-9), "{} on itself: {:?}", name, own);
        }
    }

    #[test]
    fn crisp_memberships_give_the_hard_measures((a, b) in partitions()) {
        let table = Contingency::new(&a, &b);
        let (p, q) = (crisp(&a), crisp(&b));
        prop_assert!(close(soft_concordance(&p, &q), rand_index(&table)));
        prop_assert!(close(similarity(&p, &q), element_similarity(&table)));
        // All singletons are crisp, yet not trivial in the sense of memberships.
        prop_assert!(close(adjusted_soft_concordance(&p, &q), adjusted_rand(&table)));
        prop_assert!(close(pair_product_adjusted_rand(&p, &q), adjusted_rand(&table)));
        for drawn in drawn_partitions(&p, 2, &stream()) {
            prop_assert_eq!(drawn.codes(), a.codes());
        }
        let found = expected_agreement(&p, &b, 3, &stream(), rand_index);
        prop_assert!(close(found.map(|found| found.mean), rand_index(&table)));
        prop_assert!(found.is_none_or(|found| found.error < SLACK));
        let loss = membership_log_loss(&a, &p);
        prop_assert!(loss.is_none_or(|loss| loss.abs() < SLACK));
        prop_assert!(membership_log_loss(&a, &q).is_none_or(|loss| (0.0..27.7).contains(&loss)));
    }
}
