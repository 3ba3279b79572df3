//! Values that occur too often: in the middle of a column, or at its end.

use crate::text::{number, percent, thousands};

use super::facts::{Facts, Number};
use super::hit::{Check, Hit};

/// Minimum share of one value: below it, a placeholder does little harm.
const SPIKE_SHARE: f64 = 0.005;
/// The same at the maximum: a well-meant cap is above the 99th percentile.
const PILE_SHARE: f64 = 0.003;
/// Minimum number of rows: a few repeats occur by chance.
const FEWEST: usize = 10;
/// Frequency relative to the mean of its neighbours: counts fall by about a third from one value to
/// the next, which gives up to 3 times the mean of three neighbours.
const TIMES: f64 = 5.0;
/// Frequency relative to the most frequent neighbour; for the first value [`TIMES`], since zeros of
/// a count may be three times as frequent as ones.
const TIMES_MOST: f64 = 3.0;
/// Neighbours on each side.
const NEIGHBOURS: usize = 3;
/// Neighbours below a maximum, where values are sparse.
const BELOW_MAXIMUM: usize = 10;
/// A last value this many times the one before is isolated, not the end of a tail.
const APART: f64 = 1.5;
/// Maximum number of spikes listed per column: more are a grid, or heaping.
const MOST: usize = 3;

/// One exact value far more frequent than its neighbours: a sentinel, a default, a script.
pub(super) fn spikes(facts: &Facts<'_>) -> Vec<Hit> {
    let measured = facts.numbers.iter().filter(|column| column.measured());
    measured
        .flat_map(|column| {
            let mut found = spikes_of(column);
            found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.total_cmp(&b.0)));
            found.truncate(MOST);
            found.into_iter().map(|(value, often, around)| {
                let name = column.name;
                let says = format!(
                    "{} of the values of `{name}` are exactly {} ({} rows); the values next to it \
                     occur {} times each",
                    percent(often as f64 / column.sorted.len() as f64),
                    number(value),
                    thousands(often),
                    number(around.round()),
                );
                let strength = often as f64 / (TIMES * around.max(1.0));
                Hit::on_column(Check::Spike, &[name], strength, says)
                    .at(number(value))
                    .of_rows(
                        column.rows_where(|x| x.total_cmp(&value).is_eq()),
                        facts.rows,
                    )
            })
        })
        .collect()
}

/// Value, its count, and the counts of its neighbours.
fn spikes_of(column: &Number<'_>) -> Vec<(f64, usize, f64)> {
    let runs = &column.runs;
    let least = (SPIKE_SHARE * column.sorted.len() as f64).max(FEWEST as f64);
    (0..runs.len())
        .filter(|at| runs[*at].1 as f64 >= least)
        .filter(|at| at + 1 < runs.len() || apart(runs))
        .filter_map(|at| {
            let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(runs.len());
            let others: Vec<usize> = near
                .filter(|other| *other != at)
                .map(|o| runs[o].1)
                .collect();
            let around = others.iter().sum::<usize>() as f64 / others.len().max(1) as f64;
            let least = if at == 0 { TIMES } else { TIMES_MOST };
            let most = others.iter().copied().max().unwrap_or(0);
            let spike =
                runs[at].1 as f64 >= TIMES * around && runs[at].1 as f64 >= least * most as f64;
            spike.then_some((runs[at].0, runs[at].1, around))
        })
        .collect()
}

/// Whether the last value is isolated.
fn apart(runs: &[(f64, usize)]) -> bool {
    let [.., (before, _), (last, _)] = runs else {
        return false;
    };
    *last > APART * before.abs()
}

/// Many values at the very maximum: a cap, a timeout, a top bucket.
pub(super) fn pile_up(facts: &Facts<'_>) -> Vec<Hit> {
    let measured = facts.numbers.iter().filter(|column| column.measured());
    measured
        .filter_map(|column| {
            let (below, last) = column.runs.split_at(column.runs.len() - 1);
            let (value, often) = *last.first()?;
            let tail = &below[below.len().saturating_sub(BELOW_MAXIMUM)..];
            let around = tail.iter().map(|run| run.1).sum::<usize>() as f64 / tail.len() as f64;
            let part = often as f64 / column.sorted.len() as f64;
            let piled = often >= FEWEST && part >= PILE_SHARE && often as f64 >= TIMES * around;
            (piled && !apart(&column.runs)).then(|| {
                let name = column.name;
                let says = format!(
                    "{} of the values of `{name}` are its maximum, {} ({} rows)",
                    percent(part),
                    number(value),
                    thousands(often),
                );
                let strength = (part / PILE_SHARE).min(often as f64 / (TIMES * around));
                Hit::on_column(Check::PileUp, &[name], strength, says)
                    .at(number(value))
                    .of_rows(column.rows_where(|x| x >= value), facts.rows)
            })
        })
        .collect()
}
