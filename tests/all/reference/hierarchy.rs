//! Trees over the rows.

use drumlin::labels::{Hierarchy, Merge};
use drumlin::measure::{
    Affinity, Correlation, cophenetic_correlation, cophenetic_distances, dendrogram_purity,
    hierarchy_correlation,
};
use serde_json::{Value, json};

use super::{groups, numbers};

/// The usual chance that a walk goes on.
const ALPHA: f64 = 0.9;
/// The reference writes no more of longer lists.
const WRITTEN: usize = 20;

/// What we say to one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let (a, b) = (tree(&input["linkage_a"]), tree(&input["linkage_b"]));
    let flat = groups(&input["flat"]);
    let by_depth = |depth| {
        let [a, b] = [&a, &b].map(|tree| Affinity::of_hierarchy(tree, depth));
        json!(a.similarity(&b, ALPHA))
    };
    Some(match key {
        "cophenetic_a" => {
            let mut distances = cophenetic_distances(&a);
            if a.rows() > 12 {
                distances.truncate(WRITTEN);
            }
            json!(distances)
        }
        "cophenetic_corr_a_vs_data" => {
            // One vector does not hold the distances.
            input["pdist_a"].as_array()?;
            let distances = numbers(&input["pdist_a"]);
            json!(cophenetic_correlation(&a, &distances, Correlation::Pearson))
        }
        "cophenetic_pearson_ab" => json!(hierarchy_correlation(&a, &b, Correlation::Pearson)),
        "bakers_gamma_spearman_ab" => json!(hierarchy_correlation(&a, &b, Correlation::Spearman)),
        "cophenetic_kendall_ab" => json!(hierarchy_correlation(&a, &b, Correlation::Kendall)),
        "dendrogram_purity_a" => json!(dendrogram_purity(&a, &flat)),
        "hier_ecs_r0" => by_depth(0.0),
        "hier_ecs_r1" => by_depth(1.0),
        "hier_ecs_r5" => by_depth(5.0),
        "hier_vs_flat_ecs" => {
            let flat = Affinity::of_partition(&flat);
            json!(Affinity::of_hierarchy(&a, 1.0).similarity(&flat, ALPHA))
        }
        _ => return None,
    })
}

fn tree(value: &Value) -> Hierarchy {
    let merges: Vec<Merge> = value
        .as_array()
        .unwrap()
        .iter()
        .map(numbers)
        .map(|row| Merge {
            left: row[0] as usize,
            right: row[1] as usize,
            height: row[2],
        })
        .collect();
    Hierarchy::from_merges(merges.len() + 1, merges).unwrap()
}
