//! Measures against values that other packages compute: every value of every file in
//! `tests/reference/` is checked, or on the list of those that come later.

use std::collections::BTreeSet;
use std::path::Path;

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{
    Contingency, Detection, SoftContingency, adjusted_rand, auc, chi_squared, entropy,
    kolmogorov_smirnov, mutual_information, neighbour_distances, pair_counts, pair_precision,
    pair_recall, pairwise_distances, pearson, recover_factor_by_axes, silhouette, silhouettes,
    soft_mutual_information, spearman, wilson,
};
use drumlin::random::Secret;
use ndarray::Array2;
use serde_json::{Value, json};

/// Absolute below 1, relative above: the references themselves stop there.
const TOLERANCE: f64 = 1e-9;

/// What is not implemented yet: kind, keys, and why that is no accident.
const LATER: [(&str, &[&str], &str); 10] = [
    (
        "partition",
        &[
            "rand",
            "homogeneity",
            "completeness",
            "fmi",
            "nmi_arithmetic",
            "ami_arithmetic",
            "nmi_geometric",
            "ami_geometric",
            "nmi_min",
            "ami_min",
            "nmi_max",
            "ami_max",
            "v_beta0.5",
            "v_beta1",
            "v_beta2",
            "emi",
            "vi_nats",
            "nvi",
            "nid",
            "purity_b_in_a",
            "hungarian_accuracy",
            "ecs",
            "ecs_elements",
            "ari_num",
            "ari_num1",
            "ari_all",
            "ari_all1",
            "ari_perm_p_exact",
            "pair_jaccard",
            "omega",
            "genie_psi",
            "genie_psi_unclipped",
            "genie_spsi",
            "genie_nca",
            "genie_npa",
            "genie_afm",
        ],
        "the comparison deepens later: a review prints recovery, ARI, pair precision and recall",
    ),
    (
        "overlap",
        &[
            "ecs_a0.9",
            "ecs_a0.5",
            "ecs_elements",
            "omega",
            "onmi_lfk",
            "onmi_mgh",
        ],
        "the comparison deepens later: no submission has overlapping groups yet",
    ),
    (
        "hierarchy",
        &[
            "cophenetic_a",
            "cophenetic_corr_a_vs_data",
            "cophenetic_pearson_ab",
            "bakers_gamma_spearman_ab",
            "cophenetic_kendall_ab",
            "dendrogram_purity_a",
            "hier_ecs_r0",
            "hier_ecs_r1",
            "hier_ecs_r5",
            "hier_vs_flat_ecs",
        ],
        "the comparison deepens later: no submission has a hierarchy yet",
    ),
    (
        "soft",
        &[
            "ndc",
            "ndc_expected_exact",
            "aci_exact",
            "pairproduct_ari",
            "brier_soft",
            "mean_total_variation",
            "log_loss_hard_truth",
            "crisp_check_rand",
            "ecs_soft_rownorm",
        ],
        "the comparison deepens later: soft truths are compared by information for now",
    ),
    (
        "ratings",
        &[
            "gwet_identity",
            "gwet_identity_se",
            "gwet_linear",
            "gwet_linear_se",
            "gwet_quadratic",
            "gwet_quadratic_se",
            "gwet_ordinal",
            "gwet_ordinal_se",
            "fleiss_identity",
            "fleiss_linear",
            "fleiss_quadratic",
            "fleiss_ordinal",
            "fleiss_kappa_sm",
            "conger_identity",
            "conger_linear",
            "conger_quadratic",
            "conger_ordinal",
            "bp_identity",
            "bp_linear",
            "bp_quadratic",
            "bp_ordinal",
            "kripp_nominal",
            "kripp_ordinal",
            "kripp_interval",
            "kripp_ratio",
            "cohen_kappa",
            "cohen_kappa_linear",
            "qwk",
            "kendall_w_ties",
        ],
        "the comparison deepens later: there is one rater so far",
    ),
    (
        "continuous",
        &[
            "kendall_tau_b",
            "dcor",
            "dcov",
            "u_dcor_sqr",
            "energy_distance",
            "r2_y_given_pred_x",
            "rmse",
            "concordance_ccc",
        ],
        "the comparison deepens later: axes are compared by correlation and adjusted R²",
    ),
    (
        "multivariate",
        &[
            "canonical_correlations",
            "canonical_correlations_sm",
            "procrustes_disparity",
            "dcor",
            "u_dcor_sqr",
            "linear_cka",
            "r2_each_y_from_x",
            "mcc_pearson",
            "mcc_spearman",
        ],
        "the comparison deepens later: axes are compared by correlation and adjusted R²",
    ),
    (
        "importance",
        &["dci_d", "dci_d_each", "dci_c", "dci_c_each"],
        "the comparison deepens later: disentanglement needs importances first",
    ),
    (
        "detection",
        &[
            "mcc_phi",
            "jaccard",
            "precision_ci95_exact",
            "balanced_accuracy",
            "average_precision",
            "roc_auc",
            "brier",
            "log_loss",
        ],
        "the comparison deepens later: a defect is judged by precision, recall and F1",
    ),
    (
        "pvalues",
        &[
            "bh_adjusted",
            "by_adjusted",
            "holm_adjusted",
            "bonferroni_adjusted",
        ],
        "the comparison deepens later: nothing tests many hypotheses yet",
    ),
];

#[test]
fn every_reference_value_is_met_or_on_the_list() {
    let mut met = BTreeSet::new();
    let mut faults = Vec::new();
    for vector in vectors() {
        let kind = text(&vector["kind"]);
        for (key, expected) in vector["expect"].as_object().unwrap() {
            let place = format!("{} {key}", text(&vector["id"]));
            match (later(&kind, key), ours(&kind, key, &vector["input"])) {
                (true, None) => {}
                (true, Some(_)) => faults.push(format!("{place}: implemented, yet on the list")),
                (false, None) => faults.push(format!("{place}: neither implemented nor listed")),
                (false, Some(found)) => {
                    met.insert(key.clone());
                    differences(&place, &found, &expected["v"], &mut faults);
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(met.len() >= 25, "only {met:?} were checked");
}

#[test]
fn nothing_on_the_list_is_unknown_to_the_references() {
    let known: BTreeSet<(String, String)> = vectors()
        .iter()
        .flat_map(|vector| {
            let keys = vector["expect"].as_object().unwrap().keys();
            keys.map(|key| (text(&vector["kind"]), key.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    for (kind, keys, reason) in LATER {
        assert!(!reason.is_empty());
        for key in keys {
            assert!(
                known.contains(&(kind.to_owned(), (*key).to_owned())),
                "{kind} {key}"
            );
        }
    }
}

/// What we say to one key; `None` when the measure is not implemented.
fn ours(kind: &str, key: &str, input: &Value) -> Option<Value> {
    match kind {
        "partition" => partition(key, &groups(&input["a"]), &groups(&input["b"])),
        "soft" => soft(key, &memberships(&input["p"]), &memberships(&input["q"])),
        "continuous" => continuous(key, &numbers(&input["x"]), &numbers(&input["y"])),
        "multivariate" => multivariate(key, &columns(&input["x"]), &columns(&input["y"])),
        "detection" => detection(key, &flags(&input["truth"]), &flags(&input["flagged"])),
        "points" => points(key, input),
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
        "counts" => {
            let counts: Vec<u64> = numbers(&input["counts"])
                .iter()
                .map(|n| *n as u64)
                .collect();
            let test = chi_squared(&counts, &numbers(&input["shares"]))?;
            Some(json!(if key == "chi_squared" {
                test.statistic
            } else {
                test.p_value
            }))
        }
        _ => None,
    }
}

fn partition(key: &str, a: &Partition, b: &Partition) -> Option<Value> {
    let table = Contingency::new(a, b);
    Some(match key {
        // genieclust's `ar` is the same index by another road.
        "ari" | "genie_ar" => json!(adjusted_rand(&table)),
        "mi" => json!(mutual_information(&table)),
        "h_a" => json!(entropy(table.truth_sizes())),
        "h_b" => json!(entropy(table.answer_sizes())),
        "pair_precision" => json!(pair_precision(&table)),
        "pair_recall" => json!(pair_recall(&table)),
        "pair_confusion_ordered" => {
            let pairs = pair_counts(&table)?;
            let twice = |count: u128| (2 * count) as f64;
            json!([
                [twice(pairs.neither), twice(pairs.answer_only)],
                [twice(pairs.truth_only), twice(pairs.both)]
            ])
        }
        _ => return None,
    })
}

fn soft(key: &str, p: &Memberships, q: &Memberships) -> Option<Value> {
    let table = SoftContingency::of_memberships(p, q);
    Some(match key {
        "soft_mi_nats" => json!(soft_mutual_information(&table)),
        "soft_contingency" => {
            let row = |group| (0..q.groups()).map(move |other| (group, other));
            let rows = (0..p.groups()).map(|group| {
                row(group)
                    .map(|(group, other)| table.count(group, other))
                    .collect::<Vec<f64>>()
            });
            json!(rows.collect::<Vec<_>>())
        }
        "crisp_check_ari" => {
            json!(adjusted_rand(&Contingency::new(&crisp(p), &crisp(q))))
        }
        _ => return None,
    })
}

fn continuous(key: &str, x: &[f64], y: &[f64]) -> Option<Value> {
    Some(match key {
        "pearson" => json!(pearson(x, y)),
        "spearman" => json!(spearman(x, y)),
        _ => return None,
    })
}

fn multivariate(key: &str, x: &[Vec<f64>], y: &[Vec<f64>]) -> Option<Value> {
    let stream = Secret::demo(1).stream();
    Some(match key {
        "adj_r2_each_y_from_x" => {
            let each = y
                .iter()
                .map(|y| recover_factor_by_axes(y, x, &stream).value);
            json!(each.collect::<Vec<_>>())
        }
        _ => return None,
    })
}

fn points(key: &str, input: &Value) -> Option<Value> {
    let rows: Vec<Vec<f64>> = input["x"].as_array()?.iter().map(numbers).collect();
    let points = Array2::from_shape_fn((rows.len(), rows[0].len()), |(row, at)| rows[row][at]);
    let groups: Vec<u32> = numbers(&input["groups"])
        .iter()
        .map(|n| *n as u32)
        .collect();
    let distances = pairwise_distances(points.view());
    Some(match key {
        "silhouette" => json!(silhouette(&distances, &groups)),
        "silhouettes" => json!(silhouettes(&distances, &groups)),
        "neighbour_distances" => {
            let k = input["k"].as_u64()? as usize;
            json!(neighbour_distances(points.view(), k))
        }
        _ => return None,
    })
}

fn detection(key: &str, planted: &[bool], flagged: &[bool]) -> Option<Value> {
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
        _ => return None,
    })
}

/// Adds a sentence for each number that is not the expected one.
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

fn later(kind: &str, key: &str) -> bool {
    LATER
        .iter()
        .any(|(of, keys, _)| *of == kind && keys.contains(&key))
}

/// The vectors of every file, in the order of file names.
fn vectors() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files: BTreeSet<_> = entries
        .filter(|path| {
            // The certificate's have a test of their own: they are about groups, not about answers.
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

/// The columns of a matrix that is written row by row.
fn columns(value: &Value) -> Vec<Vec<f64>> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(numbers).collect();
    (0..rows[0].len())
        .map(|column| rows.iter().map(|row| row[column]).collect())
        .collect()
}

fn memberships(value: &Value) -> Memberships {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(numbers).collect();
    Memberships::from_weights(rows[0].len(), rows.concat()).unwrap()
}

fn crisp(memberships: &Memberships) -> Partition {
    memberships.argmax(
        (0..memberships.groups())
            .map(|name| name.to_string())
            .collect(),
    )
}
