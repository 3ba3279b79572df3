//! Child tables: what happened after each row, driven by what the row really is.

use serde::{Deserialize, Serialize};

use crate::measure::{mean, sd};
use crate::random::Stream;
use crate::scenario::{ChildPlan, ColumnPlan, Condition, Kind};
use crate::table::{Cells, Column, Table, Text};

use super::block::{Block, SourceBlock};
use super::calibrate::{Draw, Scale, UNSCALED};
use super::clock::Clock;
use super::context::BundleContext;
use super::defects::plant;
use super::drivers::{Driven, Made, is_read};
use super::entities::Entities;
use super::ground::Ground;
use super::habits::{emptied, holds};
use super::latent::Latents;
use super::surface::{Recipe, by_score, scores};
use super::world::{Child, Term};

/// Main rows from whose events a child's columns are measured: enough for a million events.
const CALIBRATION_ROWS: usize = 16_384;
/// Bits of an id that count the events of one block.
const EVENT_BITS: u32 = 24;
/// How far the pace of a row bends the times of its events: at one standard deviation, an event
/// that would come halfway comes after a third of the days, or after two thirds.
const PACE: f64 = 0.45;

/// How the predictors of one child table become normal scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChildCalibration {
    /// Of the number of events of a row.
    pub counts: Scale,
    /// Of how soon they come.
    pub pace: Scale,
    /// Of each column.
    pub columns: Vec<Scale>,
    /// Mean and standard deviation of each latent over the events.
    #[serde(default)]
    pub latents: Vec<[f64; 2]>,
}

/// The child tables of a block before defects, in the scenario's order. A pure function of the main
/// table's block before defects: what defects do to that leaves them alone.
pub fn children(context: &BundleContext, number: u64, source: &SourceBlock) -> Vec<SourceBlock> {
    let count = context.scenario.children.len();
    (0..count)
        .map(|at| child(context, at, number, source))
        .collect()
}

/// The rows of block `number` of child table `at` with their defects.
pub fn deliver_child(
    context: &BundleContext,
    at: usize,
    number: u64,
    source: &SourceBlock,
) -> Block {
    plant(
        &Ground::child(context, at, source),
        &context.stream.block(number),
    )
}

fn child(context: &BundleContext, at: usize, number: u64, source: &SourceBlock) -> SourceBlock {
    let plan = &context.scenario.children[at];
    let (child, scales) = (
        &context.world.children[at],
        &context.calibration.children[at],
    );
    let name = format!("child/{}", plan.name);
    let stream = context.stream.block(number).fork(&name);
    let events = events(
        plan,
        child,
        (&scales.counts, &scales.pace),
        &stream,
        &source.latents,
        &context.entities,
        &context.clock,
    );
    let (ids, first) = (&context.child_ids[at], number << EVENT_BITS);
    let mut made = Made::default();
    let mut columns: Vec<Column> = Vec::new();
    let plans = &plan.columns;
    for (column, plan) in plans.iter().enumerate() {
        let cells = match &plan.kind {
            Kind::Identifier { .. } => {
                let numbers = first..first + events.parents.len() as u64;
                Cells::Text(numbers.map(|number| Some(ids.of(number))).collect())
            }
            Kind::Reference { .. } => Cells::Text(parents(context, &events, source.first)),
            Kind::Timestamp => {
                Cells::Time(events.latents.moments.iter().copied().map(Some).collect())
            }
            _ => {
                let recipe = Recipe {
                    plan,
                    terms: &child.terms[column],
                    shifts: &[],
                    dimension: 0,
                    scale: &scales.columns[column],
                    steady: None,
                    driven: Driven {
                        made: &made,
                        luck: context.luck.of(Some(at), column),
                        start: context.clock.start(),
                    },
                };
                let scores = scores(&recipe, &stream, &events.latents, &context.entities);
                let cells = by_score(plan, &scores, &mut rounds(plan, &stream));
                made.keep(column, plans, scores);
                cells
            }
        };
        let earlier = |at: usize| columns.get(at).map(|column| &column.cells);
        let fits = |condition: &Condition| holds(condition, earlier, &events.latents.moments);
        columns.push(Column {
            cells: emptied(plan, cells, &stream, fits),
            name: plan.name.clone(),
        });
    }
    // Names were checked with the scenario, and every column has one cell per event.
    let surface = Table::new(columns).unwrap_or_default();
    SourceBlock {
        first,
        latents: events.latents,
        surface,
    }
}

/// Whether a person rounds the number of a row.
fn rounds(plan: &ColumnPlan, stream: &Stream) -> impl FnMut() -> bool + use<> {
    let share = plan.heaping.map_or(0.0, |heaping| heaping.share);
    let mut draws = stream
        .fork(&format!("observe/{}/heaped", plan.name))
        .draws();
    move || draws.chance(share)
}

/// The id of each event's main row.
fn parents(context: &BundleContext, events: &Events, first: u64) -> Vec<Option<Text>> {
    let mut last: Option<(usize, Text)> = None;
    let mut ids = Vec::with_capacity(events.parents.len());
    for parent in &events.parents {
        // Events of one row stand together: its id is written once.
        let known = last.take().filter(|(row, _)| row == parent);
        let (_, id) = last
            .insert(known.unwrap_or_else(|| (*parent, context.row_ids.of(first + *parent as u64))));
        ids.push(Some(id.clone()));
    }
    ids
}

/// What happened after the rows of a block, in the order of the rows and then of time.
struct Events {
    /// The main row of each, counted in the block.
    parents: Vec<usize>,
    /// Moment and latents of each.
    latents: Latents,
}

fn events(
    plan: &ChildPlan,
    child: &Child,
    (counts, pace): (&Scale, &Scale),
    stream: &Stream,
    latents: &Latents,
    entities: &Entities,
    clock: &Clock,
) -> Events {
    let recipe = hidden(&plan.counts, &child.counts, counts);
    let many = by_score(
        &plan.counts,
        &scores(&recipe, stream, latents, entities),
        &mut || false,
    );
    let many = many.numbers().unwrap_or_default();
    let paces = scores(
        &hidden(&plan.pace, &child.pace, pace),
        stream,
        latents,
        entities,
    );
    let mut draws = stream.fork("moments").draws();
    let (mut parents, mut moments) = (Vec::new(), Vec::new());
    for (row, count) in many.into_iter().enumerate() {
        let first = moments.len();
        let bend = libm::exp(PACE * paces[row]);
        for _ in 0..count.unwrap_or(0.0) as usize {
            let lag = plan.days * libm::pow(draws.uniform(), bend);
            moments.push(clock.later(latents.moments[row], lag));
            parents.push(row);
        }
        moments[first..].sort_unstable();
    }
    Events {
        latents: latents.of_events(&parents, moments),
        parents,
    }
}

/// What makes a number of each row that no column shows: nothing drives it.
fn hidden<'a>(plan: &'a ColumnPlan, terms: &'a [Term], scale: &'a Scale) -> Recipe<'a> {
    Recipe {
        plan,
        terms,
        shifts: &[],
        dimension: 0,
        scale,
        steady: None,
        driven: Driven {
            made: Made::NOTHING,
            luck: &[],
            start: 0,
        },
    }
}

impl ChildCalibration {
    /// Measure child table `at` of a world on the calibration draw.
    pub(super) fn measure(draw: &Draw<'_>, at: usize) -> Self {
        let Draw {
            latents, entities, ..
        } = draw;
        let (plan, child) = (&draw.scenario.children[at], &draw.world.children[at]);
        let stream = draw.stream.fork(&format!("child/{}", plan.name));
        let of = |recipe: &Recipe<'_>| Scale::measure(recipe, &stream, latents, entities);
        let counts = of(&hidden(&plan.counts, &child.counts, &UNSCALED));
        let pace = of(&hidden(&plan.pace, &child.pace, &UNSCALED));
        let rows: Vec<usize> = (0..latents.rows())
            .step_by((latents.rows() / CALIBRATION_ROWS).max(1))
            .collect();
        let moments = rows.iter().map(|row| latents.moments[*row]).collect();
        let some = latents.of_events(&rows, moments);
        let events = events(
            plan,
            child,
            (&counts, &pace),
            &stream,
            &some,
            entities,
            &draw.clock,
        );
        let mut made = Made::default();
        let mut columns = Vec::new();
        for (column, own) in plan.columns.iter().enumerate() {
            let of = |scale| Recipe {
                plan: own,
                terms: &child.terms[column],
                shifts: &[],
                dimension: 0,
                scale,
                steady: None,
                driven: Driven {
                    made: &made,
                    luck: draw.luck.of(Some(at), column),
                    start: draw.clock.start(),
                },
            };
            let scale = Scale::measure(&of(&UNSCALED), &stream, &events.latents, entities);
            if is_read(&plan.columns, column) {
                let scores = scores(&of(&scale), &stream, &events.latents, entities);
                made.keep(column, &plan.columns, scores);
            }
            columns.push(scale);
        }
        let spread = |values: &Vec<f64>| {
            let sd = sd(values).filter(|sd| *sd > 0.0);
            [mean(values).unwrap_or(0.0), sd.unwrap_or(1.0)]
        };
        Self {
            latents: events.latents.factors.iter().map(spread).collect(),
            columns,
            counts,
            pace,
        }
    }
}
