//! P-values of many tests.

use drumlin::measure::{benjamini_hochberg, benjamini_yekutieli, bonferroni, holm};
use serde_json::{Value, json};

use super::numbers;

/// What we say to one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let p = numbers(&input["p"]);
    Some(match key {
        "bh_adjusted" => json!(benjamini_hochberg(&p)),
        "by_adjusted" => json!(benjamini_yekutieli(&p)),
        "holm_adjusted" => json!(holm(&p)),
        "bonferroni_adjusted" => json!(bonferroni(&p)),
        _ => return None,
    })
}
