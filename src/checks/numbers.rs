//! Numbers that depend on something they should not: a round grid, or the order of the file.

use crate::measure::spearman;
use crate::text::{number, percent};

use super::facts::Facts;
use super::hit::{Check, Hit};

/// Share of multiples of ten steps; by chance one in ten, and up to one in five for values near the
/// step.
const ROUND_SHARE: f64 = 0.3;
/// Minimum size of values, in steps: small numbers are round by nature.
const STEPS: f64 = 50.0;
/// Minimum number of values: with fewer, shares vary by chance.
const FEWEST: usize = 100;
/// Rank correlation with the position: a random walk of many small steps reaches 0.9.
const FOLLOWS: f64 = 0.95;

/// Far too many multiples of ten times the column's step: estimates, or rounding at one source.
pub(super) fn heaping(facts: &Facts<'_>) -> Vec<Hit> {
    let measured = facts.numbers.iter().filter(|column| column.measured());
    measured
        .filter_map(|column| {
            let step = column.step();
            let ten = 10.0 * step;
            let round = |value: f64| {
                let steps = value / ten;
                (steps - steps.round()).abs() < 0.01
            };
            // One value alone is a spike.
            let top = column.runs.iter().max_by_key(|run| run.1)?.0;
            let large = column.runs.iter().filter(|run| {
                run.0.abs() >= STEPS * step && run.0.total_cmp(&top).is_ne()
            });
            let (mut all, mut heaped, mut values) = (0, 0, 0);
            for (value, often) in large {
                all += often;
                if round(*value) {
                    heaped += often;
                    values += 1;
                }
            }
            let part = heaped as f64 / all.max(1) as f64;
            (step > 0.0 && all >= FEWEST && values >= 5 && part >= ROUND_SHARE).then(|| {
                let says = format!(
                    "{} of the larger values of `{}` are multiples of {}, where one in ten would be \
                     expected",
                    percent(part),
                    column.name,
                    number(ten)
                );
                let hit =
                    Hit::on_column(Check::Heaping, &[column.name], part / ROUND_SHARE, says);
                hit.at(number(ten)).of_share(part)
            })
        })
        .collect()
}

/// Trends with the order of the rows: a counter, a running total, a row number.
pub(super) fn row_order(facts: &Facts<'_>) -> Vec<Hit> {
    let measured = facts.numbers.iter().filter(|column| column.measured());
    measured
        .filter_map(|column| {
            let values: Vec<f64> = facts.sample.iter().map(|row| column.values[*row]).collect();
            let positions: Vec<f64> = facts.sample.iter().map(|row| *row as f64).collect();
            let rho = spearman(&values, &positions)?;
            (values.len() >= FEWEST && rho.abs() >= FOLLOWS).then(|| {
                let says = format!(
                    "`{}` {} with the order of the rows (rank correlation {})",
                    column.name,
                    if rho > 0.0 { "rises" } else { "falls" },
                    number(rho)
                );
                Hit::on_column(Check::RowOrder, &[column.name], rho.abs() / FOLLOWS, says)
            })
        })
        .collect()
}
