//! The calendar: level shifts from one day to the next, and nearly empty days.

use rayon::prelude::*;

use crate::measure::mean;
use crate::table::{DAY, show_date};
use crate::text::{number, percent, thousands};

use super::facts::{Facts, Moments};
use super::hit::{Check, Hit};

/// Days on each side of a step: two whole weeks, so that weekday effects cancel.
const WINDOW: usize = 14;
/// Minimum number of rows for a day to have a level.
const ROWS: usize = 5;
/// Step of the mean rank, 0 to 1: a quarter of a standard deviation.
const STEP: f64 = 0.08;
/// Standard errors that a step must exceed: about a hundred days are tested in about a dozen
/// columns.
const ERRORS: f64 = 6.0;
/// Number of days at the end that are compared with the same weekdays of earlier weeks.
const LAST: usize = 3;
const WEEKS: usize = 4;
/// Maximum share of the expected rows. A holiday also gets below it.
const FEW: f64 = 0.5;
/// Minimum number of rows expected in those days: fewer may be absent by chance.
const EXPECTED: f64 = 30.0;
/// Longer than any log: beyond this, an implausible time stretched the calendar, which another
/// check reports.
const MOST_DAYS: i64 = 20_000;

/// A step in the level of a column from one day to the next: a new definition, or a real change.
/// One hit per column, at the day with the clearest step, by the first column of moments.
pub(super) fn step(facts: &Facts<'_>) -> Vec<Hit> {
    let Some(calendar) = facts.times.first().and_then(Calendar::of) else {
        return Vec::new();
    };
    let columns: Vec<_> = facts.numbers.iter().filter(|c| c.runs.len() > 2).collect();
    columns
        .par_iter()
        .filter_map(|column| {
            let levels: Vec<Option<f64>> = calendar
                .rows
                .iter()
                .map(|rows| {
                    let ranks: Vec<f64> = rows.iter().map(|row| column.ranks[*row]).collect();
                    let there = ranks.iter().filter(|rank| !rank.is_nan()).count();
                    (there >= ROWS).then(|| mean(&ranks)).flatten()
                })
                .collect();
            let (day, before, after, strength) = clearest(&levels)?;
            let date = calendar.date(day);
            let says = format!(
                "the level of `{}` moves on {date}: its mean rank is {} in the two weeks before, {} \
                 in the two after",
                column.name,
                percent(before),
                percent(after)
            );
            let part = calendar.rows[day..].iter().map(Vec::len).sum::<usize>() as f64;
            let hit = Hit::on_column(Check::DayStep, &[column.name], strength, says);
            Some(hit.at(date).of_share(part / facts.rows as f64))
        })
        .collect()
}

/// Day, level before and after, and strength.
fn clearest(levels: &[Option<f64>]) -> Option<(usize, f64, f64, f64)> {
    // Compare with the same weekday a week earlier, so that the weekly pattern does not count as
    // noise.
    let differences: Vec<f64> = (7..levels.len())
        .filter_map(|day| Some((levels[day]? - levels[day - 7]?).abs()))
        .collect();
    // The median of |x| of a normal distribution is 0.674 σ; a difference of two days has √2 of
    // one.
    let noise = crate::measure::median(&differences)? / (0.674 * libm::sqrt(2.0));
    let mut best: Option<(usize, f64, f64, f64)> = None;
    for day in WINDOW..levels.len().saturating_sub(WINDOW - 1) {
        let level = |days: &[Option<f64>]| {
            let there: Vec<f64> = days.iter().flatten().copied().collect();
            (there.len() > WINDOW / 2)
                .then(|| mean(&there))
                .flatten()
                .map(|l| (l, there.len()))
        };
        let (Some((before, n)), Some((after, m))) = (
            level(&levels[day - WINDOW..day]),
            level(&levels[day..day + WINDOW]),
        ) else {
            continue;
        };
        let error = noise * libm::sqrt(1.0 / n as f64 + 1.0 / m as f64);
        let size = (after - before).abs();
        let strength = (size / STEP).min(size / (ERRORS * error.max(1e-9)));
        if strength >= 1.0 && best.is_none_or(|found| size > (found.2 - found.1).abs()) {
            best = Some((day, before, after, strength));
        }
    }
    best
}

/// Few rows in the last days: data that had not yet arrived.
pub(super) fn last(facts: &Facts<'_>) -> Vec<Hit> {
    let hits = facts.times.iter().filter_map(|moments| {
        let calendar = Calendar::of(moments)?;
        let counts: Vec<usize> = calendar.rows.iter().map(Vec::len).collect();
        let from = counts.len().checked_sub(LAST)?;
        from.checked_sub(7 * WEEKS)?;
        let found: usize = counts[from..].iter().sum();
        let weeks = (1..=WEEKS).map(|week| {
            let from = from - 7 * week;
            counts[from..from + LAST].iter().sum::<usize>()
        });
        let expected = weeks.sum::<usize>() as f64 / WEEKS as f64;
        (expected >= EXPECTED && (found as f64) < FEW * expected).then(|| {
            let says = format!(
                "the last {LAST} days of `{}` hold {} rows, the same days of the weeks before {}",
                moments.name,
                thousands(found),
                number(expected.round())
            );
            let strength = FEW * expected / (found as f64).max(1.0);
            let mut rows: Vec<usize> = calendar.rows[from..].concat();
            rows.sort_unstable();
            let hit = Hit::on_column(Check::LastDays, &[moments.name], strength, says);
            hit.at(calendar.date(from)).of_rows(rows, facts.rows)
        })
    });
    hits.collect()
}

/// Rows by day.
struct Calendar {
    first: i64,
    rows: Vec<Vec<usize>>,
}

impl Calendar {
    /// From the first to the last day, cutting a thousandth of the rows at each end.
    fn of(moments: &Moments<'_>) -> Option<Self> {
        let mut days: Vec<i64> = moments
            .values
            .iter()
            .flatten()
            .map(|t| t.div_euclid(DAY))
            .collect();
        days.sort_unstable();
        let cut = days.len() / 1_000;
        let (first, last) = (
            *days.get(cut)?,
            *days.get(days.len().checked_sub(cut + 1)?)?,
        );
        if last - first > MOST_DAYS {
            return None;
        }
        let mut rows = vec![Vec::new(); (last - first + 1) as usize];
        for (row, moment) in moments.values.iter().enumerate() {
            let day = moment.map(|t| t.div_euclid(DAY) - first);
            if let Some(day) = day.and_then(|day| usize::try_from(day).ok())
                && let Some(rows) = rows.get_mut(day)
            {
                rows.push(row);
            }
        }
        Some(Self { first, rows })
    }

    fn date(&self, day: usize) -> String {
        let moment = (self.first + day as i64).saturating_mul(DAY);
        show_date(moment)
    }
}
