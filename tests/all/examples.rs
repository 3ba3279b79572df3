//! What stands in `datasets/` and `reports/` is what the tool makes today.
//!
//! After a change that is meant to alter bytes or pages: `tests/examples/rebuild`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use drumlin::table::read_parquet;

use crate::harness::TestDir;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Paths of the files below a folder.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    fn collect(root: &Path, folder: &Path, found: &mut BTreeSet<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(folder, folder, &mut found);
    found
}

/// Parquet by schema and values, everything else by bytes.
#[track_caller]
fn same(committed: &Path, made: &Path) {
    let expected = files(committed);
    let found: BTreeSet<PathBuf> = files(made)
        .into_iter()
        .filter(|path| path.extension().is_none_or(|ending| ending != "zip"))
        .collect();
    assert_eq!(expected, found, "files of {}", committed.display());
    for path in expected {
        let (old, new) = (committed.join(&path), made.join(&path));
        let equal = if path.extension().is_some_and(|ending| ending == "parquet") {
            read_parquet(&old).unwrap() == read_parquet(&new).unwrap()
        } else {
            fs::read(&old).unwrap() == fs::read(&new).unwrap()
        };
        assert!(
            equal,
            "{} is not what the tool makes today; tests/examples/rebuild",
            path.display()
        );
    }
}

#[test]
fn the_small_round_is_what_generate_makes() {
    let dir = TestDir::new();
    dir.run_as_typed(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "ada",
        "--rows",
        "3000",
        "--demo-seed",
        "35",
    ])
    .exits(0);
    same(&root().join("datasets/demo-round"), &dir.path("R"));
}

#[test]
fn the_example_reviews_are_what_review_makes() {
    let round = root().join("datasets/demo-round");
    for name in ["prose", "naive", "standard"] {
        let dir = TestDir::new();
        let example = root().join("reports").join(name);
        dir.run(&[
            "review",
            example.join("submission").to_str().unwrap(),
            "--round",
            round.to_str().unwrap(),
            "--candidate",
            "ada",
            "--out",
            "V",
        ])
        .exits(0);
        same(&example.join("review"), &dir.path("V"));
    }
}

#[test]
fn the_demo_ends_with_files_that_are_there() {
    let dir = TestDir::new();
    let shown = dir
        .run(&["demo"])
        .exits(0)
        .stderr_contains(&["Open these", "DEMO: not for hiring"])
        .stdout();
    let listed: Vec<&str> = shown
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    assert!(listed.len() >= 7, "{shown}");
    for file in listed {
        assert!(dir.path(file).is_file(), "{file}");
    }
    dir.run(&["demo"])
        .exits(2)
        .stderr_contains(&["drumlin-demo exists already", "--force"]);
    dir.run(&["demo", "--force"]).exits(0);
    assert_eq!(dir.names(), ["drumlin-demo"]);
}
