//! Flags and scores compared with what was planted.

use drumlin::measure::{Detection, auc, wilson};
use serde_json::{Value, json};

use super::{flags, numbers};

/// Our value of one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let (planted, flagged) = (&flags(&input["truth"]), &flags(&input["flagged"]));
    let seen = Detection::of(planted.iter().copied().zip(flagged.iter().copied()));
    // The reference returns 0 where the denominator is 0; we return no value.
    let or_zero = |value: Option<f64>| json!(value.unwrap_or(0.0));
    Some(match key {
        "precision" => or_zero(seen.precision()),
        "f1" => or_zero(seen.f1()),
        "precision_ci95_wilson" => json!(wilson(seen.found, seen.found + seen.false_alarms)),
        "confusion_tn_fp_fn_tp" => {
            let rest = planted.len() as u64 - seen.found - seen.false_alarms - seen.missed;
            json!([rest, seen.false_alarms, seen.missed, seen.found])
        }
        "roc_auc" => json!(auc(&numbers(&input["score"]), planted)),
        _ => return None,
    })
}
