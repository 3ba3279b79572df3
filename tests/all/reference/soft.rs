//! Soft memberships of the same rows.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{
    Affinity, Contingency, SoftContingency, adjusted_rand, adjusted_soft_concordance,
    expected_soft_concordance, membership_brier, membership_log_loss, membership_variation,
    pair_product_adjusted_rand, rand_index, soft_concordance, soft_mutual_information,
};
use serde_json::{Value, json};

use super::memberships;

/// What we say to one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let (p, q) = (&memberships(&input["p"]), &memberships(&input["q"]));
    let table = SoftContingency::of_memberships(p, q);
    Some(match key {
        "soft_mi_nats" => json!(soft_mutual_information(&table)),
        "soft_contingency" => {
            let row = |group| (0..q.groups()).map(move |other| (group, other));
            let rows = (0..p.groups()).map(|group| {
                row(group)
                    .map(|(group, other)| table.count(group, other))
                    .collect::<Vec<f64>>()
            });
            json!(rows.collect::<Vec<_>>())
        }
        "crisp_check_ari" => json!(adjusted_rand(&Contingency::new(&crisp(p), &crisp(q)))),
        "crisp_check_rand" => json!(rand_index(&Contingency::new(&crisp(p), &crisp(q)))),
        "ndc" => json!(soft_concordance(p, q)),
        "ndc_expected_exact" => json!(expected_soft_concordance(p, q)),
        "aci_exact" => json!(adjusted_soft_concordance(p, q)),
        "pairproduct_ari" => json!(pair_product_adjusted_rand(p, q)),
        "brier_soft" => json!(membership_brier(p, q)),
        "mean_total_variation" => json!(membership_variation(p, q)),
        "log_loss_hard_truth" => json!(membership_log_loss(&crisp(p), q)),
        "ecs_soft_rownorm" => {
            let [p, q] = [p, q].map(Affinity::of_memberships);
            json!(p.similarity(&q, 0.9))
        }
        _ => return None,
    })
}

fn crisp(memberships: &Memberships) -> Partition {
    memberships.argmax(
        (0..memberships.groups())
            .map(|name| name.to_string())
            .collect(),
    )
}
