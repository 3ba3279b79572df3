//! Every kind of defect, planted alone and together: the ledger is closed, and rates are as
//! requested.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use drumlin::bundle::{Standing, removed_table, rowmap_table, touched_table};
use drumlin::generate::{
    Block, BundleContext, FrozenWorld, Instance, SourceBlock, Touch, World, deliver, source,
};
use drumlin::random::Secret;
use drumlin::review::restore;
use drumlin::scenario::{DefectKind, DefectOperation, Scenario, embedded, kinds, parse, record_of};
use drumlin::table::Table;

/// Secrets at which each kind is planted.
const SECRETS: u64 = 20;
const ROWS: u64 = 2_500;

/// A shipped scenario with another pool of defects: one decoy, and `entries`.
fn with_defects(entries: &str, count: u32) -> Arc<Scenario> {
    let text = embedded("assistant-prompts").unwrap();
    let from = text.find("[[defect]]").unwrap();
    let to = text.find("[[benign]]").unwrap();
    let decoy = r#"
[[defect]]
kind = "unit-slip"
columns = ["latency_ms"]
sources = ["client_version"]
values = [1000.0]
decoy = true
cause = "one client version reports {column} in another unit"
"#;
    let text = format!("{}{decoy}{entries}\n{}", &text[..from], &text[to..]);
    let text = text.replace("defects = [3, 4]", &format!("defects = [{count}, {count}]"));
    Arc::new(parse("test.toml", &text).unwrap())
}

/// The scenario entry for each kind.
fn entry(kind: DefectKind) -> String {
    use DefectKind::*;
    let particulars = match kind {
        UnitSlip => {
            r#"columns = ["session_minute"]
sources = ["surface"]
values = [0.016666666666666666]"#
        }
        PercentFraction => {
            r#"columns = ["edit_ratio"]
sources = ["surface", "client_version"]"#
        }
        SchemaChange => {
            r#"columns = ["context_kb", "output_tokens"]
values = [2.0, 0.5]"#
        }
        IntegerWrap => {
            r#"columns = ["input_tokens"]
values = [2048.0, 4096.0]"#
        }
        Clipping => {
            r#"columns = ["think_seconds", "session_minute"]
values = [0.85, 0.9]"#
        }
        Heaping => {
            r#"columns = ["think_seconds"]
sources = ["surface"]
values = [5.0]"#
        }
        SwappedColumns => {
            r#"columns = ["input_tokens", "output_tokens", "notebook_cells"]
sources = ["client_version", "region"]"#
        }
        Sentinel => {
            r#"columns = ["gap_hours"]
sources = ["surface"]
values = [-1.0, 999.0]"#
        }
        ZeroFill => {
            r#"columns = ["context_kb", "notebook_cells", "think_seconds"]
together = 2
sources = ["region"]"#
        }
        DefaultSpike => {
            r#"columns = ["context_kb"]
sources = ["surface"]
values = [30.0]"#
        }
        MissingBySource => {
            r#"columns = ["edit_ratio", "undo_count", "cells_run_after"]
together = 2
sources = ["surface"]"#
        }
        MissingByValue => r#"columns = ["edit_ratio", "gap_hours"]"#,
        ExactDuplicates => r#"sources = ["client_version"]"#,
        NearDuplicates => r#"sources = ["region"]"#,
        JoinFanOut => {
            r#"columns = ["surface"]
depends_on = ["input_tokens"]"#
        }
        Bots => {
            r#"columns = ["input_tokens"]
values = [32000.0]
stealth = [0.0, 1.0]"#
        }
        TestAccounts => {
            r#"columns = ["output_tokens"]
values = [100.0, 999.0]"#
        }
        TimeZoneShift => {
            r#"sources = ["region"]
values = [-5.0, 5.5]"#
        }
        ClockSkew => "values = [30.0]",
        Backfill | MixedDates => r#"sources = ["surface"]"#,
        SpellingVariants | RecodedLevels => {
            r#"columns = ["surface"]
[defect.spellings]
"notebook" = ["Notebook", "note-book", "cahier"]
"sql cell" = ["SQL cell", "sql_cell"]"#
        }
        DecimalComma => {
            r#"columns = ["think_seconds", "gap_hours"]
sources = ["region"]"#
        }
        ShiftedRows => r#"columns = ["session_minute", "think_seconds", "gap_hours"]"#,
        LeakingColumn => {
            r#"columns = ["surface"]
values = [0.8]"#
        }
        RetryStorm | Survivorship | LateData => "",
    };
    let word = record_of(kind).word;
    // Inline keys come before a table of spellings.
    format!("\n[[defect]]\nkind = \"{word}\"\ncause = \"somebody did something\"\n{particulars}\n")
}

fn context(scenario: &Arc<Scenario>, world: World, like: &BundleContext) -> BundleContext {
    let frozen = FrozenWorld {
        scenario: scenario.clone(),
        world: Arc::new(world),
        calibration: like.calibration.clone(),
    };
    let stream = Secret::demo(1).for_candidate("test", "a", 1).stream();
    frozen.bundle(stream, ROWS)
}

/// A context whose calibration is valid for every world of one secret: structures do not depend on
/// the pool of defects.
fn calibrated(seed: u64) -> BundleContext {
    let scenario = with_defects(&entry(DefectKind::Sentinel), 2);
    let stream = Secret::demo(seed).stream();
    FrozenWorld::draw(scenario, &stream).bundle(stream, ROWS)
}

fn world(scenario: &Scenario, seed: u64) -> World {
    World::draw(scenario, &Secret::demo(seed).stream().fork("world"))
}

#[test]
fn every_kind_leaves_a_closed_ledger_at_twenty_secrets() {
    let scenarios: Vec<(DefectKind, Arc<Scenario>)> = kinds()
        .filter(|record| record.kind != DefectKind::UnitSlip)
        .map(|record| (record.kind, with_defects(&entry(record.kind), 2)))
        .collect();
    let mut silent: BTreeMap<DefectKind, u32> = BTreeMap::new();
    for seed in 0..SECRETS {
        let like = calibrated(seed);
        for (kind, scenario) in &scenarios {
            let context = context(scenario, world(scenario, seed), &like);
            let source = source(&context, 0);
            let block = deliver(&context, 0, &source);
            closed(&context, &source, &block);
            let number = context.world.instances.iter().position(|i| i.kind == *kind);
            let number = number.unwrap() as u16;
            if marks(&block, number) == 0 {
                *silent.entry(*kind).or_default() += 1;
            }
            at_its_rate(&context, &source, &block, number);
        }
    }
    // A counter that never reaches its limit, or entities without rows in such a small table.
    assert!(silent.values().all(|times| *times <= 2), "{silent:?}");
}

#[test]
fn random_stacks_leave_a_closed_ledger() {
    let all: String = kinds()
        .filter(|record| record.kind != DefectKind::UnitSlip)
        .map(|record| entry(record.kind))
        .collect();
    let scenario = with_defects(&all, 9);
    let mut kinds_seen = BTreeSet::new();
    for seed in 0..SECRETS {
        let like = calibrated(seed % 4);
        let mut drawn = world(&scenario, seed % 4);
        drawn.instances = world(&scenario, seed).instances;
        assert!(drawn.instances.len() >= 5);
        kinds_seen.extend(drawn.instances.iter().map(|instance| instance.kind));
        let context = context(&scenario, drawn, &like);
        let source = source(&context, 0);
        closed(&context, &source, &deliver(&context, 0, &source));
    }
    assert!(kinds_seen.len() > 20, "{}", kinds_seen.len());
}

#[test]
fn adding_a_defect_does_not_change_the_others() {
    let pool = [DefectKind::Sentinel, DefectKind::LateData]
        .map(entry)
        .concat();
    let scenario = with_defects(&pool, 3);
    let like = calibrated(5);
    let with = world(&scenario, 5);
    let mut without = with.clone();
    without
        .instances
        .retain(|instance| instance.kind != DefectKind::LateData);
    let of = |world: World, kind: DefectKind| {
        let number = world.instances.iter().position(|one| one.kind == kind);
        let context = context(&scenario, world, &like);
        let block = deliver(&context, 0, &source(&context, 0));
        let hit = |touch: &&Touch| touch.instances.contains(&(number.unwrap() as u16));
        let touches = block.touches.iter().filter(hit);
        let sources: BTreeSet<u64> = touches
            .filter_map(|touch| block.origins[touch.row].source)
            .collect();
        (sources, block.removed)
    };
    let (many, removed) = of(with, DefectKind::Sentinel);
    let (few, none) = of(without, DefectKind::Sentinel);
    assert!(none.is_empty() && !removed.is_empty());
    let removed: BTreeSet<u64> = removed.iter().map(|removal| removal.source).collect();
    let expected: BTreeSet<u64> = few.difference(&removed).copied().collect();
    assert_eq!(many, expected);
}

#[test]
fn tie_decides_whether_dropping_the_rows_biases_a_structure() {
    let tied = |tie: &str| {
        format!(
            "\n[[defect]]\nkind = \"sentinel\"\ncause = \"x\"\ncolumns = [\"gap_hours\"]\n\
             values = [999.0]\nrate = [0.2, 0.2]\ndepends_on = [\"structure\"]\nstrength = [{tie}, {tie}]\n"
        )
    };
    let mut by_dial = Vec::new();
    for tie in ["0.0", "0.5", "1.0"] {
        let scenario = with_defects(&tied(tie), 2);
        let mut shifts = Vec::new();
        for seed in 0..6 {
            let like = calibrated(seed);
            let context = context(&scenario, world(&scenario, seed), &like);
            let source = source(&context, 0);
            let block = deliver(&context, 0, &source);
            let planted = context.world.instances.iter();
            let number = planted.clone().position(|i| i.kind == DefectKind::Sentinel);
            let instance = planted.clone().nth(number.unwrap()).unwrap();
            let Some(drumlin::generate::PropensityOn::Latent(at)) =
                instance.propensity.as_ref().map(|p| p.on.clone())
            else {
                panic!("no latent");
            };
            let latent = &source.latents.factors[at];
            let hit: BTreeSet<usize> = block
                .touches
                .iter()
                .filter(|touch| touch.instances.contains(&(number.unwrap() as u16)))
                .filter_map(|touch| Some(block.origins[touch.row].source? as usize))
                .collect();
            let left: Vec<f64> = (0..latent.len())
                .filter(|row| !hit.contains(row))
                .map(|row| latent[row])
                .collect();
            let all = latent.iter().sum::<f64>() / latent.len() as f64;
            shifts.push((left.iter().sum::<f64>() / left.len() as f64 - all).abs());
            let rate = hit.len() as f64 / latent.len() as f64;
            assert!((0.14..0.27).contains(&rate), "{tie}: {rate}");
        }
        by_dial.push(shifts.iter().sum::<f64>() / shifts.len() as f64);
    }
    assert!(by_dial[0] < 0.03, "a nuisance: {by_dial:?}");
    assert!(by_dial[1] > 0.06 && by_dial[1] < by_dial[2], "{by_dial:?}");
    // The mean of the remaining rows moves by about 0.35 when a fifth is removed from one end.
    assert!(by_dial[2] > 0.2, "an end is gone: {by_dial:?}");
}

pub(crate) fn marks(block: &Block, number: u16) -> usize {
    let touched = block.touches.iter();
    let touched = touched
        .filter(|touch| touch.instances.contains(&number))
        .count();
    let added = block
        .origins
        .iter()
        .filter(|o| o.added_by == Some(number))
        .count();
    let removed = block.removed.iter().filter(|r| r.by == number).count();
    touched + added + removed
}

/// The number of affected rows is binomial in the rows of reach, within four standard errors.
pub(crate) fn at_its_rate(
    context: &BundleContext,
    source: &SourceBlock,
    block: &Block,
    number: u16,
) {
    let instance = &context.world.instances[number as usize];
    let counted = matches!(
        record_of(instance.kind).operation,
        DefectOperation::Blank
            | DefectOperation::Remove
            | DefectOperation::Midnight
            | DefectOperation::Copy
    );
    if !counted || instance.propensity.is_some() {
        return;
    }
    let reach = reached(source, instance);
    let mut hit: BTreeSet<u64> = block
        .removed
        .iter()
        .filter(|r| r.by == number)
        .map(|r| r.source)
        .collect();
    for touch in &block.touches {
        if touch.instances.contains(&number) {
            hit.extend(block.origins[touch.row].source);
        }
    }
    for origin in &block.origins {
        if origin.added_by == Some(number) {
            hit.extend(origin.group);
        }
    }
    let (n, p) = (reach as f64, instance.rate);
    let bound = 4.0 * (n * p * (1.0 - p)).sqrt() + 1.0;
    assert!(
        (hit.len() as f64 - n * p).abs() <= bound,
        "{:?}: {} of {reach} rows at a rate of {p}",
        instance.kind,
        hit.len()
    );
}

fn reached(source: &SourceBlock, instance: &Instance) -> usize {
    (0..source.clean.rows())
        .filter(|row| {
            let level = instance
                .source
                .as_ref()
                .is_none_or(|of| source.clean.cell(&of.column, *row).show() == of.level);
            let moment = source.latents.moments[*row];
            level
                && instance
                    .window
                    .is_none_or(|[from, to]| from <= moment && moment < to)
        })
        .count()
}

/// Row map and touched cells describe exactly the difference between clean and delivered table, and
/// undoing them restores the clean table.
pub(crate) fn closed(context: &BundleContext, source: &SourceBlock, block: &Block) {
    let kinds: Vec<DefectKind> = context.world.instances.iter().map(|one| one.kind).collect();
    let touched: BTreeMap<(usize, usize), &[u16]> = block
        .touches
        .iter()
        .map(|touch| ((touch.row, touch.column), touch.instances.as_slice()))
        .collect();
    assert_eq!(touched.len(), block.touches.len(), "a cell stands once");
    let surface: &Table = &source.clean;
    let mut seen: BTreeSet<u64> = block.removed.iter().map(|removal| removal.source).collect();
    assert_eq!(seen.len(), block.removed.len(), "a row is removed once");
    let mut last = None;
    for (row, origin) in block.origins.iter().enumerate() {
        assert_eq!(origin.source.is_none(), origin.added_by.is_some());
        let base = origin.source.or(origin.group).unwrap();
        assert!(last <= Some(base), "{kinds:?}: rows stand where they would");
        last = Some(base);
        if origin.source.is_some() {
            assert!(seen.insert(base), "{kinds:?}: a source row is there once");
        }
        for (at, column) in block.table.columns().iter().enumerate() {
            let before = surface.cell(&column.name, (base - source.first) as usize);
            let after = column.cells.cell(row);
            assert_eq!(
                !before.says_same(&after),
                touched.contains_key(&(row, at)),
                "{kinds:?}: row {row}, {}: {before:?} became {after:?}",
                column.name
            );
        }
    }
    assert_eq!(
        seen.len(),
        surface.rows(),
        "{kinds:?}: every row is accounted for"
    );
    // Source positions of a child table have gaps between blocks: the first one here is 0.
    let standing = Standing {
        delivered: 0,
        shift: -(source.first as i64),
    };
    let restored = restore(
        &block.table,
        &removed_table(source, block),
        &rowmap_table(context, block, standing),
        &touched_table(context, source, block, 0),
        surface.rows(),
    );
    assert_eq!(&restored.unwrap(), surface, "{kinds:?}");
}
