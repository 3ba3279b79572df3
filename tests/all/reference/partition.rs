//! Two partitions of the same rows.

use drumlin::labels::{Cover, Partition};
use drumlin::measure::{
    Average, Contingency, RandomModel, adjusted_fowlkes_mallows, adjusted_mutual_information,
    adjusted_rand, adjusted_rand_under, completeness, element_similarities, element_similarity,
    entropy, exact_adjusted_rand_p, expected_mutual_information, fowlkes_mallows, homogeneity,
    matching_accuracy, mutual_information, normalised_clustering_accuracy,
    normalised_information_distance, normalised_mutual_information, normalised_pivoted_accuracy,
    normalised_variation_of_information, omega, pair_counts, pair_jaccard, pair_precision,
    pair_recall, pair_sets_index, purity, rand_index, simplified_pair_sets_index,
    unclipped_pair_sets_index, v_measure, variation_of_information,
};
use serde_json::{Value, json};

use super::groups;

/// What we say to one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let (a, b) = (groups(&input["a"]), groups(&input["b"]));
    let table = Contingency::new(&a, &b);
    // The reference takes its second partition for the given one, we the first.
    let turned = Contingency::new(&b, &a);
    match key {
        "ari_num1" => {
            return Some(json!(adjusted_rand_under(
                &turned,
                RandomModel::SameNumberOneSided
            )));
        }
        "ari_all1" => {
            return Some(json!(adjusted_rand_under(
                &turned,
                RandomModel::AllOneSided
            )));
        }
        _ => {}
    }
    pairs(key, &table)
        .or_else(|| information(key, &table))
        .or_else(|| matching(key, &table))
        .or_else(|| (key == "ecs_elements").then(|| json!(element_similarities(&a, &b))))
        .or_else(|| (key == "omega").then(|| omega_of(&a, &b)))
}

fn pairs(key: &str, table: &Contingency) -> Option<Value> {
    let under = |model| json!(adjusted_rand_under(table, model));
    Some(match key {
        "rand" => json!(rand_index(table)),
        // genieclust's `ar` is the same index by another road.
        "ari" | "genie_ar" => json!(adjusted_rand(table)),
        "ari_num" => under(RandomModel::SameNumber),
        "ari_all" => under(RandomModel::All),
        "ari_perm_p_exact" => json!(exact_adjusted_rand_p(table)),
        "fmi" => json!(fowlkes_mallows(table)),
        "genie_afm" => json!(adjusted_fowlkes_mallows(table)),
        "pair_jaccard" => json!(pair_jaccard(table)),
        "pair_precision" => json!(pair_precision(table)),
        "pair_recall" => json!(pair_recall(table)),
        "pair_confusion_ordered" => {
            let pairs = pair_counts(table)?;
            let twice = |count: u128| (2 * count) as f64;
            json!([
                [twice(pairs.neither), twice(pairs.answer_only)],
                [twice(pairs.truth_only), twice(pairs.both)]
            ])
        }
        _ => return None,
    })
}

fn information(key: &str, table: &Contingency) -> Option<Value> {
    if let Some(by) = key.strip_prefix("nmi_").and_then(average) {
        return Some(json!(normalised_mutual_information(table, by)));
    }
    if let Some(by) = key.strip_prefix("ami_").and_then(average) {
        return Some(json!(adjusted_mutual_information(table, by)));
    }
    if let Some(beta) = key.strip_prefix("v_beta") {
        return Some(json!(v_measure(table, beta.parse().ok()?)));
    }
    Some(match key {
        "mi" => json!(mutual_information(table)),
        "h_a" => json!(entropy(table.truth_sizes())),
        "h_b" => json!(entropy(table.answer_sizes())),
        "emi" => json!(expected_mutual_information(table)),
        "homogeneity" => json!(homogeneity(table)),
        "completeness" => json!(completeness(table)),
        "vi_nats" => json!(variation_of_information(table)),
        "nvi" => json!(normalised_variation_of_information(table)),
        "nid" => json!(normalised_information_distance(table)),
        _ => return None,
    })
}

fn matching(key: &str, table: &Contingency) -> Option<Value> {
    Some(match key {
        "purity_b_in_a" => json!(purity(table)),
        "hungarian_accuracy" => json!(matching_accuracy(table)),
        "genie_psi" => json!(pair_sets_index(table)),
        "genie_psi_unclipped" => json!(unclipped_pair_sets_index(table)),
        "genie_spsi" => json!(simplified_pair_sets_index(table)),
        "genie_nca" => json!(normalised_clustering_accuracy(table)),
        "genie_npa" => json!(normalised_pivoted_accuracy(table)),
        "ecs" => json!(element_similarity(table)),
        _ => return None,
    })
}

fn average(name: &str) -> Option<Average> {
    Some(match name {
        "arithmetic" => Average::Arithmetic,
        "geometric" => Average::Geometric,
        "min" => Average::Min,
        "max" => Average::Max,
        _ => return None,
    })
}

/// A partition is a cover without overlap, and its omega index the adjusted Rand index.
fn omega_of(a: &Partition, b: &Partition) -> Value {
    let cover = |side: &Partition| {
        let rows = side.codes().iter();
        Cover::from_codes(rows.map(|code| code.iter().copied().collect()).collect())
    };
    let found = omega(&cover(a), &cover(b)).unwrap();
    let ari = adjusted_rand(&Contingency::new(a, b)).unwrap();
    assert!((found - ari).abs() < 1e-12, "{found} {ari}");
    json!(found)
}
