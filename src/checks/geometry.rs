//! Distances between rows: dense crowds and isolated rows.

use ndarray::Array2;

use crate::measure::{median, neighbour_distances, quantile};
use crate::text::{number, thousands};

use super::facts::{Facts, Number};
use super::hit::{Check, Hit};

/// Number of rows compared pairwise.
const ROWS: usize = 2_400;
/// A larger table is thinned to runs of adjacent rows, since copies are often close to each other.
const RUNS: usize = 6;
/// Minimum number of columns: with fewer, rows are close by chance.
const COLUMNS: usize = 3;
/// The neighbour used for crowds: two copies make three rows.
const CROWD: usize = 2;
/// Distance, relative to the median distance, that counts as close: if rows fill two dimensions
/// evenly, chance gives one row in seven thousand, and in more dimensions almost none.
const NEAR: f64 = 0.1;
/// Minimum share of sampled rows in a crowd, and minimum number of rows.
const CROWDED: f64 = 0.003;
const FEWEST: usize = 8;
/// The neighbour used for isolated rows: small groups are not isolated.
const LONE: usize = 5;
/// Distance, relative to the median distance, that counts as far.
const FAR: f64 = 4.0;
const LONELY: f64 = 0.003;
/// Coordinates are clipped here, in standard deviations, so that one wild value does not dominate.
const WILD: f64 = 10.0;

/// Rows nearly equal to several others: retries, copies with noise, scripts.
pub(super) fn crowded_rows(facts: &Facts<'_>) -> Vec<Hit> {
    let Some((rows, distances)) = distances(facts, CROWD) else {
        return Vec::new();
    };
    let limit = NEAR * median(&distances).unwrap_or(0.0);
    hit(
        facts,
        Check::CrowdedRows,
        CROWDED,
        &rows,
        |at| distances[at] <= limit,
        |found| {
            format!(
                "{} of {} sampled rows have {CROWD} others within {} % of the usual distance in the \
             numeric columns",
                thousands(found),
                thousands(rows.len()),
                number(100.0 * NEAR),
            )
        },
    )
}

/// Rows far from all others: another unit, test accounts, another population.
pub(super) fn lonely_rows(facts: &Facts<'_>) -> Vec<Hit> {
    let Some((rows, distances)) = distances(facts, LONE) else {
        return Vec::new();
    };
    let limit = FAR * median(&distances).unwrap_or(f64::INFINITY);
    hit(
        facts,
        Check::LonelyRows,
        LONELY,
        &rows,
        |at| distances[at] >= limit && limit > 0.0,
        |found| {
            format!(
                "{} of {} sampled rows are {} times as far from their {LONE} nearest as usual in the \
             numeric columns",
                thousands(found),
                thousands(rows.len()),
                number(FAR),
            )
        },
    )
}

fn hit(
    facts: &Facts<'_>,
    check: Check,
    least: f64,
    rows: &[usize],
    is: impl Fn(usize) -> bool,
    says: impl Fn(usize) -> String,
) -> Vec<Hit> {
    let found: Vec<usize> = (0..rows.len())
        .filter(|at| is(*at))
        .map(|at| rows[at])
        .collect();
    let part = found.len() as f64 / rows.len() as f64;
    if found.len() < FEWEST || part < least {
        return Vec::new();
    }
    let hit = Hit::on_column(check, &[], part / least, says(found.len()));
    let hit = if rows.len() == facts.rows {
        hit.of_rows(found, facts.rows)
    } else {
        hit.of_share(part)
    };
    vec![hit]
}

/// The sampled rows, and the distance to the `k`-th neighbour of each.
fn distances(facts: &Facts<'_>, k: usize) -> Option<(Vec<usize>, Vec<f64>)> {
    let rows = runs(facts.rows);
    let columns: Vec<Vec<f64>> = facts
        .numbers
        .iter()
        .filter_map(|column| scaled(column, &rows))
        .collect();
    if columns.len() < COLUMNS {
        return None;
    }
    let points = Array2::from_shape_fn((rows.len(), columns.len()), |(row, at)| columns[at][row]);
    let distances = neighbour_distances(points.view(), k)?;
    Some((rows, distances))
}

/// All rows, or evenly spread runs of them.
fn runs(rows: usize) -> Vec<usize> {
    if rows <= ROWS {
        return (0..rows).collect();
    }
    let length = ROWS / RUNS;
    let apart = (rows - length) / (RUNS - 1);
    (0..RUNS)
        .flat_map(|run| run * apart..run * apart + length)
        .collect()
}

/// Long tails logged, scaled to median 0 and the interquartile range of a standard normal; missing
/// values are 0. `None` for columns that are mostly missing or barely vary.
fn scaled(column: &Number<'_>, rows: &[usize]) -> Option<Vec<f64>> {
    if !column.measured() || 2 * column.sorted.len() < column.values.len() {
        return None;
    }
    let logged = column.long_tailed() && column.sorted[0] >= 0.0;
    let shift = column.step();
    let place = |x: f64| if logged { libm::log(x + shift) } else { x };
    let values: Vec<f64> = rows.iter().map(|row| place(column.values[*row])).collect();
    let [low, middle, high] = [0.25, 0.5, 0.75].map(|p| quantile(&values, p));
    let (low, middle, high) = (low?, middle?, high?);
    let scale = (high - low) / 1.349;
    (scale > 0.0 && scale.is_finite()).then(|| {
        let scaled = values.iter().map(|x| {
            let z = (x - middle) / scale;
            if z.is_nan() {
                0.0
            } else {
                z.clamp(-WILD, WILD)
            }
        });
        scaled.collect()
    })
}
