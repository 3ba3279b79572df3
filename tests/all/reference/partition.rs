//! Two partitions of the same rows.

use drumlin::measure::{
    Contingency, RandomModel, adjusted_rand, adjusted_rand_under, element_similarity, entropy,
    mutual_information, pair_counts, pair_precision, pair_recall, rand_index,
};
use serde_json::{Value, json};

use super::groups;

/// Our value of one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let (a, b) = (groups(&input["a"]), groups(&input["b"]));
    let table = Contingency::new(&a, &b);
    // One-sided models: the reference keeps its second partition fixed, we the first.
    let turned = Contingency::new(&b, &a);
    Some(match key {
        "mi" => json!(mutual_information(&table)),
        "h_a" => json!(entropy(table.truth_sizes())),
        "h_b" => json!(entropy(table.answer_sizes())),
        "ecs" => json!(element_similarity(&table)),
        "rand" => json!(rand_index(&table)),
        // genieclust's `ar` is the same index, computed another way.
        "ari" | "genie_ar" => json!(adjusted_rand(&table)),
        "ari_num" => json!(adjusted_rand_under(&table, RandomModel::SameNumber)),
        "ari_all" => json!(adjusted_rand_under(&table, RandomModel::All)),
        "ari_num1" => json!(adjusted_rand_under(
            &turned,
            RandomModel::SameNumberOneSided
        )),
        "ari_all1" => json!(adjusted_rand_under(&turned, RandomModel::AllOneSided)),
        "pair_precision" => json!(pair_precision(&table)),
        "pair_recall" => json!(pair_recall(&table)),
        "pair_confusion_ordered" => {
            let pairs = pair_counts(&table)?;
            let twice = |count: u128| (2 * count) as f64;
            json!([
                [twice(pairs.neither), twice(pairs.answer_only)],
                [twice(pairs.truth_only), twice(pairs.both)]
            ])
        }
        _ => return None,
    })
}
