//! The truth page of demo worlds: a figure and a sentence for every finding.

use std::sync::{Arc, LazyLock};

use drumlin::bundle::{InstanceCount, Key, rows_table};
use drumlin::chart::{Chart, Marks};
use drumlin::generate::{
    Decoy, DecoyView, Finding, FindingKind, FrozenWorld, Truth, World, deliver, findings, source,
};
use drumlin::random::Secret;
use drumlin::render::truth_page;
use drumlin::review::{Baselines, Illustration, Sample, illustrate};
use drumlin::scenario::load;

/// Demo seeds; the last two draw an interaction.
const SEEDS: [u64; 14] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 23, 36];

/// The worlds of the seeds, calibrated once for all tests.
static WORLDS: LazyLock<Vec<FrozenWorld>> =
    LazyLock::new(|| SEEDS.map(|seed| drawn("assistant-prompts", seed)).into());

fn drawn(scenario: &str, seed: u64) -> FrozenWorld {
    let scenario = Arc::new(load(scenario).unwrap());
    FrozenWorld::draw(scenario, &Secret::demo(seed).stream())
}

/// Key and illustrations of one single-block demo bundle, made in memory.
fn bundle(seed: u64, rows: u64) -> (Key, Vec<Illustration>) {
    let at = SEEDS.iter().position(|known| *known == seed).unwrap();
    bundle_of("assistant-prompts", &WORLDS[at], seed, rows)
}

fn bundle_of(name: &str, frozen: &FrozenWorld, seed: u64, rows: u64) -> (Key, Vec<Illustration>) {
    let findings = findings(frozen);
    let world = World::clone(&frozen.world);
    let stream = Secret::demo(seed).for_candidate("round", "a", 1).stream();
    let context = frozen.bundle(stream, rows);
    let made = source(&context, 0);
    let block = deliver(&context, 0, &made);
    let mut sample = Sample::default();
    sample.add(&context, &made, &rows_table(&context, &made), &block);
    let count = |number: usize| {
        let added = sample.added_by.iter().flatten();
        let removed = block.removed.iter();
        InstanceCount {
            id: world.instances[number].id.clone(),
            rows: sample.marked(number).iter().filter(|hit| **hit).count() as u64,
            cells: 0,
            added: added.filter(|by| usize::from(**by) == number).count() as u64,
            removed: removed.filter(|one| usize::from(one.by) == number).count() as u64,
        }
    };
    let key = Key {
        format: drumlin::bundle::FORMAT,
        tool: String::new(),
        bundle: String::new(),
        mark: Some(drumlin::bundle::DEMO_MARK.to_owned()),
        candidate: "a".to_owned(),
        attempt: 1,
        parity: Vec::new(),
        nonce: String::new(),
        scenario: name.to_owned(),
        row_id: "prompt_id".to_owned(),
        entity: None,
        source_rows: rows,
        delivered_rows: sample.base.len() as u64,
        children: Vec::new(),
        delivered: Vec::new(),
        findings,
        instances: (0..world.instances.len()).map(count).collect(),
        decoys: Vec::new(),
        world,
    };
    let shown = illustrate(&key, &context, &sample);
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
fn every_finding_has_a_chart_a_statement_and_facts() {
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
            for text in [&finding.statement, &finding.title] {
                let first = text.chars().next().unwrap();
                assert!(
                    !first.is_lowercase() && !text.contains(".."),
                    "{name}: {text}"
                );
            }
            assert!(
                finding.statement.ends_with('.'),
                "{name}: {}",
                finding.statement
            );
            assert!(finding.statement.matches('`').count() % 2 == 0, "{name}");
        }
    }
}

#[test]
fn the_page_names_every_finding_and_no_missing_value() {
    for seed in [2, 4, 10, 23] {
        let (key, shown) = bundle(seed, 2_000);
        let page = truth_page(&key, &shown, &Baselines::default(), &[]);
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
        assert!(page.contains("DEMO: not for hiring") && page.contains("For reviewers only."));
        assert!(page.contains("(the decoy)") && !page.contains("<script"));
    }
}

#[test]
fn a_page_of_few_or_no_rows_can_be_made() {
    for seed in SEEDS {
        for rows in [1, 100] {
            let (key, shown) = bundle(seed, rows);
            let page = truth_page(&key, &shown, &Baselines::default(), &[]);
            assert!(!page.contains("NaN"), "seed {seed}, {rows} rows");
        }
    }
    let (key, _) = bundle(1, 100);
    assert!(truth_page(&key, &[], &Baselines::default(), &[]).contains("Limits of this page"));
}

#[test]
fn a_factor_names_only_columns_that_go_its_way() {
    for seed in SEEDS {
        let (key, shown) = bundle(seed, 20_000);
        for (finding, shown) in key.findings.iter().zip(&shown) {
            let gradient = matches!(finding.truth, drumlin::generate::Truth::Factor { .. });
            if finding.kind != FindingKind::Structure || !gradient {
                continue;
            }
            let said = finding.statement.split("the latter, ").nth(1).unwrap();
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

/// Names of the lines of a finding's figure, with their numbers of points.
fn lines(shown: &Illustration) -> Vec<(&str, usize)> {
    let marks = shown.chart.iter().flat_map(|chart| &chart.marks);
    marks
        .filter_map(|mark| match mark {
            Marks::Line { name, points, .. } => Some((name.as_str(), points.len())),
            _ => None,
        })
        .collect()
}

#[test]
fn later_moments_and_ordered_categories_are_drawn_like_numbers() {
    for (scenario, seed, column, name) in [
        ("support-tickets", 8, "closed_at", "time until closed_at"),
        ("market-sellers", 1, "mood", "mood"),
    ] {
        let (key, shown) = bundle_of(scenario, &drawn(scenario, seed), seed, 4_000);
        let named = |finding: &&Finding| {
            matches!(finding.truth, Truth::Factor { .. })
                && finding.columns.iter().any(|known| known == column)
        };
        let finding = key.findings.iter().find(named).expect(scenario);
        let shown = shown.iter().find(|shown| shown.finding == finding.id);
        let lines = lines(shown.unwrap());
        assert_eq!(lines.len(), finding.columns.len(), "{lines:?}");
        assert!(lines.contains(&(name, 20)), "{lines:?}");
    }
}

#[test]
fn the_legend_names_only_what_is_drawn() {
    for seed in SEEDS {
        let (_, shown) = bundle(seed, 2_000);
        for shown in &shown {
            let drawn = lines(shown).iter().all(|(_, points)| *points > 0);
            assert!(drawn, "seed {seed}, {}", shown.finding);
        }
    }
}

#[test]
fn the_share_of_removed_rows_is_the_same_everywhere() {
    let (key, shown) = bundle_of("support-tickets", &drawn("support-tickets", 8), 8, 4_000);
    let (shown, fact) = shown
        .iter()
        .find_map(|shown| {
            let mut facts = shown.facts.iter();
            let fact = facts.find(|(name, _)| name.starts_with("rows removed"))?;
            Some((shown, &fact.1))
        })
        .unwrap();
    let removed: u64 = key.instances.iter().map(|one| one.removed).sum();
    let part = 100.0 * removed as f64 / key.source_rows as f64;
    assert!(fact.ends_with(&format!("({part:.1} %)")), "{fact}");
    let says = format!("bout {part:.0} % of rows");
    assert!(shown.statement.contains(&says), "{}", shown.statement);
}

#[test]
fn a_finding_lists_other_columns_that_show_it() {
    let (key, shown) = bundle(1, 20_000);
    let mut listed = 0;
    for (finding, shown) in key.findings.iter().zip(&shown) {
        assert!(shown.also.len() <= 6);
        listed += shown.also.len();
        for (column, strength) in &shown.also {
            assert!(
                !finding
                    .columns
                    .iter()
                    .any(|known| column.contains(&format!("`{known}`")))
            );
            assert!(
                strength.starts_with(['+', '−']) || strength.ends_with('%'),
                "{strength}"
            );
        }
    }
    assert!(
        listed > 0
            && truth_page(&key, &shown, &Baselines::default(), &[]).contains("Also visible in")
    );
}

#[test]
fn the_summary_names_the_defect_that_a_clustering_finds_best() {
    let (mut key, shown) = bundle(1, 100);
    let measured = |instance: &str, f1: f64| Decoy {
        instance: instance.to_owned(),
        share: 0.2,
        view: DecoyView::Raw,
        f1,
        control_f1: 0.2,
        silhouette: [0.3, 0.5],
        neighbour_auc: None,
    };
    let instances: Vec<(String, bool)> = key
        .findings
        .iter()
        .filter_map(|finding| match &finding.truth {
            Truth::Defect { instance, decoy } => Some((instance.clone(), *decoy)),
            _ => None,
        })
        .collect();
    for (of_decoy, of_others, says) in [
        (0.7, 0.99, "best (F1 0.99), and the decoy less well"),
        (0.99, 0.7, "a clustering finds the decoy best"),
    ] {
        key.decoys = instances
            .iter()
            .map(|(id, decoy)| measured(id, if *decoy { of_decoy } else { of_others }))
            .collect();
        assert!(
            truth_page(&key, &shown, &Baselines::default(), &[]).contains(says),
            "{says}"
        );
    }
    key.decoys.clear();
    assert!(truth_page(&key, &shown, &Baselines::default(), &[]).contains("The decoy is"));
}
