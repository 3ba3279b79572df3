//! Points in space, and their groups.

use drumlin::measure::{neighbour_distances, pairwise_distances, silhouette, silhouettes};
use serde_json::{Value, json};

use super::{numbers, table};

/// Our value of one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let points = table(&input["x"]);
    let groups: Vec<u32> = numbers(&input["groups"])
        .iter()
        .map(|n| *n as u32)
        .collect();
    let distances = pairwise_distances(points.view());
    Some(match key {
        "silhouette" => json!(silhouette(&distances, &groups)),
        "silhouettes" => json!(silhouettes(&distances, &groups)),
        "neighbour_distances" => {
            let k = input["k"].as_u64()? as usize;
            json!(neighbour_distances(points.view(), k))
        }
        _ => return None,
    })
}
