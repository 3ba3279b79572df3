//! Mistakes get a clear message and the right exit code, and leave no partial output behind.

use std::fs;

use crate::harness::{TestDir, names};

/// The shipped scenario with one piece replaced.
fn scenario(dir: &TestDir, old: &str, new: &str) {
    let text = include_str!("../../datasets/assistant-prompts.toml");
    assert!(text.contains(old), "{old}");
    dir.file("s.toml", text.replacen(old, new, 1));
}

fn refused(old: &str, new: &str, words: &[&str]) {
    let dir = TestDir::new();
    scenario(&dir, old, new);
    dir.run(&["generate", "s.toml", "--out", "R"])
        .exits(2)
        .stderr_contains(words);
    assert_eq!(dir.names(), ["s.toml"], "nothing was left");
}

#[test]
fn misspelled_scenario_key_is_shown_with_line_and_suggestion() {
    refused(
        "title =",
        "tilte =",
        &["unknown field `tilte`", "s.toml:5", "did you mean `title`?"],
    );
}

#[test]
fn impossible_share_is_refused() {
    refused(
        "{ name = \"free\", share = 0.36 }",
        "{ name = \"free\", share = 1.36 }",
        &[
            "found 1.36, expected a number from 0 to 1",
            "shares sum to 2.0000",
        ],
    );
}

#[test]
fn effect_of_an_unknown_column_is_refused() {
    refused(
        "region = { \"ap-south\"",
        "regio = { \"ap-south\"",
        &[
            "`regio` is nothing that can have an effect",
            "did you mean `region`?",
        ],
    );
}

#[test]
fn duplicate_column_names_are_refused() {
    refused(
        "name = \"retries\"",
        "name = \"latency_ms\"",
        &["two columns are called `latency_ms`"],
    );
}

#[test]
fn column_named_like_an_embedding_dimension_is_refused() {
    refused(
        "name = \"prompt_id\"",
        "name = \"emb_3\"",
        &["`emb_3` is a column of the embedding `emb`"],
    );
}

#[test]
fn structure_named_like_a_reserved_word_is_refused() {
    refused(
        "name = \"depth\"",
        "name = \"time\"",
        &["`time` is reserved"],
    );
    refused(
        "name = \"tilt\"",
        "name = \"plan\"",
        &["`plan` is already the name of an entry of `column`"],
    );
}

#[test]
fn numbers_out_of_range_are_refused() {
    refused(
        "factors = [2, 2]",
        "factors = [2, 4294967295]",
        &["expected at most 4"],
    );
    refused(
        "[-8.0, -5.0,",
        "[1e300, nan,",
        &["found NaN", "from -24 to 24"],
    );
    refused(
        "days = 112",
        "days = 3",
        &["found 3, expected a number from 21"],
    );
}

#[test]
fn force_replaces_a_demo_and_nothing_else() {
    let dir = TestDir::new();
    dir.file("mine/thesis.tex", "years of work");
    dir.run(&["demo", "--out", "mine", "--force"])
        .exits(2)
        .stderr_contains(&["mine is not a demo"]);
    assert!(dir.path("mine/thesis.tex").exists());
}

#[test]
fn all_mistakes_are_reported_at_once() {
    refused(
        "signal = 0.62",
        "signal = 6.2\n[[factor]]\nname = \"x\"\nabout = \"\"\nlow = \"\"\nhigh = \"\"\nshape = \"bell\"\nbetween = 2.0\nmap = [{ columns = { latency = 1.0 } }]\n",
        &[
            "found 6.2",
            "found 2, expected",
            "there is no column `latency`",
            "mistakes",
        ],
    );
}

#[test]
fn broken_toml_and_unknown_names_are_refused() {
    refused("rows = 40_000", "rows = ", &["s.toml:7"]);
    let dir = TestDir::new();
    dir.run(&["generate", "assistant-promts", "--out", "R"])
        .exits(2)
        .stderr_contains(&[
            "there is no scenario or file `assistant-promts`",
            "did you mean `assistant-prompts`?",
        ]);
    dir.run(&["generate", "nothing-like-it", "--out", "R"])
        .exits(2)
        .stderr_contains(&["shipped scenarios: assistant-prompts"]);
}

#[test]
fn existing_output_folder_is_not_changed() {
    let dir = TestDir::new();
    dir.file("R/mine.txt", "precious");
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--rows",
        "200",
    ])
    .exits(2)
    .stderr_contains(&["R exists and is not a round folder"]);
    assert_eq!(names(&dir.path("R")), ["mine.txt"]);
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--rows",
        "200",
        "--force",
    ])
    .exits(2);
    assert_eq!(names(&dir.path("R")), ["mine.txt"]);
}

#[test]
fn unwritable_output_folder_is_reported() {
    let dir = TestDir::new();
    dir.file("file", "");
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "file/R",
        "--rows",
        "200",
    ])
    .exits(2)
    .stderr_contains(&["cannot write"]);
    assert_eq!(dir.names(), ["file"]);
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_is_reported_and_leaves_nothing_behind() {
    // /dev/full refuses every byte, like a full disk.
    let dir = TestDir::new();
    dir.file("t.csv", "a,b\n1,2\n");
    let out = dir
        .command(&["explore", "t.csv"])
        .stdout(
            fs::OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .unwrap(),
        )
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("cannot write to standard output"));
}

#[test]
fn invalid_ids_and_row_counts_are_refused() {
    let dir = TestDir::new();
    for id in ["../x", "", "a b", ".hidden", "round.json", "a.zip"] {
        dir.run(&[
            "generate",
            "assistant-prompts",
            "--out",
            "R",
            "--rows",
            "200",
            "--candidate",
            id,
        ])
        .exits(2)
        .stderr_contains(&["candidate id"]);
    }
    dir.run(&["generate", "assistant-prompts", "--out", "R", "--rows", "3"])
        .exits(2)
        .stderr_contains(&["3 rows requested; expected 100"]);
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "a",
        "--candidate",
        "a",
    ])
    .exits(2)
    .stderr_contains(&["listed twice"]);
    assert!(dir.names().is_empty());
}

#[test]
fn round_keeps_its_scenario_rows_and_secret() {
    let dir = TestDir::new();
    dir.round(200, &["a"]).exits(0);
    scenario(&dir, "growth = 1.5", "growth = 1.6");
    let before = fs::read(dir.path("R/round.toml")).unwrap();
    dir.run(&["generate", "s.toml", "--out", "R", "--candidate", "b"])
        .exits(2)
        .stderr_contains(&["the round has the scenario"]);
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "b",
        "--rows",
        "300",
    ])
    .exits(2)
    .stderr_contains(&["rows 200, and you asked for 300"]);
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "b",
        "--demo-seed",
        "1",
    ])
    .exits(2)
    .stderr_contains(&["--demo-seed 1"]);
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "a",
    ])
    .exits(2)
    .stderr_contains(&["candidate `a` already has a bundle", "--force"]);
    assert_eq!(fs::read(dir.path("R/round.toml")).unwrap(), before);
    assert_eq!(names(&dir.path("R")), ["candidate", "key", "round.toml"]);
}

#[test]
fn force_replaces_one_candidate_and_nothing_else() {
    let dir = TestDir::new();
    dir.round(200, &["a", "b"]).exits(0);
    fs::write(dir.path("R/candidate/a/README.md"), "spoiled").unwrap();
    let other = fs::read(dir.path("R/candidate/b.zip")).unwrap();
    dir.run(&[
        "generate",
        "assistant-prompts",
        "--out",
        "R",
        "--candidate",
        "a",
        "--force",
    ])
    .exits(0);
    assert_ne!(
        fs::read(dir.path("R/candidate/a/README.md")).unwrap(),
        b"spoiled"
    );
    assert_eq!(fs::read(dir.path("R/candidate/b.zip")).unwrap(), other);
    assert_eq!(names(&dir.path("R")), ["candidate", "key", "round.toml"]);
    let notes = fs::read_to_string(dir.path("R/round.toml")).unwrap();
    assert_eq!(notes.matches("[[candidate]]").count(), 2);
}

#[test]
fn certify_replaces_existing_files_only_with_force() {
    let dir = TestDir::new();
    dir.file("page.html", "mine");
    // Nothing in it can be measured: the page is reported first.
    dir.file("good.csv", "a,b\n1,2\n");
    dir.run(&["certify", "good.csv", "--out", "page.html"])
        .exits(2)
        .stderr_contains(&["page.html exists already", "--force"]);
    dir.run(&["certify", "good.csv", "--out", "page.html", "--force"])
        .exits(2);
    assert_eq!(
        std::fs::read_to_string(dir.path("page.html")).unwrap(),
        "mine"
    );
}

#[test]
fn certify_reports_file_and_line_of_a_bad_table() {
    let dir = TestDir::new();
    dir.file("ragged.csv", "a,b\n1,2\n3\n");
    dir.file("latin.csv", b"a,b\ncaf\xe9,2\n");
    dir.file("twice.csv", "a,a\n1,2\n");
    for (file, words) in [
        ("ragged.csv", "line 3: found 1 fields, expected 2"),
        ("latin.csv", "line 2: not UTF-8"),
        ("twice.csv", "two columns are called `a`"),
    ] {
        dir.run(&["certify", file])
            .exits(2)
            .stderr_contains(&[words]);
    }
}

#[test]
fn explore_counts_irregular_lines_and_refuses_other_files() {
    let dir = TestDir::new();
    dir.file("odd.csv", b"a;a\r\ncaf\xe9;2\r\n3\r\n");
    dir.run(&["explore", "odd.csv"]).exits(0).stdout_contains(&[
        "Windows-1252, separated by semicolons, line endings CR LF",
        "1 line does not have 2 fields (line 3: 1)",
        "a (2)",
    ]);
    dir.run(&["explore", "odd.csv", "--by", "a (3)"])
        .exits(2)
        .stderr_contains(&["odd.csv has no column `a (3)`", "did you mean `a (2)`?"]);
    dir.file("empty.csv", "");
    dir.file("no.parquet", "not parquet");
    dir.file("t.xlsx", "a");
    for (file, words) in [
        ("empty.csv", "is empty"),
        ("no.parquet", "not a readable Parquet file"),
        ("t.xlsx", "neither .csv nor .parquet"),
        ("absent.csv", "cannot read absent.csv"),
        (".", "a folder without data/dictionary.csv"),
    ] {
        dir.run(&["explore", file])
            .exits(2)
            .stderr_contains(&[words]);
    }
    dir.file("page.html", "mine");
    dir.file("good.csv", "a,b\n1,2\n");
    dir.run(&["explore", "good.csv", "--out", "page.html"])
        .exits(2)
        .stderr_contains(&["page.html exists already", "--force"]);
    assert_eq!(fs::read(dir.path("page.html")).unwrap(), b"mine");
}

#[test]
fn unreadable_submissions_are_explained_and_exit_with_1() {
    let dir = TestDir::new();
    dir.round(300, &["a"]).exits(0);
    let ids: Vec<String> = fs::read_to_string(dir.path("R/candidate/a/data/assistant-prompts.csv"))
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap().to_owned())
        .collect();
    let with = |name: &str, groups: &[u8]| {
        dir.file(&format!("{name}/report.md"), "# Report\n\nHello.\n");
        dir.file(&format!("{name}/groups.csv"), groups);
    };
    with(
        "unknown",
        format!("row_id,g\n{},1\nnobody,2\n", ids[0]).as_bytes(),
    );
    with("ragged", format!("row_id,g\n{},1,2\n", ids[0]).as_bytes());
    with("latin", b"row_id,g\ncaf\xe9,1\n");
    with("empty", b"");
    with("noid", b"rowid,g\nx,1\n");
    dir.file("bare/notes.xyz", "no report here");
    for (name, words) in [
        ("unknown", "nobody"),
        ("ragged", "groups.csv:2"),
        ("latin", "UTF-8"),
        ("empty", "groups.csv"),
        ("noid", "row_id"),
        ("bare", "no report"),
    ] {
        dir.run(&["check", name, "--bundle", "R/candidate/a"])
            .exits(1)
            .stdout_contains(&[words]);
        dir.run(&["review", name, "--round", "R", "--candidate", "a"])
            .exits(1);
        assert!(!dir.path("R/reviews").exists(), "{name} left a review");
    }
    dir.run(&["check", "absent", "--bundle", "R/candidate/a"])
        .exits(2);
    dir.run(&["check", "unknown", "--bundle", "R"]).exits(2);
}

#[test]
fn empty_labels_nan_and_missing_rows_are_accepted() {
    let dir = TestDir::new();
    dir.round(300, &["a"]).exits(0);
    let ids: Vec<String> = fs::read_to_string(dir.path("R/candidate/a/data/assistant-prompts.csv"))
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap().to_owned())
        .collect();
    let groups = format!(
        "row_id,g\n{},1\n{},\n{},NaN\n{},2\n",
        ids[0], ids[1], ids[2], ids[3]
    );
    dir.file("s/report.md", "# Report\n\nTwo groups.\n");
    dir.file("s/groups.csv", groups);
    dir.run(&["check", "s", "--bundle", "R/candidate/a"])
        .exits(0)
        .stdout_contains(&["report.md", "groups.csv"]);
    dir.run(&[
        "review",
        "s",
        "--round",
        "R",
        "--candidate",
        "a",
        "--out",
        "V",
    ])
    .exits(0);
    assert_eq!(
        names(&dir.path("V")),
        [
            "debrief.md",
            "evidence.json",
            "feedback-notes.md",
            "read.html",
            "review.html"
        ]
    );
    dir.run(&[
        "review",
        "s",
        "--round",
        "R",
        "--candidate",
        "a",
        "--out",
        "V",
    ])
    .exits(2)
    .stderr_contains(&["exists already"]);
    dir.run(&["review", "s", "--round", "R", "--candidate", "z"])
        .exits(2)
        .stderr_contains(&["no candidate `z`"]);
    dir.run(&["review", "s", "--round", "nowhere", "--candidate", "a"])
        .exits(2);
}

#[test]
fn changed_bundle_is_detected() {
    let dir = TestDir::new();
    dir.round(300, &["a"]).exits(0);
    let csv = dir.path("R/candidate/a/data/assistant-prompts.parquet");
    let mut bytes = fs::read(&csv).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&csv, bytes).unwrap();
    dir.file("s/report.md", "# Report\n\nHello.\n");
    dir.run(&["review", "s", "--round", "R", "--candidate", "a"])
        .exits(2);
    assert!(!dir.path("R/reviews").exists());
}

#[cfg(unix)]
#[test]
fn interrupted_run_leaves_nothing_behind() {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    let dir = TestDir::new();
    let mut child = dir
        .command(&[
            "generate",
            "assistant-prompts",
            "--out",
            "R",
            "--demo-seed",
            "1",
            "--rows",
            "2000000",
        ])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_secs(3));
    Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), None, "it stopped by itself");
    assert_eq!(status.code(), Some(2));
    assert!(dir.names().is_empty(), "left {:?}", dir.names());
}

#[test]
fn closed_pipe_is_not_a_failure() {
    use std::process::Stdio;
    let dir = TestDir::new();
    let wide: Vec<String> = (0..400).map(|n| format!("column_{n}")).collect();
    dir.file(
        "t.csv",
        format!("{}\n{}\n", wide.join(","), vec!["1"; 400].join(",")),
    );
    let mut child = dir
        .command(&["explore", "t.csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn schemas_completions_and_manual_pages_are_printed_for_every_command() {
    let dir = TestDir::new();
    for file in ["evidence", "scenario", "claims", "round"] {
        let schema = dir.run(&["schema", file]).exits(0).stdout();
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        assert!(schema["properties"].is_object(), "{file}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        dir.run(&["completions", shell])
            .exits(0)
            .stdout_contains(&["certify", "no-certify"]);
    }
    dir.run(&["man"]).exits(0).stdout_contains(&["baseline"]);
    dir.run(&["man", "scenario", "check"])
        .exits(0)
        .stdout_contains(&["Exit code 0"]);
    dir.run(&["man", "scenarios"])
        .exits(2)
        .stderr_contains(&["not a command"]);
}
