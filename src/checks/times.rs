//! Impossible times.

use crate::table::{DAY, show_time};
use crate::text::{percent, thousands};

use super::facts::Facts;
use super::hit::{Check, Hit};

/// Minimum number of rows: fewer are isolated slips.
const FEWEST: usize = 3;
/// Maximum share of rows: more are a different period, not a fault.
const MOST: f64 = 0.2;
/// Distance beyond the middle nine tenths, relative to their length.
const LENGTHS: f64 = 1.0;
/// Share of rows in which one time is after the other for that to be their order.
const ORDER: f64 = 0.8;
/// Share of rows that violate the order.
const BREAKS: f64 = 0.002;

/// Times far before or after all others: seconds read as milliseconds, a clock that was never set,
/// day and month swapped.
pub(super) fn far(facts: &Facts<'_>) -> Vec<Hit> {
    let hits = facts.times.iter().filter_map(|moments| {
        let mut sorted: Vec<i64> = moments.values.iter().flatten().copied().collect();
        sorted.sort_unstable();
        let at = |p: f64| {
            sorted
                .get((p * sorted.len().saturating_sub(1) as f64) as usize)
                .copied()
        };
        let (low, high) = (at(0.05)? as f64, at(0.95)? as f64);
        // Within a day, times do not indicate different periods.
        let reach = (LENGTHS * (high - low)).max(DAY as f64);
        let beyond = |t: i64| (t as f64) < low - reach || t as f64 > high + reach;
        let rows: Vec<usize> = (0..moments.values.len())
            .filter(|row| moments.values[*row].is_some_and(beyond))
            .collect();
        let found = rows.len() >= FEWEST && rows.len() as f64 <= MOST * sorted.len() as f64;
        let first = moments.values.get(*rows.first()?).copied()??;
        found.then(|| {
            let says = format!(
                "{} times in `{}` are far from all others, such as {}",
                thousands(rows.len()),
                moments.name,
                show_time(first)
            );
            let strength = rows.len() as f64 / FEWEST as f64;
            let hit = Hit::on_column(Check::FarTime, &[moments.name], strength, says);
            hit.of_rows(rows, facts.rows)
        })
    });
    hits.collect()
}

/// An end time before its start time: a wrong clock.
pub(super) fn order(facts: &Facts<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (at, one) in facts.times.iter().enumerate() {
        for other in &facts.times[at + 1..] {
            for (early, late) in [(one, other), (other, one)] {
                let both = (0..facts.rows)
                    .filter_map(|row| Some((row, early.values[row]?, late.values[row]?)));
                let (kept, broken): (Vec<_>, Vec<_>) = both.partition(|(_, a, b)| a <= b);
                let all = (kept.len() + broken.len()) as f64;
                let part = broken.len() as f64 / all.max(1.0);
                if broken.len() < FEWEST || !(BREAKS..=1.0 - ORDER).contains(&part) {
                    continue;
                }
                let says = format!(
                    "`{}` is before `{}` in {} of the rows, and after it in {}",
                    early.name,
                    late.name,
                    percent(1.0 - part),
                    thousands(broken.len())
                );
                let columns = [early.name, late.name];
                let hit = Hit::on_column(Check::TimeOrder, &columns, part / BREAKS, says);
                let rows = broken.into_iter().map(|(row, ..)| row).collect();
                hits.push(hit.of_rows(rows, facts.rows));
            }
        }
    }
    hits
}
