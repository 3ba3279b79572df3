//! Checks that every defect of a pool can be found, either by a check on the delivered table or
//! because the brief states it.

use std::sync::Arc;

use rayon::prelude::*;

use crate::checks::{self, Hit};
use crate::generate::{FrozenWorld, Instance, World, children, deliver, deliver_child, source};
use crate::progress::{Interrupted, Progress};
use crate::random::{Secret, Stream};
use crate::scenario::{DefectOperation, Scenario, record_of};

/// Number of rows that the checks use.
const PILOT_ROWS: u64 = 5_000;
/// Number of worlds in which each defect is planted.
const WORLDS: u64 = 3;

/// A defect of the pool that may be planted in a way that nothing reveals.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfair {
    /// Line of the file, from 1.
    pub line: usize,
    /// Its kind, as in the file.
    pub kind: &'static str,
    /// The columns, level and value of an instance that no check finds.
    pub instance: String,
    /// What would make it detectable.
    pub how_to_strengthen: &'static str,
}

/// Plant each defect of the pool alone, in a few worlds, and run the checks on the table (main or
/// child) before and after. A defect is fair when most of its instances raise new hits, or when the
/// brief states it (`brief_note`).
pub(super) fn fairness(
    scenario: &Scenario,
    progress: &dyn Progress,
) -> Result<Vec<Unfair>, Interrupted> {
    progress.stage(
        "planting every defect",
        WORLDS * scenario.defects.len() as u64,
    );
    let mut unseen: Vec<Vec<Instance>> = vec![Vec::new(); scenario.defects.len()];
    let plain = Arc::new(scenario.clone());
    for seed in 0..WORLDS {
        let secret = Secret::demo(seed).stream();
        let frozen = FrozenWorld::draw(plain.clone(), &secret);
        let context = frozen.bundle(secret.fork("pilot"), PILOT_ROWS);
        let before = source(&context, 0);
        let events = children(&context, 0, &before);
        let usual = checks::run(&before.clean);
        let usual_events: Vec<Vec<Hit>> = events
            .iter()
            .enumerate()
            .map(|(at, child)| {
                let asked = scenario.defects.iter().any(|plan| plan.table == Some(at));
                if asked {
                    checks::run(&child.clean)
                } else {
                    Vec::new()
                }
            })
            .collect();
        let planted: Vec<(usize, Instance, bool)> = (0..scenario.defects.len())
            .into_par_iter()
            .flat_map_iter(|entry| {
                let drawn = only(scenario, entry, &secret);
                let child = scenario.defects[entry].table;
                let block = drawn.clone().map(|instance| {
                    let alone = context.with_instances(vec![instance]);
                    match child {
                        Some(at) => deliver_child(&alone, at, 0, &events[at]),
                        None => deliver(&alone, 0, &before),
                    }
                });
                let usual = child.map_or(&usual, |at| &usual_events[at]);
                drawn.zip(block).map(|(instance, block)| {
                    let hits = checks::run(&block.table);
                    let seen = scenario.defects[entry].brief_note.is_some()
                        || reveals(hits, usual, &places(scenario, &instance));
                    (entry, instance, seen)
                })
            })
            .collect();
        for (entry, instance, seen) in planted {
            if !seen {
                unseen[entry].push(instance);
            }
            progress.advance(1)?;
        }
    }
    let most = (WORLDS / 2) as usize;
    Ok(unseen
        .into_iter()
        .enumerate()
        .filter(|(_, instances)| instances.len() > most)
        .filter_map(|(entry, instances)| {
            let instance = instances.into_iter().next()?;
            let record = record_of(instance.kind);
            Some(Unfair {
                line: scenario.defects[entry].line,
                kind: record.word,
                how_to_strengthen: record.operation.how_to_strengthen(),
                instance: described(&instance),
            })
        })
        .collect())
}

/// Whether a check raises something new at the instance, or something at least half as strong again
/// as before. Hits elsewhere, and those raised anyway, lead nobody to it.
fn reveals(hits: Vec<Hit>, usual: &[Hit], places: &[&str]) -> bool {
    const MORE: f64 = 1.5;
    let near: Vec<Hit> = hits
        .into_iter()
        .filter(|hit| {
            places.is_empty()
                || hit.columns.is_empty()
                || hit
                    .columns
                    .iter()
                    .any(|name| places.contains(&name.as_str()))
        })
        .collect();
    let stronger = |hit: &Hit| {
        let before = usual.iter().filter(|other| hit.same_place(other));
        let before = before.map(|other| other.strength).fold(0.0, f64::max);
        before > 0.0 && hit.strength > MORE * before
    };
    !checks::raised(&near, usual).is_empty() || near.iter().any(stronger)
}

/// Where an instance can be seen: the columns that it touches, the column of its source, and the
/// kinds of column that reveal its kind. None when it adds or removes rows, or names no column:
/// then it may be seen anywhere.
fn places<'a>(scenario: &'a Scenario, instance: &'a Instance) -> Vec<&'a str> {
    let effect = record_of(instance.kind).operation;
    if effect.adds_rows() || effect == DefectOperation::Remove {
        return Vec::new();
    }
    let shown_in = record_of(instance.kind).shown_in;
    let source = instance.source.iter().map(|source| source.column.as_str());
    let children = scenario.children.iter();
    let child = children
        .filter(|child| instance.table.as_ref() == Some(&child.name))
        .map(|child| &child.columns)
        .next();
    let showing = child.unwrap_or(&scenario.columns).iter();
    let showing = showing.filter(|plan| shown_in.contains(&plan.kind.word()));
    let showing = showing.map(|plan| plan.name.as_str());
    let touched = instance.columns.iter().map(String::as_str);
    touched.chain(source).chain(showing).collect()
}

/// The instance that a world would draw if the pool contained this entry only.
fn only(scenario: &Scenario, entry: usize, secret: &Stream) -> Option<Instance> {
    let mut alone = scenario.clone();
    let mut plan = scenario.defects[entry].clone();
    plan.decoy = true;
    alone.defects = vec![plan];
    alone.draw.defects = [1, 1];
    let world = World::draw(&alone, &secret.fork("world"));
    world.instances.into_iter().next()
}

fn described(instance: &Instance) -> String {
    let table = instance.table.iter();
    let mut parts: Vec<String> = table.map(|table| format!("table {table}")).collect();
    if !instance.columns.is_empty() {
        parts.push(instance.columns.join(", "));
    }
    if let Some(source) = &instance.source {
        parts.push(format!("{} “{}”", source.column, source.level));
    }
    if let Some(value) = instance.value {
        parts.push(format!("value {value}"));
    }
    parts.push(format!("rate {:.2}", instance.rate));
    parts.join("; ")
}
