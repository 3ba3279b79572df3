//! Points in space, and their groups.

use drumlin::measure::{neighbour_distances, pairwise_distances, silhouette, silhouettes};
use ndarray::Array2;
use serde_json::{Value, json};

use super::numbers;

/// What we say to one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let rows: Vec<Vec<f64>> = input["x"].as_array()?.iter().map(numbers).collect();
    let points = Array2::from_shape_fn((rows.len(), rows[0].len()), |(row, at)| rows[row][at]);
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
