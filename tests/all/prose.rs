//! Words that a reader stumbles over do not come back: a short list, checked in comments, strings and pages.

use std::fs;
use std::path::{Path, PathBuf};

use crate::source_tree::repository;

/// What to avoid, as whole words in lower case, and what to write instead.
const AVOID: [(&str, &str); 28] = [
    ("tells of", "explains, predicts, reports"),
    ("held against", "compared with"),
    ("hold against", "compare with"),
    ("whoever", "anyone who"),
    ("hand in", "submit"),
    ("hands in", "submits"),
    ("handed in", "submitted"),
    ("leave away", "omit"),
    ("left away", "omitted"),
    ("turns at", "has its threshold at"),
    ("so many that", "enough that"),
    ("what is free", "what baselines find"),
    ("lure", "mislead; decoy strength"),
    ("lures", "misleads; decoy strength"),
    ("autopilot", "baseline"),
    ("autopilots", "baselines"),
    ("rung", "baseline"),
    ("rungs", "baselines"),
    ("ridge", "curve"),
    ("ridges", "curves"),
    ("facet", "split"),
    ("facets", "splits"),
    ("regime", "change"),
    ("regimes", "changes"),
    ("innocent", "benign"),
    ("innocents", "benign anomalies"),
    ("twin", "null table"),
    ("knob", "parameter"),
];

/// Lines that may name such a word: file (or folder), and what the line contains.
const ALLOWED: [(&str, &str); 8] = [
    // This list, and the paragraph that explains it.
    ("tests/all/prose.rs", ""),
    // What format 1 called things.
    ("src/scenario/format.rs", ""),
    ("CHANGELOG.md", "[[ridge]]"),
    ("CHANGELOG.md", "replace `"),
    ("src/scenario/", "format 1"),
    // Text that ends up in data cells.
    ("datasets/", "rung"),
    // Names of random streams decide the numbers and stay.
    ("src/", ".fork("),
    ("src/", "stream"),
];

#[test]
#[ignore = "some words are left"]
fn no_avoided_word_is_used() {
    let mut hits = Vec::new();
    for path in texts() {
        let inside = path.strip_prefix(repository()).unwrap();
        let name = inside.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let allowed =
                |(file, part): &(&str, &str)| name.starts_with(file) && line.contains(part);
            if ALLOWED.iter().any(allowed) {
                continue;
            }
            for (word, instead) in avoided(&prose(&name, line)) {
                hits.push(format!("{name}:{}: `{word}` → {instead}", number + 1));
            }
        }
    }
    assert!(hits.is_empty(), "{} hits\n{}", hits.len(), hits.join("\n"));
}

#[test]
fn whole_words_are_found_in_comments_and_strings_and_not_in_code() {
    let found = |line: &str| avoided(&prose("src/x.rs", line)).len();
    assert_eq!(found("/// A lure, and what it lures."), 2);
    assert_eq!(found("let x = say(\"hand in your work\");"), 1);
    assert_eq!(found("let lure = failure(ridge);"), 0);
    assert_eq!(found("// a failure is allured"), 0);
    assert_eq!(avoided(&prose("README.md", "Whoever it is.")).len(), 1);
}

/// The avoided words in a line of prose.
fn avoided(prose: &str) -> Vec<(&'static str, &'static str)> {
    let lower = prose.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '/' && c != '-')
        .filter(|word| !word.is_empty())
        .collect();
    let line = format!(" {} ", words.join(" "));
    let hits = AVOID
        .iter()
        .filter(|(word, _)| line.contains(&format!(" {word} ")));
    hits.copied().collect()
}

/// The part of a line that people read: all of it, or comments and strings of a source file.
fn prose(name: &str, line: &str) -> String {
    let rust = Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "rs");
    if !rust || line.trim_start().starts_with("//") {
        return line.to_owned();
    }
    let (code, comment) = line.split_once(" // ").unwrap_or((line, ""));
    let strings = code.split('"').skip(1).step_by(2);
    let mut prose: Vec<&str> = strings.collect();
    prose.push(comment);
    prose.join(" | ")
}

/// Sources, scenarios, tests and pages that are written by hand.
fn texts() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["src", "tests/all", "docs", "benches", ".ci"] {
        collect(&repository().join(folder), &mut found);
    }
    for entry in [repository(), repository().join("datasets")] {
        for entry in fs::read_dir(entry).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                found.push(path);
            }
        }
    }
    found.retain(|path| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ["rs", "md", "toml", "js", "css"].contains(&ending.unwrap_or_default())
    });
    assert!(found.len() > 100);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push(path);
        }
    }
}
