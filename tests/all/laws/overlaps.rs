//! Laws of covers and trees.

use drumlin::labels::{Cover, Hierarchy, Merge, Partition};
use drumlin::measure::{
    Affinity, Contingency, Correlation, CoverScale, adjusted_rand, cophenetic_correlation,
    cophenetic_distances, dendrogram_purity, hierarchy_correlation, omega,
    overlapping_mutual_information, recover_levels,
};
use proptest::prelude::*;

use super::{SLACK, close, partitions};

type OfCovers = (&'static str, fn(&Cover, &Cover) -> Option<f64>, (f64, f64));

const OF_COVERS: [OfCovers; 5] = [
    ("omega", omega, (-1.0, 1.0)),
    (
        "each",
        |a, b| overlapping_mutual_information(a, b, CoverScale::Each),
        (0.0, 1.0),
    ),
    (
        "max",
        |a, b| overlapping_mutual_information(a, b, CoverScale::Max),
        (0.0, 1.0),
    ),
    (
        "ecs",
        |a, b| Affinity::of_cover(a).similarity(&Affinity::of_cover(b), 0.9),
        (0.0, 1.0),
    ),
    (
        "ecs near",
        |a, b| Affinity::of_cover(a).similarity(&Affinity::of_cover(b), 0.3),
        (0.0, 1.0),
    ),
];

fn covers() -> impl Strategy<Value = (Vec<Vec<u32>>, Vec<Vec<u32>>)> {
    let row = || prop::collection::vec(0..4_u32, 0..3);
    prop::collection::vec((row(), row()), 1..20).prop_map(|rows| rows.into_iter().unzip())
}

/// A tree over `rows` rows: at each step, which two of the clusters that are left.
fn tree(rows: usize, steps: &[(usize, usize)]) -> Hierarchy {
    let mut left: Vec<usize> = (0..rows).collect();
    let mut merges = Vec::new();
    for (at, (one, other)) in steps.iter().take(rows - 1).enumerate() {
        let first = left.swap_remove(one % left.len());
        let second = left.swap_remove(other % left.len());
        merges.push(Merge {
            left: first,
            right: second,
            height: (at + 1) as f64,
        });
        left.push(rows + at);
    }
    Hierarchy::from_merges(rows, merges).unwrap()
}

fn trees() -> impl Strategy<Value = (Hierarchy, Hierarchy)> {
    let steps = || prop::collection::vec((0..100_usize, 0..100_usize), 12);
    (2..12_usize, steps(), steps()).prop_map(|(rows, a, b)| (tree(rows, &a), tree(rows, &b)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn measures_of_covers_keep_their_laws((a, b) in covers(), turn in 0..4_u32) {
        let renamed = b.iter().map(|row| row.iter().map(|code| (code + turn) % 4).collect()).collect();
        let backwards = |rows: &[Vec<u32>]| Cover::from_codes(rows.iter().rev().cloned().collect());
        let (turned_a, turned_b) = (backwards(&a), backwards(&b));
        let [a, b, renamed] = [a, b, renamed].map(Cover::from_codes);
        for (name, measure, (low, high)) in OF_COVERS {
            let value = measure(&a, &b);
            prop_assert!(value.is_none_or(|value| value >= low && value <= high), "{} {:?}", name, value);
            prop_assert!(close(value, measure(&b, &a)), "{} is symmetric", name);
            prop_assert!(close(value, measure(&a, &renamed)), "{} and other labels", name);
            prop_assert!(close(value, measure(&turned_a, &turned_b)), "{} and another row order", name);
            let own = measure(&a, &a);
            prop_assert!(own.is_none_or(|own| (own - 1.0).abs() < SLACK), "{} on itself: {:?}", name, own);
        }
    }

    #[test]
    fn a_cover_without_overlap_is_a_partition((a, b) in partitions()) {
        let cover = |side: &Partition| {
            let rows = side.codes().iter().map(|code| code.iter().copied().collect());
            Cover::from_codes(rows.collect())
        };
        let ari = adjusted_rand(&Contingency::new(&a, &b));
        prop_assert!(close(omega(&cover(&a), &cover(&b)), ari));
    }

    #[test]
    fn trees_keep_their_laws((a, b) in trees(), alpha in 0.1..0.95_f64, depth in -2.0..5.0_f64) {
        let distances = cophenetic_distances(&a);
        prop_assert_eq!(distances.len(), a.rows() * (a.rows() - 1) / 2);
        prop_assert!(distances.iter().all(|height| *height >= 1.0));
        for by in [Correlation::Pearson, Correlation::Spearman, Correlation::Kendall] {
            let value = hierarchy_correlation(&a, &b, by);
            prop_assert!(close(value, hierarchy_correlation(&b, &a, by)));
            prop_assert!(close(value, cophenetic_correlation(&a, &cophenetic_distances(&b), by)));
            prop_assert!(value.is_none_or(|value| (-1.0..=1.0).contains(&value)));
            prop_assert!(hierarchy_correlation(&a, &a, by).is_none_or(|own| (own - 1.0).abs() < 1e-9));
        }
        let [in_a, in_b] = [&a, &b].map(|tree| Affinity::of_hierarchy(tree, depth));
        let value = in_a.similarity(&in_b, alpha);
        prop_assert!(value.is_some_and(|value| (0.0..=1.0).contains(&value)));
        prop_assert!(close(value, in_b.similarity(&in_a, alpha)));
        prop_assert!(close(Some(1.0), in_a.similarity(&in_a, alpha)));
    }

    #[test]
    fn cuts_of_a_tree_are_pure_and_found((a, b) in trees()) {
        let levels: Vec<Partition> = (1..=a.rows()).map(|groups| a.cut(groups)).collect();
        for (level, cut) in levels.iter().enumerate() {
            prop_assert_eq!(cut.groups(), level + 1);
            prop_assert!(dendrogram_purity(&a, cut).is_none_or(|purity| purity > 1.0 - SLACK));
            let other = dendrogram_purity(&b, cut);
            prop_assert!(other.is_none_or(|purity| purity > 0.0 && purity <= 1.0));
        }
        for (level, found) in recover_levels(&levels, &levels).into_iter().enumerate() {
            let found = found.unwrap();
            prop_assert!((found.recovery - 1.0).abs() < SLACK && found.level <= level);
        }
    }
}
