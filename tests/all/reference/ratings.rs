//! Several raters of the same items.

use drumlin::measure::{
    Level, Ratings, Weights, brennan_prediger, cohen_kappa, conger_kappa, fleiss_kappa, gwet,
    kendall_w, krippendorff_alpha,
};
use serde_json::{Value, json};

/// What we say to one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let raters: Vec<Vec<f64>> = input["ratings"].as_array()?.iter().map(list).collect();
    let declared = input["categories"]
        .as_array()
        .map(|_| list(&input["categories"]));
    let ratings = Ratings::new(&raters, &declared.unwrap_or_default());
    if let Some(level) = key.strip_prefix("kripp_").and_then(level) {
        return Some(json!(krippendorff_alpha(&ratings, level)));
    }
    match key {
        "fleiss_kappa_sm" => return Some(json!(fleiss_kappa(&ratings, Weights::Identity))),
        "cohen_kappa" => return Some(json!(cohen_kappa(&ratings, Weights::Identity))),
        "cohen_kappa_linear" => return Some(json!(cohen_kappa(&ratings, Weights::Linear))),
        "qwk" => return Some(json!(cohen_kappa(&ratings, Weights::Quadratic))),
        "kendall_w_ties" => return Some(json!(kendall_w(&ratings))),
        _ => {}
    }
    let (name, rest) = key.split_once('_')?;
    let (scale, error) = match rest.strip_suffix("_se") {
        Some(scale) => (scale, true),
        None => (rest, false),
    };
    let weights = weights(scale)?;
    Some(match name {
        "gwet" if error => json!(gwet(&ratings, weights)?.error),
        "gwet" => json!(gwet(&ratings, weights)?.value),
        "fleiss" => json!(fleiss_kappa(&ratings, weights)),
        "conger" => json!(conger_kappa(&ratings, weights)),
        "bp" => json!(brennan_prediger(&ratings, weights)),
        _ => return None,
    })
}

/// Numbers, with what is missing as `NaN`.
fn list(value: &Value) -> Vec<f64> {
    let numbers = value.as_array().unwrap().iter();
    numbers
        .map(|number| number.as_f64().unwrap_or(f64::NAN))
        .collect()
}

fn level(name: &str) -> Option<Level> {
    Some(match name {
        "nominal" => Level::Nominal,
        "ordinal" => Level::Ordinal,
        "interval" => Level::Interval,
        "ratio" => Level::Ratio,
        _ => return None,
    })
}

fn weights(name: &str) -> Option<Weights> {
    Some(match name {
        "identity" => Weights::Identity,
        "linear" => Weights::Linear,
        "quadratic" => Weights::Quadratic,
        "ordinal" => Weights::Ordinal,
        _ => return None,
    })
}
