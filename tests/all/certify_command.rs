//! The `drumlin certify` command.

use std::fmt::Write as _;
use std::path::Path;

use drumlin::certify::{Certificate, judge};
use drumlin::report::close_calls;

use crate::harness::TestDir;

fn known(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("tests/reference/tables").join(name);
    file.to_string_lossy().into_owned()
}

#[test]
fn known_tables_get_their_verdicts_and_exit_codes() {
    let dir = TestDir::new();
    for (table, says, code) in [
        ("ambiguous-1.parquet", "Ambiguous and meaningful.", 0),
        ("two-linear-factors-1.parquet", "Dull.", 1),
        ("six-blobs-1.parquet", "Too clear.", 1),
        ("uniform-1.parquet", "Meaningless.", 1),
    ] {
        let run = dir.run(&["certify", &known(table), "--light"]).exits(code);
        run.stdout_contains(&[says, "prove that none exists"]);
    }
}

#[test]
fn an_accepted_table_says_which_numbers_stand_near_a_turn() {
    let dir = TestDir::new();
    let table = known("ambiguous-1.parquet");
    let json = dir
        .run(&["certify", &table, "--light", "--json"])
        .exits(0)
        .stdout();
    let accepted: Certificate = serde_json::from_str(&json).unwrap();
    let found = accepted.statistics.meaning.two_sample_copula;
    let turned = |off: f64| {
        let mut one = accepted.clone();
        one.thresholds.two_sample_copula = found - off;
        one
    };
    let said = close_calls(&turned(0.001)).unwrap();
    assert!(said.contains("distinguishable from null tables"), "{said}");
    let far = close_calls(&turned(0.05)).unwrap_or_default();
    assert!(!far.contains("distinguishable from null tables"), "{far}");
    // Statistics that count only with a valley mention the valley.
    let mut both = turned(0.05);
    both.thresholds.valley = both.statistics.separation.valley - 0.01;
    both.thresholds.agreement = both.statistics.agreement.core_most - 0.01;
    let said = close_calls(&both).unwrap();
    assert!(
        said.contains("valley depth (") && said.contains("agreement between algorithms (ARI)"),
        "{said}"
    );
    // A rejected table is not close to a threshold.
    let mut refused = turned(0.001);
    refused.verdict = judge(&refused.statistics, &{
        let mut thresholds = refused.thresholds;
        thresholds.two_sample_copula = found + 0.1;
        thresholds
    });
    assert_eq!(close_calls(&refused), None);
}

#[test]
fn a_certificate_fits_a_terminal_and_is_the_same_twice_and_in_json() {
    let dir = TestDir::new();
    let table = known("six-blobs-1.parquet");
    let once = dir.run(&["certify", &table, "--light"]).stdout();
    assert_eq!(once, dir.run(&["certify", &table, "--light"]).stdout());
    assert!(
        once.lines().all(|line| line.chars().count() <= 80),
        "{once}"
    );
    let json = dir.run(&["certify", &table, "--light", "--json"]).stdout();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["verdict"]["reasons"][0]["kind"], "too_clear");
    assert_eq!(json["view"]["columns"].as_array().unwrap().len(), 12);
    assert!(json["statistics"]["separation"]["valley"].as_f64().unwrap() < 0.45);
}

#[test]
fn what_was_measured_can_be_had_and_measured_again() {
    let dir = TestDir::new();
    let table = known("ambiguous-1.parquet");
    let run = dir.run(&["certify", &table, "--light", "--view", "v.parquet"]);
    run.exits(0);
    let again = dir.run(&["certify", "v.parquet", "--light"]).exits(0);
    again.stdout_contains(&["Ambiguous and meaningful."]);
    dir.run(&["certify", &table, "--light", "--view", "v.parquet"])
        .exits(2)
        .stderr_contains(&["exists already"]);
}

#[test]
fn mixed_types_missing_values_and_ids_are_handled_and_told() {
    let dir = TestDir::new();
    let mut text = "id,who,size,weight,ratio,day,flag,sum\n".to_owned();
    let mut state = 7_u64;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        ((state >> 33) as f64 / f64::from(u32::MAX) * 2.0).fract()
    };
    for row in 0..400 {
        let (a, b) = (draw() + draw() + draw(), draw() + draw());
        let weight = if row % 9 == 0 {
            String::new()
        } else {
            format!("{:.3}", a + b)
        };
        let _ = writeln!(
            text,
            "{row},p{},{},{weight},{:.4},2026-01-{:02},{},{:.4}",
            row % 7,
            (8.0 * a).round(),
            b,
            1 + row % 28,
            row % 2 == 0,
            2.0 * b + 0.1,
        );
    }
    dir.file("mixed.csv", &text);
    let run = dir.run(&["certify", "mixed.csv", "--light"]);
    let out = run
        .stdout()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(out.contains("id (identifier)"), "{out}");
    assert!(
        out.contains("sum (determined by other columns, except for rounding)"),
        "{out}"
    );
    assert!(out.contains("measured: size, weight, ratio"), "{out}");
}

#[test]
fn odd_names_and_columns_that_say_the_same_do_no_harm() {
    let dir = TestDir::new();
    let last = usize::MAX;
    let mut text = format!("e_{},e_{last},twice,thrice,other\n", last - 1);
    for row in 0..300_u64 {
        let x = (row * 7919) % 41;
        let y = (row * 104_729) % 97;
        let _ = writeln!(
            text,
            "{y},{},{},{},{}",
            (y * y) % 53,
            2 * x,
            3 * x,
            (row * 31) % 89
        );
    }
    dir.file("odd.csv", &text);
    let run = dir.run(&["certify", "odd.csv", "--light", "--view", "v.parquet"]);
    let out = run.stdout();
    assert!(
        out.contains("thrice (determined by other columns"),
        "{out}{}",
        run.stderr()
    );
    assert!(dir.names().contains(&"v.parquet".to_owned()));
}

#[test]
fn a_table_without_numbers_says_what_is_needed() {
    let dir = TestDir::new();
    dir.file("words.csv", "a,b\nx,y\nz,w\n");
    dir.run(&["certify", "words.csv"])
        .exits(2)
        .stderr_contains(&[
            "words.csv: ",
            "at least 40 rows and 2 columns are needed",
            "20 distinct values",
        ]);
}

#[test]
fn the_world_of_a_round_is_measured_with_what_is_true_of_it() {
    let dir = TestDir::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/demo-round");
    let round = root.to_string_lossy().into_owned();
    let out = dir.run(&["certify", &round, "--light"]).stdout();
    assert!(out.contains("the world of round"), "{out}");
    assert!(out.contains("loss from clustering"), "{out}");
}
