//! The truth page of demo worlds: a picture and a sentence for everything that is there.

use std::sync::{Arc, LazyLock};

use drumlin::bundle::{InstanceCount, Key, rows_table};
use drumlin::chart::{Chart, Marks};
use drumlin::generate::{Calibration, FindingKind, Setup, World, deliver, findings, source};
use drumlin::random::Secret;
use drumlin::render::truth_page;
use drumlin::review::{Illustration, Sample, illustrate};
use drumlin::scenario::load;

/// Demo seeds; the last two draw an interaction.
const SEEDS: [u64; 14] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 23, 36];

/// The worlds of the seeds, calibrated once for all tests.
static WORLDS: LazyLock<Vec<(World, Calibration)>> = LazyLock::new(|| {
    let scenario = load("assistant-prompts").unwrap();
    SEEDS
        .map(|seed| {
            let stream = Secret::demo(seed).stream();
            let world = World::draw(&scenario, &stream.fork("world"));
            let calibration = Setup::calibrate(&scenario, &world, &stream);
            (world, calibration)
        })
        .into()
});

/// Key and illustrations of one demo bundle of a single block, made in memory.
fn bundle(seed: u64, rows: u64) -> (Key, Vec<Illustration>) {
    let scenario = load("assistant-prompts").unwrap();
    let at = SEEDS.iter().position(|known| *known == seed).unwrap();
    let (world, calibration) = WORLDS[at].clone();
    let findings = findings(&scenario, &world, &calibration);
    let setup = Setup::new(
        Arc::new(scenario),
        Arc::new(world.clone()),
        Arc::new(calibration),
        Secret::demo(seed).for_candidate("round", "a", 1).stream(),
        rows,
    );
    let made = source(&setup, 0);
    let block = deliver(&setup, 0, &made);
    let mut sample = Sample::default();
    sample.add(&setup, &made, &rows_table(&setup, &made), &block);
    let count = |number: usize| {
        let added = sample.added_by.iter().flatten();
        InstanceCount {
            id: world.instances[number].id.clone(),
            rows: sample.marked(number).iter().filter(|hit| **hit).count() as u64,
            cells: 0,
            added: added.filter(|by| usize::from(**by) == number).count() as u64,
            removed: 0,
        }
    };
    let key = Key {
        format: 1,
        tool: String::new(),
        bundle: String::new(),
        mark: Some(drumlin::bundle::DEMO_MARK.to_owned()),
        candidate: "a".to_owned(),
        attempt: 1,
        nonce: String::new(),
        scenario: "assistant-prompts".to_owned(),
        row_id: "prompt_id".to_owned(),
        source_rows: rows,
        delivered_rows: sample.base.len() as u64,
        children: Vec::new(),
        delivered: Vec::new(),
        findings,
        instances: (0..world.instances.len()).map(count).collect(),
        decoys: Vec::new(),
        world,
    };
    let shown = illustrate(&key, &setup, &sample);
    (key, shown)
}

fn numbers(chart: &Chart) -> Vec<f64> {
    let pair = |points: &[(f64, f64)]| points.iter().flat_map(|(x, y)| [*x, *y]).collect();
    let triple = |points: &[(f64, f64, f64)]| points.iter().flat_map(|p| [p.0, p.1, p.2]).collect();
    let of = |mark: &Marks| -> Vec<f64> {
        match mark {
            Marks::Line { points, .. } | Marks::Points { points, .. } => pair(points),
            Marks::Bars { bars: points, .. } | Marks::Band { points, .. } => triple(points),
            Marks::Rule { at, .. } => vec![*at],
        }
    };
    chart.marks.iter().flat_map(of).collect()
}

#[test]
fn everything_that_is_there_has_a_picture_a_sentence_and_facts() {
    for seed in SEEDS {
        let (key, shown) = bundle(seed, 2_000);
        assert_eq!(key.findings.len(), shown.len());
        for (finding, shown) in key.findings.iter().zip(&shown) {
            let name = format!("seed {seed}, {}", finding.id);
            assert_eq!(finding.id, shown.finding);
            let chart = shown.chart.as_ref().expect(&name);
            let numbers = numbers(chart);
            assert!(numbers.len() > 2, "{name}: {chart:?}");
            assert!(numbers.iter().all(|number| number.is_finite()), "{name}");
            assert!(
                !chart.title.is_empty() && chart.says.ends_with('.'),
                "{name}"
            );
            assert!(
                (2..=6).contains(&shown.facts.len()),
                "{name}: {:?}",
                shown.facts
            );
            for text in [&finding.says, &finding.title] {
                let first = text.chars().next().unwrap();
                assert!(
                    !first.is_lowercase() && !text.contains(".."),
                    "{name}: {text}"
                );
            }
            assert!(finding.says.ends_with('.'), "{name}: {}", finding.says);
            assert!(finding.says.matches('`').count() % 2 == 0, "{name}");
        }
    }
}

#[test]
fn the_page_names_every_finding_and_shows_no_hole() {
    for seed in [2, 4, 10, 23] {
        let (key, shown) = bundle(seed, 2_000);
        let page = truth_page(&key, &shown);
        for finding in &key.findings {
            assert!(
                page.contains(&finding.title),
                "seed {seed}: {}",
                finding.title
            );
            assert!(page.contains(&format!("id=\"finding-{}\"", finding.id)));
        }
        for hole in ["None", "NaN", "inf\"", "Some("] {
            assert!(!page.contains(hole), "seed {seed}: {hole}");
        }
        assert!(page.contains("DEMO: not for hiring") && page.contains("never sent"));
        assert!(page.contains("(the decoy)") && !page.contains("<script"));
    }
}

#[test]
fn a_handful_of_rows_or_none_makes_a_page_too() {
    for seed in SEEDS {
        for rows in [1, 100] {
            let (key, shown) = bundle(seed, rows);
            let page = truth_page(&key, &shown);
            assert!(!page.contains("NaN"), "seed {seed}, {rows} rows");
        }
    }
    let (key, _) = bundle(1, 100);
    assert!(truth_page(&key, &[]).contains("What this page does not say"));
}

#[test]
fn a_gradient_names_no_column_that_goes_the_other_way() {
    for seed in SEEDS {
        let (key, shown) = bundle(seed, 20_000);
        for (finding, shown) in key.findings.iter().zip(&shown) {
            let gradient = matches!(finding.truth, drumlin::generate::Truth::Factor { .. });
            if finding.kind != FindingKind::Structure || !gradient {
                continue;
            }
            let said = finding.says.split("the latter, ").nth(1).unwrap();
            let rising = said
                .split(" rise")
                .next()
                .filter(|_| said.contains(" rise"));
            for mark in &shown.chart.as_ref().unwrap().marks {
                let Marks::Line { name, points, .. } = mark else {
                    continue;
                };
                let (low, high) = points.split_at(points.len() / 2);
                let mean = |side: &[(f64, f64)]| {
                    side.iter().map(|point| point.1).sum::<f64>() / side.len() as f64
                };
                let up = rising.is_some_and(|text| text.contains(&format!("`{name}`")));
                assert_eq!(mean(high) > mean(low), up, "seed {seed}: {said} ({name})");
            }
        }
    }
}
