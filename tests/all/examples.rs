//! `datasets/` and `reports/` have the structure and the numbers that the tool produces today.
//!
//! Sentences may differ, so rewording needs no new examples. After a change of structure or
//! numbers, run `tests/examples/rebuild`. CONTRIBUTING.md explains what is compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use drumlin::table::read_parquet;
use serde_json::Value;

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

/// Assert that two folders hold the same files, equal in structure and numbers.
#[track_caller]
fn assert_same_folder(committed: &Path, produced: &Path) {
    let expected = files(committed);
    let found: BTreeSet<PathBuf> = files(produced)
        .into_iter()
        .filter(|path| path.extension().is_none_or(|ending| ending != "zip"))
        .collect();
    assert_eq!(expected, found, "files of {}", committed.display());
    for path in expected {
        if let Err(difference) = same_file(&committed.join(&path), &produced.join(&path)) {
            panic!(
                "{} differs from what the tool produces: {difference}; run tests/examples/rebuild",
                path.display()
            );
        }
    }
}

fn same_file(old: &Path, new: &Path) -> Result<(), String> {
    let ending = old.extension().and_then(|ending| ending.to_str());
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    match ending {
        Some("parquet") => equal(&read_parquet(old).unwrap(), &read_parquet(new).unwrap()),
        Some("json") => {
            let [old, new] = [old, new].map(|path| serde_json::from_str(&text(path)).unwrap());
            same_value("", &old, &new)
        }
        Some("toml") => {
            let [old, new] = [old, new].map(|path| toml::from_str(&text(path)).unwrap());
            same_value("", &old, &new)
        }
        Some("html") => equal(&html_outline(&text(old)), &html_outline(&text(new))),
        Some("md") => equal(&heading_levels(&text(old)), &heading_levels(&text(new))),
        // Its descriptions are prose.
        _ if old.file_name().is_some_and(|name| name == "dictionary.csv") => {
            equal(&first_cells(&text(old)), &first_cells(&text(new)))
        }
        _ if fs::read(old).unwrap() == fs::read(new).unwrap() => Ok(()),
        _ => Err("other bytes".to_owned()),
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(old: &T, new: &T) -> Result<(), String> {
    if old == new {
        return Ok(());
    }
    let [old, new] = [old, new].map(|one| format!("{one:?}"));
    let at = old
        .bytes()
        .zip(new.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let near = |text: &str| {
        text.chars()
            .skip(at.saturating_sub(40))
            .take(120)
            .collect::<String>()
    };
    Err(format!("…{}… is now …{}…", near(&old), near(&new)))
}

/// Keys, lengths of lists, numbers and flags; all texts are treated as equal.
fn same_value(place: &str, old: &Value, new: &Value) -> Result<(), String> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let keys = |map: &serde_json::Map<String, Value>| -> Vec<String> {
                map.keys()
                    .cloned()
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect()
            };
            equal(&keys(old), &keys(new)).map_err(|why| format!("keys of {place}: {why}"))?;
            old.iter().try_for_each(|(key, value)| {
                same_value(&format!("{place}.{key}"), value, &new[key])
            })
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let mut pairs = old.iter().zip(new).enumerate();
            pairs.try_for_each(|(at, (old, new))| same_value(&format!("{place}[{at}]"), old, new))
        }
        (Value::String(_), Value::String(_)) => Ok(()),
        _ if old == new => Ok(()),
        _ => Err(format!("{place} was {old} and is {new}")),
    }
}

/// Ids of a page, and its numbers of headings, tables and figures.
fn html_outline(text: &str) -> (BTreeSet<&str>, BTreeMap<&'static str, usize>) {
    // Ids of single elements end in a number or hash that may change with the text.
    let ids = text.split(" id=\"").skip(1);
    let ids = ids.filter_map(|rest| rest.split('"').next());
    let ids = ids.filter(|id| id.chars().all(|c| c.is_ascii_alphabetic() || c == '-'));
    let tags = ["<h1", "<h2", "<table", "<svg", "<form", "<script", "<style"];
    let counts = tags.map(|tag| (tag, text.matches(tag).count()));
    (ids.collect(), counts.into_iter().collect())
}

/// Levels of the headings of a Markdown text, in order.
fn heading_levels(text: &str) -> Vec<usize> {
    let lines = text.lines().filter(|line| line.starts_with('#'));
    lines
        .map(|line| line.chars().take_while(|c| *c == '#').count())
        .collect()
}

/// The first cells of each line of a dictionary: table, column, kind and `stored_as`.
fn first_cells(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .map(|line| line.split(',').take(4).collect())
        .collect()
}

#[test]
fn demo_round_equals_what_generate_produces() {
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
    assert_same_folder(&root().join("datasets/demo-round"), &dir.path("R"));
}

#[test]
fn example_reviews_equal_what_review_produces() {
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
        assert_same_folder(&example.join("review"), &dir.path("V"));
    }
}

#[test]
fn demo_lists_only_files_that_exist() {
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

#[test]
fn comparison_ignores_wording_and_sees_numbers_keys_and_sections() {
    let value = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let same = |old, new| same_value("", &value(old), &value(new)).is_ok();
    assert!(same(r#"{"a": 1.5, "b": "x"}"#, r#"{"b": "y", "a": 1.5}"#));
    assert!(!same(r#"{"a": 1.5}"#, r#"{"a": 1.6}"#));
    assert!(!same(r#"{"a": 1.5}"#, r#"{"b": 1.5}"#));
    assert!(!same(r#"{"a": [1, 2]}"#, r#"{"a": [1]}"#));
    assert_eq!(
        heading_levels("# A\ntext\n## B\n"),
        heading_levels("# C\n\n## D\n")
    );
    let page = html_outline("<h2 id=\"brief\">One</h2>");
    assert_eq!(page, html_outline("<h2 class=\"x\" id=\"brief\">Two</h2>"));
    assert_ne!(page, html_outline("<h2 id=\"data\">One</h2>"));
}
