//! Defects in a child table: the ledger is closed, in memory and in the files of a key.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use drumlin::bundle::Key;
use drumlin::generate::{
    BundleContext, FrozenWorld, Instance, World, children, deliver, deliver_child, findings,
    measure_decoys, source,
};
use drumlin::random::Secret;
use drumlin::review::{CleaningEvidence, Evidence, restore};
use drumlin::scenario::{DefectKind, Scenario, embedded, kinds, parse, record_of};
use drumlin::table::{Cell, Table, read_parquet};

use crate::defects::{at_its_rate, closed, marks};
use crate::harness::{TestDir, write_csv};

/// Secrets at which each kind is planted.
const SECRETS: u64 = 20;
/// Rows of the main table; each has about four jobs.
const ROWS: u64 = 500;

/// A shipped scenario with another pool of defects: one decoy in the main table, and `entries`. Its
/// child table gets a third number, so that three adjacent columns can be shifted.
fn text_with(entries: &str, count: u32) -> String {
    let text = embedded("notebook-accounts").unwrap();
    let from = text.find("[[defect]]").unwrap();
    let to = text.find("[[benign]]").unwrap();
    let decoy = r#"
[[defect]]
kind = "bots"
columns = ["pages_read"]
values = [9000.0]
decoy = true
cause = "a few accounts leave a script running"
"#;
    let number = r#"[[child.column]]
name = "memory_gb"
kind = "real"
median = 1.5
p95 = 9
digits = 2
unit = "GiB"
description = "Memory at the most."

[[child.column]]
name = "by_hand""#;
    let text = format!("{}{decoy}{entries}\n{}", &text[..from], &text[to..]);
    text.replace("defects = [3, 4]", &format!("defects = [{count}, {count}]"))
        .replace("[[child.column]]\nname = \"by_hand\"", number)
}

fn with_defects(entries: &str, count: u32) -> Arc<Scenario> {
    Arc::new(parse("test.toml", &text_with(entries, count)).unwrap())
}

/// The scenario entry for each kind.
fn entry(kind: DefectKind) -> String {
    use DefectKind::*;
    let particulars = match kind {
        UnitSlip => "columns = [\"memory_gb\"]\nsources = [\"job\"]\nvalues = [1024.0]",
        PercentFraction | DecimalComma => "columns = [\"duration_s\"]\nsources = [\"job\"]",
        SchemaChange => "columns = [\"pages\", \"duration_s\"]\nvalues = [2.0, 0.5]",
        IntegerWrap => "columns = [\"pages\"]\nvalues = [32.0, 64.0]",
        Clipping => "columns = [\"duration_s\", \"pages\"]\nvalues = [0.85, 0.9]",
        Heaping => "columns = [\"duration_s\"]\nsources = [\"job\"]\nvalues = [5.0]",
        SwappedColumns | MissingBySource => {
            "columns = [\"duration_s\", \"pages\"]\nsources = [\"job\"]"
        }
        Sentinel => "columns = [\"duration_s\"]\nsources = [\"job\"]\nvalues = [-1.0, 999.0]",
        ZeroFill => "columns = [\"duration_s\", \"pages\"]\ntogether = 2\nsources = [\"job\"]",
        DefaultSpike => "columns = [\"pages\"]\nsources = [\"job\"]\nvalues = [30.0]",
        MissingByValue => "columns = [\"pages\", \"memory_gb\"]",
        ExactDuplicates | NearDuplicates | Backfill | MixedDates => "sources = [\"job\"]",
        JoinFanOut => "columns = [\"job\"]\ndepends_on = [\"pages\"]",
        TimeZoneShift => "sources = [\"job\"]\nvalues = [-5.0, 5.5]",
        ClockSkew => "values = [30.0]",
        SpellingVariants | RecodedLevels => {
            "columns = [\"job\"]\n[defect.spellings]\n\"pdf\" = [\"PDF\", \"Pdf\"]"
        }
        ShiftedRows => "columns = [\"pages\", \"duration_s\", \"memory_gb\"]",
        RetryStorm | Survivorship | LateData => "",
        Bots | TestAccounts | LeakingColumn => unreachable!("not in a child table"),
    };
    let word = record_of(kind).word;
    format!(
        "\n[[defect]]\nkind = \"{word}\"\ntable = \"jobs\"\ncause = \"somebody did it\"\n{particulars}\n"
    )
}

/// The kinds that a child table can have.
fn known() -> impl Iterator<Item = DefectKind> {
    let records = kinds().filter(|record| record.operation.in_child());
    records.map(|record| record.kind)
}

fn world(scenario: &Scenario, seed: u64) -> World {
    World::draw(scenario, &Secret::demo(seed).stream().fork("world"))
}

fn context(scenario: &Arc<Scenario>, seed: u64, rows: u64) -> BundleContext {
    let stream = Secret::demo(seed).stream();
    FrozenWorld::draw(scenario.clone(), &stream).bundle(stream, rows)
}

/// The same rows with other defects: structures do not depend on the pool.
fn again(like: &BundleContext, scenario: &Arc<Scenario>, seed: u64) -> BundleContext {
    let frozen = FrozenWorld {
        scenario: scenario.clone(),
        world: Arc::new(world(scenario, seed)),
        calibration: like.calibration.clone(),
    };
    frozen.bundle(Secret::demo(seed).stream(), like.rows)
}

fn place(context: &BundleContext, kind: DefectKind) -> u16 {
    let mut instances = context.world.instances.iter();
    let place = instances.position(|i| i.kind == kind && i.table.as_deref() == Some("jobs"));
    place.unwrap() as u16
}

#[test]
fn every_kind_that_a_child_table_can_have_leaves_a_closed_ledger_at_twenty_secrets() {
    let scenarios: Vec<(DefectKind, Arc<Scenario>)> = known()
        .map(|kind| (kind, with_defects(&entry(kind), 2)))
        .collect();
    assert_eq!(scenarios.len(), kinds().count() - 3);
    let mut silent: BTreeMap<DefectKind, u32> = BTreeMap::new();
    for seed in 0..SECRETS {
        let like = context(&scenarios[0].1, seed, ROWS);
        let main = source(&like, 0);
        let jobs = children(&like, 0, &main).remove(0);
        let untouched = deliver(&like, 0, &main);
        for (kind, scenario) in &scenarios {
            let context = again(&like, scenario, seed);
            let block = deliver_child(&context, 0, 0, &jobs);
            closed(&context, &jobs, &block);
            let number = place(&context, *kind);
            if marks(&block, number) == 0 {
                *silent.entry(*kind).or_default() += 1;
            }
            at_its_rate(&context, &jobs, &block, number);
            if seed == 0 {
                let main = deliver(&context, 0, &main);
                assert_eq!(marks(&main, number), 0, "{kind:?} stays in its table");
                assert_eq!(main.origins.len(), untouched.origins.len());
            }
        }
    }
    // Some entities have no rows in such a small table.
    assert!(silent.values().all(|times| *times <= 2), "{silent:?}");
}

#[test]
fn a_stack_in_the_second_block_of_a_child_table_is_closed_and_its_ids_are_its_own() {
    let stack = [
        DefectKind::RetryStorm,
        DefectKind::NearDuplicates,
        DefectKind::Sentinel,
        DefectKind::LateData,
        DefectKind::MixedDates,
    ];
    let context = context(&with_defects(&stack.map(entry).concat(), 6), 3, 66_300);
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    for number in 0..2 {
        let jobs = children(&context, number, &source(&context, number)).remove(0);
        let block = deliver_child(&context, 0, number, &jobs);
        closed(&context, &jobs, &block);
        for row in 0..block.table.rows() {
            let id = block.table.cell("job_id", row).show();
            *ids.entry(id).or_default() += 1;
        }
    }
    assert!(
        ids.values().all(|times| *times == 1),
        "repeats have ids of their own"
    );
}

#[test]
fn a_defect_that_follows_a_latent_hits_its_share_of_the_events() {
    // Rows at one end of a latent have more events, so its mean over these is not 0.
    let entry = "\n[[defect]]\nkind = \"sentinel\"\ntable = \"jobs\"\ncolumns = [\"memory_gb\"]\n\
                 values = [-1.0]\nrate = [0.1, 0.1]\ndepends_on = [\"structure\"]\nstrength = [0.9, 0.9]\n\
                 cause = \"somebody did it\"\n";
    let scenario = with_defects(entry, 2);
    for seed in 0..6 {
        let context = context(&scenario, seed, 4_000);
        let jobs = children(&context, 0, &source(&context, 0)).remove(0);
        let block = deliver_child(&context, 0, 0, &jobs);
        let number = place(&context, DefectKind::Sentinel);
        let share = marks(&block, number) as f64 / jobs.clean.rows() as f64;
        assert!((0.06..0.15).contains(&share), "{share} at secret {seed}");
    }
}

#[test]
fn a_finding_in_a_child_table_says_so_and_names_its_columns() {
    let scenario = with_defects(&entry(DefectKind::DefaultSpike), 2);
    let context = context(&scenario, 1, ROWS);
    let findings = findings(&context);
    let found = findings.iter().find(|one| one.table.is_some()).unwrap();
    assert_eq!(found.table.as_deref(), Some("jobs"));
    assert!(
        found.title.contains("table jobs") && found.statement.starts_with("In the table `jobs`")
    );
    assert_eq!(found.columns, ["pages", "job"]);
    let stream = Secret::demo(1).stream().fork("decoys");
    let decoys = measure_decoys(&context, &stream);
    assert!(decoys.iter().all(|decoy| decoy.instance != found.id));
}

/// The jobs before defects, restored from the delivered ones and the ledger of candidate `a`.
fn surface_of_jobs(dir: &TestDir) -> Table {
    let key = |name: &str| read_parquet(&dir.path("R/key/a").join(name)).unwrap();
    let delivered = dir.path("R/candidate/a/data/notebook-accounts_jobs.parquet");
    restore(
        &read_parquet(&delivered).unwrap(),
        &key("removed_jobs.parquet"),
        &key("rowmap_jobs.parquet"),
        &key("touched_jobs.parquet"),
        Key::read(&dir.path("R/key/a/key.json")).unwrap().children[0].source_rows as usize,
    )
    .unwrap()
}

/// Make a round of a scenario with these child defects.
fn round(dir: &TestDir, entries: &str, count: u32, rows: &str, more: &[&str]) {
    // One job per row on average: half a million would make the test slow.
    let text = text_with(entries, count).replace("median = 4, p95 = 17", "median = 1, p95 = 4");
    dir.file("s.toml", text);
    let mut arguments = vec!["generate", "s.toml", "--out", "R", "--demo-seed", "4"];
    arguments.extend(["--candidate", "a", "--rows", rows]);
    arguments.extend(more);
    dir.run(&arguments).exits(0);
}

#[test]
fn restoring_a_child_table_gives_the_clean_table() {
    let dir = TestDir::new();
    let stack = [
        DefectKind::RetryStorm,
        DefectKind::UnitSlip,
        DefectKind::Survivorship,
    ];
    round(&dir, &stack.map(entry).concat(), 4, "66000", &[]);
    let key = |name: &str| read_parquet(&dir.path("R/key/a").join(name)).unwrap();
    let delivered = dir.path("R/candidate/a/data/notebook-accounts_jobs.parquet");
    let delivered = read_parquet(&delivered).unwrap();
    let (rowmap, touched) = (key("rowmap_jobs.parquet"), key("touched_jobs.parquet"));
    let surface = surface_of_jobs(&dir);
    let whole = |table: &Table, name: &str, row: usize| match table.cell(name, row) {
        Cell::Whole(value) => Some(value as usize),
        _ => None,
    };
    let touched: BTreeSet<(usize, String)> = (0..touched.rows())
        .map(|at| {
            let row = whole(&touched, "delivered", at).unwrap();
            (row, touched.cell("column", at).show())
        })
        .collect();
    let (mut seen, mut rows, mut added) = (BTreeSet::new(), 0, 0);
    for at in 0..rowmap.rows() {
        let source = whole(&rowmap, "source", at);
        if let Some(source) = source {
            assert!(seen.insert(source), "a source row stands once");
        }
        let Some(row) = whole(&rowmap, "delivered", at) else {
            continue;
        };
        assert_eq!(row, rows, "delivered rows are counted through");
        rows += 1;
        added += usize::from(source.is_none());
        let base = source.or(whole(&rowmap, "duplicate_group", at)).unwrap();
        for name in delivered.names() {
            let same = surface
                .cell(name, base)
                .says_same(&delivered.cell(name, row));
            assert_eq!(!same, touched.contains(&(row, name.to_owned())), "{name}");
        }
    }
    assert_eq!((rows, seen.len()), (delivered.rows(), surface.rows()));
    let key = Key::read(&dir.path("R/key/a/key.json")).unwrap();
    assert_eq!(key.children[0].source_rows as usize, surface.rows());
    assert_eq!(key.rows_of(Some("jobs")) as usize, delivered.rows());
    let told: u64 = key.instances.iter().map(|one| one.added).sum();
    assert_eq!(told as usize, added);
}

#[test]
fn a_child_with_defects_is_the_same_for_any_number_of_threads_and_for_parts() {
    let dir = TestDir::new();
    let stack = [
        DefectKind::RetryStorm,
        DefectKind::MixedDates,
        DefectKind::LateData,
    ];
    round(
        &dir,
        &stack.map(entry).concat(),
        4,
        "66000",
        &["--format", "csv"],
    );
    let csv = "data/notebook-accounts_jobs.csv";
    let whole = fs::read(dir.path("R/candidate/a").join(csv)).unwrap();
    let mut parts = Vec::new();
    let mut rowmaps = Vec::new();
    for (part, into) in [("1/2", "one"), ("2/2", "two")] {
        let arguments = [
            "shard",
            "s.toml",
            part,
            "--round",
            "R",
            "--demo-seed",
            "4",
            "--candidate",
            "a",
            "--rows",
            "66000",
            "--into",
            into,
        ];
        let mut command = dir.command(&arguments);
        assert!(
            command
                .env("RAYON_NUM_THREADS", "1")
                .status()
                .unwrap()
                .success()
        );
        parts.extend(fs::read(dir.path(into).join(csv)).unwrap());
        let rowmap = dir.path(into).join("key/rowmap_jobs.parquet");
        rowmaps.push(read_parquet(&rowmap).unwrap().rows());
    }
    assert!(parts == whole, "parts make the table");
    let rowmap = read_parquet(&dir.path("R/key/a/rowmap_jobs.parquet")).unwrap();
    assert_eq!(rowmap.rows(), rowmaps.iter().sum::<usize>());
}

#[test]
fn a_child_without_defects_has_no_part_in_the_key() {
    let dir = TestDir::new();
    round(&dir, &entry(DefectKind::Sentinel), 1, "400", &[]);
    assert!(!dir.path("R/key/a/touched_jobs.parquet").exists());
    assert!(dir.path("R/key/a/touched.parquet").is_file());
}

#[test]
fn invalid_child_defects_are_refused_with_their_line_and_a_hint() {
    let refused = |from: &str, to: &str, words: &[&str]| {
        let text = text_with(&entry(DefectKind::Sentinel), 2);
        assert!(text.contains(from));
        let dir = TestDir::new();
        dir.file("s.toml", text.replacen(from, to, 1));
        let output = dir.run(&["scenario", "check", "s.toml"]).exits(1);
        output.stderr_contains(words);
    };
    refused(
        "table = \"jobs\"",
        "table = \"job\"",
        &["did you mean `jobs`?"],
    );
    refused(
        "table = \"jobs\"",
        "table = \"jobs\"\ndecoy = true",
        &["cannot be a decoy", "remove either `decoy` or `table`"],
    );
    refused(
        "kind = \"sentinel\"",
        "kind = \"test-accounts\"",
        &[
            "a child table cannot have a defect of kind `test-accounts`",
            "retry-storm",
        ],
    );
    refused(
        "table = \"jobs\"\n",
        "",
        &["there is no column `duration_s`", "add `table = \"jobs\"`"],
    );
    refused(
        "columns = [\"duration_s\"]",
        "columns = [\"load_ms\"]",
        &["there is no column `load_ms`", "remove `table`"],
    );
    refused(
        "columns = [\"duration_s\"]",
        "columns = [\"ok\"]",
        &["`ok` is not numeric"],
    );
    refused(
        "rows = 32_000",
        "rows = 300_000_000",
        &["expected 100 to 268435456"],
    );
}

#[test]
fn a_world_may_damage_the_same_column_name_in_both_tables_but_no_cell_twice() {
    let pool = [
        DefectKind::Sentinel,
        DefectKind::DefaultSpike,
        DefectKind::UnitSlip,
    ]
    .map(entry)
    .concat()
    .replace("\"memory_gb\"", "\"duration_s\"");
    let scenario = with_defects(&pool, 4);
    for seed in 0..40 {
        let world = world(&scenario, seed);
        let touched: Vec<(&Option<String>, &String)> = world
            .instances
            .iter()
            .flat_map(|one: &Instance| one.columns.iter().map(|column| (&one.table, column)))
            .collect();
        let distinct: BTreeSet<_> = touched.iter().collect();
        assert_eq!(distinct.len(), touched.len(), "{touched:?}");
    }
}

/// A round with a default and repeats among the jobs, and a folder `sub` with a report.
fn reviewed(dir: &TestDir) -> Key {
    let stack = [DefectKind::RetryStorm, DefectKind::DefaultSpike];
    round(dir, &stack.map(entry).concat(), 3, "3000", &[]);
    let report = "# Notes\n\nIn the jobs, `pages` has a spike at 30: a default, I think. Near-duplicate \
                  jobs come within seconds.\n";
    dir.file("sub/report.md", report);
    let issues = "column,kind,rows,action\npages,default,one kind of job,set aside\njobs.pages,default,,\n\
                  notebook-accounts_jobs.started_at,repeats,,dropped\npagse,?,,\n";
    dir.file("sub/issues.csv", issues);
    Key::read(&dir.path("R/key/a/key.json")).unwrap()
}

fn evidence(dir: &TestDir, out: &str) -> Evidence {
    dir.run(&["check", "sub", "--bundle", "R/candidate/a"])
        .exits(0);
    let arguments = [
        "review",
        "sub",
        "--round",
        "R",
        "--candidate",
        "a",
        "--out",
        out,
    ];
    dir.run(&arguments).exits(0);
    let text = fs::read_to_string(dir.path(out).join("evidence.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_review_quotes_passages_about_a_child_table() {
    let dir = TestDir::new();
    let key = reviewed(&dir);
    let evidence = evidence(&dir, "review");
    for finding in key.findings.iter().filter(|one| one.table.is_some()) {
        let found = evidence.findings.iter().find(|one| one.id == finding.id);
        let found = found.unwrap();
        assert!(!found.passages.is_empty(), "{}", found.title);
        assert!(found.title.contains("table jobs"));
    }
    let notes = evidence.notes.join("\n");
    assert!(
        notes.contains("1 column name not in the data you received: \"pagse\""),
        "{notes}"
    );
    assert!(evidence.cleaning.is_empty());
    assert!(dir.path("review/review.html").is_file() && dir.path("review/debrief.md").is_file());
}

#[test]
fn cleaned_child_tables_are_compared_only_if_submitted() {
    let dir = TestDir::new();
    let key = reviewed(&dir);
    let folder = dir.path("R/key/a");
    let table = |name: &str| read_parquet(&folder.join(name)).unwrap();
    let delivered = dir.path("R/candidate/a/data/notebook-accounts.parquet");
    let surface = restore(
        &read_parquet(&delivered).unwrap(),
        &table("removed.parquet"),
        &table("rowmap.parquet"),
        &table("touched.parquet"),
        key.source_rows as usize,
    )
    .unwrap();
    write_csv(&dir.path("sub/cleaned.csv"), &surface).unwrap();
    let of_jobs = |evidence: &Evidence| -> Vec<CleaningEvidence> {
        let jobs = |id: &str| key.finding(id).is_some_and(|one| one.table.is_some());
        let cleaning = evidence.cleaning.iter();
        cleaning.filter(|one| jobs(&one.finding)).cloned().collect()
    };
    let without = evidence(&dir, "first");
    assert!(of_jobs(&without).is_empty() && !without.cleaning.is_empty());
    let notes = without.notes.join("\n");
    assert!(
        notes.contains("`jobs`: not submitted; nothing follows from that"),
        "{notes}"
    );

    let jobs = surface_of_jobs(&dir);
    write_csv(&dir.path("sub/cleaned_jobs.csv"), &jobs).unwrap();
    let perfect = evidence(&dir, "second");
    let found = of_jobs(&perfect);
    assert_eq!(found.len(), 2);
    for one in &found {
        assert!(
            one.repaired.of > 0 && one.repaired.count == one.repaired.of,
            "{one:?}"
        );
        assert!(one.what.ends_with("(table jobs)"));
    }
    assert_eq!(
        without.cleaning[..],
        perfect.cleaning[..without.cleaning.len()]
    );

    let delivered = dir.path("R/candidate/a/data/notebook-accounts_jobs.csv");
    fs::copy(&delivered, dir.path("sub/cleaned_jobs.csv")).unwrap();
    let careless = evidence(&dir, "third");
    assert!(of_jobs(&careless).iter().all(|one| one.acted_on.count == 0));
}

#[test]
fn scenario_check_finds_child_defects_in_the_child_table() {
    let dir = TestDir::new();
    // One spike that is a third of its rows, and one that is lost in the noise.
    let spike = |word: &str, rate: &str| {
        format!(
            "\n[[defect]]\nkind = \"{word}\"\ntable = \"jobs\"\ncolumns = [\"duration_s\"]\n\
             sources = [\"job\"]\nvalues = [3.0]\nrate = [{rate}, {rate}]\ncause = \"somebody did it\"\n"
        )
    };
    let pool = spike("default-spike", "0.3") + &spike("sentinel", "0.0001");
    dir.file("s.toml", text_with(&pool, 3));
    let said = dir.run(&["scenario", "check", "s.toml"]).exits(1).stdout();
    assert!(
        said.contains("sentinel") && said.contains("table jobs"),
        "{said}"
    );
    assert!(!said.contains("default-spike"), "{said}");
    let shown = dir.run(&["scenario", "show", "s.toml"]).exits(0);
    shown.stdout_contains(&[
        "Columns of the table jobs",
        "duration_s",
        "sentinel in jobs: duration_s",
    ]);
    let page = dir.path("p.html");
    dir.run(&[
        "scenario",
        "preview",
        "s.toml",
        "--demo-seed",
        "3",
        "--out",
        "p.html",
    ])
    .exits(0);
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("(table jobs)") && page.contains("In the table"));
}
