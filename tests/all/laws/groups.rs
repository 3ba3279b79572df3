//! Laws of measures of how two partitions agree.

use drumlin::labels::Partition;
use drumlin::measure::{
    Average, Contingency, RandomModel, adjusted_fowlkes_mallows, adjusted_mutual_information,
    adjusted_rand, adjusted_rand_under, completeness, element_similarities, element_similarity,
    entropy, exact_adjusted_rand_p, expected_mutual_information, fowlkes_mallows, homogeneity,
    matching_accuracy, mutual_information, normalised_clustering_accuracy,
    normalised_information_distance, normalised_mutual_information, normalised_pivoted_accuracy,
    normalised_variation_of_information, pair_counts, pair_jaccard, pair_precision, pair_recall,
    pair_sets_index, purity, rand_index, recover_groups, simplified_pair_sets_index,
    unclipped_pair_sets_index, v_measure, variation_of_information, with_missing, with_noise,
};
use proptest::prelude::*;

use super::{SLACK, close, named, partitions, stream};

/// A measure of how two partitions agree, and the laws it keeps.
pub(super) struct OfGroups {
    pub(super) name: &'static str,
    pub(super) measure: fn(&Partition, &Partition) -> Option<f64>,
    symmetric: bool,
    /// What a partition with two groups or more gets against itself, when that is one number.
    on_itself: Option<f64>,
    bounds: (f64, f64),
}

pub(super) const OF_GROUPS: [OfGroups; 34] = [
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
        measure: |a, b| recover_groups(a, b, &stream()).value,
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
        name: "pair_jaccard",
        measure: |a, b| pair_jaccard(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "fowlkes_mallows",
        measure: |a, b| fowlkes_mallows(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "adjusted_fowlkes_mallows",
        measure: |a, b| adjusted_fowlkes_mallows(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (-1.0, 1.0),
    },
    OfGroups {
        name: "homogeneity",
        measure: |a, b| homogeneity(&Contingency::new(a, b)),
        symmetric: false,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "completeness",
        measure: |a, b| completeness(&Contingency::new(a, b)),
        symmetric: false,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "variation_of_information",
        measure: |a, b| variation_of_information(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(0.0),
        bounds: (0.0, 3.584),
    },
    OfGroups {
        name: "normalised_variation_of_information",
        measure: |a, b| normalised_variation_of_information(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(0.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "normalised_information_distance",
        measure: |a, b| normalised_information_distance(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(0.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "expected_mutual_information",
        measure: |a, b| expected_mutual_information(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: None,
        bounds: (0.0, 1.792),
    },
    OfGroups {
        name: "element_similarity",
        measure: |a, b| element_similarity(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "purity",
        measure: |a, b| purity(&Contingency::new(a, b)),
        symmetric: false,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "matching_accuracy",
        measure: |a, b| matching_accuracy(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "normalised_pivoted_accuracy",
        measure: |a, b| normalised_pivoted_accuracy(&Contingency::new(a, b)),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (-1.0, 1.0),
    },
    OfGroups {
        name: "normalised_mutual_information",
        measure: |a, b| normalised_mutual_information(&Contingency::new(a, b), Average::Arithmetic),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "adjusted_mutual_information",
        measure: |a, b| adjusted_mutual_information(&Contingency::new(a, b), Average::Arithmetic),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (-1.0, 1.0),
    },
    OfGroups {
        name: "normalised_mutual_information",
        measure: |a, b| normalised_mutual_information(&Contingency::new(a, b), Average::Geometric),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "adjusted_mutual_information",
        measure: |a, b| adjusted_mutual_information(&Contingency::new(a, b), Average::Geometric),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (-1.0, 1.0),
    },
    OfGroups {
        name: "normalised_mutual_information",
        measure: |a, b| normalised_mutual_information(&Contingency::new(a, b), Average::Min),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "adjusted_mutual_information",
        measure: |a, b| adjusted_mutual_information(&Contingency::new(a, b), Average::Min),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (f64::NEG_INFINITY, 1.0),
    },
    OfGroups {
        name: "normalised_mutual_information",
        measure: |a, b| normalised_mutual_information(&Contingency::new(a, b), Average::Max),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "adjusted_mutual_information",
        measure: |a, b| adjusted_mutual_information(&Contingency::new(a, b), Average::Max),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (-1.0, 1.0),
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
    OfGroups {
        name: "v_measure",
        measure: |a, b| v_measure(&Contingency::new(a, b), 1.0),
        symmetric: true,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
    },
    OfGroups {
        name: "v_measure",
        measure: |a, b| v_measure(&Contingency::new(a, b), 2.0),
        symmetric: false,
        on_itself: Some(1.0),
        bounds: (0.0, 1.0),
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
    fn matchings_keep_their_laws((a, b) in partitions(), turn in 0..6_u32) {
        let renamed = named(b.codes().iter().map(|code| code.map(|code| (code + turn) % 6)).collect());
        let [table, other, turned, own] =
            [(&a, &b), (&a, &renamed), (&b, &a), (&a, &a)].map(|(a, b)| Contingency::new(a, b));
        // Another matching may have the same sum, so these agree up to rounding.
        for symmetric in [unclipped_pair_sets_index, pair_sets_index, simplified_pair_sets_index] {
            prop_assert!(close(symmetric(&table), symmetric(&turned)));
        }
        for measure in [
            unclipped_pair_sets_index, pair_sets_index, simplified_pair_sets_index, normalised_clustering_accuracy,
        ] {
            let value = measure(&table);
            prop_assert!(close(value, measure(&other)));
            prop_assert!(value.is_none_or(|value| (-1.0..=1.0 + SLACK).contains(&value)));
            prop_assert!(measure(&own).is_none_or(|own| (own - 1.0).abs() < SLACK));
        }
        let clipped = unclipped_pair_sets_index(&table).map(|index| index.max(0.0));
        prop_assert_eq!(pair_sets_index(&table), clipped);
        prop_assert!(matching_accuracy(&table) <= purity(&table));
    }

    #[test]
    fn information_measures_agree_with_each_other((a, b) in partitions()) {
        let table = Contingency::new(&a, &b);
        let v = v_measure(&table, 1.0);
        prop_assert!(close(v, normalised_mutual_information(&table, Average::Arithmetic)));
        if let (Some(told), Some(chance)) = (mutual_information(&table), expected_mutual_information(&table)) {
            let most = entropy(table.truth_sizes()).unwrap().min(entropy(table.answer_sizes()).unwrap());
            prop_assert!(chance <= most + SLACK && told <= most + SLACK);
        }
        let rows = element_similarities(&a, &b);
        let answered: Vec<f64> = rows.into_iter().flatten().collect();
        let mean = answered.iter().sum::<f64>() / answered.len() as f64;
        prop_assert!(close(element_similarity(&table), (!answered.is_empty()).then_some(mean)));
    }

    #[test]
    fn an_exact_p_is_a_share_of_permutations((a, b) in partitions(), turn in 0..6_u32) {
        let rows: Vec<usize> = (0..a.rows().min(9)).collect();
        let (a, b) = (a.pick(&rows), b.pick(&rows));
        let p = exact_adjusted_rand_p(&Contingency::new(&a, &b));
        prop_assert!(p.is_none_or(|p| p > 0.0 && p <= 1.0), "{p:?}");
        prop_assert!(close(p, exact_adjusted_rand_p(&Contingency::new(&b, &a))));
        let renamed = named(b.codes().iter().map(|code| code.map(|code| (code + turn) % 6)).collect());
        prop_assert!(close(p, exact_adjusted_rand_p(&Contingency::new(&a, &renamed))));
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
        let quiet = with_noise(&a, &b, "-1", rand_index);
        prop_assert_eq!((quiet.as_group, quiet.left_out), (quiet.as_singletons, quiet.as_group));
        let noisy = with_noise(&a, &b, "3", rand_index);
        prop_assert_eq!(noisy.as_group, quiet.as_group);
        prop_assert_eq!(noisy.as_singletons.is_some(), noisy.as_group.is_some());
    }
}
