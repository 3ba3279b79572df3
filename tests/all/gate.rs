//! A new round: its world is certified before any candidate gets a bundle.

use std::fs;

use drumlin::bundle::{BandComparison, Key, WorldSelection};
use drumlin::certify::{Certificate, Depth};
use drumlin::workflow::MOST_DRAWS;
use serde_json::{Value, json};

use crate::harness::TestDir;

/// The shipped scenario with some lines changed.
fn altered(changes: &[(&str, &str)]) -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/datasets/assistant-prompts.toml"
    );
    let mut text = fs::read_to_string(path).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

fn world_selection(dir: &TestDir) -> Option<WorldSelection> {
    serde_json::from_value(round_key(dir).get("world_selection")?.clone()).unwrap()
}

fn round_key(dir: &TestDir) -> Value {
    let text = fs::read_to_string(dir.path("R/key/round.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn key(dir: &TestDir, candidate: &str) -> Key {
    let text = fs::read_to_string(dir.path(&format!("R/key/{candidate}/key.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn truth(dir: &TestDir, candidate: &str) -> String {
    fs::read_to_string(dir.path(&format!("R/key/{candidate}/truth.html"))).unwrap()
}

const GENERATE: [&str; 6] = ["generate", "s.toml", "--out", "R", "--rows", "1000"];

fn generate(dir: &TestDir, seed: &str) -> crate::harness::CommandOutput {
    let mut arguments = GENERATE.to_vec();
    arguments.extend(["--demo-seed", seed]);
    dir.run_as_typed(&arguments)
}

#[test]
fn a_new_round_is_certified_and_says_which_worlds_were_refused() {
    let dir = TestDir::new();
    dir.file("s.toml", altered(&[]));
    let said = generate(&dir, "35").exits(0).stderr();
    assert!(
        said.contains("certified: ambiguous and meaningful"),
        "{said}"
    );
    let selection = world_selection(&dir).unwrap();
    assert_eq!(selection.depth, Depth::Full);
    let (last, refused) = selection.attempts.split_last().unwrap();
    assert!(last.accepted() && refused.iter().all(|one| !one.accepted()));
    let text = fs::read_to_string(dir.path("R/certificate/world.json")).unwrap();
    let certificate: Certificate = serde_json::from_str(&text).unwrap();
    assert!(certificate.verdict.accepted());
    assert!(certificate.statistics.oracle.is_some());
    let notes = fs::read_to_string(dir.path("R/round.toml")).unwrap();
    assert!(notes.contains("certified = \"full\""), "{notes}");

    // Bundles are equally difficult: every number of every finding has its band.
    let bands = round_key(&dir)["parity"].as_array().unwrap().len();
    let key = key(&dir, "candidate-1");
    let findings = key.findings.len();
    assert!(
        bands + 1 >= findings && key.parity.len() == bands,
        "{bands}"
    );
    assert!(key.parity.iter().all(BandComparison::within));
    assert!(truth(&dir, "candidate-1").contains("<h2>Difficulty</h2>"));

    // If no draw can be within every band, the closest one is kept and its page says so.
    let mut narrow = round_key(&dir);
    narrow["parity"][0]["width"] = json!(1e-9);
    dir.file("R/key/round.json", narrow.to_string());
    let mut more = GENERATE.to_vec();
    more.extend(["--demo-seed", "35", "--candidate", "ben"]);
    let said = dir.run_as_typed(&more).exits(0).stderr();
    let drawn = self::key(&dir, "ben");
    assert!(drawn.parity.iter().any(|beside| !beside.within()));
    let told = format!("ben, draw {}, the closest of {MOST_DRAWS}", drawn.attempt);
    assert!(said.contains(&told), "{said}");
    // Regenerated, it keeps its rows: the draw is settled.
    let mut again = more.clone();
    again.push("--force");
    dir.run_as_typed(&again).exits(0);
    assert_eq!(self::key(&dir, "ben"), drawn);
    let page = truth(&dir, "ben");
    assert!(
        page.contains("one number is out of range") || page.contains("numbers are out of range")
    );
}

#[test]
fn a_round_without_a_certificate_says_so() {
    let dir = TestDir::new();
    dir.file("s.toml", altered(&[]));
    let mut arguments = GENERATE.to_vec();
    arguments.extend(["--demo-seed", "35", "--no-certify"]);
    let said = dir.run_as_typed(&arguments).exits(0).stderr();
    assert!(said.contains("NOT CERTIFIED"), "{said}");
    assert_eq!(world_selection(&dir), None);
    assert!(!dir.path("R/certificate").exists());
}

#[test]
fn what_scenario_new_writes_can_be_certified() {
    let dir = TestDir::new();
    dir.run(&["scenario", "new", "bakery"]).exits(0);
    for seed in ["1", "2"] {
        dir.run_as_typed(&[
            "generate",
            "bakery.toml",
            "--out",
            seed,
            "--demo-seed",
            seed,
            "--rows",
            "1000",
        ])
        .exits(0)
        .stderr_contains(&["certified: ambiguous and meaningful"]);
    }
}

/// Asserts that nothing was written and that the error points to `entry`.
#[track_caller]
fn refused(changes: &[(&str, &str)], kind: &str, entry: &str) {
    let dir = TestDir::new();
    dir.file("s.toml", altered(changes));
    generate(&dir, "1").exits(2).stderr_contains(&[
        "none of ",
        "worlds of the scenario",
        kind,
        entry,
    ]);
    assert_eq!(dir.names(), ["s.toml"]);
}

#[test]
fn a_scenario_drowned_in_noise_is_refused() {
    let quiet = [
        ("\nsignal = 0.62", "\nsignal = 0.06"),
        ("\nsignal = 0.8\n", "\nsignal = 0.08\n"),
        ("\nsignal = 0.7\n", "\nsignal = 0.07\n"),
        ("\nsignal = 0.85\n", "\nsignal = 0.08\n"),
        ("\nsignal = 0.55\n", "\nsignal = 0.05\n"),
    ];
    refused(&quiet, "meaningless", "`signal`");
}

#[test]
fn a_scenario_whose_blends_are_sharp_is_refused() {
    let sharp = [
        ("sharpness = 1.2", "sharpness = 7.2"),
        ("sharpness = 1.1", "sharpness = 6.6"),
        ("sharpness = 1.0\n", "sharpness = 6.0\n"),
        ("sampled = 0.2\n", "sampled = 2.0\n"),
        ("sampled = 0.25\n", "sampled = 2.5\n"),
    ];
    refused(&sharp, "too clear", "`sharpness`");
}

#[test]
fn a_scenario_without_a_strong_decoy_is_refused() {
    // Only a unit slip by a factor of a thousand forms a cluster, and bots need rows.
    let mild = [
        (
            "rate = [0.1, 0.2]\nstrength = [0.5, 0.9]",
            "rate = [0.01, 0.02]\nstrength = [0.5, 0.9]",
        ),
        (
            "values = [1000.0]\nrate = [0.9, 1.0]",
            "values = [2.0]\nrate = [0.9, 1.0]",
        ),
        ("values = [0.016666666666666666]", "values = [0.5]"),
        ("rate = [0.03, 0.05]", "rate = [0.001, 0.002]"),
    ];
    refused(&mild, "weak decoy", "`decoy = true`");
}

#[test]
fn a_scenario_may_move_where_its_certificate_turns() {
    let dir = TestDir::new();
    let text = altered(&[]);
    dir.file("bad.toml", format!("{text}\n[thresholds]\nvalley = 1.5\n"));
    dir.run(&["scenario", "check", "bad.toml"])
        .exits(1)
        .stderr_contains(&["valley", "1.5", "0 to 1"]);
    dir.file("bad.toml", format!("{text}\n[thresholds]\nvaley = 0.4\n"));
    dir.run(&["scenario", "check", "bad.toml"])
        .exits(1)
        .stderr_contains(&["did you mean `valley`?"]);

    // Nothing can pass if the weakest gradient must be predicted perfectly.
    dir.file(
        "s.toml",
        format!("{text}\n[thresholds]\nweakest_factor = 1.0\n"),
    );
    generate(&dir, "35")
        .exits(2)
        .stderr_contains(&[
            "can be certified",
            "the weakest factor can barely be predicted",
        ])
        .stderr_contains(&["[thresholds] has weakest_factor = 1 (default 0.35): reset that first"]);
    dir.file(
        "bad.toml",
        format!("{text}\n[thresholds]\nclear_pairs = 0\n"),
    );
    dir.run(&["scenario", "check", "bad.toml"])
        .exits(1)
        .stderr_contains(&["found 0", "1 to 1000"]);
    assert!(!dir.path("R").exists());

    dir.file("s.toml", format!("{text}\n[thresholds]\nclear_pairs = 2\n"));
    generate(&dir, "35")
        .exits(0)
        .stderr_contains(&["clear_pairs = 2 (default 1)"]);
    let page = fs::read_to_string(dir.path("R/certificate/world.html")).unwrap();
    assert!(page.contains("clear_pairs = 2 (default 1)"));
    let said = dir
        .run(&["certify", "R", "--scenario", "s.toml", "--light"])
        .exits(0)
        .stdout();
    assert!(said.contains("clear_pairs = 2 (default 1)"), "{said}");
}
