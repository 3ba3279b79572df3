//! Properties of every world, whatever the secret.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use drumlin::generate::{
    BundleContext, Feature, FrozenWorld, GuessTest, SourceBlock, World, blocks_of, children,
    deliver, deliver_child, findings, source, world_answers,
};
use drumlin::random::Secret;
use drumlin::scenario::{DefectKind, Scenario, load, names};
use drumlin::table::{Cell, Table};

fn scenario() -> Arc<Scenario> {
    Arc::new(load("assistant-prompts").unwrap())
}

fn context(seed: u64, rows: u64) -> BundleContext {
    context_of(scenario(), seed, rows)
}

fn context_of(scenario: Arc<Scenario>, seed: u64, rows: u64) -> BundleContext {
    let stream = Secret::demo(seed).stream();
    let bundle = Secret::demo(seed).for_candidate("test", "a", 1).stream();
    FrozenWorld::draw(scenario, &stream).bundle(bundle, rows)
}

/// The first few demo secrets for every shipped scenario.
fn few_secrets(each: u64) -> impl Iterator<Item = (&'static str, u64)> {
    names().flat_map(move |name| (0..each).map(move |seed| (name, seed)))
}

#[test]
fn rows_that_share_an_id_are_equal() {
    for seed in 0..12 {
        let context = context(seed, 6_000);
        let block = deliver(&context, 0, &source(&context, 0));
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for row in 0..block.table.rows() {
            let id = block.table.cell("prompt_id", row).show();
            let other = *first.entry(id).or_insert(row);
            if other != row {
                assert_eq!(
                    block.table.pick(&[row]),
                    block.table.pick(&[other]),
                    "seed {seed}"
                );
            }
        }
    }
}

#[test]
fn every_defect_changes_rows_at_about_its_rate() {
    for (name, seed) in few_secrets(3) {
        let context = context_of(Arc::new(load(name).unwrap()), seed, 20_000);
        let main = source(&context, 0);
        let delivered = deliver(&context, 0, &main);
        let events: Vec<SourceBlock> = children(&context, 0, &main);
        let of_events: Vec<_> = (0..events.len())
            .map(|at| deliver_child(&context, at, 0, &events[at]))
            .collect();
        for (number, instance) in context.world.instances.iter().enumerate() {
            let number = number as u16;
            let table = instance.table.as_ref();
            let child = table.map(|name| context.scenario.child(name).unwrap().0);
            let block = child.map_or(&delivered, |at| &of_events[at]);
            let of = child.map_or(&main, |at| &events[at]).clean.rows() as f64;
            let added = block
                .origins
                .iter()
                .filter(|o| o.added_by == Some(number))
                .count();
            let rows: BTreeSet<usize> = block
                .touches
                .iter()
                .filter(|touch| touch.instances.contains(&number))
                .map(|touch| touch.row)
                .collect();
            let share = (added + rows.len()) as f64 / of;
            // A new definition from a date on and a column that is not an observation affect most
            // rows; overflowing counters affect few.
            let (least, most) = match instance.kind {
                DefectKind::SchemaChange | DefectKind::LeakingColumn => (0.1, 0.85),
                DefectKind::IntegerWrap => (0.001, 0.1),
                _ => (0.002, 0.6),
            };
            let removed = block.removed.iter().filter(|one| one.by == number).count();
            let share = share + removed as f64 / of;
            assert!(
                (least..most).contains(&share),
                "{name}, seed {seed}: {:?} marks {share} of the rows",
                instance.kind
            );
            if instance.kind == DefectKind::UnitSlip && instance.decoy {
                assert!(
                    (0.1..0.3).contains(&share),
                    "{name}, seed {seed}: the decoy marks {share}"
                );
            }
        }
    }
}

#[test]
fn a_columns_distribution_does_not_reveal_its_structures() {
    let blocks: Vec<(BundleContext, SourceBlock)> = (0..6)
        .map(|seed| {
            let context = context(seed, 12_000);
            let block = source(&context, 0);
            (context, block)
        })
        .collect();
    let (first, reference) = &blocks[0];
    for (context, block) in &blocks[1..] {
        let names: Vec<&str> = block.clean.names().collect();
        assert_eq!(
            names,
            reference.clean.names().collect::<Vec<_>>(),
            "names and order"
        );
        for at in context.scenario.open_columns() {
            let plan = &first.scenario.columns[at];
            if plan.empty.condition.is_some() {
                // Which rows are filled in depends on the value.
                continue;
            }
            let name = &plan.name;
            let mine = sorted(&block.clean, name);
            let theirs = sorted(&reference.clean, name);
            // Kolmogorov–Smirnov distance; entities make rows dependent, so the bound is wider
            // than 1.63·√(2/n) = 0.021 for independent rows.
            let distance = mine
                .iter()
                .map(|value| {
                    let below = theirs.partition_point(|other| other <= value) as f64;
                    let own = mine.partition_point(|other| other <= value) as f64;
                    (below / theirs.len() as f64 - own / mine.len() as f64).abs()
                })
                .fold(0.0, f64::max);
            assert!(distance < 0.11, "{name}: {distance}");
        }
    }
}

fn sorted(table: &Table, name: &str) -> Vec<f64> {
    let cells = table.cells(name).unwrap();
    let mut values: Vec<f64> = (0..cells.len())
        .filter_map(|row| match cells.cell(row) {
            Cell::Real(value) => Some(value),
            Cell::Whole(value) => Some(value as f64),
            Cell::Flag(value) => Some(f64::from(u8::from(value))),
            Cell::Missing => None,
            other => panic!("{other:?}"),
        })
        .collect();
    values.sort_by(f64::total_cmp);
    values
}

#[test]
fn nobody_guesses_a_world_from_the_scenario_file() {
    for name in names() {
        let guess = GuessTest::run(&load(name).unwrap());
        assert!(
            guess.everything < 0.05,
            "{name}: one list of guesses names everything in {} of the worlds",
            guess.everything
        );
        // Half of 1,000 worlds, plus three standard errors of a share of one half: with two kinds
        // of benign anomaly, each occurs in about half of the worlds, which is the limit.
        let (most, share) = &guess.best[0];
        assert!(*share <= 0.548, "{name}: “{most}” is right in {share}");
        assert_eq!((guess.worlds, guess.over_the_cap), (1_000, 0), "{name}");
    }
}

#[test]
fn every_world_has_eight_to_ten_answers() {
    for name in names() {
        let scenario = load(name).unwrap();
        for seed in 0..300 {
            let world = World::draw(&scenario, &Secret::demo(seed).stream().fork("world"));
            let count = world_answers(&world).len();
            assert!((8..=10).contains(&count), "{name}, {seed}: {count}");
        }
    }
}

#[test]
fn two_secrets_give_visibly_different_worlds() {
    let scenario = scenario();
    let world = |seed| {
        world_answers(&World::draw(
            &scenario,
            &Secret::demo(seed).stream().fork("world"),
        ))
    };
    for seed in 0..100 {
        let (one, other) = (world(2 * seed), world(2 * seed + 1));
        let shared = one.intersection(&other).count();
        assert!(
            shared * 4 <= one.len() * 3,
            "seeds {seed}: {shared} of {} shared",
            one.len()
        );
    }
}

#[test]
fn every_world_keeps_the_caps_and_its_findings_name_real_columns() {
    for (name, seed) in few_secrets(3) {
        let scenario = Arc::new(load(name).unwrap());
        let frozen = FrozenWorld::draw(scenario.clone(), &Secret::demo(seed).stream());
        let (found, world) = (findings(&frozen), &frozen.world);
        assert!(found.len() <= 10, "{name}: {} findings", found.len());
        let decoys = world
            .instances
            .iter()
            .filter(|instance| instance.decoy)
            .count();
        assert_eq!(decoys, 1);
        assert!((3..=4).contains(&world.instances.len()));
        for finding in &found {
            assert!(!finding.title.is_empty() && finding.statement.len() > 20);
            for column in &finding.columns {
                let table = finding.table.as_ref();
                let child = table.map(|name| scenario.child(name).unwrap().0);
                let mut columns = scenario.columns_of(child).iter();
                assert!(columns.any(|plan| plan.name == *column), "{column}");
            }
        }
        let instances = world.instances.iter();
        let mut touched: Vec<(&Option<String>, &String)> = instances
            .flat_map(|one| one.columns.iter().map(|column| (&one.table, column)))
            .collect();
        let all = touched.len();
        touched.sort();
        touched.dedup();
        assert_eq!(touched.len(), all, "no two instances on one column");
        let straight = world.terms.iter().flatten().flatten();
        assert!(
            straight
                .clone()
                .any(|term| matches!(term.feature, Feature::Curved(..)))
        );
    }
}

#[test]
fn a_block_can_be_regenerated_alone_and_candidates_differ() {
    let one = context(5, 70_000);
    assert_eq!(blocks_of(one.rows), 2);
    let again = context(5, 70_000);
    let (a, b) = (source(&one, 1), source(&again, 1));
    assert_eq!(a.clean, b.clean);
    let times = a.clean.cells("sent_at").unwrap();
    let last = source(&one, 0).latents.moments.last().copied().unwrap();
    assert!(
        matches!(times.cell(0), Cell::Time(first) if first >= last),
        "blocks follow in time"
    );
}
