//! The certificate's statistics compared with scikit-learn, diptest and hdbscan
//! (`tests/reference/certificate.py` computes their values).

use std::path::Path;

use drumlin::cluster::{DensityTree, Hierarchy, Linkage, Lloyd, Mixture};
use drumlin::measure::{
    CoMembership, adjusted_rand_of_labels, calinski_harabasz, davies_bouldin, dip, dip_p_value,
    eta_squared, gap_statistic, pairwise_distances, prediction_strength, r_squared, silhouette,
    valley_depth,
};
use drumlin::random::Secret;
use ndarray::Array2;
use serde_json::Value;

/// Absolute below 1, relative above.
const TOLERANCE: f64 = 1e-9;
/// Tolerance for p-values of the dip: our table and that of diptest are two simulations. Four
/// standard errors of a p-value of one half from 20,000 samples, plus the interpolation between
/// their sample sizes; our table is sparse below 20 rows.
const SIMULATED: f64 = 0.02;

#[test]
fn separation_of_given_groups_is_scikit_learns() {
    for vector in vectors("groups") {
        let (points, labels) = (
            matrix(&vector["input"]["x"]),
            labels(&vector["input"]["labels"]),
        );
        let distances = pairwise_distances(points.view());
        let expect = |key: &str| number(&vector["expect"][key]);
        near(silhouette(&distances, &labels), expect("silhouette"));
        near(
            calinski_harabasz(points.view(), &labels),
            expect("calinski_harabasz"),
        );
        near(
            davies_bouldin(points.view(), &labels),
            expect("davies_bouldin"),
        );
        for (column, share) in points
            .columns()
            .into_iter()
            .zip(numbers(&vector["expect"]["explained"]))
        {
            near(eta_squared(&column.to_vec(), &labels), share);
        }
    }
}

#[test]
fn hierarchies_are_cut_as_scikit_learn_cuts_them() {
    for vector in vectors("groups") {
        let points = matrix(&vector["input"]["x"]);
        let k = number(&vector["input"]["k"]) as usize;
        let distances = pairwise_distances(points.view());
        for (name, by) in [
            ("ward", Linkage::Ward),
            ("average", Linkage::Average),
            ("complete", Linkage::Complete),
        ] {
            let tree = Hierarchy::new(&distances, points.nrows(), by).unwrap();
            let theirs = self::labels(&vector["expect"]["cuts"][name]);
            let ari = adjusted_rand_of_labels(&theirs, &tree.groups(k));
            assert_eq!(ari, Some(1.0), "{name} of {}", vector["tag"]);
        }
    }
}

#[test]
fn k_means_reaches_scikit_learns_inertia() {
    for vector in vectors("groups") {
        let points = matrix(&vector["input"]["x"]);
        let k = number(&vector["input"]["k"]) as usize;
        let mut draws = Secret::demo(3).stream().draws();
        let fit = Lloyd::fit(points.view(), k, 40, &mut draws).unwrap();
        // Theirs has no tolerance.
        let expected = number(&vector["expect"]["inertia"]);
        assert!(
            (fit.inertia / expected - 1.0).abs() < 1e-3,
            "{} {expected}",
            fit.inertia
        );
    }
}

#[test]
fn mixtures_have_scikit_learns_likelihood() {
    for vector in vectors("mixture") {
        let points = matrix(&vector["input"]["x"]);
        let k = if text(&vector["tag"]) == "one group" {
            1
        } else {
            2
        };
        let mut draws = Secret::demo(3).stream().draws();
        let fit = Mixture::fit(points.view(), k, 100, &mut draws).unwrap();
        // Both stop at a gain of 0.001 per row; distant groups have converged long before.
        for (found, key) in [(fit.log_likelihood, "log_likelihood"), (fit.bic(), "bic")] {
            let expected = number(&vector["expect"][key]);
            assert!(
                (found / expected - 1.0).abs() < 1e-6,
                "{key} {found} {expected}"
            );
        }
    }
}

#[test]
fn stability_of_given_groups_is_the_reference_programs() {
    for vector in vectors("strength") {
        let [predicted, found] = ["predicted", "found"].map(|key| labels(&vector["input"][key]));
        near(
            prediction_strength(&predicted, &found),
            number(&vector["expect"]["strength"]),
        );
        near(
            adjusted_rand_of_labels(&predicted, &found),
            number(&vector["expect"]["ari"]),
        );
    }
    for vector in vectors("ambiguity") {
        let mut seen = CoMembership::new(number(&vector["input"]["rows"]) as usize);
        for part in vector["input"]["parts"].as_array().unwrap() {
            let rows: Vec<usize> = numbers(&part["rows"])
                .iter()
                .map(|row| *row as usize)
                .collect();
            seen.add(&rows, &labels(&part["labels"]));
        }
        near(seen.ambiguity(), number(&vector["expect"]["ambiguity"]));
    }
    for vector in vectors("gap") {
        let null: Vec<Vec<f64>> = rows(&vector["input"]["null"]);
        let gap = gap_statistic(&numbers(&vector["input"]["inertias"]), &null).unwrap();
        for (key, found) in [("gaps", &gap.gaps), ("errors", &gap.errors)] {
            for (found, expected) in found.iter().zip(numbers(&vector["expect"][key])) {
                near(Some(*found), expected);
            }
        }
        assert_eq!(
            gap.k,
            number(&vector["expect"]["k"]) as usize,
            "{}",
            vector["tag"]
        );
    }
}

#[test]
fn dips_and_valleys_are_those_of_diptest_and_scipy() {
    for vector in vectors("column") {
        let values = numbers(&vector["input"]["x"]);
        let found = dip(&values);
        near(Some(found), number(&vector["expect"]["dip"]));
        near(
            Some(valley_depth(&values)),
            number(&vector["expect"]["valley"]),
        );
        let (p, expected) = (
            dip_p_value(found, values.len()),
            number(&vector["expect"]["dip_p"]),
        );
        let slack = SIMULATED * if values.len() < 20 { 5.0 } else { 1.0 };
        assert!(
            (p - expected).abs() < slack,
            "{}: {p} {expected}",
            vector["tag"]
        );
    }
}

#[test]
fn dense_groups_and_their_validity_are_those_of_hdbscan() {
    for vector in vectors("density") {
        let points = matrix(&vector["input"]["x"]);
        let [least, samples] =
            ["least", "samples"].map(|key| number(&vector["input"][key]) as usize);
        let found = DensityTree::new(points.view(), samples)
            .unwrap()
            .groups(least);
        assert_eq!(
            found.groups,
            number(&vector["expect"]["groups"]) as usize,
            "{}",
            vector["tag"]
        );
        near(Some(found.noise()), number(&vector["expect"]["noise"]));
        near(Some(found.validity), number(&vector["expect"]["validity"]));
        let theirs: Vec<u32> = numbers(&vector["expect"]["labels"])
            .iter()
            .map(|x| (x + 1.0) as u32)
            .collect();
        let ours: Vec<u32> = found
            .labels
            .iter()
            .map(|label| label.map_or(0, |label| label + 1))
            .collect();
        assert_eq!(
            adjusted_rand_of_labels(&theirs, &ours),
            Some(1.0),
            "{}",
            vector["tag"]
        );
    }
}

#[test]
fn explained_variance_of_predictions_is_scikit_learns() {
    for vector in vectors("prediction") {
        let [values, told] = ["y", "told"].map(|key| numbers(&vector["input"][key]));
        near(r_squared(&values, &told), number(&vector["expect"]["r2"]));
    }
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    let slack = TOLERANCE * expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= slack,
        "{found} is not {expected}"
    );
}

fn vectors(kind: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/certificate.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let of_kind = all["vectors"].as_array().unwrap().iter();
    let found: Vec<Value> = of_kind
        .filter(|vector| vector["kind"] == kind)
        .cloned()
        .collect();
    assert!(!found.is_empty(), "no vector of kind {kind}");
    found
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows = rows(value);
    let columns = rows[0].len();
    Array2::from_shape_vec((rows.len(), columns), rows.concat()).unwrap()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn labels(value: &Value) -> Vec<u32> {
    numbers(value).iter().map(|label| *label as u32).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
