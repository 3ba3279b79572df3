//! The one written policy for edge cases, held by every measure it speaks of.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{
    Average, Contingency, Reading, adjusted_fowlkes_mallows, adjusted_mutual_information,
    adjusted_rand, adjusted_soft_concordance, normalised_information_distance,
    normalised_mutual_information, normalised_variation_of_information, omega,
    pair_product_adjusted_rand, pair_sets_index, v_measure,
};

use super::groups::OF_GROUPS;

type OfTables = (&'static str, fn(&Contingency) -> Option<f64>);

/// Agreements: 1 when both sides are trivial, 0 when one is.
const AGREEMENTS: [OfTables; 7] = [
    ("adjusted_rand", adjusted_rand),
    ("adjusted_fowlkes_mallows", adjusted_fowlkes_mallows),
    ("adjusted_mutual_information", |table| {
        adjusted_mutual_information(table, Average::Arithmetic)
    }),
    ("adjusted_mutual_information, min", |table| {
        adjusted_mutual_information(table, Average::Min)
    }),
    ("normalised_mutual_information", |table| {
        normalised_mutual_information(table, Average::Geometric)
    }),
    ("v_measure", |table| v_measure(table, 2.0)),
    ("pair_sets_index", pair_sets_index),
];

/// Distances: 0 when both sides are trivial, 1 when one is.
const DISTANCES: [OfTables; 2] = [
    (
        "normalised_information_distance",
        normalised_information_distance,
    ),
    (
        "normalised_variation_of_information",
        normalised_variation_of_information,
    ),
];

fn groups(labels: &[&str]) -> Partition {
    Partition::from_labels(&labels.iter().map(Some).collect::<Vec<_>>())
}

fn close(found: Option<f64>, expected: f64) -> bool {
    found.is_some_and(|found| (found - expected).abs() < 1e-12)
}

#[test]
fn trivial_sides_agree_with_each_other_and_say_nothing_of_the_rest() {
    let (whole, split) = (groups(&["a"; 5]), groups(&["x", "x", "y", "z", "z"]));
    let both = Contingency::new(&whole, &groups(&["other"; 5]));
    assert_eq!(Reading::of(&both), Reading::Trivial);
    for one in [(&whole, &split), (&split, &whole)].map(|(a, b)| Contingency::new(a, b)) {
        assert_eq!(Reading::of(&one), Reading::Trivial);
        for (name, measure) in AGREEMENTS {
            assert!(close(measure(&both), 1.0), "{name}");
            assert!(close(measure(&one), 0.0), "{name}: {:?}", measure(&one));
        }
        for (name, distance) in DISTANCES {
            assert!(close(distance(&both), 0.0), "{name}");
            assert!(close(distance(&one), 1.0), "{name}");
        }
    }
    assert_eq!(Reading::of(&Contingency::new(&split, &split)), Reading::Ok);
}

#[test]
fn all_singletons_are_themselves_and_otherwise_at_chance() {
    let (alone, split) = (groups(&["a", "b", "c", "d"]), groups(&["x", "x", "y", "y"]));
    let adjusted: [OfTables; 4] = [AGREEMENTS[0], AGREEMENTS[1], AGREEMENTS[2], AGREEMENTS[3]];
    for (name, measure) in adjusted {
        assert!(
            close(measure(&Contingency::new(&alone, &alone)), 1.0),
            "{name}"
        );
        assert!(
            close(measure(&Contingency::new(&alone, &split)), 0.0),
            "{name}"
        );
        assert!(
            close(measure(&Contingency::new(&split, &alone)), 0.0),
            "{name}"
        );
    }
}

#[test]
fn nobody_has_no_value_anywhere() {
    let a = Partition::from_labels(&[Some("a"), None]);
    let b = Partition::from_labels(&[None, Some("b")]);
    assert_eq!(Reading::of(&Contingency::new(&a, &b)), Reading::Empty);
    for law in OF_GROUPS {
        assert_eq!((law.measure)(&a, &b), None, "{}", law.name);
    }
    for (name, measure) in AGREEMENTS.into_iter().chain(DISTANCES) {
        assert_eq!(measure(&Contingency::new(&a, &b)), None, "{name}");
    }
    let soft = Memberships::from_weights(2, vec![f64::NAN; 4]).unwrap();
    assert_eq!(adjusted_soft_concordance(&soft, &soft), None);
    assert_eq!(pair_product_adjusted_rand(&soft, &soft), None);
    let cover = drumlin::labels::Cover::from_codes(vec![vec![]; 3]);
    assert_eq!(omega(&cover, &cover), None);
}
