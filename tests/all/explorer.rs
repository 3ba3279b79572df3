//! The page of a take-home contains its table and nothing else; the page for reviewers includes the
//! key.

use std::fs;
use std::path::Path;

use drumlin::bundle::Key;
use drumlin::table::{Cells, read_table};
use drumlin::workflow::bundle_page;

use crate::harness::TestDir;

/// A round `R` of two candidates whose bundles have the page.
fn shown(dir: &TestDir) {
    let arguments = "generate assistant-prompts --out R --demo-seed 35 --rows 600 --no-certify --candidate a \
                     --candidate b";
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    dir.run_as_typed(&arguments).exits(0);
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_bundle_has_a_page_that_is_made_of_its_files_alone() {
    let dir = TestDir::new();
    shown(&dir);
    let page = fs::read_to_string(dir.path("R/candidate/a/explore.html")).unwrap();
    // Without any key, the same files give the same page.
    let far = tempfile::tempdir().unwrap();
    copied(&dir.path("R/candidate/a"), far.path());
    fs::remove_file(far.path().join("explore.html")).unwrap();
    assert!(
        bundle_page(far.path()).unwrap() == page,
        "the page knows more"
    );

    for given in ["Scatter plot and selection", "Missing", "Notes"] {
        assert!(page.contains(given), "{given}");
    }
    for kept in [
        "id=\"fit\"",
        "Distances and clusterings",
        "id=\"key-part\"",
        "key: ",
    ] {
        assert!(!page.contains(kept), "{kept}");
    }
    let manifest = fs::read_to_string(dir.path("R/candidate/a/manifest.json")).unwrap();
    assert!(manifest.contains("\"explore.html\""));
    let brief = fs::read_to_string(dir.path("R/candidate/a/README.md")).unwrap();
    assert!(brief.contains("`explore.html`"));
    let other = fs::read_to_string(dir.path("R/candidate/b/explore.html")).unwrap();
    assert!(other != page, "two candidates have the same page");
}

#[test]
fn no_word_of_the_key_is_in_the_page() {
    let dir = TestDir::new();
    shown(&dir);
    let page = fs::read_to_string(dir.path("R/candidate/a/explore.html")).unwrap();
    let key = Key::read(&dir.path("R/key/a/key.json")).unwrap();
    let latents = key.world.latents.iter();
    let mut words: Vec<&str> = latents
        .flat_map(|one| [one.about.as_str(), one.low.as_str(), one.high.as_str()])
        .collect();
    words.extend([key.nonce.as_str(), key.bundle.as_str()]);
    assert!(words.len() > 8);
    for word in words {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn a_round_without_the_page_stays_without_it() {
    let dir = TestDir::new();
    dir.round(300, &["a"]).exits(0);
    assert!(!dir.path("R/candidate/a/explore.html").exists());
    let brief = fs::read_to_string(dir.path("R/candidate/a/README.md")).unwrap();
    assert!(!brief.contains("explore.html"));
    let add = |to: &str, more: &[&str]| {
        let mut arguments = vec![
            "generate",
            "assistant-prompts",
            "--out",
            to,
            "--candidate",
            "c",
        ];
        arguments.extend(more);
        dir.run_as_typed(&arguments)
    };
    add("R", &[]).exits(0);
    assert!(!dir.path("R/candidate/c/explore.html").exists());

    let other = "generate assistant-prompts --out S --demo-seed 35 --rows 300 --no-certify";
    let other: Vec<&str> = other.split_whitespace().collect();
    dir.run_as_typed(&other).exits(0);
    assert!(dir.path("S/candidate/candidate-1/explore.html").exists());
    add("S", &["--no-explorer"])
        .exits(2)
        .stderr_contains(&["explore.html"]);
    assert!(!dir.path("S/candidate/c").exists());
}

#[test]
fn a_reviewer_sees_the_key_next_to_the_table() {
    let dir = TestDir::new();
    dir.round(600, &["a", "b"]).exits(0);
    let reveal = |table: &str, key: &str, more: &[&str]| {
        let mut arguments = vec![
            "explore",
            table,
            "--reveal",
            key,
            "--out",
            "open.html",
            "--force",
        ];
        arguments.extend(more);
        dir.run(&arguments)
    };
    let found = reveal("R/candidate/a", "R/key/a", &["--json"])
        .exits(0)
        .stdout();
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let columns = found["columns"].as_array().unwrap();
    let of = |name: &str| columns.iter().find(|column| column["name"] == name);
    assert!(of("key: factor.depth").is_some());

    // Each planted defect affected the number of rows given in the key.
    let key = Key::read(&dir.path("R/key/a/key.json")).unwrap();
    assert!(key.instances.iter().any(|one| one.rows > 0));
    for counted in &key.instances {
        let begins = format!("key: {} ", counted.id);
        let mut struck = columns.iter();
        let column = struck
            .find(|column| column["name"].as_str().unwrap().starts_with(&begins))
            .unwrap();
        let yes = column["most_frequent"].as_array().unwrap().iter();
        let yes = yes.clone().find(|one| one["value"] == "true");
        assert_eq!(
            yes.map_or(0, |one| one["count"].as_u64().unwrap()),
            counted.rows,
            "{}",
            counted.id
        );
    }
    let page = fs::read_to_string(dir.path("open.html")).unwrap();
    assert!(page.contains("never send this page") && page.contains("key: factor.depth"));
    // The truth of rows is not part of the axes that it is compared with.
    let space = page.split("id=\"space\"").nth(1).unwrap();
    let space = space.split("</script").next().unwrap();
    assert!(space.contains("loadings") && !space.contains("key: "));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(dir.path("open.html"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // The file alone is enough.
    reveal("R/candidate/a/data/assistant-prompts.csv", "R/key/a", &[]).exits(0);
}

#[test]
fn the_key_of_another_bundle_or_no_key_is_refused() {
    let dir = TestDir::new();
    dir.round(300, &["a", "b"]).exits(0);
    dir.file("other.csv", "a,b\n1,2\n");
    for (table, key, says) in [
        ("R/candidate/a", "R/key/b", "key/<id> for candidate/<id>"),
        ("other.csv", "R/key/a", "is not a table that the key"),
        ("R/candidate/a", "R/key/none", "key.json"),
        ("R/candidate/a", "R/candidate/a", "key/<id> of a round"),
    ] {
        dir.run(&["explore", table, "--reveal", key, "--out", "open.html"])
            .exits(2)
            .stderr_contains(&[says]);
    }
    assert!(!dir.path("open.html").exists());
}

#[test]
fn the_revealed_latents_are_those_that_made_the_rows() {
    let dir = TestDir::new();
    dir.round(600, &["a"]).exits(0);
    let found = dir
        .run(&[
            "explore",
            "R/candidate/a",
            "--reveal",
            "R/key/a",
            "--column",
            "key: factor.depth",
            "--json",
        ])
        .exits(0)
        .stdout();
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let rows = read_table(&dir.path("R/key/a/rows.parquet")).unwrap();
    let Some(Cells::Real(depth)) = rows.cells("factor.depth") else {
        panic!("no latent")
    };
    let most = depth
        .iter()
        .flatten()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    let shown = found["columns"][0]["numbers"]["max"].as_f64().unwrap();
    assert!(shown <= most && most - shown < 0.5, "{shown} {most}");
}
