//! Two modes where one is expected: in a column, or in the ratio of two.

use rayon::prelude::*;

use crate::text::{number, percent};

use super::density::{Valley, valley};
use super::facts::{Facts, Number};
use super::hit::{Check, Hit};

/// Density in the valley relative to the lower peak. In sixteen tables of 5,000 rows, all 24
/// columns and their ratios stay above it; a wrong unit in 3 % of the rows falls below it.
const DEPTH: f64 = 0.35;
/// Minimum share on each side: less is a tail.
const SIDE: f64 = 0.03;
/// Minimum ratio between peaks: units differ by more, ordinary variation by less.
const FACTOR: f64 = 4.0;
/// Every second row of the sample is enough for ratios, since there are hundreds of them.
const THINNED: usize = 2;
/// Minimum share of positive values for the logarithm to be meaningful.
const POSITIVE: f64 = 0.5;

/// Two modes in the logarithm of a column: two units, or two different quantities.
pub(super) fn two_modes(facts: &Facts<'_>) -> Vec<Hit> {
    let columns: Vec<_> = facts
        .numbers
        .iter()
        .filter(|column| column.measured())
        .collect();
    columns
        .par_iter()
        .filter_map(|column| {
            let logs = logs(column)?;
            let finite: Vec<f64> = logs.iter().copied().filter(|x| x.is_finite()).collect();
            let found = humps(&finite)?;
            let [low, high] = found.humps.map(libm::exp);
            let says = format!(
                "`{}` has two humps, at {} and {}, a factor of {} apart; {} of the positive values \
                 belong to the lower one",
                column.name,
                number(low),
                number(high),
                number((high / low).round()),
                percent(found.below),
            );
            let edge = libm::exp(found.at);
            let rows = if found.below < 0.5 {
                column.rows_where(|x| x > 0.0 && x < edge)
            } else {
                column.rows_where(|x| x >= edge)
            };
            let strength = DEPTH / found.depth.max(0.01);
            let hit = Hit::on_column(Check::TwoModes, &[column.name], strength, says);
            Some(hit.of_rows(rows, facts.rows))
        })
        .collect()
}

/// Two modes in the ratio of two columns with one mode each: cells swapped, or one of the two in
/// another unit where each alone is too broad to show it.
pub(super) fn second_cloud(facts: &Facts<'_>) -> Vec<Hit> {
    let thin: Vec<usize> = facts.sample.iter().copied().step_by(THINNED).collect();
    let columns: Vec<(&Number<'_>, Vec<f64>)> = facts
        .numbers
        .iter()
        .filter(|column| column.measured())
        .filter_map(|column| {
            let all = logs(column)?;
            let logs: Vec<f64> = thin.iter().map(|row| all[*row]).collect();
            let finite: Vec<f64> = logs.iter().copied().filter(|x| x.is_finite()).collect();
            humps(&finite).is_none().then_some((column, logs))
        })
        .collect();
    let pairs: Vec<(usize, usize)> = (0..columns.len())
        .flat_map(|one| (one + 1..columns.len()).map(move |other| (one, other)))
        .collect();
    pairs
        .par_iter()
        .filter_map(|(one, other)| {
            let ((a, x), (b, y)) = (&columns[*one], &columns[*other]);
            let ratios = x.iter().zip(y).map(|(x, y)| x - y);
            let ratios: Vec<f64> = ratios.filter(|ratio| ratio.is_finite()).collect();
            let found = humps(&ratios)?;
            let [low, high] = found.humps.map(libm::exp);
            let says = format!(
                "the ratio of `{}` to `{}` has two humps, at {} and {}: two clouds side by side",
                a.name,
                b.name,
                number(low),
                number(high),
            );
            let strength = DEPTH / found.depth.max(0.01);
            let hit = Hit::on_column(Check::SecondCloud, &[a.name, b.name], strength, says);
            Some(hit.of_share(found.below.min(1.0 - found.below)))
        })
        .collect()
}

fn humps(logs: &[f64]) -> Option<Valley> {
    let found = valley(logs, SIDE)?;
    let apart = found.humps[1] - found.humps[0];
    (found.depth <= DEPTH && apart >= libm::log(FACTOR)).then_some(found)
}

/// Logarithms, one per row, NaN where undefined. Ties are spread over their step of the grid in row
/// order, so that 1 and 2 are not two modes.
fn logs(column: &Number<'_>) -> Option<Vec<f64>> {
    let positive = column.sorted.len() - column.sorted.partition_point(|x| *x <= 0.0);
    if (positive as f64) < POSITIVE * column.sorted.len() as f64 {
        return None;
    }
    let step = column.step();
    let mut seen = vec![0_usize; column.runs.len()];
    let spread = column.values.iter().map(|value| {
        if value.is_nan() || *value <= 0.0 {
            return f64::NAN;
        }
        let at = column.runs.partition_point(|run| run.0 < *value);
        let many = column.runs[at].1 as f64;
        seen[at] += 1;
        let place = value + step * ((seen[at] as f64 - 0.5) / many - 0.5);
        libm::log(place.max(value / 2.0))
    });
    Some(spread.collect())
}
