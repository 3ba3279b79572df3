//! The hours of the day.

use crate::table::DAY;
use crate::text::{number, percent};

use super::facts::Facts;
use super::hit::{Check, Hit};

/// Bins of the day: half hours, since time zones differ by half hours.
const BINS: usize = 48;
/// Minimum number of rows of a level.
const FEWEST: usize = 100;
/// Total variation distance between a level's daily pattern and the others', 0 to 1, beyond what is
/// expected by chance for its number of rows.
const DISTANCE: f64 = 0.15;
/// Maximum distance after shifting: another time zone has the same daily pattern, another habit
/// does not.
const LEFT: f64 = 0.6;
/// Minimum shift in hours: smaller ones are a habit.
const HOURS: f64 = 2.0;
/// Share of times at exactly midnight; by chance it would be one in 86 million.
const MIDNIGHT: f64 = 0.003;
/// Above this, the column holds dates.
const DATES: f64 = 0.9;

/// The same daily pattern, hours later or earlier, at one level of a category: another time zone.
pub(super) fn shift(facts: &Facts<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for moments in &facts.times {
        for category in &facts.categories {
            let mut days = vec![[0.0; BINS]; category.names.len()];
            for (code, moment) in category.codes.iter().zip(moments.values) {
                if let (Some(code), Some(moment)) = (code, moment) {
                    let bin = moment.rem_euclid(DAY) as f64 / DAY as f64 * BINS as f64;
                    days[*code as usize][bin as usize] += 1.0;
                }
            }
            let best = (0..days.len())
                .filter_map(|level| displaced(&days, level).map(|found| (level, found)))
                .max_by(|a, b| a.1.1.total_cmp(&b.1.1));
            let Some((level, (hours, distance))) = best else {
                continue;
            };
            let name = &category.names[level];
            let says = format!(
                "where `{}` is “{name}”, the daily rhythm of `{}` is shifted: {} hours {}",
                category.name,
                moments.name,
                number(hours.abs()),
                if hours > 0.0 { "later" } else { "earlier" },
            );
            let rows = (0..facts.rows).filter(|row| category.codes[*row] == Some(level as u32));
            let columns = [moments.name, category.name];
            let hit = Hit::on_column(Check::HourShift, &columns, distance / DISTANCE, says);
            let hit = hit.at(&**name).by(hours);
            hits.push(hit.of_rows(rows.collect(), facts.rows));
        }
    }
    hits
}

/// Hours by which a level's daily pattern is shifted, and its distance from the others'.
fn displaced(days: &[[f64; BINS]], level: usize) -> Option<(f64, f64)> {
    let sum = |levels: &mut dyn Iterator<Item = usize>| {
        let mut sum = [0.0; BINS];
        for level in levels {
            for (sum, rows) in sum.iter_mut().zip(&days[level]) {
                *sum += rows;
            }
        }
        let all: f64 = sum.iter().sum();
        (all >= FEWEST as f64).then(|| (sum.map(|rows| rows / all), all))
    };
    let (own, n) = sum(&mut std::iter::once(level))?;
    let (rest, m) = sum(&mut (0..days.len()).filter(|other| *other != level))?;
    if n > m {
        return None;
    }
    let moved = |by: usize| {
        let far = (0..BINS).map(|bin| (own[(bin + by) % BINS] - rest[bin]).abs());
        far.sum::<f64>() / 2.0
    };
    // Half the sum over bins of the mean absolute error of a share.
    let chance: f64 = rest.iter().map(|p| 0.4 * libm::sqrt(p / n)).sum();
    let still = moved(0);
    // The most likely shift: distances alone cannot distinguish neighbouring half hours.
    let logs = rest.map(|p| libm::log(p + 0.5 / m));
    let likely = |by: usize| -> f64 {
        let bins = (0..BINS).map(|bin| own[(bin + by) % BINS] * logs[bin]);
        bins.sum()
    };
    let by = (1..BINS).max_by(|a, b| likely(*a).total_cmp(&likely(*b)))?;
    let least = moved(by);
    let half_hours = if by > BINS / 2 {
        by as f64 - BINS as f64
    } else {
        by as f64
    };
    let hours = half_hours * 24.0 / BINS as f64;
    let found = still - chance >= DISTANCE
        && (least - chance).max(0.0) <= LEFT * (still - chance)
        && hours.abs() >= HOURS;
    found.then_some((hours, still - chance))
}

/// Times at exactly midnight among others: only the date was known, or a batch was loaded.
pub(super) fn midnight(facts: &Facts<'_>) -> Vec<Hit> {
    let hits = facts.times.iter().filter_map(|moments| {
        let rows: Vec<usize> = (0..moments.values.len())
            .filter(|row| moments.values[*row].is_some_and(|t| t.rem_euclid(DAY) == 0))
            .collect();
        let all = moments.values.iter().flatten().count();
        let part = rows.len() as f64 / all.max(1) as f64;
        (rows.len() >= 5 && (MIDNIGHT..DATES).contains(&part)).then(|| {
            let says = format!(
                "{} of `{}` are exactly midnight",
                percent(part),
                moments.name
            );
            let hit = Hit::on_column(Check::Midnight, &[moments.name], part / MIDNIGHT, says);
            hit.at("00:00").of_rows(rows, facts.rows)
        })
    });
    hits.collect()
}
