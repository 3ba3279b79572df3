//! Groups that overlap.

use drumlin::labels::Cover;
use drumlin::measure::{Affinity, CoverScale, omega, overlapping_mutual_information};
use serde_json::{Value, json};

use super::numbers;

/// What we say to one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let (a, b) = (cover(&input["a"]), cover(&input["b"]));
    let [in_a, in_b] = [&a, &b].map(Affinity::of_cover);
    Some(match key {
        "omega" => json!(omega(&a, &b)),
        "onmi_lfk" => json!(overlapping_mutual_information(&a, &b, CoverScale::Each)),
        "onmi_mgh" => json!(overlapping_mutual_information(&a, &b, CoverScale::Max)),
        "ecs_a0.9" => json!(in_a.similarity(&in_b, 0.9)),
        "ecs_a0.5" => json!(in_a.similarity(&in_b, 0.5)),
        "ecs_elements" => json!(in_a.similarities(&in_b, 0.9)),
        _ => return None,
    })
}

fn cover(value: &Value) -> Cover {
    let rows = value.as_array().unwrap().iter();
    let codes = |row: &Value| numbers(row).iter().map(|code| *code as u32).collect();
    Cover::from_codes(rows.map(codes).collect())
}
