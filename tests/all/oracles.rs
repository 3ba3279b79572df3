//! Every shipped scenario with twenty secrets: an oracle finds every structure, columns are
//! distributed as the scenario requests, and the outcome depends on gradients rather than groups.

use std::collections::BTreeMap;
use std::sync::Arc;

use drumlin::generate::{BundleContext, FrozenWorld, SourceBlock, source};
use drumlin::measure::recover_factor_by_axes;
use drumlin::random::{Secret, normal_cdf, normal_quantile};
use drumlin::scenario::{ColumnKind, InteractionKind, Marginal, Scenario, Tail, load};
use drumlin::table::{Cell, Cells};

/// Number of secrets per scenario.
const SECRETS: u64 = 20;
/// Rows of each draw: a rare group of 1 % has fifty of them.
const ROWS: u64 = 5_000;

/// A scenario's draws at each of the secrets.
fn draws(name: &str) -> Vec<(u64, BundleContext, SourceBlock)> {
    let scenario = Arc::new(load(name).unwrap());
    (0..SECRETS)
        .map(|seed| {
            let stream = Secret::demo(seed).stream();
            let bundle = Secret::demo(seed).for_candidate("test", "a", 1).stream();
            let context = FrozenWorld::draw(scenario.clone(), &stream).bundle(bundle, ROWS);
            let block = source(&context, 0);
            (seed, context, block)
        })
        .collect()
}

#[test]
fn assistant_prompts_keep_what_they_promise_at_twenty_secrets() {
    keeps_its_promises("assistant-prompts");
}

#[test]
fn market_sellers_keep_what_they_promise_at_twenty_secrets() {
    keeps_its_promises("market-sellers");
}

#[test]
fn notebook_accounts_keep_what_they_promise_at_twenty_secrets() {
    keeps_its_promises("notebook-accounts");
}

#[test]
fn support_tickets_keep_what_they_promise_at_twenty_secrets() {
    keeps_its_promises("support-tickets");
}

fn keeps_its_promises(name: &str) {
    let draws = draws(name);
    for (seed, context, block) in &draws {
        structures_are_there(name, *seed, context, block);
    }
    marginals_are_met(name, &draws);
    outcome_follows_gradients(name, &draws);
}

fn structures_are_there(name: &str, seed: u64, context: &BundleContext, block: &SourceBlock) {
    let world = &context.world;
    let straight = scores(context, block);
    let mut axes = straight.clone();
    axes.extend(straight.iter().map(|x| product(x, x)));
    let stream = Secret::demo(seed).stream().fork("oracle");
    let found = |target: &[f64], axes: &[Vec<f64>]| {
        recover_factor_by_axes(target, axes, &stream)
            .0
            .value
            .unwrap()
    };
    let at_least = |what: &str, target: &[f64], axes: &[Vec<f64>], least: f64| {
        let share = found(target, axes);
        assert!(share > least, "{name}, seed {seed}: {what} at {share}");
    };
    for (latent, values) in world.latents.iter().zip(&block.latents.factors) {
        at_least(&latent.name, values, &axes, 0.35);
    }
    for (k, members) in block.latents.members.iter().enumerate() {
        at_least(&format!("archetype {k}"), members, &axes, 0.2);
    }
    for shares in &block.latents.side_shares {
        at_least("a facet", shares, &axes, 0.25);
    }
    if world.change.is_some() {
        at_least("the regime", &block.latents.change, &axes, 0.05);
    }
    if world.rare.is_some() {
        let rare = block.latents.rare.iter();
        let rare: Vec<f64> = rare.map(|r| f64::from(u8::from(*r))).collect();
        at_least("the rare group", &rare, &axes, 0.05);
    }
    if let Some(interaction) = &world.interaction {
        // Joint effects show in products of columns.
        let mut pairs = axes.clone();
        for (at, x) in straight.iter().enumerate() {
            pairs.extend(straight[at + 1..].iter().map(|y| product(x, y)));
        }
        let [a, b] = interaction.on;
        let factors = &block.latents.factors;
        let joint = match interaction.kind {
            InteractionKind::Simpson => return,
            _ => product(&factors[a], &factors[b]),
        };
        at_least("the interaction", &joint, &pairs, 0.1);
    }
}

fn product(x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(a, b)| a * b).collect()
}

/// Normal scores of the columns that structures enter.
fn scores(context: &BundleContext, block: &SourceBlock) -> Vec<Vec<f64>> {
    let open = context.scenario.open_columns().into_iter();
    open.map(|at| {
        let plan = &context.scenario.columns[at];
        let mut values = numbers(&plan.kind, block.clean.cells(&plan.name).unwrap());
        if let ColumnKind::After { from, .. } = &plan.kind {
            // For a later time, structures affect the lag.
            let from = &context.scenario.columns[*from];
            let before = numbers(&from.kind, block.clean.cells(&from.name).unwrap());
            for (value, before) in values.iter_mut().zip(before) {
                *value -= before;
            }
        }
        // Missing values are uninformative: they are set to the middle.
        let mut known: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
        known.sort_by(f64::total_cmp);
        let middle = known.get(known.len() / 2).copied().unwrap_or(0.0);
        for value in values.iter_mut().filter(|value| !value.is_finite()) {
            *value = middle;
        }
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut scores = vec![0.0; values.len()];
        let mut first = 0;
        while first < order.len() {
            let value = values[order[first]];
            let last = order[first..].partition_point(|row| values[*row] <= value) + first;
            // Ties share the middle of their ranks.
            let middle = (first + last) as f64 / 2.0 / values.len() as f64;
            for row in &order[first..last] {
                scores[*row] = normal_quantile(middle);
            }
            first = last;
        }
        scores
    })
    .collect()
}

fn numbers(kind: &ColumnKind, cells: &Cells) -> Vec<f64> {
    let place = |text: &str| match kind {
        ColumnKind::Category { levels, .. } => levels.iter().position(|level| level.name == text),
        _ => None,
    };
    (0..cells.len())
        .map(|row| match cells.cell(row) {
            Cell::Real(value) => value,
            Cell::Whole(value) | Cell::Time(value) => value as f64,
            Cell::Flag(value) => f64::from(u8::from(value)),
            Cell::Text(text) => place(&text).unwrap() as f64,
            Cell::Missing => f64::NAN,
        })
        .collect()
}

/// Kolmogorov–Smirnov distance between the rows of all secrets and the requested distribution; for
/// shares of levels and flags the largest difference.
///
/// Rows of an entity are dependent, so a single draw may be off by several per cent. With an
/// effective sample size of about sixty entities, the standard error of a share is at most
/// 0.065·√`between`, below 0.04 for one draw and below 0.009 for twenty. The bound is four of
/// these.
fn marginals_are_met(name: &str, draws: &[(u64, BundleContext, SourceBlock)]) {
    const BOUND: f64 = 0.036;
    let scenario: &Scenario = &draws[0].1.scenario;
    for plan in &scenario.columns {
        let pooled = || {
            let cells = draws
                .iter()
                .map(|(_, _, block)| block.clean.cells(&plan.name));
            cells.flatten()
        };
        let distance = match &plan.kind {
            // Excludes numbers that people round, which are where people put them, and cells that
            // exist only for some levels of another column, about which the file says nothing.
            _ if plan.heaping.is_some() || plan.empty.condition.is_some() => continue,
            ColumnKind::Real(marginal)
            | ColumnKind::Count(marginal)
            | ColumnKind::Fraction(marginal) => {
                let values = pooled().flat_map(|cells| numbers(&plan.kind, cells));
                let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
                values.sort_by(f64::total_cmp);
                distance(marginal, plan.ends, &values)
            }
            ColumnKind::Flag { share, .. } => {
                let values = pooled().flat_map(|cells| numbers(&plan.kind, cells));
                let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
                (values.iter().sum::<f64>() / values.len() as f64 - share).abs()
            }
            ColumnKind::Category { levels, .. } => {
                let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
                let mut of = 0.0;
                let values = pooled().flat_map(|cells| numbers(&plan.kind, cells));
                for value in values.filter(|value| value.is_finite()) {
                    *counts.entry(value as usize).or_default() += 1.0;
                    of += 1.0;
                }
                let off = |(at, level): (usize, &drumlin::scenario::CategoryLevel)| {
                    (counts.get(&at).unwrap_or(&0.0) / of - level.share).abs()
                };
                levels.iter().enumerate().map(off).fold(0.0, f64::max)
            }
            _ => continue,
        };
        assert!(
            distance < BOUND,
            "{name}: {} is off by {distance}",
            plan.name
        );
    }
}

/// Largest difference of the two distribution functions, at values that occur.
fn distance(marginal: &Marginal, [zeros, ones]: [f64; 2], sorted: &[f64]) -> f64 {
    let (cap, half_step) = match marginal {
        Marginal::LongTail { cap, digits, .. } => (
            cap.unwrap_or(f64::INFINITY),
            0.5 * 10_f64.powi(-(*digits as i32)),
        ),
        Marginal::Symmetric { digits, .. } | Marginal::Share { digits, .. } => {
            (f64::INFINITY, 0.5 * 10_f64.powi(-(*digits as i32)))
        }
        Marginal::Rate { .. } => (f64::INFINITY, 0.0),
    };
    let n = sorted.len() as f64;
    let mut worst: f64 = 0.0;
    let mut at = 0;
    while at < sorted.len() && sorted[at] < cap {
        let value = sorted[at];
        at += sorted[at..].partition_point(|other| *other <= value);
        // Exact zeros are below everything, exact ones above.
        let inner = 1.0 - zeros - ones;
        let below = zeros + inner * asked(marginal, value + half_step);
        let all = if ones > 0.0 && value >= 1.0 {
            1.0
        } else {
            below
        };
        worst = worst.max((at as f64 / n - all).abs());
    }
    worst
}

/// The requested distribution function, implemented from its description.
fn asked(marginal: &Marginal, x: f64) -> f64 {
    let z95 = normal_quantile(0.95);
    match marginal {
        Marginal::LongTail {
            median, p95, tail, ..
        } => {
            let (x, far) = (x.max(1e-12) / median, (p95 / median).ln());
            match tail {
                Tail::Usual => normal_cdf(x.ln() * z95 / far),
                // Half is left at the median, a twentieth at the 95th percentile.
                Tail::Short => {
                    let shape = (20_f64.ln() / 2_f64.ln()).ln() / far;
                    1.0 - 0.5_f64.powf(x.powf(shape))
                }
                // Odds of 1 at the median, of 19 at the 95th percentile.
                Tail::Heavy => {
                    let odds = x.powf(19_f64.ln() / far);
                    odds / (1.0 + odds)
                }
            }
        }
        Marginal::Symmetric { low, high, .. } => {
            normal_cdf((2.0 * x - low - high) * z95 / (high - low))
        }
        Marginal::Share { median, p95, .. } => {
            let logit = |p: f64| (p / (1.0 - p)).ln();
            let x = x.clamp(1e-9, 1.0 - 1e-9);
            normal_cdf((logit(x) - logit(*median)) * z95 / (logit(*p95) - logit(*median)))
        }
        Marginal::Rate { rate } => {
            let (mut term, mut sum) = ((-rate).exp(), 0.0);
            for k in 0..=x as u64 {
                sum += term;
                term *= rate / (k + 1) as f64;
            }
            sum
        }
    }
}

/// Gradients predict the outcome better than the types or any split do, averaged over worlds.
fn outcome_follows_gradients(name: &str, draws: &[(u64, BundleContext, SourceBlock)]) {
    let scenario = &draws[0].1.scenario;
    let Some(plan) = scenario.columns.iter().find(|plan| plan.is_outcome()) else {
        return;
    };
    let (mut by_gradients, mut by_groups) = (0.0, 0.0);
    for (seed, _, block) in draws {
        let outcome = numbers(&plan.kind, block.clean.cells(&plan.name).unwrap());
        let stream = Secret::demo(*seed).stream().fork("outcome");
        let found = |axes: &[Vec<f64>]| {
            let share = recover_factor_by_axes(&outcome, axes, &stream).0.value;
            share.unwrap_or(0.0)
        };
        let latents = &block.latents;
        let mut gradients = latents.factors.clone();
        gradients.extend(latents.factors.iter().map(|x| product(x, x)));
        let count = latents.members.len() as u32;
        let types = (0..count).map(|k| {
            let sampled = latents.sampled.iter();
            sampled.map(|s| f64::from(u8::from(*s == k))).collect()
        });
        let types: Vec<Vec<f64>> = types.collect();
        let sides = latents.sides.iter().map(|sides| {
            let sides: Vec<f64> = sides.iter().map(|side| f64::from(*side)).collect();
            found(&[sides])
        });
        by_gradients += found(&gradients);
        by_groups += sides.fold(found(&types), f64::max);
    }
    assert!(
        by_gradients > 1.5 * by_groups,
        "{name}: gradients tell {by_gradients}, groups {by_groups} of {}",
        draws.len()
    );
}
