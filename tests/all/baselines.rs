//! Baselines: default pipelines on every bundle, what they recover, and submissions that the team
//! adds.

use std::fs;

use drumlin::bundle::Key;
use drumlin::generate::{FindingKind, Truth};
use drumlin::report::baseline_sentence;
use drumlin::review::{BaselineResult, Baselines, Evidence};

use crate::harness::{TestDir, names};

/// A demo round of one candidate, without a certificate; its key and its baselines.
fn climbed(dir: &TestDir, seed: u64, rows: u64) -> (Key, Baselines) {
    let (seed, rows) = (seed.to_string(), rows.to_string());
    let generate = [
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "a",
    ];
    let options = ["--demo-seed", &seed, "--rows", &rows];
    dir.run(&[&generate[..], &options].concat()).exits(0);
    let key = Key::read(&dir.path("R/key/a/key.json")).unwrap();
    let text = fs::read_to_string(dir.path("R/key/a/baselines.json")).unwrap();
    (key, serde_json::from_str(&text).unwrap())
}

/// The recovery of each finding of a kind, 0 if no baseline recovers it.
fn reached(
    key: &Key,
    result: &BaselineResult,
    which: impl Fn(&Truth, FindingKind) -> bool,
) -> Vec<f64> {
    let findings = key.findings.iter();
    findings
        .filter(|finding| which(&finding.truth, finding.kind))
        .map(|finding| {
            result
                .of_finding(&finding.id)
                .unwrap()
                .recovery
                .unwrap_or(0.0)
        })
        .collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn the_traps_bite_whoever_does_not_look_and_looking_helps() {
    for seed in [35, 101, 102] {
        let dir = TestDir::new();
        let (key, baselines) = climbed(&dir, seed, 3_000);
        let [naive, standard, careful] = &baselines.results[..] else {
            panic!("{:?}", baselines.results);
        };
        let structure = |_: &Truth, kind| kind == FindingKind::Structure;
        let any = |_: &Truth, kind| matches!(kind, FindingKind::Structure | FindingKind::Groups);
        let decoy = |truth: &Truth, _| matches!(truth, Truth::Defect { decoy: true, .. });
        let most = |values: Vec<f64>| values.into_iter().fold(0.0, f64::max);
        let (bitten, found) = (
            most(reached(&key, naive, decoy)),
            most(reached(&key, naive, any)),
        );
        assert!(
            bitten > found,
            "seed {seed}: {bitten:.2} against {found:.2}"
        );
        assert!(
            baseline_sentence(naive).contains("it rests on an artefact"),
            "{naive:?}"
        );

        let [low, high] = [standard, careful].map(|result| mean(&reached(&key, result, structure)));
        assert!(
            high >= low,
            "seed {seed}: careful {high:.3}, standard {low:.3}"
        );
        assert!(
            low > mean(&reached(&key, naive, structure)) + 0.2,
            "seed {seed}"
        );
        let graded = |truth: &Truth, _| matches!(truth, Truth::Factor { .. } | Truth::Curve { .. });
        let oracle = baselines.oracle.as_ref().unwrap();
        let [high, all] = [careful, oracle].map(|result| mean(&reached(&key, result, graded)));
        assert!(
            high < all,
            "seed {seed}: careful {high:.3}, oracle {all:.3}"
        );
    }
}

#[test]
fn what_pipelines_hand_in_is_a_submission_and_reviews_say_what_is_free() {
    let dir = TestDir::new();
    climbed(&dir, 7, 1_000);
    let folder = "R/key/a/baselines";
    assert_eq!(names(&dir.path(folder)), ["careful", "naive", "standard"]);
    for name in ["naive", "standard", "careful"] {
        let submission = format!("{folder}/{name}");
        dir.run(&["check", &submission, "--bundle", "R/candidate/a"])
            .exits(0);
        let out = format!("review-{name}");
        let review = [
            "review",
            &submission,
            "--round",
            "R",
            "--candidate",
            "a",
            "--out",
            &out,
        ];
        dir.run(&review).exits(0);
        let page = fs::read_to_string(dir.path(&format!("{out}/review.html"))).unwrap();
        assert!(
            page.contains("<dt>Baselines</dt>") && page.contains("; careful "),
            "{name}"
        );
    }
    let truth = fs::read_to_string(dir.path("R/key/a/truth.html")).unwrap();
    assert!(truth.contains("What baselines find") && truth.contains("data-head=\"careful\""));
    // It was not certified, so no misleading clusterings were searched.
    assert!(!truth.contains("Misleading clusterings"));
}

#[test]
fn an_added_baseline_joins_its_round_and_leaves_the_key_unchanged() {
    let dir = TestDir::new();
    dir.round(600, &["spare", "ada"]).exits(0);
    let commitment = || {
        let files = drumlin::bundle::hash_files(&dir.path("R/key")).unwrap();
        drumlin::bundle::commitment(&files)
    };
    let before = commitment();
    dir.file(
        "agent/report.md",
        "# What I see\n\nA continuum, and no clusters.\n",
    );
    let add = [
        "baseline",
        "add",
        "agent",
        "--round",
        "R",
        "--candidate",
        "spare",
    ];
    dir.run(&add)
        .exits(0)
        .stderr_contains(&["Added the baseline agent"]);
    assert_eq!(commitment(), before);
    let page = fs::read_to_string(dir.path("R/baselines/spare/truth.html")).unwrap();
    assert!(page.contains("data-head=\"agent\"") && page.contains("on the bundle of spare"));
    // It contains everything from the bundle's own page.
    let own = fs::read_to_string(dir.path("R/key/spare/truth.html")).unwrap();
    let [own, page] = [own, page].map(|text| text.matches("<svg").count());
    assert_eq!(own, page);

    dir.file("s/report.md", "# Report\n\nHello.\n");
    dir.run(&["review", "s", "--round", "R", "--candidate", "ada"])
        .exits(0);
    let review = fs::read_to_string(dir.path("R/reviews/ada/review.html")).unwrap();
    assert!(review.contains("agent (on the bundle of spare)"));

    dir.run(&add)
        .exits(2)
        .stderr_contains(&["agent", "already", "--force"]);
    dir.run(&[&add[..], &["--force"]].concat()).exits(0);
    let text = fs::read_to_string(dir.path("R/baselines/baselines.json")).unwrap();
    let baselines: Baselines = serde_json::from_str(&text).unwrap();
    assert_eq!(baselines.results.len(), 1);

    dir.file("careful/report.md", "# Report\n");
    let taken = [
        "baseline",
        "add",
        "careful",
        "--round",
        "R",
        "--candidate",
        "spare",
    ];
    dir.run(&taken)
        .exits(2)
        .stderr_contains(&["built-in baseline", "rename"]);
    dir.file("agent2/groups.csv", "row_id,cluster\n");
    let empty = [
        "baseline",
        "add",
        "agent2",
        "--round",
        "R",
        "--candidate",
        "spare",
    ];
    dir.run(&empty).exits(1);
}

#[test]
fn the_careful_pipeline_hands_in_cleaned_data_that_mend_and_do_little_damage() {
    let mends = [
        ("2", ["another unit", "one level, several spellings"]),
        ("3", ["another time zone", "a number that means no value"]),
    ];
    for (seed, mended) in mends {
        let dir = TestDir::new();
        let generate = ["generate", "notebook-accounts", "--out", "R"];
        let options = ["--candidate", "a", "--rows", "6000", "--demo-seed", seed];
        dir.run(&[&generate[..], &options].concat()).exits(0);
        let careful = "R/key/a/baselines/careful";
        let review = [
            "review",
            careful,
            "--round",
            "R",
            "--candidate",
            "a",
            "--out",
            "V",
        ];
        dir.run(&review).exits(0);
        let text = fs::read_to_string(dir.path("V/evidence.json")).unwrap();
        let evidence: Evidence = serde_json::from_str(&text).unwrap();
        for what in mended {
            let found = evidence.cleaning.iter().find(|one| one.what == what);
            let repaired = found
                .unwrap_or_else(|| panic!("seed {seed}: {what}"))
                .repaired;
            let part = repaired.count as f64 / repaired.of as f64;
            assert!(part > 0.9, "seed {seed}, {what}: {repaired:?}");
        }
        let damage = evidence.damage.unwrap();
        assert!(
            (damage.count as f64) < 0.01 * damage.of as f64,
            "seed {seed}: {damage:?}"
        );
        // Every number is shown with the same references.
        assert!(evidence.recoveries > 10, "{}", evidence.recoveries);
    }
}
