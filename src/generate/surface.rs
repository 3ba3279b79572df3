//! The surface: observed columns, before defects.

use std::sync::Arc;

use crate::random::{Stream, normal_cdf, normal_quantile};
use crate::scenario::{Driver, Kind, Level, Marginal, Scenario};
use crate::table::{Cells, Column, Table, Text};

use super::calibrate::Scale;
use super::entities::Entities;
use super::latent::Latents;
use super::setup::Setup;
use super::text::Writer;
use super::world::World;

/// Normal score of the 95th percentile.
const SCORE_P95: f64 = 1.644_853_626_951_472_2;

/// Standard deviation of an embedding's numbers.
const EMBEDDING_SD: f64 = 0.35;

/// The columns of the rows that `latents` describe; `first` is the source position of the first.
pub(super) fn observe(setup: &Setup, stream: &Stream, latents: &Latents, first: u64) -> Table {
    let mut columns: Vec<Column> = Vec::new();
    // A derived column reads earlier ones by their place in the scenario.
    let mut places = Vec::new();
    for at in 0..setup.scenario.columns.len() {
        places.push(columns.len());
        let plan = &setup.scenario.columns[at];
        if let Kind::Embedding { width, digits } = plan.kind {
            for dimension in 0..width {
                let scores = scores(setup, stream, latents, at, dimension);
                let values = scores
                    .iter()
                    .map(|t| Some(rounded(EMBEDDING_SD * t, digits)));
                columns.push(Column {
                    name: format!("{}_{dimension}", plan.name),
                    cells: Cells::Real(values.collect()),
                });
            }
            continue;
        }
        let cells = match &plan.kind {
            Kind::Derived { of, digits } => derived(of, *digits, &columns, &places),
            kind => cells(setup, stream, latents, first, at, kind),
        };
        columns.push(Column {
            name: plan.name.clone(),
            cells,
        });
    }
    // Names were checked with the scenario, and every column has one cell per row.
    Table::new(columns).unwrap_or_default()
}

fn cells(
    setup: &Setup,
    stream: &Stream,
    latents: &Latents,
    first: u64,
    at: usize,
    kind: &Kind,
) -> Cells {
    let rows = latents.rows();
    match kind {
        Kind::Identifier { .. } => {
            let ids = (0..rows as u64).map(|row| Some(setup.row_id(first + row)));
            Cells::Text(ids.collect())
        }
        Kind::Reference { .. } => {
            let ids = latents
                .entities
                .iter()
                .map(|entity| Some(setup.entity_id(*entity)));
            Cells::Text(ids.collect())
        }
        Kind::Timestamp => Cells::Time(latents.moments.iter().copied().map(Some).collect()),
        Kind::Text => {
            let writer = Writer::new(&setup.scenario, &setup.world);
            let name = &setup.scenario.columns[at].name;
            writer.write(
                &mut stream.fork(&format!("observe/{name}")).draws(),
                latents,
            )
        }
        Kind::Category { levels, per_entity } => {
            let names: Vec<Text> = levels
                .iter()
                .map(|level| Arc::from(level.name.as_str()))
                .collect();
            let codes: Vec<usize> = if *per_entity {
                let level =
                    |entity: &usize| setup.entities.level(at, *entity).unwrap_or(0) as usize;
                latents.entities.iter().map(level).collect()
            } else {
                let scores = scores(setup, stream, latents, at, 0);
                let cuts = cuts(levels);
                let code = |t: &f64| cuts.partition_point(|cut| cut <= t).min(levels.len() - 1);
                scores.iter().map(code).collect()
            };
            Cells::Text(
                codes
                    .into_iter()
                    .map(|code| Some(names[code].clone()))
                    .collect(),
            )
        }
        Kind::Flag { share } => {
            let cut = normal_quantile(1.0 - share);
            let scores = scores(setup, stream, latents, at, 0);
            Cells::Flag(scores.iter().map(|t| Some(*t > cut)).collect())
        }
        Kind::Real(marginal) | Kind::Count(marginal) | Kind::Fraction(marginal) => {
            let scores = scores(setup, stream, latents, at, 0);
            quantiles(marginal, &scores)
        }
        Kind::Derived { .. } | Kind::Embedding { .. } => Cells::Real(vec![None; rows]),
    }
}

fn scores(
    setup: &Setup,
    stream: &Stream,
    latents: &Latents,
    at: usize,
    dimension: usize,
) -> Vec<f64> {
    let scale = &setup.calibration.scales[at][dimension];
    let mut values = predictors(
        &setup.scenario,
        &setup.world,
        scale,
        latents,
        &setup.entities,
        stream,
        at,
        dimension,
    );
    for value in &mut values {
        *value = scale.score(*value);
    }
    values
}

/// The noisy predictor of one column: structures' share of the variance, noise, then shifts.
#[expect(
    clippy::too_many_arguments,
    reason = "each is one stage's result; a struct would only rename them"
)]
pub(super) fn predictors(
    scenario: &Scenario,
    world: &World,
    scale: &Scale,
    latents: &Latents,
    entities: &Entities,
    stream: &Stream,
    column: usize,
    dimension: usize,
) -> Vec<f64> {
    let plan = &scenario.columns[column];
    let terms = &world.terms[column][dimension];
    let mut values = vec![0.0; latents.rows()];
    for term in terms {
        latents.add(&term.feature, term.weight, &mut values);
    }
    let signal = if terms.is_empty() { 0.0 } else { plan.signal };
    let (meant, noisy) = (libm::sqrt(signal) / scale.sd, libm::sqrt(1.0 - signal));
    let mut draws = stream
        .fork(&format!("observe/{}/{dimension}", plan.name))
        .draws();
    for value in &mut values {
        *value = meant * (*value - scale.mean) + noisy * draws.normal();
    }
    for term in &world.shifts[column] {
        latents.add(&term.feature, term.weight, &mut values);
    }
    for driver in &plan.drivers {
        match driver {
            Driver::Time { weight } => {
                for (value, age) in values.iter_mut().zip(&latents.ages) {
                    *value += weight * (age - 0.5);
                }
            }
            Driver::Level { column, shifts } => {
                for (value, entity) in values.iter_mut().zip(&latents.entities) {
                    let level = entities.level(*column, *entity).unwrap_or(0) as usize;
                    *value += shifts[level];
                }
            }
        }
    }
    values
}

/// From normal scores to a marginal.
fn quantiles(marginal: &Marginal, scores: &[f64]) -> Cells {
    match marginal {
        Marginal::LongTail {
            median,
            p95,
            digits,
            cap,
        } => {
            let sigma = libm::log(p95 / median) / SCORE_P95;
            let cap = cap.unwrap_or(f64::INFINITY);
            let values = scores
                .iter()
                .map(|t| (median * libm::exp(sigma * t)).min(cap));
            stored(values, *digits)
        }
        Marginal::Rate { rate } => {
            let below = poisson_table(*rate);
            let count = |t: &f64| {
                let u = normal_cdf(*t);
                Some(below.partition_point(|share| *share <= u) as i64)
            };
            Cells::Whole(scores.iter().map(count).collect())
        }
        Marginal::Share {
            median,
            p95,
            digits,
        } => {
            let logit = |p: f64| libm::log(p / (1.0 - p));
            let (centre, far) = (logit(*median), logit(*p95));
            let sigma = (far - centre) / SCORE_P95;
            let values = scores
                .iter()
                .map(|t| 1.0 / (1.0 + libm::exp(-(centre + sigma * t))));
            stored(values, *digits)
        }
    }
}

/// Distribution function of a Poisson variable at 0, 1, 2, …, until nothing is left.
fn poisson_table(rate: f64) -> Vec<f64> {
    let mut term = libm::exp(-rate);
    let mut sum = term;
    let mut below = vec![sum];
    let mut k = 1.0;
    while sum < 1.0 - 1e-12 && k < 10_000.0 {
        term *= rate / k;
        sum += term;
        below.push(sum);
        k += 1.0;
    }
    below
}

fn cuts(levels: &[Level]) -> Vec<f64> {
    let mut sum = 0.0;
    levels[..levels.len() - 1]
        .iter()
        .map(|level| {
            sum += level.share;
            normal_quantile(sum.clamp(0.0, 1.0))
        })
        .collect()
}

fn derived(of: &[(usize, f64)], digits: u32, columns: &[Column], places: &[usize]) -> Cells {
    let rows = columns.first().map_or(0, |column| column.cells.len());
    let mut sums = vec![0.0; rows];
    for (source, weight) in of {
        let numbers = columns[places[*source]].cells.numbers().unwrap_or_default();
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += weight * number.unwrap_or(0.0);
        }
    }
    stored(sums.into_iter(), digits)
}

/// Without digits behind the point, numbers are whole.
fn stored(values: impl Iterator<Item = f64>, digits: u32) -> Cells {
    if digits == 0 {
        Cells::Whole(values.map(|value| Some(value.round() as i64)).collect())
    } else {
        Cells::Real(values.map(|value| Some(rounded(value, digits))).collect())
    }
}

/// Rounded to `digits` digits behind the point.
pub(super) fn rounded(value: f64, digits: u32) -> f64 {
    let scale = 10_f64.powi(digits.min(12) as i32);
    let rounded = (value * scale).round() / scale;
    // Never "-0.0": it would be another text for the same number.
    if rounded == 0.0 { 0.0 } else { rounded }
}
