//! The clean table: the observed columns of a block, before defects.

use crate::random::Stream;
use crate::scenario::{BusinessHours, ColumnKind, ColumnPlan, Condition, TimePlan};
use crate::table::{Cells, Column, Table, Text};

use super::columns::cells::{by_score, named};
use super::columns::dependence::{
    apply_missingness, condition_mask, follow_column, next_business_time,
};
use super::columns::effects::{EarlierColumns, EffectInputs};
use super::columns::marginals::quantiles;
use super::columns::predictor::{Predictor, scores};
use super::columns::rounding::{reals, stored};
use super::columns::text::TextWriter;
use super::context::BundleContext;
use super::latents::draw::Latents;

/// A hundred years in milliseconds: even the far end of a heavy tail is a valid moment.
const LONGEST_LAG: f64 = 100.0 * 365.25 * 8.64e7;

const EMBEDDING_SD: f64 = 0.35;

/// The columns of the rows that `latents` describe; `first` is the source position of the first.
pub(crate) fn observe(
    context: &BundleContext,
    stream: &Stream,
    latents: &Latents,
    first: u64,
) -> Table {
    let mut columns: Vec<Column> = Vec::new();
    // A derived column reads earlier ones by their position in the scenario.
    let mut places = Vec::new();
    let mut earlier = EarlierColumns::default();
    for (at, plan) in context.scenario.columns.iter().enumerate() {
        places.push(columns.len());
        if let ColumnKind::Embedding { width, digits } = plan.kind {
            for dimension in 0..width {
                let predictor = predictor(context, at, dimension, &earlier);
                let scores = scores(&predictor, stream, latents, &context.entities);
                let values = scores.iter().map(|t| Some(EMBEDDING_SD * t));
                columns.push(Column {
                    name: format!("{}_{dimension}", plan.name),
                    cells: reals(values, digits),
                });
            }
            continue;
        }
        let cells = match &plan.kind {
            ColumnKind::Derived { of, over, digits } => {
                derived(of, over, *digits, (&columns, &places), latents.rows())
            }
            // Texts may depend on any other column, so they come last.
            ColumnKind::Text => Cells::Text(Vec::new()),
            _ if !has_scores(plan) => cells(context, latents, first, at),
            kind => {
                let scores = if plan.entity_level.is_some() {
                    follow_column(
                        plan,
                        context.entities.held(at, &latents.entities, &latents.ages),
                        &earlier,
                    )
                } else {
                    let predictor = predictor(context, at, 0, &earlier);
                    scores(&predictor, stream, latents, &context.entities)
                };
                let cells = match kind {
                    ColumnKind::After {
                        from,
                        lag,
                        unit,
                        business_hours: desk,
                    } => {
                        let lags = quantiles(lag, &scores);
                        let time = &context.scenario.time;
                        after(&columns[places[*from]].cells, &lags, *unit, (*desk, time))
                    }
                    _ => by_score(plan, &scores, &mut rounds(context, stream, latents, plan)),
                };
                earlier.keep(at, &context.scenario.columns, scores);
                cells
            }
        };
        let fits = |condition: &Condition| fits(condition, &columns, &places, latents);
        columns.push(Column {
            cells: apply_missingness(plan, cells, stream, fits),
            name: plan.name.clone(),
        });
    }
    for at in context.scenario.text_columns() {
        let plan = &context.scenario.columns[at];
        let fits = |condition: &Condition| fits(condition, &columns, &places, latents);
        let writer = TextWriter::new(&context.scenario, &context.world, at, &context.stream);
        let texts = writer.write(
            &stream.fork(&format!("observe/{}", plan.name)),
            latents,
            fits,
        );
        columns[places[at]].cells = apply_missingness(plan, texts, stream, fits);
    }
    // Names were checked with the scenario, and every column has one cell per row.
    Table::new(columns).unwrap_or_default()
}

/// The rows in which a condition holds; `places` are the positions of the scenario's columns.
fn fits(
    condition: &Condition,
    columns: &[Column],
    places: &[usize],
    latents: &Latents,
) -> Option<Vec<bool>> {
    let cells = |at: usize| Some(&columns.get(*places.get(at)?)?.cells);
    condition_mask(condition, cells, &latents.moments)
}

/// Whether a column's cells come from a normal score per row.
fn has_scores(plan: &ColumnPlan) -> bool {
    match plan.kind {
        ColumnKind::Category { per_entity, .. } => !per_entity,
        ColumnKind::After { .. } => true,
        _ => plan.kind.takes_structures(),
    }
}

/// Whether a person rounds the number of a row: drawn per row, or once per entity for numbers of entities.
fn rounds<'a>(
    context: &BundleContext,
    stream: &Stream,
    latents: &'a Latents,
    plan: &ColumnPlan,
) -> impl FnMut() -> bool + 'a {
    let share = plan.heaping.map_or(0.0, |heaping| heaping.share);
    let name = format!("observe/{}/heaped", plan.name);
    let own = plan.entity_level.is_none();
    let mut draws = if own { stream } else { &context.stream }
        .fork(&name)
        .draws();
    let habits: Vec<bool> = if own || plan.heaping.is_none() {
        Vec::new()
    } else {
        let count = 0..context.scenario.entity.count;
        count.map(|_| draws.chance(share)).collect()
    };
    let mut rows = latents.entities.iter();
    move || match rows.next().filter(|_| !own) {
        Some(entity) => habits.get(*entity).copied().unwrap_or(false),
        None => draws.chance(share),
    }
}

/// The cells of a column that needs no score.
fn cells(context: &BundleContext, latents: &Latents, first: u64, at: usize) -> Cells {
    let plan = &context.scenario.columns[at];
    match &plan.kind {
        ColumnKind::Identifier { .. } => {
            let rows = latents.rows() as u64;
            let ids = (0..rows).map(|row| Some(context.row_ids.of(first + row)));
            Cells::Text(ids.collect())
        }
        ColumnKind::Reference { .. } => {
            // Few entities, many rows: each id is formatted once.
            let mut known: Vec<Option<Text>> = vec![None; context.scenario.entity.count];
            let ids = latents.entities.iter().map(|entity| {
                let id = known[*entity].get_or_insert_with(|| context.entity_id(*entity));
                Some(id.clone())
            });
            Cells::Text(ids.collect())
        }
        ColumnKind::Timestamp => Cells::Time(latents.moments.iter().copied().map(Some).collect()),
        ColumnKind::Category {
            levels,
            per_entity: true,
            ..
        } => {
            let codes = context.entities.levels(at);
            let code = |entity: &usize| codes.map_or(0, |codes| codes[*entity]) as usize;
            named(levels, latents.entities.iter().map(code))
        }
        _ => Cells::Real(vec![None; latents.rows()]),
    }
}

fn predictor<'a>(
    context: &'a BundleContext,
    at: usize,
    dimension: usize,
    earlier: &'a EarlierColumns,
) -> Predictor<'a> {
    Predictor {
        plan: &context.scenario.columns[at],
        terms: &context.world.terms[at][dimension],
        shifts: &context.world.shifts[at],
        dimension,
        scale: &context.calibration.scales[at][dimension],
        steady: context.entities.steady(at),
        inputs: EffectInputs {
            earlier,
            random_effects: context.random_effects.of(None, at),
            start: context.clock.start(),
        },
    }
}

/// A weighted sum of earlier columns, divided by another sum if there is one; missing where a part
/// is missing or the divisor is zero.
fn derived(
    of: &[(usize, f64)],
    over: &[(usize, f64)],
    digits: u32,
    (columns, places): (&[Column], &[usize]),
    rows: usize,
) -> Cells {
    let sum = |weights: &[(usize, f64)]| {
        let mut sums = vec![Some(0.0); rows];
        for (source, weight) in weights {
            let numbers = columns[places[*source]].cells.numbers().unwrap_or_default();
            for (sum, number) in sums.iter_mut().zip(numbers) {
                *sum = sum.zip(number).map(|(sum, number)| sum + weight * number);
            }
        }
        sums
    };
    let mut values = sum(of);
    if !over.is_empty() {
        for (value, below) in values.iter_mut().zip(sum(over)) {
            let below = below.filter(|below| below.abs() > 0.0);
            *value = value.zip(below).map(|(value, below)| value / below);
        }
    }
    stored(values.into_iter(), digits)
}

/// Moments a lag after those of an earlier column, moved to business hours.
fn after(from: &Cells, lags: &Cells, unit: f64, (desk, time): (BusinessHours, &TimePlan)) -> Cells {
    let lags = lags.numbers().unwrap_or_default();
    let Cells::Time(moments) = from else {
        return Cells::Time(vec![None; lags.len()]);
    };
    let later = moments.iter().zip(lags).map(|(moment, lag)| {
        let lag = (lag? * unit).min(LONGEST_LAG).round() as i64;
        next_business_time(desk, (*moment)?.saturating_add(lag), time)
    });
    Cells::Time(later.collect())
}
