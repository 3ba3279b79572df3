//! Child tables: the events after each row, driven by the row's latents.

use crate::random::Stream;
use crate::scenario::{ColumnKind, ColumnPlan, Condition};
use crate::table::{Cells, Column, Table, Text};

use super::block::{Block, SourceBlock};
use super::child_events::{ChildEvents, events};
use super::columns::cells::by_score;
use super::columns::dependence::{apply_missingness, condition_mask};
use super::columns::effects::{EarlierColumns, EffectInputs};
use super::columns::predictor::{Predictor, scores};
use super::context::BundleContext;
use super::defects::edit::plant;
use super::defects::target::DefectTarget;

/// Bits of an id that count the events of one block.
const EVENT_BITS: u32 = 24;
/// The clean child tables of a block, in the scenario's order. A pure function of the clean block of
/// the main table: defects there do not affect them.
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
        &DefectTarget::child(context, at, source),
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
    let mut earlier = EarlierColumns::default();
    let mut columns: Vec<Column> = Vec::new();
    let plans = &plan.columns;
    for (column, plan) in plans.iter().enumerate() {
        let cells = match &plan.kind {
            ColumnKind::Identifier { .. } => {
                let numbers = first..first + events.parents.len() as u64;
                Cells::Text(numbers.map(|number| Some(ids.of(number))).collect())
            }
            ColumnKind::Reference { .. } => Cells::Text(parents(context, &events, source.first)),
            ColumnKind::Timestamp => {
                Cells::Time(events.latents.moments.iter().copied().map(Some).collect())
            }
            _ => {
                let predictor = Predictor {
                    plan,
                    terms: &child.terms[column],
                    shifts: &[],
                    dimension: 0,
                    scale: &scales.columns[column],
                    steady: None,
                    inputs: EffectInputs {
                        earlier: &earlier,
                        random_effects: context.random_effects.of(Some(at), column),
                        start: context.clock.start(),
                    },
                };
                let scores = scores(&predictor, &stream, &events.latents, &context.entities);
                let cells = by_score(plan, &scores, &mut rounds(plan, &stream));
                earlier.keep(column, plans, scores);
                cells
            }
        };
        let earlier = |at: usize| columns.get(at).map(|column| &column.cells);
        let fits =
            |condition: &Condition| condition_mask(condition, earlier, &events.latents.moments);
        columns.push(Column {
            cells: apply_missingness(plan, cells, &stream, fits),
            name: plan.name.clone(),
        });
    }
    // Names were checked with the scenario, and every column has one cell per event.
    let clean = Table::new(columns).unwrap_or_default();
    SourceBlock {
        first,
        latents: events.latents,
        clean,
    }
}

fn rounds(plan: &ColumnPlan, stream: &Stream) -> impl FnMut() -> bool + use<> {
    let share = plan.heaping.map_or(0.0, |heaping| heaping.share);
    let mut draws = stream
        .fork(&format!("observe/{}/heaped", plan.name))
        .draws();
    move || draws.chance(share)
}

/// The id of each event's main row.
fn parents(context: &BundleContext, events: &ChildEvents, first: u64) -> Vec<Option<Text>> {
    let mut last: Option<(usize, Text)> = None;
    let mut ids = Vec::with_capacity(events.parents.len());
    for parent in &events.parents {
        // Events of one row are neighbours, so its id is formatted once.
        let known = last.take().filter(|(row, _)| row == parent);
        let (_, id) = last
            .insert(known.unwrap_or_else(|| (*parent, context.row_ids.of(first + *parent as u64))));
        ids.push(Some(id.clone()));
    }
    ids
}
