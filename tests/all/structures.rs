//! Every kind of column and structure is found again by an oracle on the clean table.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use drumlin::bundle::rows_table;
use drumlin::generate::{
    BundleContext, Feature, FrozenWorld, SourceBlock, World, children, findings, source,
};
use drumlin::labels::Partition;
use drumlin::measure::{Contingency, adjusted_rand, pearson};
use drumlin::random::{Secret, normal_cdf, normal_quantile};
use drumlin::scenario::{ColumnKind, CurveFunction, Scenario, load};
use drumlin::table::{Cell, Cells, DataFolder, Table, read_parquet};

use crate::harness::TestDir;

/// A scenario that uses everything.
const TEXT: &str = include_str!("structures.toml");
const ROWS: u64 = 20_000;

fn scenario(text: &str) -> Arc<Scenario> {
    let dir = TestDir::new();
    let path = dir.file("s.toml", text);
    Arc::new(load(path.to_str().unwrap()).unwrap())
}

fn context(seed: u64, rows: u64) -> BundleContext {
    let scenario = scenario(TEXT);
    let stream = Secret::demo(seed).stream();
    let bundle = Secret::demo(seed).for_candidate("test", "a", 1).stream();
    FrozenWorld::draw(scenario, &stream).bundle(bundle, rows)
}

fn world(seed: u64) -> (BundleContext, SourceBlock) {
    rows_of_world(seed, ROWS)
}

fn rows_of_world(seed: u64, rows: u64) -> (BundleContext, SourceBlock) {
    let context = context(seed, rows);
    let block = source(&context, 0);
    (context, block)
}

/// Numbers and flags of a column; for categories the index of the level.
fn numbers(context: &BundleContext, table: &Table, name: &str) -> Vec<f64> {
    let level = |text: &str| {
        let plan = &context.scenario.columns[context.scenario.column(name).unwrap()];
        match &plan.kind {
            ColumnKind::Category { levels, .. } => {
                levels.iter().position(|l| l.name == text).unwrap() as f64
            }
            other => panic!("{other:?}"),
        }
    };
    (0..table.rows())
        .map(|row| match table.cell(name, row) {
            Cell::Real(value) => value,
            Cell::Whole(value) | Cell::Time(value) => value as f64,
            Cell::Flag(value) => f64::from(u8::from(value)),
            Cell::Text(text) => level(&text),
            Cell::Missing => f64::NAN,
        })
        .collect()
}

fn texts(table: &Table, name: &str) -> Vec<String> {
    match table.cells(name).unwrap() {
        Cells::Text(values) => values
            .iter()
            .map(|v| v.as_ref().unwrap().to_string())
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// Squared multiple correlation of `target` with `axes`, by Gram–Schmidt.
fn explained(target: &[f64], axes: &[Vec<f64>]) -> f64 {
    let centred = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|v| v - mean).collect::<Vec<f64>>()
    };
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let target = centred(target);
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for axis in axes {
        let mut axis = centred(axis);
        let whole = dot(&axis, &axis);
        for known in &basis {
            let along = dot(&axis, known);
            for (a, k) in axis.iter_mut().zip(known) {
                *a -= along * k;
            }
        }
        let size = dot(&axis, &axis);
        if size > 1e-9 * whole {
            let size = size.sqrt();
            basis.push(axis.iter().map(|a| a / size).collect());
        }
    }
    let part: f64 = basis.iter().map(|axis| dot(&target, axis).powi(2)).sum();
    part / dot(&target, &target)
}

/// Kolmogorov–Smirnov distance of values from a distribution function, with a tolerance of half a
/// step on either side of each value, since numbers are rounded.
fn distance(values: &[f64], step: f64, below: impl Fn(f64) -> f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let mut worst = 0.0_f64;
    let mut first = 0;
    while first < sorted.len() {
        let value = sorted[first];
        let last = first + sorted[first..].partition_point(|other| *other <= value);
        let (low, high) = (first as f64 / n, last as f64 / n);
        worst = worst.max((below(value - step / 2.0) - low).abs());
        worst = worst.max((below(value + step / 2.0) - high).abs());
        first = last;
    }
    worst
}

#[test]
fn marginals_are_what_the_scenario_asks() {
    // Entities carry latents and attributes, so rows are not independent: the bound is that of
    // about 2,500 independent rows, 1.63/√2500, and not of 20,000.
    const BOUND: f64 = 0.033;
    for seed in 0..3 {
        let (context, block) = world(seed);
        let of = |name: &str| numbers(&context, &block.clean, name);
        let normal = |low: f64, high: f64| {
            move |x: f64| normal_cdf((x - 0.5 * (low + high)) / (0.5 * (high - low) / 1.644_854))
        };
        let long = |median: f64, p95: f64| {
            move |x: f64| {
                let sigma = (p95 / median).ln() / 1.644_854;
                normal_cdf((x.max(1e-12) / median).ln() / sigma)
            }
        };
        let lag: Vec<f64> = of("back_at")
            .iter()
            .zip(of("left_at"))
            .map(|(back, left)| (back - left) / 60_000.0)
            .collect();
        assert!(lag.iter().all(|minutes| *minutes >= 0.0));
        let whole_minutes = lag.iter().filter(|minutes| minutes.fract() < 1e-9).count();
        assert!(whole_minutes < 100, "{whole_minutes} keep the seconds");
        let rounded: Vec<f64> = lag.iter().map(|minutes| minutes.round()).collect();
        for (name, found) in [
            ("slope", distance(&of("slope"), 0.1, normal(-60.0, 40.0))),
            (
                "noise_db",
                distance(&of("noise_db"), 0.1, normal(45.0, 78.0)),
            ),
            (
                "distance_km",
                distance(&of("distance_km"), 0.01, long(2.6, 9.5)),
            ),
            ("back_at", distance(&rounded, 1.0, long(14.0, 55.0))),
            ("docks", distance(&of("docks"), 1.0, long(18.0, 48.0))),
            ("rent", distance(&of("rent"), 0.01, long(240.0, 900.0))),
        ] {
            assert!(found < BOUND, "seed {seed}: {name} at {found}");
        }
        let comfort = of("comfort");
        let asked = [0.15, 0.35, 0.35, 0.15];
        for (level, share) in asked.into_iter().enumerate() {
            let found = comfort
                .iter()
                .filter(|c| (**c - level as f64).abs() < 0.5)
                .count();
            let found = found as f64 / comfort.len() as f64;
            assert!(
                (found - share).abs() < 0.03,
                "seed {seed}: level {level} at {found}"
            );
        }
        let again = of("again").iter().sum::<f64>() / ROWS as f64;
        assert!(
            (again - 0.45).abs() < 0.03,
            "seed {seed}: the outcome at {again}"
        );
    }
}

#[test]
fn latents_predict_the_outcome_better_than_a_grouping() {
    for seed in 0..6 {
        let (context, block) = world(seed);
        let outcome = numbers(&context, &block.clean, "again");
        let latents = &block.latents;
        let mut axes = latents.factors.clone();
        for values in &latents.factors {
            axes.push(values.iter().map(|f| (2.2 * f).tanh()).collect());
            axes.push(values.iter().map(|f| f * f).collect());
        }
        let by_latents = explained(&outcome, &axes);
        let types: Vec<Vec<f64>> = (0..context.world.archetypes.types.len())
            .map(|k| {
                let is = latents.sampled.iter().map(|s| *s as usize == k);
                is.map(|is| f64::from(u8::from(is))).collect()
            })
            .collect();
        let by_types = explained(&outcome, &types);
        assert!(
            by_latents > 0.3,
            "seed {seed}: the latents tell {by_latents}"
        );
        assert!(
            by_latents > 1.8 * by_types,
            "seed {seed}: latents {by_latents}, types {by_types}"
        );
        let column = context.scenario.column("again").unwrap();
        let loud = context.world.terms[column][0]
            .iter()
            .all(|term| term.weight.abs() >= 0.5);
        assert!(loud, "seed {seed}: every weight tells");
        assert!(!context.scenario.open_columns().contains(&column));
    }
}

#[test]
fn an_ordered_category_and_a_lag_carry_structures() {
    let mut moved = 0;
    for seed in 0..6 {
        let (context, block) = world(seed);
        for name in ["comfort", "back_at"] {
            let column = context.scenario.column(name).unwrap();
            assert!(context.scenario.open_columns().contains(&column));
            if context.world.terms[column][0].is_empty() {
                continue;
            }
            let mut values = numbers(&context, &block.clean, name);
            if name == "back_at" {
                let left = numbers(&context, &block.clean, "left_at");
                for (value, left) in values.iter_mut().zip(left) {
                    *value = (*value - left + 1.0).ln();
                }
            }
            let mut axes = block.latents.factors.clone();
            axes.extend(block.latents.members.iter().cloned());
            let told = explained(&values, &axes);
            moved += usize::from(told > 0.15);
        }
    }
    assert!(moved >= 8, "latents tell them in {moved} of 12");
}

#[test]
fn a_number_of_an_entity_is_constant_or_changes_once() {
    let (context, block) = world(1);
    let (docks, rent) = (
        numbers(&context, &block.clean, "docks"),
        numbers(&context, &block.clean, "rent"),
    );
    let mut of: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
    for (row, entity) in block.latents.entities.iter().enumerate() {
        of.entry(*entity).or_default().push((docks[row], rent[row]));
    }
    let mut changed = 0;
    for rows in of.values() {
        assert!(
            rows.iter()
                .all(|(docks, _)| docks.total_cmp(&rows[0].0).is_eq())
        );
        let steps = rows
            .windows(2)
            .filter(|pair| pair[0].1.total_cmp(&pair[1].1).is_ne())
            .count();
        assert!(steps <= 1, "{steps} changes of one entity");
        changed += steps;
    }
    assert!(changed * 2 > of.len(), "{changed} of {} change", of.len());
    let city = numbers(&context, &block.clean, "city");
    let aven: Vec<f64> = city.iter().map(|c| f64::from(u8::from(*c < 0.5))).collect();
    assert!(
        pearson(&aven, &docks).unwrap() > 0.1,
        "a level of the entity drives its number"
    );
}

#[test]
fn ratios_are_missing_for_zero_divisors() {
    let (context, block) = world(2);
    let of = |name: &str| numbers(&context, &block.clean, name);
    let (price, stops, ratio) = (of("price"), of("stops"), of("price_per_stop"));
    for row in 0..price.len() {
        assert_eq!(ratio[row].is_nan(), stops[row] < 0.5);
        if stops[row] > 0.5 {
            assert!((ratio[row] - price[row] / stops[row]).abs() < 1e-3);
        }
    }
    let share = of("weight_share");
    assert!(share.iter().all(|share| (0.0..=1.0).contains(share)));
}

#[test]
fn people_round_as_often_as_the_scenario_says() {
    let (context, block) = world(2);
    let weights = numbers(&context, &block.clean, "rider_weight");
    let round = weights.iter().filter(|w| **w % 5.0 < 0.5).count() as f64 / ROWS as f64;
    // 0.4 on purpose, plus a fifth of the rest by chance.
    assert!((round - 0.52).abs() < 0.02, "{round} are round");
}

#[test]
fn texts_have_typos_and_phrases_of_their_column() {
    let (_, block) = world(3);
    let (notes, replies) = (texts(&block.clean, "note"), texts(&block.clean, "reply"));
    let lower = |text: &str| !text.chars().any(char::is_uppercase);
    let share = |texts: &[String], is: &dyn Fn(&str) -> bool| {
        texts.iter().filter(|text| is(text)).count() as f64 / texts.len() as f64
    };
    // Habits belong to entities; there are few of them, and some have many rows.
    assert!((share(&notes, &lower) - 0.3).abs() < 0.15);
    let bare = |text: &str| !text.ends_with('.');
    assert!((share(&replies, &bare) - 0.5).abs() < 0.15);
    let thanks = |text: &str| text.to_lowercase().contains("hank");
    assert!(share(&replies, &thanks) > 0.4);
    assert!(share(&notes, &thanks) < 0.001);
    let clean = |text: &str| {
        let text = text.to_lowercase();
        text.starts_with("nice and steady all the way")
    };
    let steady = |text: &str| text.to_lowercase().contains("all");
    let (clean, steady) = (share(&notes, &clean), share(&notes, &steady));
    // 22 letters, of which 14 can have a typo: 0.98^14 is 0.75.
    assert!(
        clean > 0.5 * steady && clean < 0.92 * steady,
        "{clean} of {steady}"
    );
}

/// Normal scores of values, ties in order of rows.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    for (rank, row) in order.into_iter().enumerate() {
        ranks[row] = normal_quantile((rank as f64 + 0.5) / values.len() as f64);
    }
    ranks
}

/// What an analyst has: all open columns as normal scores, and their products.
fn surface_axes(context: &BundleContext, block: &SourceBlock) -> Vec<Vec<f64>> {
    let left = numbers(context, &block.clean, "left_at");
    let straight: Vec<Vec<f64>> = context
        .scenario
        .open_columns()
        .into_iter()
        .map(|at| {
            let name = &context.scenario.columns[at].name;
            let mut values = numbers(context, &block.clean, name);
            if name == "back_at" {
                for (value, left) in values.iter_mut().zip(&left) {
                    *value -= left;
                }
            }
            ranks(&values)
        })
        .collect();
    let mut axes = straight.clone();
    for (at, one) in straight.iter().enumerate() {
        for other in &straight[at..] {
            axes.push(one.iter().zip(other).map(|(a, b)| a * b).collect());
        }
    }
    axes
}

#[test]
fn factors_have_the_requested_correlations_mean_and_variance() {
    for seed in 0..4 {
        let (context, block) = world(seed);
        let factors = &block.latents.factors;
        assert_eq!(context.world.correlations.len(), 1, "two factors are drawn");
        for correlation in &context.world.correlations {
            let [a, b] = correlation.between;
            let found = pearson(&factors[a], &factors[b]).unwrap();
            // Marginal shapes reduce correlations, and entities make rows dependent.
            assert!(
                (found - correlation.by).abs() < 0.12,
                "seed {seed}: {found} for {}",
                correlation.by
            );
        }
        for (latent, values) in context.world.latents.iter().zip(factors) {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let variance =
                values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / values.len() as f64;
            let name = &latent.name;
            assert!(mean.abs() < 0.2, "seed {seed}: {name} has mean {mean}");
            assert!(
                (variance - 1.0).abs() < 0.25,
                "seed {seed}: {name} has variance {variance}"
            );
        }
    }
}

#[test]
fn splits_are_on_different_latents_and_disagree() {
    for seed in 0..3 {
        let (context, block) = rows_of_world(seed, 5_000);
        let (facets, latents) = (&context.world.splits, &block.latents);
        assert_eq!(facets.len(), 2);
        assert_ne!(facets[0].name, facets[1].name);
        assert_ne!(facets[0].on, facets[1].on);
        assert!(!context.world.archetypes.on.contains(&facets[0].on));
        let partition = |codes: &[u32]| {
            let labels: Vec<Option<String>> =
                codes.iter().map(|code| Some(code.to_string())).collect();
            Partition::from_labels(&labels)
        };
        let groupings = [
            partition(&latents.sides[0]),
            partition(&latents.sides[1]),
            partition(&latents.sampled),
        ];
        for one in 0..3 {
            for other in 0..one {
                let table = Contingency::new(&groupings[one], &groupings[other]);
                let agreement = adjusted_rand(&table).unwrap();
                assert!(
                    agreement < 0.2,
                    "seed {seed}: {one} and {other} at {agreement}"
                );
            }
        }
        let axes = surface_axes(&context, &block);
        for (facet, shares) in facets.iter().zip(&latents.side_shares) {
            let told = explained(shares, &axes);
            assert!(told > 0.4, "seed {seed}: {} at {told}", facet.name);
        }
        let truth = rows_table(&context, &block);
        for facet in facets {
            assert!(truth.column(&format!("split.{}", facet.name)).is_some());
        }
    }
}

#[test]
fn nested_memberships_sum_to_the_archetype() {
    let (context, block) = rows_of_world(1, 5_000);
    let latents = &block.latents;
    assert_eq!(latents.nested.len(), 3);
    let axes = surface_axes(&context, &block);
    let truth = rows_table(&context, &block);
    for (k, parts) in latents.nested.iter().enumerate() {
        assert_eq!(parts.len(), 2);
        for row in 0..latents.rows() {
            let sum: f64 = parts.iter().map(|part| part[row]).sum();
            assert!((sum - latents.members[k][row]).abs() < 1e-12);
        }
        for (j, part) in parts.iter().enumerate() {
            let told = explained(part, &axes);
            assert!(told > 0.3, "part {j} of {k} at {told}");
            assert!(truth.column(&format!("member.riders.{k}.{j}")).is_some());
        }
    }
    let found = findings(&context);
    let groups = found.iter().find(|finding| finding.id == "groups").unwrap();
    for part in [
        "has 2 soft subtypes",
        "Splits along each of 2 gradients",
        "predict `again`",
    ] {
        assert!(groups.statement.contains(part), "{}", groups.statement);
    }
}

#[test]
fn a_curve_enters_columns_through_every_basis_function() {
    let bend = |curve: CurveFunction, v: f64| match curve {
        CurveFunction::Sine => (2.2 * v).sin(),
        CurveFunction::Cosine => (2.4 * v).cos(),
        CurveFunction::Power => (0.5 * (v + 1.0)).powi(3),
        CurveFunction::Hinge => v.min(0.1),
        CurveFunction::Jagged => {
            let corners = [-1.0, -0.55, -0.1, 0.3, 0.65, 1.0];
            let heights = [-0.9, 0.7, -0.6, 1.0, -0.2, 0.5];
            let piece = (1..5).take_while(|at| v >= corners[*at]).count();
            let share = (v - corners[piece]) / (corners[piece + 1] - corners[piece]);
            heights[piece] + share * (heights[piece + 1] - heights[piece])
        }
    };
    let mut seen = Vec::new();
    for seed in 0..3 {
        let (context, block) = world(seed);
        for (column, terms) in context.world.terms.iter().enumerate() {
            let plan = &context.scenario.columns[column];
            for term in terms.iter().flatten() {
                let Feature::Curved(at, curve) = term.feature else {
                    continue;
                };
                if term.weight.abs() < 0.8 || plan.name == "again" {
                    continue;
                }
                let scores = ranks(&numbers(&context, &block.clean, &plan.name));
                let bent: Vec<f64> = block.latents.factors[at]
                    .iter()
                    .map(|f| bend(curve, 2.0 * normal_cdf(*f) - 1.0) * term.weight.signum())
                    .collect();
                let follows = pearson(&bent, &scores).unwrap();
                assert!(
                    follows > 0.25,
                    "seed {seed}: {} follows {curve:?} by {follows}",
                    plan.name
                );
                seen.push(format!("{curve:?}"));
            }
        }
    }
    for curve in ["Sine", "Cosine", "Power", "Hinge", "Jagged"] {
        assert!(seen.iter().any(|known| known == curve), "{curve} occurs");
    }
}

/// Worlds that drew the interaction, or that drew the change.
fn worlds(interaction: bool) -> impl Iterator<Item = (u64, BundleContext)> {
    let scenario = scenario(TEXT);
    (0..40)
        .filter(move |seed| {
            let stream = Secret::demo(*seed).stream().fork("world");
            World::draw(&scenario, &stream).interaction.is_some() == interaction
        })
        .map(|seed| (seed, context(seed, ROWS)))
}

#[test]
fn simpsons_paradox_reverses_the_sign_within_each_side() {
    for (seed, context) in worlds(true).take(4) {
        let block = source(&context, 0);
        let interaction = context.world.interaction.as_ref().unwrap();
        let along = &block.latents.factors[interaction.on[0]];
        let sides = &block.latents.sides[0];
        let mut columns = 0;
        for (column, terms) in context.world.terms.iter().enumerate() {
            let weight: f64 = terms[0]
                .iter()
                .filter(|term| term.of == interaction.name)
                .map(|term| term.weight)
                .sum();
            if weight.abs() < 1e-9 {
                continue;
            }
            columns += 1;
            let name = &context.scenario.columns[column].name;
            let values = ranks(&numbers(&context, &block.clean, name));
            let over = |side: Option<u32>| {
                let rows: Vec<usize> = (0..values.len())
                    .filter(|row| side.is_none_or(|side| sides[*row] == side))
                    .collect();
                let pick = |of: &[f64]| rows.iter().map(|row| of[*row]).collect::<Vec<f64>>();
                weight.signum() * pearson(&pick(along), &pick(&values)).unwrap()
            };
            let (all, low, high) = (over(None), over(Some(0)), over(Some(1)));
            assert!(all > 0.08, "seed {seed}: {name} over all rows {all}");
            assert!(
                low < -0.15 && high < -0.15,
                "seed {seed}: {name} {low} {high}"
            );
        }
        assert_eq!(columns, 2);
    }
}

#[test]
fn a_gradual_change_progresses_day_by_day() {
    for (seed, context) in worlds(false).take(3) {
        let block = source(&context, 0);
        let regime = context.world.change.as_ref().unwrap();
        let mut columns = Vec::new();
        for name in ["price", "distance_km"] {
            columns.push((name, ranks(&numbers(&context, &block.clean, name))));
        }
        let mean = |values: &[f64], from: f64, to: f64| {
            let rows: Vec<f64> = (0..values.len())
                .filter(|row| (from..to).contains(&block.latents.change[*row]))
                .map(|row| values[row])
                .collect();
            (rows.iter().sum::<f64>() / rows.len() as f64, rows.len())
        };
        for (row, moment) in block.latents.moments.iter().enumerate() {
            let days = (moment - regime.from) as f64 / 86_400_000.0;
            let come = (days / 12.0).clamp(0.0, 1.0);
            assert!((block.latents.change[row] - come).abs() < 1e-9);
        }
        for (name, values) in &columns {
            let sign = if *name == "price" { 1.0 } else { -1.0 };
            let (before, _) = mean(values, -1.0, 1e-9);
            let (middle, rows) = mean(values, 0.3, 0.7);
            let (after, _) = mean(values, 1.0, 2.0);
            assert!(rows > 200);
            assert!(sign * (after - before) > 0.4, "seed {seed}: {name} moves");
            let part = (middle - before) / (after - before);
            assert!(
                (0.2..0.8).contains(&part),
                "seed {seed}: {name} is {part} of the way"
            );
        }
    }
}

#[test]
fn invalid_structures_are_refused_with_a_hint() {
    refused(
        "between = [\"hurry\", \"skill\"]",
        "between = [\"hurry\", \"skil\"]",
        &[
            "there is no factor or curve `skil`",
            "did you mean `skill`?",
        ],
    );
    refused(
        "by = [0.35, 0.45]",
        "by = [0.35, 0.9]",
        &["found 0.9, expected a number from -0.6 to 0.6"],
    );
    refused(
        "by = [0.35, 0.45]",
        "by = [0.35, 0.6]",
        &[
            "the correlations of `hurry` may add up to 1.05, expected less than 1",
            "make some of them smaller",
        ],
    );
    refused(
        "splits = [2, 2]",
        "splits = [2, 3]",
        &["the pool `split` has 2 entries"],
    );
    refused(
        "splits = [2, 2]",
        "splits = [0, 1]",
        &["found 0 to 1 splits, expected 1 to 3"],
    );
    refused(
        "nested = { types = 2",
        "nested = { types = 5",
        &["found 5, expected a number from 2 to 3"],
    );
    refused(
        "nested = { types = 2, spread",
        "nested = { types = 2, spred",
        &["spred"],
    );
    refused(
        "function = \"jagged\"",
        "function = \"zigzag\"",
        &["zigzag"],
    );
    refused("kind = \"simpson\"", "kind = \"simpsons\"", &["simpsons"]);
}

#[test]
fn a_child_table_depends_on_the_latents_of_its_rows() {
    let (context, block) = world(4);
    let tables = children(&context, 0, &block);
    let repairs = &tables[0].clean;
    let plan = &context.scenario.children[0];
    assert_eq!(
        repairs.names().collect::<Vec<_>>(),
        plan.columns
            .iter()
            .map(|c| c.name.as_str())
            .collect::<Vec<_>>()
    );
    let places: BTreeMap<String, usize> = texts(&block.clean, "trip_id")
        .into_iter()
        .enumerate()
        .map(|(row, id)| (id, row))
        .collect();
    let ids: BTreeSet<String> = texts(repairs, "repair_id").into_iter().collect();
    assert_eq!(ids.len(), repairs.rows(), "ids are unique");
    let mut counts = vec![0.0; block.clean.rows()];
    let mut lags = vec![0.0; block.clean.rows()];
    for (event, trip) in texts(repairs, "trip_id").iter().enumerate() {
        let row = places[trip];
        let Cell::Time(done) = repairs.cell("done_at", event) else {
            panic!("a repair has a moment");
        };
        let days = (done - block.latents.moments[row]) as f64 / 86_400_000.0;
        assert!((0.0..=30.0).contains(&days), "{days} days after the trip");
        counts[row] += 1.0;
        lags[row] += days;
    }
    // A count is rounded: half of the rows have at most three.
    let share = |most: f64| {
        let rows = counts.iter().filter(|count| **count <= most).count();
        rows as f64 / counts.len() as f64
    };
    assert!(
        share(2.0) < 0.5 && share(3.0) > 0.5,
        "{} {}",
        share(2.0),
        share(3.0)
    );
    assert!((share(14.0) - 0.95).abs() < 0.02, "{}", share(14.0));
    let mut axes = block.latents.factors.clone();
    for values in &block.latents.factors {
        axes.push(values.iter().map(|f| (2.2 * f).tanh()).collect());
    }
    let told = explained(&ranks(&counts), &axes);
    assert!(told > 0.3, "latents tell {told} of the counts");
    let some: Vec<usize> = (0..counts.len()).filter(|row| counts[*row] > 0.0).collect();
    let pick = |of: &[f64]| some.iter().map(|row| of[*row]).collect::<Vec<f64>>();
    let mean: Vec<f64> = some.iter().map(|row| lags[*row] / counts[*row]).collect();
    let axes: Vec<Vec<f64>> = axes.iter().map(|axis| pick(axis)).collect();
    let told = explained(&mean, &axes);
    assert!(told > 0.1, "latents tell {told} of the times");
    let minutes: Vec<f64> = (0..repairs.rows())
        .map(|event| match repairs.cell("minutes", event) {
            Cell::Real(minutes) => minutes,
            other => panic!("{other:?}"),
        })
        .collect();
    let found = distance(&minutes, 0.1, |x| {
        normal_cdf((x.max(1e-12) / 12.0).ln() / ((60.0_f64 / 12.0).ln() / 1.644_854))
    });
    assert!(found < 0.05, "the marginal of a child's column at {found}");
}

#[test]
fn a_block_of_a_child_table_can_be_regenerated_alone_with_unique_ids() {
    let (one, again) = (context(5, 66_500), context(5, 66_500));
    let last = children(&one, 1, &source(&one, 1));
    let other = children(&again, 1, &source(&again, 1));
    assert_eq!(last[0].clean, other[0].clean);
    let ids = |table: &Table| {
        texts(table, "repair_id")
            .into_iter()
            .collect::<BTreeSet<_>>()
    };
    let first = children(&one, 0, &source(&one, 0));
    assert!(ids(&first[0].clean).is_disjoint(&ids(&last[0].clean)));
}

#[test]
fn a_child_table_is_written_with_its_dictionary_and_named_in_the_brief() {
    let dir = TestDir::new();
    dir.file("s.toml", TEXT);
    dir.run(&[
        "generate",
        "s.toml",
        "--out",
        "R",
        "--rows",
        "600",
        "--demo-seed",
        "3",
        "--candidate",
        "a",
    ])
    .exits(0);
    let folder = DataFolder::read(&dir.path("R/candidate/a")).unwrap();
    assert_eq!(folder.dictionary.main_table(), Some("bike-trips"));
    let data = dir.path("R/candidate/a/data");
    let child = read_parquet(&data.join("bike-trips_repairs.parquet")).unwrap();
    let csv = fs::read_to_string(data.join("bike-trips_repairs.csv")).unwrap();
    assert_eq!(csv.lines().count(), child.rows() + 1);
    let described = folder.dictionary.entries.iter();
    let described: Vec<&str> = described
        .filter(|entry| entry.table == "bike-trips_repairs")
        .map(|entry| entry.column.as_str())
        .collect();
    assert_eq!(described, child.names().collect::<Vec<_>>());
    let brief = fs::read_to_string(dir.path("R/candidate/a/README.md")).unwrap();
    assert!(
        brief.contains("`data/bike-trips_repairs.parquet`"),
        "{brief}"
    );
    let columns = folder.table.columns().len();
    assert!(brief.contains(&format!("{columns} columns")), "{brief}");
    dir.run(&["explore", "R/candidate/a", "--out", "page.html"])
        .exits(0);
}

#[test]
fn invalid_child_tables_are_refused() {
    refused(
        "per_row = { median = 3, p95 = 14 }",
        "per_row = { median = 3, p95 = 2 }",
        &["found p95 2, expected more than the median 3"],
    );
    refused(
        "days = 30",
        "days = 0",
        &["found 0, expected a number from 0.01"],
    );
    refused(
        "name = \"repair_id\"\nkind = \"identifier\"",
        "name = \"repair_id\"\nkind = \"text\"",
        &[
            "a child table has no columns of kind `text`",
            "found 0 columns of kind `identifier` in the child table `repairs`",
        ],
    );
    refused(
        "rate = 2\n",
        "rate = -2\n",
        &["found -2, expected a number from 0.001 to 500"],
    );
    refused(
        "name = \"part\"\nkind = \"category\"",
        "name = \"part\"\nkind = \"category\"\nper = \"station\"",
        &["`per` in a child table"],
    );
}

fn refused(old: &str, new: &str, words: &[&str]) {
    assert!(TEXT.contains(old), "{old}");
    let dir = TestDir::new();
    dir.file("s.toml", TEXT.replacen(old, new, 1));
    dir.run(&["generate", "s.toml", "--out", "R", "--demo-seed", "1"])
        .exits(2)
        .stderr_contains(words);
    assert_eq!(dir.names(), ["s.toml"], "nothing was left");
}

#[test]
fn invalid_columns_are_refused_with_their_line_and_a_hint() {
    refused(
        "low = -60\n",
        "low = -60\nmedian = 3\n",
        &[
            "s.toml:106",
            "`median` together with `low` and `high`",
            "keep one pair",
        ],
    );
    refused(
        "low = -60\n",
        "low = -60\ncap = 60\n",
        &[
            "`cap` together with `low` and `high`",
            "it belongs with `median` and `p95`",
        ],
    );
    refused("low = -60", "low = 60", &["expected more than low 60"]);
    refused(
        "outcome = true\n",
        "outcome = true\nordered = true\n",
        &["`ordered` on a column of kind `flag`, expected category"],
    );
    refused(
        "name = \"lamp\"\n",
        "name = \"lamp\"\noutcome = true\n",
        &["found 2 columns with `outcome = true`"],
    );
    refused(
        "after = \"left_at\"",
        "after = \"left\"",
        &["there is no column `left`", "did you mean `left_at`?"],
    );
    refused(
        "after = \"left_at\"\n",
        "",
        &["found 2 columns of kind `timestamp`"],
    );
    refused(
        "unit = \"min\"",
        "unit = \"minutes\"",
        &["found the unit `minutes`, expected one of s, min, h, days"],
    );
    refused(
        "over = \"stops\"",
        "over = \"stop\"",
        &["did you mean `stops`?"],
    );
    refused("over = \"stops\"", "over = \"lamp\"", &["comes later"]);
    refused("over = \"stops\"", "over = {}", &["`over` is empty"]);
    refused("step = 5\n", "", &["`heaped` without `step`"]);
    refused(
        "heaped = 0.4",
        "heaped = 1.4",
        &["found 1.4, expected a number from 0 to 1"],
    );
    refused(
        "changes = true\n",
        "changes = true\neffects = { time = 1.0 }\n",
        &["has no effect on a number that is constant"],
    );
    refused(
        "per = \"station\"\nchanges",
        "changes",
        &["`changes` without `per`", "add `per = \"station\"`"],
    );
    refused(
        "typos = 0.02",
        "typos = 0.5",
        &["expected a number from 0 to 0.1"],
    );
    refused(
        "column = \"note\"\n",
        "",
        &[
            "there are 2 text columns, expected `column`",
            "one of note, reply",
        ],
    );
    refused(
        "column = \"note\"\n",
        "column = \"lamp\"\n",
        &["expected a text column"],
    );
    refused(
        "{ idle_s = -1.0,",
        "{ docks = 1.0, idle_s = -1.0,",
        &["`docks` is constant per entity"],
    );
    refused(
        "{ idle_s = -1.0,",
        "{ again = 1.0, idle_s = -1.0,",
        &["`again` is the outcome"],
    );
}
