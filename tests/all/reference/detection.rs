//! Flags and scores against what was planted.

use drumlin::measure::{
    Detection, auc, average_precision, brier, clopper_pearson, log_loss, wilson,
};
use serde_json::{Value, json};

use super::{flags, numbers};

/// What we say to one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let (planted, flagged) = (&flags(&input["truth"]), &flags(&input["flagged"]));
    let seen = Detection::of(planted.iter().copied().zip(flagged.iter().copied()));
    // The reference writes 0 where nothing can be divided; we give no value.
    let or_zero = |value: Option<f64>| json!(value.unwrap_or(0.0));
    Some(match key {
        "precision" => or_zero(seen.precision()),
        "recall" => or_zero(seen.recall()),
        "f0.5" => or_zero(seen.f_beta(0.5)),
        "f1" => or_zero(seen.f1()),
        "f2" => or_zero(seen.f_beta(2.0)),
        "precision_ci95_wilson" => json!(wilson(seen.found, seen.found + seen.false_alarms)),
        "confusion_tn_fp_fn_tp" => {
            let rest = planted.len() as u64 - seen.found - seen.false_alarms - seen.missed;
            json!([rest, seen.false_alarms, seen.missed, seen.found])
        }
        "precision_ci95_exact" => {
            json!(clopper_pearson(seen.found, seen.found + seen.false_alarms))
        }
        "jaccard" => or_zero(seen.jaccard()),
        "mcc_phi" => or_zero(seen.phi(planted.len() as u64)),
        "balanced_accuracy" => json!(seen.balanced_accuracy(planted.len() as u64)),
        "average_precision" => json!(average_precision(&numbers(&input["score"]), planted)),
        "roc_auc" => json!(auc(&numbers(&input["score"]), planted)),
        "brier" => json!(brier(&numbers(&input["score"]), planted)),
        "log_loss" => json!(log_loss(&numbers(&input["score"]), planted)),
        _ => return None,
    })
}
