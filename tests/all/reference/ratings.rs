//! Several raters of the same items.

use drumlin::measure::{MeasurementLevel, Ratings, Weights, gwet, krippendorff_alpha};
use serde_json::{Value, json};

/// Our value of one key.
pub(super) fn ours(key: &str, input: &Value) -> Option<Value> {
    let raters: Vec<Vec<f64>> = input["ratings"].as_array()?.iter().map(list).collect();
    let declared = input["categories"]
        .as_array()
        .map(|_| list(&input["categories"]));
    let ratings = Ratings::new(&raters, &declared.unwrap_or_default());
    if let Some(level) = key.strip_prefix("kripp_").and_then(level) {
        return Some(json!(krippendorff_alpha(&ratings, level)));
    }
    let scale = key.strip_prefix("gwet_")?;
    let found = |scale| gwet(&ratings, weights(scale)?);
    Some(match scale.strip_suffix("_se") {
        Some(scale) => json!(found(scale)?.error),
        None => json!(found(scale)?.value),
    })
}

/// Numbers, with what is missing as `NaN`.
fn list(value: &Value) -> Vec<f64> {
    let numbers = value.as_array().unwrap().iter();
    numbers
        .map(|number| number.as_f64().unwrap_or(f64::NAN))
        .collect()
}

fn level(name: &str) -> Option<MeasurementLevel> {
    Some(match name {
        "nominal" => MeasurementLevel::Nominal,
        "ordinal" => MeasurementLevel::Ordinal,
        "interval" => MeasurementLevel::Interval,
        "ratio" => MeasurementLevel::Ratio,
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
