//! Laws of measures of how two partitions agree.

use drumlin::labels::Partition;
use drumlin::measure::{
    Contingency, RandomModel, adjusted_rand, adjusted_rand_under, element_similarity, entropy,
    mutual_information, pair_counts, pair_precision, pair_recall, rand_index, recover_groups,
    with_missing,
};
use proptest::prelude::*;

use super::{SLACK, named, partitions, stream};

/// A measure of how two partitions agree, and the laws it keeps.
pub(super) struct OfGroups {
    pub(super) name: &'static str,
    pub(super) measure: fn(&Partition, &Partition) -> Option<f64>,
    symmetric: bool,
    /// What a partition with two groups or more gets against itself, when that is one number.
    on_itself: Option<f64>,
    bounds: (f64, f64),
}

pub(super) const OF_GROUPS: [OfGroups; 12] = [
    OfGroups {
        name: "adjusted_rand",
        measure: |a, b| adjusted_rand(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (-0.5, 1.0),
    },
    OfGroups {
        name: "mutual_information",
        measure: |a, b| mutual_information(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: None,
        // The logarithm of the largest number of groups below.
        bounds: (0.0, 1.792),
    },
    OfGroups {
        name: "pair_precision",
        measure: |a, b| pair_precision(&Contingency::new(a, b)),
        symmetric: false,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "pair_recall",
        measure: |a, b| pair_recall(&Contingency::new(a, b)),
        symmetric: false,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "recover_groups",
        measure: |a, b| recover_groups(a, b, &stream()).0.value,
        symmetric: false,
        on_itself: Some(1.0),
        bounds: (f64::NEG_INFINITY, 1.0),
    },
    OfGroups {
        name: "entropy",
        measure: |a, b| entropy(Contingency::new(a, b).truth_sizes()),
        symmetric: false,
        on_itself: None,
        bounds: (0.0, 1.792),
    },
    OfGroups {
        name: "rand_index",
        measure: |a, b| rand_index(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "element_similarity",
        measure: |a, b| element_similarity(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "adjusted_rand_under",
        measure: |a, b| adjusted_rand_under(&Contingency::new(a, b), RandomModel::SameNumber),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (f64::NEG_INFINITY, 1.0),
    },
    OfGroups {
        name: "adjusted_rand_under",
        measure: |a, b| {
            adjusted_rand_under(&Contingency::new(a, b), RandomModel::SameNumberOneSided)
        },
        symmetric: false,
        on_itself: Some(1.0),
        bounds: (f64::NEG_INFINITY, 1.0),
    },
    OfGroups {
        name: "adjusted_rand_under",
        measure: |a, b| adjusted_rand_under(&Contingency::new(a, b), RandomModel::All),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (f64::NEG_INFINITY, 1.0),
    },
    OfGroups {
        name: "adjusted_rand_under",
        measure: |a, b| adjusted_rand_under(&Contingency::new(a, b), RandomModel::AllOneSided),
        symmetric: false,
        on_itself: Some(1.0),
        bounds: (f64::NEG_INFINITY, 1.0),
    },
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn measures_of_groups_keep_their_laws((a, b) in partitions(), turn in 0..6_u32) {
        for law in OF_GROUPS {
            let value = (law.measure)(&a, &b);
            if let Some(value) = value {
                let (low, high) = law.bounds;
                prop_assert!(value >= low - SLACK && value <= high + SLACK, "{} {value}", law.name);
            }
            if law.symmetric {
                prop_assert_eq!(value, (law.measure)(&b, &a), "{}", law.name);
            }
            let renamed = named(b.codes().iter().map(|code| code.map(|code| (code + turn) % 6)).collect());
            prop_assert_eq!(value, (law.measure)(&a, &renamed), "{} and other labels", law.name);
            let order: Vec<usize> = (0..a.rows()).rev().collect();
            let turned = (law.measure)(&a.pick(&order), &b.pick(&order));
            prop_assert_eq!(value, turned, "{} and another row order", law.name);
            if let (Some(expected), Some(own)) = (law.on_itself, (law.measure)(&a, &a)) {
                prop_assert!((own - expected).abs() < SLACK, "{} on itself: {own}", law.name);
            }
        }
        let swapped = pair_recall(&Contingency::new(&b, &a));
        prop_assert_eq!(pair_precision(&Contingency::new(&a, &b)), swapped);
    }

    #[test]
    fn pairs_add_up((a, b) in partitions()) {
        let table = Contingency::new(&a, &b);
        let rows = u128::from(table.rows());
        if let Some(pairs) = pair_counts(&table) {
            let all = pairs.both + pairs.truth_only + pairs.answer_only + pairs.neither;
            prop_assert_eq!(all, rows * (rows - 1) / 2);
        }
    }

    #[test]
    fn missing_and_noise_have_three_readings((a, b) in partitions()) {
        let read = with_missing(&a, &b, rand_index);
        prop_assert_eq!(read.answered, rand_index(&Contingency::new(&a, &b)));
        prop_assert!(read.coverage.is_none_or(|coverage| (0.0..=1.0).contains(&coverage)));
        prop_assert_eq!(read.coverage.is_some(), a.answered() > 0);
        prop_assert_eq!(read.as_singletons.is_some(), a.answered() > 0);
        if read.coverage == Some(1.0) {
            prop_assert_eq!(read.as_singletons, read.answered);
        }
    }
}
