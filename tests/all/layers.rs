//! The architecture is the module list of `lib.rs`: this test reads it and enforces it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Crates that only one module may name, with the files that may.
const OWNERS: [(&str, &[&str]); 10] = [
    ("polars", &["src/table/"]),
    ("linfa", &["src/cluster/"]),
    ("linfa_clustering", &["src/cluster/"]),
    ("linfa_linalg", &["src/cluster/"]),
    ("kodama", &["src/cluster/"]),
    ("forust_ml", &["src/learn/"]),
    ("plotters", &["src/render/figure/"]),
    ("clap", &["src/cli/"]),
    ("indicatif", &["src/cli/"]),
    ("zip", &["src/bundle/archive.rs", "src/submission/"]),
];

/// What no module of the candidate's side may name: everything that knows a truth.
const TRUTH: [&str; 6] = [
    "scenario", "generate", "certify", "bundle", "review", "workflow",
];
const CANDIDATES_SIDE: [&str; 4] = ["explore", "submission", "checks", "baseline"];
/// The program's path to the page that candidates get, outside those modules.
const CANDIDATES_PAGE: [&str; 2] = ["src/workflow/explore.rs", "src/render/exploration"];

/// Words that would make results depend on the moment or the thread.
const FORBIDDEN: [&str; 5] = [
    "thread_rng",
    "SystemTime::now",
    "Instant::now",
    "Utc::now",
    "Local::now",
];

#[test]
fn a_module_imports_only_from_layers_above_its_own() {
    let layers = layers();
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(own) = module_of(&file).filter(|name| layers.contains_key(*name)) else {
            continue;
        };
        for (line, imported) in imports(&text) {
            let Some(layer) = layers.get(imported.as_str()) else {
                continue;
            };
            if imported != own && *layer >= layers[own] {
                wrong.push(format!(
                    "{}:{line}: {own} imports {imported}",
                    file.display()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "imports against the layers:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_candidates_side_cannot_name_the_truth() {
    let mut pages = 0;
    for (file, text) in sources() {
        let place = file.to_string_lossy().replace('\\', "/");
        let page = CANDIDATES_PAGE.iter().any(|path| place.contains(path));
        pages += usize::from(page);
        if page || module_of(&file).is_some_and(|own| CANDIDATES_SIDE.contains(&own)) {
            for (line, imported) in imports(&text) {
                assert!(
                    !TRUTH.contains(&imported.as_str()),
                    "{place}:{line} names {imported}"
                );
            }
        }
        if page {
            for (line, words) in code(&text) {
                for sibling in ["reveal", "review", "truth", "certificate", "bundle"] {
                    let named = format!("super::{sibling}");
                    assert!(!words.contains(&named), "{place}:{line} names {sibling}");
                }
            }
        }
    }
    assert!(pages > 3, "the page's files are elsewhere");
}

#[test]
fn heavy_crates_have_one_owner() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let place = file.to_string_lossy().replace('\\', "/");
        for (name, owners) in OWNERS {
            let named = code(&text).any(|(_, line)| {
                line.contains(&format!("{name}::")) && !line.contains(&format!("_{name}::"))
            });
            if named && !owners.iter().any(|owner| place.contains(owner)) {
                wrong.push(format!("{place} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_reads_a_clock_or_prints_outside_the_command_line() {
    for (file, text) in sources() {
        let place = file.to_string_lossy().replace('\\', "/");
        for (line, words) in code(&text) {
            for word in FORBIDDEN {
                assert!(!words.contains(word), "{place}:{line}: {word}");
            }
            if !place.contains("src/cli/") {
                assert!(!words.contains("println!("), "{place}:{line} prints");
            }
        }
    }
}

#[test]
fn measures_and_faces_touch_no_file() {
    for (file, text) in sources() {
        if module_of(&file)
            .is_some_and(|own| ["measure", "render", "cluster", "learn", "certify"].contains(&own))
        {
            for (line, words) in code(&text) {
                assert!(
                    !words.contains("std::fs") && !words.contains("File::"),
                    "{}:{line} touches files",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn folders_of_modules_hold_no_logic_in_their_mod_file() {
    for (file, text) in sources() {
        if file.file_name().is_some_and(|name| name == "mod.rs") && !file.starts_with("src/cli") {
            for (line, words) in code(&text) {
                assert!(
                    !words.trim_start().starts_with("fn ") && !words.contains("pub fn "),
                    "{}:{line} is logic",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn the_layer_test_would_see_a_wrong_import() {
    let found: Vec<String> = imports("use crate::workflow::demo;\n// use crate::render::x;\n")
        .map(|(_, name)| name)
        .collect();
    assert_eq!(found, ["workflow"]);
    let several: Vec<String> =
        imports("use crate::{table::Table, bundle};\nlet x = crate::scenario::load(y);")
            .map(|(_, name)| name)
            .collect();
    assert_eq!(several, ["table", "bundle", "scenario"]);
}

/// Layer number of each module: groups of `pub mod` lines, separated by blank lines.
fn layers() -> BTreeMap<String, usize> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let mut layers = BTreeMap::new();
    let mut layer = 0;
    for line in text.lines() {
        if line.is_empty() {
            layer += 1;
        } else if let Some(name) = line.strip_prefix("pub mod ") {
            layers.insert(name.trim_end_matches(';').to_owned(), layer);
        }
    }
    assert!(layers.len() > 10, "lib.rs lists its modules");
    layers
}

/// Modules of this crate that code names, with their lines.
fn imports(text: &str) -> impl Iterator<Item = (usize, String)> + '_ {
    code(text).flat_map(|(line, words)| {
        let mut names = Vec::new();
        for piece in words.split("crate::").skip(1) {
            if let Some(list) = piece.strip_prefix('{') {
                let mut depth = 0;
                let mut start = true;
                let mut word = String::new();
                for letter in list.chars() {
                    match letter {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            names.push(std::mem::take(&mut word));
                            start = true;
                            continue;
                        }
                        _ => {}
                    }
                    if start && (letter.is_alphanumeric() || letter == '_') {
                        word.push(letter);
                    } else if letter == ':' {
                        start = false;
                    }
                }
                names.push(word);
            } else {
                let name = piece
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next();
                names.push(name.unwrap_or_default().to_owned());
            }
        }
        names.retain(|name| !name.is_empty());
        names.into_iter().map(move |name| (line, name))
    })
}

/// Lines of code, without comments, numbered from 1.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line))
}

fn module_of(file: &Path) -> Option<&str> {
    let inside = file.strip_prefix("src").ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    Some(first.trim_end_matches(".rs"))
}

/// Every source file with its text, by path from the root.
fn sources() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    files.sort();
    assert!(files.len() > 50);
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(root()).unwrap().to_owned(), text)
        })
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
