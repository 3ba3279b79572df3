//! Numbers by the levels of a category.

use rayon::prelude::*;

use crate::measure::kolmogorov_smirnov;
use crate::text::{number, thousands};

use super::facts::{Facts, Levels, Number};
use super::hit::{Check, Hit};

/// Distance of a level's distribution from the rest, 0 to 1. A plan or region that people choose
/// for a reason shifts a column by half a standard deviation, which is 0.2; another unit gives
/// nearly 1.
const DISTANCE: f64 = 0.45;
/// The same for a flag: flags are mostly outcomes, caused by the columns.
const OUTCOME: f64 = 0.75;
/// Minimum number of rows of a level.
const FEWEST: usize = 50;
/// p-value: small levels have large distances by chance.
const CHANCE: f64 = 1e-6;
/// Share of a column's variance (of ranks) that a category must explain.
const TELLS: f64 = 0.3;
/// Minimum share of the numeric columns that it explains, and minimum number of them.
const OF_COLUMNS: f64 = 0.3;
const COLUMNS: usize = 3;

/// A different distribution at one level of a category: another unit, definition or sensor. One hit
/// per column and category, at the level that differs most.
pub(super) fn shift(facts: &Facts<'_>) -> Vec<Hit> {
    let measured: Vec<&Number<'_>> = facts.numbers.iter().filter(|c| c.measured()).collect();
    measured
        .par_iter()
        .flat_map_iter(|column| {
            let categories = facts.categories.iter();
            categories.filter_map(|category| shifted(facts, column, category))
        })
        .collect()
}

fn shifted(facts: &Facts<'_>, column: &Number<'_>, category: &Levels<'_>) -> Option<Hit> {
    // Sorted, so that every subset is sorted and the test need not sort.
    let values: Vec<(f64, usize)> = column
        .order
        .iter()
        .filter(|row| facts.sampled[**row])
        .filter_map(|row| Some((column.values[*row], category.codes[*row]? as usize)))
        .collect();
    let limit = if category.outcome { OUTCOME } else { DISTANCE };
    let mut best: Option<(usize, f64, [f64; 2])> = None;
    for level in 0..category.names.len() {
        let (inside, rest): (Vec<_>, Vec<_>) = values.iter().partition(|(_, code)| *code == level);
        // Of two levels that differ from each other, the smaller one is the exception.
        if inside.len() < FEWEST || inside.len() > rest.len() {
            continue;
        }
        let [inside, rest] = [inside, rest].map(|side: Vec<&(f64, usize)>| {
            side.into_iter()
                .map(|(value, _)| *value)
                .collect::<Vec<f64>>()
        });
        let Some(test) = kolmogorov_smirnov(&inside, &rest) else {
            continue;
        };
        let found = test.statistic >= limit && test.p_value <= CHANCE;
        if found && best.is_none_or(|(_, most, _)| test.statistic > most) {
            let middles = [inside[inside.len() / 2], rest[rest.len() / 2]];
            best = Some((level, test.statistic, middles));
        }
    }
    let (level, distance, [here, elsewhere]) = best?;
    let name = &category.names[level];
    let says = format!(
        "where `{}` is “{name}”, `{}` has its median at {}, elsewhere at {}",
        category.name,
        column.name,
        number(here),
        number(elsewhere),
    );
    let columns = [column.name, category.name];
    let hit = Hit::on_column(Check::LevelShift, &columns, distance / limit, says);
    let rows = (0..facts.rows).filter(|row| category.codes[*row] == Some(level as u32));
    Some(hit.at(&**name).of_rows(rows.collect(), facts.rows))
}

/// A category that predicts most numeric columns: a segment computed from them.
pub(super) fn tells_all(facts: &Facts<'_>) -> Vec<Hit> {
    let mut candidates: Vec<(&str, Vec<Vec<usize>>)> = Vec::new();
    for category in &facts.categories {
        candidates.push((category.name, category.members(&facts.sample)));
    }
    // A code may be written as a number.
    for column in facts
        .numbers
        .iter()
        .filter(|c| !c.measured() && c.runs.len() > 1)
    {
        let levels = column.runs.iter().map(|(value, _)| {
            let rows = facts.sample.iter().copied();
            rows.filter(|row| column.values[*row].total_cmp(value).is_eq())
                .collect()
        });
        candidates.push((column.name, levels.collect()));
    }
    candidates
        .iter()
        .filter_map(|(name, levels)| {
            let columns = facts.numbers.iter().filter(|c| c.measured() && c.name != *name);
            let told: Vec<Option<f64>> = columns.map(|column| told(column, levels)).collect();
            let much: Vec<f64> = told.iter().flatten().copied().filter(|t| *t >= TELLS).collect();
            let least = (OF_COLUMNS * told.len() as f64).max(COLUMNS as f64);
            (much.len() as f64 >= least).then(|| {
                let says = format!(
                    "`{name}` explains {} of {} numeric columns, each to {} % of its variance or more: \
                     it may have been computed from them",
                    thousands(much.len()),
                    thousands(told.len()),
                    (100.0 * TELLS).round(),
                );
                Hit::on_column(Check::TellsAll, &[name], much.len() as f64 / least, says)
            })
        })
        .collect()
}

/// Share of the variance of a column's ranks between the levels.
fn told(column: &Number<'_>, levels: &[Vec<usize>]) -> Option<f64> {
    let (mut n, mut sum, mut squares, mut between) = (0.0, 0.0, 0.0, 0.0);
    for rows in levels {
        let (mut own, mut part) = (0.0, 0.0);
        for rank in rows
            .iter()
            .map(|row| column.ranks[*row])
            .filter(|rank| !rank.is_nan())
        {
            own += 1.0;
            part += rank;
            squares += rank * rank;
        }
        if own > 0.0 {
            between += part * part / own;
        }
        n += own;
        sum += part;
    }
    let total = squares - sum * sum / n;
    (n >= FEWEST as f64 && total > 1e-9).then(|| (between - sum * sum / n) / total)
}
