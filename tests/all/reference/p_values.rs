//! P-values of many tests.

use drumlin::measure::{benjamini_hochberg, holm};
use serde_json::{Value, json};

use super::numbers;

/// Our value of one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let p = numbers(&input["p"]);
    Some(match key {
        "bh_adjusted" => json!(benjamini_hochberg(&p)),
        "holm_adjusted" => json!(holm(&p)),
        _ => return None,
    })
}
