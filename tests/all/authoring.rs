//! Showing, writing and checking scenarios, and the options of `generate`, from the command line.

use std::collections::BTreeSet;
use std::fs;

use drumlin::scenario::{kinds, names};

use crate::harness::TestDir;

#[test]
fn a_new_scenario_is_sound_shows_a_page_and_generates_as_it_is() {
    let dir = TestDir::new();
    dir.run(&["scenario", "new", "bakery"])
        .exits(0)
        .stderr_contains(&["Wrote bakery.toml"]);
    dir.run(&["scenario", "check", "bakery.toml"])
        .exits(0)
        .stdout_contains(&["All checks passed.", "best list of 10 guesses"]);
    dir.run(&["scenario", "preview", "bakery.toml"]).exits(0);
    let page = fs::read_to_string(dir.path("bakery-preview.html")).unwrap();
    for words in [
        "Columns as requested and as generated",
        "Defects",
        "nobody yet",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let round = [
        "generate",
        "bakery.toml",
        "--out",
        "R",
        "--demo-seed",
        "1",
        "--rows",
        "500",
    ];
    dir.run(&round).exits(0);
    assert!(
        dir.path("R/candidate/candidate-1/data/bakery.csv")
            .is_file()
    );
}

#[test]
fn a_scenario_of_format_1_is_refused_with_the_list_of_new_names() {
    let dir = TestDir::new();
    dir.file(
        "old.toml",
        "# a title\nformat = 1\nname = \"old\"\n[[ridge]]\n",
    );
    for command in ["check", "show", "preview"] {
        dir.run(&["scenario", command, "old.toml"])
            .exits(2)
            .stderr_contains(&["old.toml:2", "format 1", "[[ridge]]", "[[curve]]", "leans"]);
    }
}

#[test]
fn nothing_is_overwritten_by_a_new_scenario_or_a_preview() {
    let dir = TestDir::new();
    dir.file("bakery.toml", "mine");
    dir.run(&["scenario", "new", "bakery"])
        .exits(2)
        .stderr_contains(&["bakery.toml"]);
    assert_eq!(fs::read_to_string(dir.path("bakery.toml")).unwrap(), "mine");
    dir.file("p.html", "mine");
    dir.run(&["scenario", "preview", "support-tickets", "--out", "p.html"])
        .exits(2);
    assert_eq!(fs::read_to_string(dir.path("p.html")).unwrap(), "mine");
    dir.run(&["scenario", "new", "no spaces"])
        .exits(2)
        .stderr_contains(&["letters, digits"]);
}

#[test]
fn a_check_lists_every_mistake_with_its_line_and_says_no() {
    let dir = TestDir::new();
    dir.run(&["scenario", "new", "s"]).exits(0);
    let text = fs::read_to_string(dir.path("s.toml")).unwrap();
    let text = text
        .replacen(
            "\"queue_seconds\", \"prep_seconds\"",
            "\"queue_second\", \"prep_seconds\"",
            1,
        )
        .replacen("size = [0.05, 0.08]", "size = [5, 8]", 1)
        .replacen(
            "reports {column} in milliseconds",
            "reports {colunm} in milliseconds",
            1,
        )
        .replacen("\"Arbel\" = [\"ARBEL\"", "\"Arbell\" = [\"ARBEL\"", 1);
    dir.file("s.toml", text);
    dir.run(&["scenario", "check", "s.toml"])
        .exits(1)
        .stderr_contains(&[
            "mistakes",
            "did you mean `queue_seconds`?",
            "found 5, expected a number from 0.005 to 0.3",
            "`{colunm}` is not filled in",
            "there is no level `Arbell`",
        ]);
    dir.run(&["scenario", "check", "s"])
        .exits(2)
        .stderr_contains(&["did you mean `s.toml`?"]);
}

#[test]
fn a_defect_that_nothing_could_reveal_is_refused() {
    let dir = TestDir::new();
    dir.run(&["scenario", "new", "s"]).exits(0);
    let text = fs::read_to_string(dir.path("s.toml")).unwrap();
    // A change of definition so small that it is lost in the noise.
    let entry = "[[defect]]\nkind = \"schema-change\"\ncolumns = [\"total\"]\nvalues = [1.02]\n\
                 cause = \"{column} is rounded in another way\"\n\n";
    let text = text.replacen(
        "[[defect]]\nkind = \"exact-dup",
        &format!("{entry}[[defect]]\nkind = \"exact-dup"),
        1,
    );
    assert!(text.contains("1.02"));
    dir.file("s.toml", &text);
    let output = dir.run(&["scenario", "check", "s.toml"]).exits(1);
    let line = 1 + text[..text.find(entry).unwrap()].lines().count();
    output.stdout_contains(&[&format!(
        "line {line}: schema-change may be planted so that nothing reveals it (total;"
    )]);
}

#[test]
fn the_schema_names_every_kind_of_defect_and_the_list_every_scenario() {
    let dir = TestDir::new();
    let schema = dir.run(&["schema", "scenario"]).exits(0).stdout();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let said = schema.to_string();
    let listed = dir.run(&["scenario", "defects"]).exits(0).stdout();
    for record in kinds() {
        assert!(
            said.contains(&format!("\"{}\"", record.word)),
            "{}",
            record.word
        );
        assert!(listed.contains(record.word), "{}", record.word);
    }
    let list = dir.run(&["scenario", "list"]).exits(0).stdout();
    for name in names() {
        assert!(list.contains(name));
        dir.run(&["scenario", "show", name])
            .exits(0)
            .stdout_contains(&[name, "Columns", "factor", "defect", "benign"]);
    }
}

#[test]
fn formats_defects_and_parts_are_as_asked() {
    let dir = TestDir::new();
    let base = [
        "generate",
        "market-sellers",
        "--demo-seed",
        "4",
        "--rows",
        "70000",
    ];
    let with = |more: &[&'static str]| [&base[..], more].concat();
    dir.run(&with(&[
        "--out",
        "R",
        "--candidate",
        "a",
        "--format",
        "csv",
    ]))
    .exits(0);
    let data = dir.path("R/candidate/a/data");
    let files: BTreeSet<String> = crate::harness::names(&data).into_iter().collect();
    assert!(files.contains("market-sellers.csv") && !files.contains("market-sellers.parquet"));
    let mut parts = Vec::new();
    let shard = |part: &'static str, into: &'static str| {
        dir.run(&[
            "shard",
            "market-sellers",
            part,
            "--round",
            "R",
            "--candidate",
            "a",
            "--demo-seed",
            "4",
            "--rows",
            "70000",
            "--into",
            into,
        ])
    };
    for (part, into) in [("1/2", "one"), ("2/2", "two")] {
        shard(part, into).exits(0);
        parts.extend(fs::read(dir.path(&format!("{into}/data/market-sellers.csv"))).unwrap());
    }
    assert!(
        parts == fs::read(data.join("market-sellers.csv")).unwrap(),
        "parts make the table"
    );
    shard("3/3", "three")
        .exits(2)
        .stderr_contains(&["the table has 2 blocks"]);
    shard("3/2", "three").exits(2);

    dir.run(&[
        "generate",
        "market-sellers",
        "--demo-seed",
        "4",
        "--rows",
        "500",
        "--out",
        "Q",
        "--without-defects",
    ])
    .exits(0);
    let key = fs::read_to_string(dir.path("Q/key/candidate-1/key.json")).unwrap();
    let key: serde_json::Value = serde_json::from_str(&key).unwrap();
    assert_eq!(key["world"]["instances"].as_array().unwrap().len(), 0);
    assert_eq!(key["delivered_rows"], 500);
}

#[test]
fn a_part_replaces_nothing_and_needs_the_secret_of_a_round() {
    let dir = TestDir::new();
    dir.file("mine/letter.txt", "mine");
    let shard = |more: &[&'static str]| {
        let part = ["shard", "market-sellers", "1/1", "--round", "none"];
        dir.run(&[&part[..], &["--candidate", "a"], more].concat())
    };
    shard(&["--into", "mine", "--rows", "500", "--demo-seed", "4"]).exits(2);
    assert!(dir.path("mine/letter.txt").is_file());
    shard(&["--into", "x"])
        .exits(2)
        .stderr_contains(&["no round in none"]);
    assert_eq!(dir.names(), ["mine"]);
}

#[test]
fn habits_that_cannot_be_are_refused_and_a_tail_without_end_is_still_a_moment() {
    let dir = TestDir::new();
    dir.run(&["scenario", "new", "s"]).exits(0);
    let text = fs::read_to_string(dir.path("s.toml")).unwrap();
    let channel = "name = \"channel\"\nkind = \"category\"\n";
    for (from, to, says) in [
        (
            channel,
            format!("{channel}rollout = true\n"),
            "a rollout needs",
        ),
        (
            "digits = 2\nunit = \"EUR\"\nfollows = { items = 0.6 }",
            "digits = 2\nunit = \"EUR\"\nfollows = { tip = 0.6 }".to_owned(),
            "`tip` is not an earlier column",
        ),
        (
            "kind = \"real\"\nmedian = 9\np95 = 32",
            "kind = \"real\"\nlow = -4\nhigh = 32\nzeros = 0.2".to_owned(),
            "a symmetric column does not end at 0",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        dir.file("bad.toml", text.replacen(from, &to, 1));
        let output = dir.run(&["scenario", "check", "bad.toml"]).exits(1);
        let said = output.stdout() + &output.stderr();
        assert!(said.contains(says), "{says}: {said}");
    }
    let late = format!(
        "name = \"done_at\"\nkind = \"timestamp\"\nafter = \"ordered_at\"\nmedian = 1e-9\n\
         p95 = 3000\ntail = \"heavy\"\nunit = \"days\"\nwithin = [8, 18]\nworkdays = true\n\
         description = \"d\"\n\n[[column]]\n{channel}"
    );
    dir.file("late.toml", text.replacen(channel, &late, 1));
    let made = [
        "generate",
        "late.toml",
        "--out",
        "R",
        "--demo-seed",
        "1",
        "--rows",
        "20000",
    ];
    dir.run(&made).exits(0);
}
