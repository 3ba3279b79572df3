//! Measures compared with values from other packages: every value of every file in
//! `tests/reference/` is checked.

use std::collections::BTreeSet;
use std::path::Path;

use drumlin::labels::Partition;
use drumlin::measure::{auc, kolmogorov_smirnov};
use ndarray::Array2;
use serde_json::{Value, json};

mod columns;
mod detection;
mod p_values;
mod partition;
mod points;
mod ratings;

/// Absolute below 1, relative above: the precision of the references.
const TOLERANCE: f64 = 1e-9;

/// Where our written policy for edge cases differs from a reference: vector, key, our value, and
/// the reason.
const POLICY: [(&str, &str, f64, &str); 6] = [
    ("partition-002", "ari_num", 1.0, NO_CHANCE),
    ("partition-005", "ari_num", 1.0, NO_CHANCE),
    ("partition-018", "ari_num", 1.0, NO_CHANCE),
    ("partition-002", "ari_all", 1.0, NO_CHANCE),
    ("partition-005", "ari_num1", 1.0, NO_CHANCE),
    ("partition-018", "ari_num1", 1.0, NO_CHANCE),
];

const NO_CHANCE: &str = "equal partitions where the model leaves nothing to chance: 1, not 0";

#[test]
fn every_reference_value_is_reproduced() {
    let mut faults = Vec::new();
    for vector in vectors() {
        let (kind, id) = (text(&vector["kind"]), text(&vector["id"]));
        for (key, expected) in vector["expect"].as_object().unwrap() {
            let place = format!("{id} {key}");
            let expected = match pinned(&id, key) {
                Some(value) => {
                    let mut differ = Vec::new();
                    differences(&place, &json!(value), &expected["v"], &mut differ);
                    if differ.is_empty() {
                        faults.push(format!("{place}: on the policy list, yet no difference"));
                    }
                    json!(value)
                }
                None => expected["v"].clone(),
            };
            match ours(&kind, key, &vector["input"]) {
                None => faults.push(format!("{place}: no measure is compared with it")),
                Some(found) => differences(&place, &found, &expected, &mut faults),
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_exception_names_a_reference_value() {
    let vectors = vectors();
    for (id, key, _, reason) in POLICY {
        assert!(!reason.is_empty());
        let vector = vectors.iter().find(|vector| vector["id"] == id);
        assert!(
            vector.is_some_and(|vector| vector["expect"].get(key).is_some()),
            "{id} {key}"
        );
    }
}

fn pinned(id: &str, key: &str) -> Option<f64> {
    let mut of = POLICY.iter();
    of.find(|pin| pin.0 == id && pin.1 == key).map(|pin| pin.2)
}

/// Our value for one key; `None` when the measure is not implemented.
fn ours(kind: &str, key: &str, input: &Value) -> Option<Value> {
    match kind {
        "partition" => partition::ours(key, input),
        "continuous" => columns::of_two(key, input),
        "multivariate" => columns::of_spaces(key, input),
        "detection" => detection::ours(key, input),
        "points" => points::ours(key, input),
        "pvalues" => p_values::ours(key, input),
        "ratings" => ratings::ours(key, input),
        "score" => Some(json!(auc(
            &numbers(&input["score"]),
            &flags(&input["flag"])
        ))),
        "samples" => {
            let test = kolmogorov_smirnov(&numbers(&input["x"]), &numbers(&input["y"]))?;
            Some(json!(if key == "ks_distance" {
                test.statistic
            } else {
                test.p_value
            }))
        }
        _ => None,
    }
}

/// Adds a sentence for each number that differs from the expected one.
fn differences(place: &str, found: &Value, expected: &Value, faults: &mut Vec<String>) {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            for (found, expected) in found.iter().zip(expected) {
                differences(place, found, expected, faults);
            }
        }
        _ => match (found.as_f64(), expected.as_f64()) {
            (Some(ours), Some(theirs))
                if (ours - theirs).abs() <= TOLERANCE * theirs.abs().max(1.0) => {}
            _ => faults.push(format!("{place}: {found} instead of {expected}")),
        },
    }
}

/// The vectors of every file, in the order of file names.
fn vectors() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files: BTreeSet<_> = entries
        .filter(|path| {
            // Those of the certificate have their own test: they are about groups, not about
            // answers.
            path.extension()
                .is_some_and(|extension| extension == "json")
                && path.file_stem().is_none_or(|name| name != "certificate")
        })
        .collect();
    assert!(!files.is_empty());
    let read = |path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    files
        .into_iter()
        .flat_map(|path| {
            let mut file: Value = read(path);
            serde_json::from_value::<Vec<Value>>(file["vectors"].take()).unwrap()
        })
        .collect()
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn groups(value: &Value) -> Partition {
    let labels: Vec<_> = value
        .as_array()
        .unwrap()
        .iter()
        .map(text)
        .map(Some)
        .collect();
    Partition::from_labels(&labels)
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|number| number.as_f64().unwrap())
        .collect()
}

fn flags(value: &Value) -> Vec<bool> {
    numbers(value).iter().map(|flag| *flag > 0.5).collect()
}

/// A matrix that is written row by row.
fn table(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(numbers).collect();
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(row, at)| rows[row][at])
}

/// The columns of a matrix that is written row by row.
fn columns(value: &Value) -> Vec<Vec<f64>> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(numbers).collect();
    (0..rows[0].len())
        .map(|column| rows.iter().map(|row| row[column]).collect())
        .collect()
}
