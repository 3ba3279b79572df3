//! Soft memberships of the same rows.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{Contingency, SoftContingency, adjusted_rand, soft_mutual_information};
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
        "crisp_check_ari" => {
            json!(adjusted_rand(&Contingency::new(&crisp(p), &crisp(q))))
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
