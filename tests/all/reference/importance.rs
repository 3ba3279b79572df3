//! How much each axis matters for each factor.

use drumlin::measure::{disentanglement, factor_completeness};
use serde_json::{Value, json};

use super::table;

/// What we say to one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let importance = table(&input["importance"]);
    Some(match key {
        "dci_d" => json!(disentanglement(importance.view())?.mean),
        "dci_d_each" => json!(disentanglement(importance.view())?.each),
        "dci_c" => json!(factor_completeness(importance.view())?.mean),
        "dci_c_each" => json!(factor_completeness(importance.view())?.each),
        _ => return None,
    })
}
