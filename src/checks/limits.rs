//! Values that are impossible for this kind of column.

use crate::text::{number, percent, thousands};

use super::facts::{Facts, Number};
use super::hit::{Check, Hit};

/// Minimum number of rows beyond a limit: fewer are isolated slips.
const FEWEST: usize = 5;
/// Maximum share of values beyond a limit: with more, it is not a limit.
const MOST: f64 = 0.3;
/// A tail that crosses zero naturally has a larger share than this.
const TAIL: f64 = 0.1;
/// A share is never this far above 1; a percentage usually is.
const PERCENT: f64 = 5.0;
/// Minimum gap above the largest ordinary value, as a multiple of that value. In the tail of a
/// lognormal with a log-scale standard deviation of one, the last of 100,000 values is about 1.2
/// times the one before.
const FAR: f64 = 3.0;
/// Largest values of 8, 16 and 32 bits, and what a signed 16 or 32 bit number wraps to.
const TYPE_LIMITS: [f64; 6] = [
    255.0,
    32_767.0,
    65_535.0,
    2_147_483_647.0,
    4_294_967_295.0,
    -32_768.0,
];

/// Negative values where all others are positive, values above 1 in a share, values far from all
/// others.
pub(super) fn range(facts: &Facts<'_>) -> Vec<Hit> {
    let measured = facts.numbers.iter().filter(|column| column.measured());
    measured
        .flat_map(|column| {
            [negative(column), above_one(column), far(column)]
                .into_iter()
                .flatten()
                .map(|(rows, place, says)| {
                    let strength = rows.len() as f64 / FEWEST as f64;
                    Hit::on_column(Check::Range, &[column.name], strength, says)
                        .at(place)
                        .of_rows(rows, facts.rows)
                })
        })
        .collect()
}

type OutOfRange = Option<(Vec<usize>, &'static str, String)>;

/// Rows beyond a limit, unless they are too few or too many.
fn beyond(column: &Number<'_>, is: impl Fn(f64) -> bool) -> Option<Vec<usize>> {
    let rows = column.rows_where(is);
    let few = rows.len() as f64 <= MOST * column.sorted.len() as f64;
    (rows.len() >= FEWEST && few).then_some(rows)
}

fn negative(column: &Number<'_>) -> OutOfRange {
    let zero = column.sorted.partition_point(|x| *x < 0.0);
    let (under, over) = column.sorted.split_at(zero);
    let rows = beyond(column, |x| x < 0.0)?;
    let at = |p: f64| over[(p * (over.len() - 1) as f64) as usize];
    let [p1, p50, p99] = [0.01, 0.5, 0.99].map(at);
    // A symmetric column may cross zero; a long tail starts there.
    let few = under.len() as f64 <= TAIL * column.sorted.len() as f64;
    let one_sided = few && p99 - p50 > 4.0 * (p50 - p1);
    let different = column.runs.partition_point(|run| run.0 < 0.0);
    let placeholder = different <= 3;
    let says = format!(
        "{} values of `{}` are negative, down to {}; all others are 0 or more",
        thousands(under.len()),
        column.name,
        number(under[0]),
    );
    (one_sided || placeholder).then_some((rows, "below 0", says))
}

fn above_one(column: &Number<'_>) -> OutOfRange {
    let one = column.sorted.partition_point(|x| *x <= 1.0);
    let (inside, above) = column.sorted.split_at(one);
    let rows = beyond(column, |x| x > 1.0)?;
    let different = column.runs.partition_point(|run| run.0 <= 1.0);
    let percentages = above[above.len() / 2] > PERCENT && inside[0] >= 0.0 && different >= 20;
    // A long tail may start below 1; a share stays clear of 1 or accumulates just below it.
    let gap = inside[inside.len() * 9 / 10] < 1.0 && above[above.len() / 10] > 1.5;
    let says = format!(
        "{} of the values of `{}` lie between 0 and 1, {} above it, up to {}",
        percent(inside.len() as f64 / column.sorted.len() as f64),
        column.name,
        thousands(above.len()),
        number(*above.last()?),
    );
    let whole = inside.iter().all(|x| x.fract() <= 0.0);
    (percentages && gap && !whole).then_some((rows, "above 1", says))
}

fn far(column: &Number<'_>) -> OutOfRange {
    let top = column.sorted.len() - (0.3 * column.sorted.len() as f64) as usize;
    let tail = &column.sorted[top.max(1) - 1..];
    // In a column around zero, ratios between values near zero are arbitrarily large.
    let reach = column.sorted[column.sorted.len() / 2] - column.sorted[0];
    let gap = tail
        .windows(2)
        .find(|two| two[0] > 0.0 && two[1] > FAR * two[0] && two[1] - two[0] > reach)?;
    let rows = beyond(column, |x| x >= gap[1])?;
    let says = format!(
        "{} values of `{}` lie at {} and above, all others at {} and below",
        thousands(rows.len()),
        column.name,
        number(gap[1]),
        number(gap[0]),
    );
    Some((rows, "far above", says))
}

/// Integers at the limit of a number type, or wrapped around it.
pub(super) fn type_limit(facts: &Facts<'_>) -> Vec<Hit> {
    let whole = facts.numbers.iter().filter(|column| {
        column.measured() && column.runs.iter().all(|run| run.0.fract().abs() <= 0.0)
    });
    whole
        .filter_map(|column| {
            let (first, last) = (*column.runs.first()?, *column.runs.last()?);
            let edge = [last, first].into_iter().find(|run| {
                run.1 >= FEWEST && TYPE_LIMITS.iter().any(|limit| (run.0 - limit).abs() < 0.5)
            });
            let wrapped = |limit: f64| {
                let under = column.sorted.partition_point(|x| *x < 0.0);
                let few = under >= FEWEST && under as f64 <= MOST * column.sorted.len() as f64;
                // Values slightly above the limit wrap to the far negative end.
                few && last.0 <= limit && last.0 > 0.8 * limit && first.0 < -0.8 * limit
            };
            let (rows, place, says) = if let Some((value, often)) = edge {
                let says = format!(
                    "{} values of `{}` are {}, the limit of a number type",
                    thousands(often),
                    column.name,
                    number(value)
                );
                (
                    column.rows_where(|x| (x - value).abs() < 0.5),
                    number(value),
                    says,
                )
            } else {
                let limit = [32_767.0, 2_147_483_647.0]
                    .into_iter()
                    .find(|l| wrapped(*l))?;
                let says = format!(
                    "`{}` ends just below {} and continues at the negative end: it wrapped around",
                    column.name,
                    number(limit)
                );
                (column.rows_where(|x| x < 0.0), number(limit), says)
            };
            let strength = rows.len() as f64 / FEWEST as f64;
            let hit = Hit::on_column(Check::TypeLimit, &[column.name], strength, says);
            Some(hit.at(place).of_rows(rows, facts.rows))
        })
        .collect()
}
