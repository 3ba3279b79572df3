//! Enforces the architecture that `src/lib.rs` describes: its list of modules is the list of layers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use crate::source_tree::{SourceTree, repository};

static SOURCES: LazyLock<SourceTree> = LazyLock::new(SourceTree::read);

/// Crates that only certain files may use.
const OWNERS: [(&str, &[&str]); 21] = [
    ("polars", &["src/table/"]),
    ("polars_arrow", &["src/table/"]),
    ("polars_parquet", &["src/table/"]),
    ("csv", &["src/table/", "src/baseline/"]),
    ("chrono", &["src/table/", "src/explore/"]),
    ("linfa", &["src/cluster/"]),
    ("linfa_clustering", &["src/cluster/"]),
    ("linfa_linalg", &["src/cluster/"]),
    ("kodama", &["src/cluster/"]),
    ("forust_ml", &["src/learn/"]),
    ("plotters", &["src/render/figure/"]),
    ("maud", &["src/render/"]),
    ("comrak", &["src/submission/report/", "src/render/"]),
    ("ammonia", &["src/submission/report/"]),
    ("pdf_extract", &["src/submission/report/"]),
    ("zip", &["src/bundle/archive.rs", "src/submission/"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/"]),
    ("indicatif", &["src/cli/"]),
    ("ctrlc", &["src/cli/"]),
];

/// Modules that know the truth about a table.
const TRUTH: [&str; 7] = [
    "scenario", "generate", "certify", "bundle", "review", "report", "workflow",
];
const CANDIDATE_SIDE: [&str; 4] = ["explore", "submission", "checks", "baseline"];

#[test]
fn modules_import_only_from_layers_above_their_own() {
    let tree = &*SOURCES;
    let layers = layers();
    let mut wrong = Vec::new();
    for file in tree.files() {
        let own = file.room();
        let Some(own_layer) = layers.get(own) else {
            continue;
        };
        for target in tree.dependencies(file) {
            let imported = target.room();
            if imported != own && layers.get(imported).is_some_and(|layer| layer >= own_layer) {
                wrong.push(format!("{}: {own} imports {imported}", file.path));
            }
        }
    }
    wrong.dedup();
    assert!(
        wrong.is_empty(),
        "these imports go against the order of layers in src/lib.rs:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn files_of_a_room_do_not_import_each_other_in_circles() {
    let tree = &*SOURCES;
    let circles: Vec<String> = tree
        .circles()
        .into_iter()
        .map(|files| format!("{} files: {}", files.len(), files.join(" ")))
        .collect();
    assert!(
        circles.is_empty(),
        "move the type that these files share to a file of its own:\n{}",
        circles.join("\n")
    );
}

#[test]
fn no_type_name_is_used_twice() {
    let tree = &*SOURCES;
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in tree.files() {
        for name in &file.types {
            places.entry(name).or_default().push(&file.path);
        }
    }
    // Each command has its `Arguments`, and commands with subcommands an enum `Command`.
    places.retain(|name, files| {
        files.len() > 1 && !["Arguments", "Command"].contains(name) && *name != "Error"
    });
    let twice: Vec<String> = places
        .iter()
        .map(|(name, files)| format!("{name}: {}", files.join(" ")))
        .collect();
    assert!(
        twice.is_empty(),
        "rename all but one:\n{}",
        twice.join("\n")
    );
}

#[test]
fn candidate_side_cannot_name_the_truth() {
    let tree = &*SOURCES;
    let candidate_page = |path: &str| {
        path.starts_with("src/workflow/explore.rs") || path.starts_with("src/render/exploration")
    };
    let mut pages = 0;
    for file in tree.files() {
        let page = candidate_page(&file.path);
        pages += usize::from(page);
        if !page && !CANDIDATE_SIDE.contains(&file.room()) {
            continue;
        }
        for target in tree.dependencies(file) {
            let own_room = target.room() == file.room();
            assert!(
                own_room || !TRUTH.contains(&target.room()) || target.path.contains("explor"),
                "{} names {}",
                file.path,
                target.path
            );
            for part in ["reveal", "review", "truth", "certificate", "bundle"] {
                assert!(
                    !page || !target.path.contains(part),
                    "{} names {}",
                    file.path,
                    target.path
                );
            }
        }
    }
    assert!(pages > 3, "the candidate's page is made by other files now");
}

#[test]
fn heavy_crates_are_named_only_by_their_owners() {
    let tree = &*SOURCES;
    let mut wrong = Vec::new();
    for file in tree.files() {
        for (name, owners) in OWNERS {
            let owned = owners.iter().any(|owner| file.path.starts_with(owner));
            if !owned && file.crates.contains(name) {
                wrong.push(format!("{} names {name}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn measures_and_pages_touch_no_file() {
    for file in SOURCES.files() {
        if ["measure", "render", "report", "cluster", "learn", "certify"].contains(&file.room()) {
            assert!(!file.names_std_fs, "{} touches files", file.path);
        }
    }
}

#[test]
fn mod_files_hold_no_logic() {
    for file in SOURCES.files() {
        if file.path.ends_with("/mod.rs") && file.room() != "cli" {
            assert!(
                file.functions.is_empty(),
                "{} defines {}",
                file.path,
                file.functions.join(", ")
            );
        }
    }
}

#[test]
fn every_source_file_belongs_to_a_layer() {
    let layers = layers();
    let rooms: BTreeSet<String> = SOURCES.files().map(|file| file.room().to_owned()).collect();
    for room in rooms {
        let outside = ["cli", "lib", "main"].contains(&room.as_str());
        assert!(
            outside || layers.contains_key(&room),
            "src/lib.rs lacks {room}"
        );
    }
}

#[test]
fn circles_and_imports_are_found_in_a_small_tree() {
    let tree = SourceTree::of(&[
        ("src/lib.rs", "pub mod a; pub mod b;"),
        (
            "src/a/mod.rs",
            "mod one; mod two; pub use one::One; pub use two::Two;",
        ),
        (
            "src/a/one.rs",
            "use super::Two; pub struct One(Two); #[cfg(test)] mod tests { use crate::b::B; }",
        ),
        (
            "src/a/two.rs",
            "pub struct Two; fn f() { let _ = vec![crate::b::B]; }",
        ),
        (
            "src/b.rs",
            "use crate::a::{One}; pub struct B; fn g() { csv::Reader::new() }",
        ),
    ]);
    let file = |path: &str| tree.files().find(|file| file.path == path).unwrap();
    let paths = |path: &str| -> Vec<&str> {
        let targets = tree.dependencies(file(path));
        targets.into_iter().map(|file| file.path.as_str()).collect()
    };
    assert_eq!(paths("src/a/one.rs"), ["src/a/two.rs"]);
    assert_eq!(paths("src/a/two.rs"), ["src/b.rs"]);
    assert_eq!(paths("src/b.rs"), ["src/a/one.rs"]);
    assert!(file("src/b.rs").crates.contains("csv"));
    assert!(
        tree.circles().is_empty(),
        "only circles inside a room count"
    );
    let tree = SourceTree::of(&[
        ("src/lib.rs", "pub mod a;"),
        (
            "src/a/mod.rs",
            "mod one; mod two; pub use one::One; pub use two::Two;",
        ),
        ("src/a/one.rs", "use super::two::Two; pub struct One;"),
        (
            "src/a/two.rs",
            "pub struct Two; fn f() { super::one::One; }",
        ),
    ]);
    assert_eq!(tree.circles(), [["src/a/one.rs", "src/a/two.rs"]]);
}

/// Layer number of each module: groups of `mod` lines in `src/lib.rs`, separated by blank lines.
fn layers() -> BTreeMap<String, usize> {
    let text = fs::read_to_string(repository().join(Path::new("src/lib.rs"))).unwrap();
    let mut layers = BTreeMap::new();
    let mut layer = 0;
    for line in text.lines() {
        if line.is_empty() {
            layer += 1;
        } else if let Some((_, name)) = line.strip_suffix(';').and_then(|l| l.split_once("mod ")) {
            layers.insert(name.to_owned(), layer);
        }
    }
    assert!(layers.len() > 10, "src/lib.rs lists its modules");
    layers
}
