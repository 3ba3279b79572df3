//! Relations of two columns: the same everywhere, or broken at one level of a category.

use rayon::prelude::*;

use crate::text::number;

use super::facts::{Facts, Levels, Number};
use super::hit::{Check, Hit};

/// Rank correlation above which two columns count as the same.
const SAME: f64 = 0.999;
/// Difference between rank correlations at a level and in the rest. Sixteen tables stay below it at
/// every level of their categories; columns swapped at one level differ by more.
const DIFFERENCE: f64 = 0.45;
/// The same for a flag: selecting rows with one outcome changes relations among its causes
/// (Berkson's paradox).
const OUTCOME: f64 = 0.8;
/// Standard errors (of Fisher's z) that the difference must also exceed: many pairs times many
/// levels are tested, and rows of one entity are not independent.
const ERRORS: f64 = 8.0;
/// Minimum number of rows of a level.
const FEWEST: f64 = 60.0;

/// Two nearly identical columns.
pub(super) fn redundant(facts: &Facts<'_>) -> Vec<Hit> {
    let columns = columns(facts);
    pairs(columns.len())
        .par_iter()
        .filter_map(|(one, other)| {
            let ((a, x), (b, y)) = (&columns[*one], &columns[*other]);
            let mut sums = Sums::default();
            x.iter().zip(y).for_each(|(x, y)| sums.add(*x, *y));
            let rho = sums.correlation()?;
            (rho.abs() >= SAME).then(|| {
                let says = format!(
                    "`{a}` and `{b}` carry the same information (rank correlation {})",
                    number(rho)
                );
                Hit::on_column(Check::Redundant, &[a, b], rho.abs() / SAME, says)
            })
        })
        .collect()
}

/// A different relation of two columns at one level of a category: cells swapped there, or another
/// definition. One hit per pair and category, at the level that differs most.
pub(super) fn level_relation(facts: &Facts<'_>) -> Vec<Hit> {
    let columns = columns(facts);
    let categories: Vec<(&Levels<'_>, Vec<Option<u32>>)> = facts
        .categories
        .iter()
        .map(|category| {
            (
                category,
                facts
                    .sample
                    .iter()
                    .map(|row| category.codes[*row])
                    .collect(),
            )
        })
        .collect();
    let categories = &categories;
    pairs(columns.len())
        .par_iter()
        .flat_map_iter(|(one, other)| {
            let ((a, x), (b, y)) = (&columns[*one], &columns[*other]);
            categories.iter().filter_map(move |(category, codes)| {
                let limit = if category.outcome { OUTCOME } else { DIFFERENCE };
                let (level, here, there) = broken(x, y, codes, category.names.len(), limit)?;
                let name = &category.names[level];
                let says = format!(
                    "where `{}` is “{name}”, `{a}` and `{b}` are correlated at {}, elsewhere at {} (rank \
                     correlations)",
                    category.name,
                    number(here),
                    number(there)
                );
                let strength = (here - there).abs() / limit;
                let hit =
                    Hit::on_column(Check::LevelRelation, &[a, b, category.name], strength, says);
                let part = category.counts[level] as f64 / facts.rows as f64;
                Some(hit.at(&**name).of_share(part))
            })
        })
        .collect()
}

/// The level whose correlation differs most from that of the rest, with both correlations.
fn broken(
    x: &[f64],
    y: &[f64],
    codes: &[Option<u32>],
    levels: usize,
    limit: f64,
) -> Option<(usize, f64, f64)> {
    let (mut all, mut each) = (Sums::default(), vec![Sums::default(); levels]);
    for ((x, y), code) in x.iter().zip(y).zip(codes) {
        if let Some(code) = code {
            all.add(*x, *y);
            each[*code as usize].add(*x, *y);
        }
    }
    let found = each.iter().enumerate().filter_map(|(level, inside)| {
        let outside = all.without(inside);
        let (n, m) = (inside.0[0], outside.0[0]);
        if n < FEWEST || m < FEWEST {
            return None;
        }
        let (here, there) = (inside.correlation()?, outside.correlation()?);
        let z = (fisher(here) - fisher(there)).abs();
        let far = (here - there).abs() >= limit && z >= ERRORS * libm::sqrt(1.0 / n + 1.0 / m);
        far.then_some((level, here, there))
    });
    found.max_by(|a, b| (a.1 - a.2).abs().total_cmp(&(b.1 - b.2).abs()))
}

/// The sums for a correlation, in one pass: n, Σx, Σy, Σx², Σy², Σxy of ranks, which lie between 0
/// and 1 and so lose no precision.
#[derive(Debug, Clone, Copy, Default)]
struct Sums([f64; 6]);

impl Sums {
    fn add(&mut self, x: f64, y: f64) {
        if !x.is_nan() && !y.is_nan() {
            let terms = [1.0, x, y, x * x, y * y, x * y];
            self.0
                .iter_mut()
                .zip(terms)
                .for_each(|(sum, term)| *sum += term);
        }
    }

    fn without(&self, part: &Self) -> Self {
        let mut rest = *self;
        rest.0
            .iter_mut()
            .zip(part.0)
            .for_each(|(sum, term)| *sum -= term);
        rest
    }

    fn correlation(&self) -> Option<f64> {
        let [n, x, y, xx, yy, xy] = self.0;
        let spread = |sum: f64, squares: f64| squares - sum * sum / n;
        let (a, b) = (spread(x, xx), spread(y, yy));
        // The ranks of a level barely vary.
        let least = 1e-6 * n;
        (n > 2.0 && a > least && b > least)
            .then(|| ((xy - x * y / n) / libm::sqrt(a * b)).clamp(-1.0, 1.0))
    }
}

/// Names and ranks of the measured columns, in the sample.
fn columns<'t>(facts: &Facts<'t>) -> Vec<(&'t str, Vec<f64>)> {
    let measured = facts.numbers.iter().filter(|column| column.measured());
    let ranks = |column: &Number<'_>| facts.sample.iter().map(|row| column.ranks[*row]).collect();
    measured
        .map(|column| (column.name, ranks(column)))
        .collect()
}

/// Fisher's transformation, which gives correlations a common standard error.
fn fisher(r: f64) -> f64 {
    let r = r.clamp(-0.999_999, 0.999_999);
    libm::log((1.0 + r) / (1.0 - r)) / 2.0
}

fn pairs(n: usize) -> Vec<(usize, usize)> {
    (0..n)
        .flat_map(|one| (one + 1..n).map(move |other| (one, other)))
        .collect()
}
