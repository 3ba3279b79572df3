//! Rounds from the team's point of view.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::TestDir;

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(folder, folder, &mut found);
    found
}

#[test]
fn the_same_secret_gives_the_same_bytes_with_1_2_and_8_threads() {
    let dir = TestDir::new();
    let mut rounds = Vec::new();
    for threads in ["1", "2", "8"] {
        let out = format!("R{threads}");
        let done = dir
            .command(&[
                "generate",
                "assistant-prompts",
                "--out",
                &out,
                "--demo-seed",
                "4",
                "--rows",
                "70000",
            ])
            .env("RAYON_NUM_THREADS", threads)
            .env("POLARS_MAX_THREADS", threads)
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        rounds.push(files(&dir.path(&out)));
    }
    let [one, two, eight] = &rounds[..] else {
        unreachable!()
    };
    assert!(one.len() >= 14, "{:?}", one.keys());
    for (name, bytes) in one {
        assert!(
            two[name] == *bytes,
            "{} differs with 2 threads",
            name.display()
        );
        assert!(
            eight[name] == *bytes,
            "{} differs with 8 threads",
            name.display()
        );
    }
    assert_eq!(one.len(), two.len());
    assert_eq!(one.len(), eight.len());
}

#[test]
fn adding_a_candidate_leaves_every_other_byte_alone() {
    let dir = TestDir::new();
    dir.round(300, &["a"]).exits(0);
    let before = files(&dir.path("R"));
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "b",
    ])
    .exits(0);
    let after = files(&dir.path("R"));
    for (name, bytes) in &before {
        if name != Path::new("round.toml") {
            assert!(after[name] == *bytes, "{} changed", name.display());
        }
    }
    assert!(after.len() > before.len() + 8);
    let both = TestDir::new();
    both.round(300, &["a", "b"]).exits(0);
    assert!(
        files(&both.path("R")) == after,
        "one by one or at once: the same round"
    );
}

#[test]
fn a_real_round_has_a_secret_of_its_own_and_no_mark() {
    let dir = TestDir::new();
    for out in ["R", "S"] {
        dir.run(&[
            "generate",
            "assistant-prompts",
            "--out",
            out,
            "--rows",
            "300",
        ])
        .exits(0);
        let notes = fs::read_to_string(dir.path(&format!("{out}/round.toml"))).unwrap();
        assert!(!notes.contains("DEMO"));
    }
    let table = |out: &str| {
        fs::read(dir.path(&format!(
            "{out}/candidate/candidate-1/data/assistant-prompts.csv"
        )))
        .unwrap()
    };
    assert_ne!(table("R"), table("S"));
    assert_ne!(
        fs::read(dir.path("R/key/round.json")).unwrap(),
        fs::read(dir.path("S/key/round.json")).unwrap()
    );
}

#[test]
fn a_demo_round_is_marked_wherever_somebody_looks() {
    let dir = TestDir::new();
    dir.round(300, &["a"])
        .exits(0)
        .stderr_contains(&["DEMO: not for hiring"]);
    for file in [
        "round.toml",
        "candidate/a/README.md",
        "candidate/a/README.html",
        "candidate/a/manifest.json",
        "key/round.json",
        "key/a/key.json",
        "key/a/truth.html",
    ] {
        let text = fs::read_to_string(dir.path(&format!("R/{file}"))).unwrap();
        assert!(text.contains("DEMO: not for hiring"), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn keys_and_reviews_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TestDir::new();
    dir.round(300, &["a"]).exits(0);
    dir.file("s/report.md", "# Report\n\nHello.\n");
    dir.run(&["review", "s", "--round", "R", "--candidate", "a"])
        .exits(0);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for folder in ["R/key", "R/key/a", "R/reviews/a"] {
        assert_eq!(mode(&dir.path(folder)), 0o700, "{folder}");
        for entry in fs::read_dir(dir.path(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                assert_eq!(mode(&path), 0o600, "{}", path.display());
            }
        }
    }
    assert_eq!(mode(&dir.path("R/candidate/a")), 0o755);
}

#[test]
fn the_manifest_tells_the_truth_about_every_file_and_the_commitment() {
    let dir = TestDir::new();
    dir.round(300, &["a"]).exits(0);
    let text = fs::read_to_string(dir.path("R/candidate/a/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let sent = files(&dir.path("R/candidate/a"));
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(
        listed.len() + 1,
        sent.len(),
        "every file but the manifest itself"
    );
    for file in listed {
        let bytes = &sent[Path::new(file["path"].as_str().unwrap())];
        assert_eq!(file["sha256"], drumlin::bundle::sha256(bytes));
    }
    let key = drumlin::bundle::hash_files(&dir.path("R/key/a")).unwrap();
    assert_eq!(manifest["commitment"], drumlin::bundle::commitment(&key));
}

#[test]
fn one_policy_gives_all_candidates_the_same_rows() {
    let dir = TestDir::new();
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--demo-seed",
        "2",
        "--rows",
        "300",
        "--variant",
        "same",
        "--candidate",
        "a",
        "--candidate",
        "b",
    ])
    .exits(0);
    let table = |who: &str| {
        fs::read(dir.path(&format!("R/candidate/{who}/data/assistant-prompts.csv"))).unwrap()
    };
    assert!(table("a") == table("b"));
}

#[test]
fn the_brief_says_what_the_team_filled_in_and_where_blanks_are() {
    let dir = TestDir::new();
    dir.file(
        "brief.toml",
        "position = \"Analyst at Tarn\"\nai = \"assist\"\n",
    );
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--rows",
        "300",
        "--brief",
        "brief.toml",
    ])
    .exits(0)
    .stderr_contains(&[
        "the brief has blanks (readers, talk, feedback, deadline, payment, retention, contact)",
    ]);
    let brief = fs::read_to_string(dir.path("R/candidate/candidate-1/README.md")).unwrap();
    assert!(
        brief.contains("Analyst at Tarn")
            && brief.contains("There is no model answer that we mark against")
    );
    dir.file("wrong.toml", "position = \"x\"\nai = \"sometimes\"\n");
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "S",
        "--rows",
        "300",
        "--brief",
        "wrong.toml",
    ])
    .exits(2)
    .stderr_contains(&["ai is \"sometimes\"; expected \"none\", \"assist\" or \"any\""]);
}

#[test]
fn json_is_data_on_stdout_and_talk_goes_to_stderr() {
    let dir = TestDir::new();
    let made = dir
        .run(&[
            "generate",
            "assistant-prompts",
            "--out",
            "R",
            "--rows",
            "300",
            "--json",
        ])
        .exits(0);
    let value: serde_json::Value = serde_json::from_str(&made.stdout()).unwrap();
    assert_eq!(value["bundles"][0]["candidate"], "candidate-1");
    let explored = dir
        .run(&["explore", "R/candidate/candidate-1", "--json"])
        .exits(0);
    let profile: serde_json::Value = serde_json::from_str(&explored.stdout()).unwrap();
    assert_eq!(profile["columns"].as_array().unwrap().len(), 33);
}

#[test]
fn an_edited_round_key_is_refused_and_not_followed_into_a_panic() {
    let dir = TestDir::new();
    dir.round(300, &["a"]).exits(0);
    let path = dir.path("R/key/round.json");
    let key = fs::read_to_string(&path).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&key).unwrap();
    value["calibration"]["scales"].as_array_mut().unwrap().pop();
    fs::write(&path, value.to_string()).unwrap();
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "b",
    ])
    .exits(2)
    .stderr_contains(&["its world does not match the scenario"]);
    fs::write(&path, "{").unwrap();
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "b",
    ])
    .exits(2)
    .stderr_contains(&["round.json"]);
}

#[test]
fn the_round_remembers_the_brief_for_candidates_who_come_later() {
    let dir = TestDir::new();
    dir.file(
        "brief.toml",
        "position = \"Analyst at Tarn\"\nreaders = \" \"\n",
    );
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--rows",
        "300",
        "--brief",
        "brief.toml",
    ])
    .exits(0)
    .stderr_contains(&["the brief has blanks (readers, talk"]);
    dir.run(&["generate", "assistant-prompts", "--out", "R"])
        .exits(2)
        .stderr_contains(&["add a candidate with --candidate"]);
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "late",
    ])
    .exits(0);
    let brief = fs::read_to_string(dir.path("R/candidate/late/README.md")).unwrap();
    assert!(brief.contains("Analyst at Tarn"));
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "LATE",
    ])
    .exits(2)
    .stderr_contains(&["upper and lower case"]);
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "x",
        "--variant",
        "same",
    ])
    .exits(2)
    .stderr_contains(&["the policy"]);
}
