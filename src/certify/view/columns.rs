//! Selects the columns of a view.

use ndarray::{Array2, Axis};

use crate::cluster::PrincipalComponents;
use crate::measure::median;
use crate::table::{Cells, Column};

use super::super::error::CertifyError;
use super::recipe::{LeftOut, LeftOutReason, Step, ViewColumn};

/// Minimum number of distinct values: with fewer, a column holds levels rather than a scale.
const LEAST_VALUES: usize = 20;
/// Minimum number of adjacent numbered columns that form a block.
const LEAST_BLOCK: usize = 4;
/// Minimum number of other numeric columns for a block to be replaced.
const LEAST_BESIDE: usize = 4;
/// Number of components that replace a block.
const COMPONENTS: usize = 3;
/// Share of a column's variance left by the columns before it below which it depends on them:
/// rounding error.
const LEFT_OVER: f64 = 1e-3;
/// Skewness above which a column has a long tail.
const LONG: f64 = 1.0;

/// A numeric column on its way into the view.
pub(super) struct ViewCandidate {
    pub(super) made: ViewColumn,
    pub(super) values: Vec<Option<f64>>,
}

/// The numeric columns, in order; reasons for omitting others go to `left_out`.
pub(super) fn numbers(columns: &[Column], left_out: &mut Vec<LeftOut>) -> Vec<ViewCandidate> {
    let mut kept = Vec::new();
    for column in columns {
        match of(column) {
            Ok(values) => kept.push(ViewCandidate {
                made: ViewColumn {
                    name: column.name.clone(),
                    steps: Vec::new(),
                },
                values,
            }),
            Err(why) => left_out.push(LeftOut {
                name: column.name.clone(),
                why,
            }),
        }
    }
    kept
}

fn of(column: &Column) -> Result<Vec<Option<f64>>, LeftOutReason> {
    let numbers = matches!(column.cells, Cells::Real(_) | Cells::Whole(_));
    let Some(values) = column.cells.numbers().filter(|_| numbers) else {
        let holds = column.cells.stored_as().to_owned();
        return Err(LeftOutReason::NoNumbers { holds });
    };
    let mut filled: Vec<f64> = values.iter().flatten().copied().collect();
    let missing = values.len() - filled.len();
    let rising = filled.windows(2).all(|pair| pair[0] < pair[1]);
    filled.sort_by(f64::total_cmp);
    let count = filled.len();
    filled.dedup();
    if missing * 2 > values.len() {
        return Err(LeftOutReason::MostlyMissing { missing });
    }
    if filled.len() < LEAST_VALUES {
        let distinct = filled.len();
        return Err(LeftOutReason::FewValues { distinct });
    }
    let span = filled.last().unwrap_or(&0.0) - filled.first().unwrap_or(&0.0);
    let dense = span < 2.0 * count as f64;
    let whole = matches!(column.cells, Cells::Whole(_));
    if whole && missing == 0 && filled.len() == count && (dense || rising) {
        return Err(LeftOutReason::Identifier);
    }
    Ok(values)
}

/// Values of the columns, rows × columns, with missing ones replaced by medians.
pub(super) fn plain(columns: &[ViewCandidate], rows: usize) -> Array2<f64> {
    let middle = |column: &ViewCandidate| {
        let filled: Vec<f64> = column.values.iter().flatten().copied().collect();
        median(&filled).unwrap_or(0.0)
    };
    let middles: Vec<f64> = columns.iter().map(middle).collect();
    Array2::from_shape_fn((rows, columns.len()), |(row, at)| {
        columns[at].values[row].unwrap_or(middles[at])
    })
}

/// Take the logarithm of long-tailed columns if that reduces their skewness. `step` is the range
/// over which ties were spread: zeros may be up to half of it below zero.
pub(super) fn log(candidate: &mut ViewCandidate, step: f64) {
    let filled: Vec<f64> = candidate.values.iter().flatten().copied().collect();
    let least = filled.iter().copied().fold(f64::INFINITY, f64::min);
    let skew = skewness(&filled);
    if skew <= LONG || least < -0.5 * step {
        return;
    }
    // The offset for zeros is on the column's own scale: one of its small values.
    let plus = if least > 0.0 {
        0.0
    } else {
        let mut above: Vec<f64> = filled.iter().copied().filter(|v| *v > 0.0).collect();
        above.sort_by(f64::total_cmp);
        above
            .get(above.len() / 10)
            .copied()
            .unwrap_or(1.0)
            .max(step)
    };
    let logged: Vec<f64> = filled.iter().map(|v| libm::log(v + plus)).collect();
    if skewness(&logged).abs() < skew {
        for value in candidate.values.iter_mut().flatten() {
            *value = libm::log(*value + plus);
        }
        candidate.made.steps.push(Step::Logged { plus });
    }
}

fn skewness(values: &[f64]) -> f64 {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let moment = |power: i32| values.iter().map(|v| (v - mean).powi(power)).sum::<f64>() / n;
    let variance = moment(2);
    if variance > 0.0 {
        moment(3) / (variance * libm::sqrt(variance))
    } else {
        0.0
    }
}

/// Whether each column is a linear combination of those before it, up to rounding: Gram–Schmidt on
/// standardised columns. No value may be missing.
pub(super) fn redundant(points: &Array2<f64>) -> Vec<bool> {
    let mut basis: Vec<ndarray::Array1<f64>> = Vec::new();
    let mut redundant = Vec::new();
    for column in points.columns() {
        let mut rest = column.to_owned();
        // Twice: a single pass leaves rounding error for nearly collinear columns.
        for _ in 0..2 {
            for direction in &basis {
                let along = rest.dot(direction);
                rest.scaled_add(-along, direction);
            }
        }
        let left = rest.dot(&rest);
        let whole = column.dot(&column);
        let is_redundant = left <= LEFT_OVER * whole;
        // A column that overflows has no direction.
        if !is_redundant && left.is_finite() {
            basis.push(rest / libm::sqrt(left));
        }
        redundant.push(is_redundant);
    }
    redundant
}

/// Runs of numbered columns that form a block: name, first and one past the last. A block needs
/// other columns around it; without them, its columns are the table.
pub(crate) fn blocks(names: &[&str]) -> Vec<(String, usize, usize)> {
    let numbered = |name: &str| -> Option<(String, usize)> {
        let (front, number) = name.rsplit_once('_')?;
        Some((front.to_owned(), number.parse().ok()?))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < names.len() {
        let Some((front, number)) = numbered(names[at]) else {
            at += 1;
            continue;
        };
        let follows = |(offset, name): &(usize, &&str)| {
            let found = numbered(name);
            found.is_some_and(|found| {
                found.0 == front && number.checked_add(*offset) == Some(found.1)
            })
        };
        let run = names[at..].iter().enumerate();
        let length = run.take_while(follows).count();
        if length >= LEAST_BLOCK {
            let last = names[at + length - 1];
            found.push((format!("{} to {last}", names[at]), at, at + length));
        }
        at += length;
    }
    let within: usize = found.iter().map(|(_, first, end)| end - first).sum();
    if names.len() - within < LEAST_BESIDE {
        found.clear();
    }
    found
}

/// The components that replace a block, with the total weight of one column.
pub(super) fn components(
    points: &Array2<f64>,
    columns: &[usize],
) -> Result<Array2<f64>, CertifyError> {
    let block = points.select(Axis(1), columns);
    let fitted = PrincipalComponents::fit(block.view(), true)?;
    let mut scores = fitted.scores(block.view(), COMPONENTS)?;
    let total: f64 = fitted.variances.iter().take(COMPONENTS).sum();
    scores /= libm::sqrt(total.max(f64::MIN_POSITIVE));
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, cells: Cells) -> Column {
        Column {
            name: name.to_owned(),
            cells,
        }
    }

    #[test]
    fn what_is_no_scale_is_left_out_and_says_why() {
        let many = |f: fn(i64) -> i64| Cells::Whole((0..60).map(|at| Some(f(at))).collect());
        let mut left_out = Vec::new();
        let kept = numbers(
            &[
                column("row", many(|at| at + 100)),
                column("class", many(|at| at % 3)),
                column("size", many(|at| (at * at * 7) % 1009)),
                column(
                    "holes",
                    Cells::Real((0..60).map(|at| (at < 20).then_some(0.5)).collect()),
                ),
                column("who", Cells::Text(vec![None; 60])),
            ],
            &mut left_out,
        );
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].made.name, "size");
        let why: Vec<String> = left_out.iter().map(|one| one.why.says()).collect();
        assert_eq!(
            why,
            [
                "identifier",
                "only 3 distinct values",
                "40 missing values",
                "text"
            ]
        );
    }

    #[test]
    fn a_long_tail_is_logged_and_a_bell_is_not() {
        let values = |f: fn(f64) -> f64| ViewCandidate {
            made: ViewColumn {
                name: "x".to_owned(),
                steps: Vec::new(),
            },
            values: (1..200)
                .map(|at| Some(f(crate::random::normal_quantile(f64::from(at) / 200.0))))
                .collect(),
        };
        let mut long = values(|z| (1.5 * z).exp());
        log(&mut long, 0.0);
        assert_eq!(long.made.steps, [Step::Logged { plus: 0.0 }]);
        let mut zeros = values(|z| (1.5 * z).exp().floor());
        log(&mut zeros, 1.0);
        assert!(matches!(zeros.made.steps[0], Step::Logged { plus } if plus >= 1.0));
        let mut bell = values(|z| z + 10.0);
        log(&mut bell, 0.0);
        assert!(bell.made.steps.is_empty());
    }

    #[test]
    fn a_sum_of_others_is_redundant_and_a_kindred_column_is_not() {
        let points = Array2::from_shape_fn((50, 4), |(row, at)| {
            let (a, b) = (
                ((row * 37) % 50) as f64 - 24.5,
                ((row * 11) % 50) as f64 - 24.5,
            );
            [a, b, 2.0 * a - b, a + 0.3 * ((row * 23) % 50) as f64 - 7.35][at]
        });
        assert_eq!(redundant(&points), [false, false, true, false]);
    }

    #[test]
    fn numbered_columns_side_by_side_are_a_block() {
        let names = ["a", "emb_0", "emb_1", "emb_2", "emb_3", "q_1", "q_2", "b_7"];
        assert_eq!(blocks(&names), [("emb_0 to emb_3".to_owned(), 1, 5)]);
        // A table of numbered columns only is not a block.
        assert_eq!(blocks(&names[1..6]), []);
        let most = format!("e_{}", usize::MAX);
        assert_eq!(blocks(&[&most, "e", "f", "g", "h"]), []);
    }
}
