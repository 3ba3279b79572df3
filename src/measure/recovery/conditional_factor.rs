//! Recovery of a continuous factor with covariates held fixed, by cross-fitted partial R².

use crate::random::Stream;

use super::conditional_types::{ConditionalRecovery, LEAST_REMAINDER, RecoveryAnswer};
use super::covariates::Covariate;
use super::groups::groups_among;
use super::held_out::{held_out, held_out_r_squared};
use super::influence::{Influence, RowContribution};
use super::permutations::{permuted, sampled_rows};
use super::result::{AnswerShape, Recovery};
use crate::measure::stats::correlation::unit;
use crate::measure::stats::moments::{ordered_sum, quantile};

/// Number of cross-validation folds.
const FOLDS: usize = 5;
/// Maximum number of rows in a fit: every R² is then accurate to about 0.01.
const ROWS: usize = 5_000;

/// [`super::conditional_recovery`] of a factor.
pub(super) fn conditional_factor(
    factor: &[f64],
    answer: RecoveryAnswer<'_>,
    covariates: &[Covariate],
    known: &[Vec<f64>],
    stream: &Stream,
) -> Option<(ConditionalRecovery, Influence)> {
    let rows = complete_rows(factor, answer, covariates, known);
    let stream = stream.fork("beyond");
    let mut rows = sampled_rows(rows, ROWS, &stream);
    if rows.is_empty() || covariates.is_empty() {
        return None;
    }
    // Sorted by value, so that row order does not matter.
    rows.sort_by(|left, right| factor[*left].total_cmp(&factor[*right]));
    let target = unit(&pick(factor, &rows))?;
    let folds = folds(rows.len(), &stream);
    let held = columns_of(covariates, &rows);
    let misses = |groups: Option<&[usize]>, more: &[Vec<f64>]| -> Vec<f64> {
        let columns: Vec<&[f64]> = held.iter().chain(more).map(Vec::as_slice).collect();
        let predicted = held_out(&target, groups, &columns, &folds);
        let pairs = target.iter().zip(&predicted);
        pairs
            .map(|(value, predicted)| (value - predicted) * (value - predicted))
            .collect()
    };
    // A unit-length column: the squared residuals of a fit add up to 1 − R².
    let missed = |misses: &[f64]| ordered_sum(misses.iter().copied());
    let by_rivals = misses(None, &[]);
    let known: Vec<Vec<f64>> = known.iter().map(|column| pick(column, &rows)).collect();
    let by_all = misses(None, &known);
    let left = missed(&by_rivals) - missed(&by_all);
    let columns = AnswerColumns::of(answer, &rows);
    let result = |(recovery, influence)| {
        let conditional = ConditionalRecovery {
            recovery,
            covariates: (0..covariates.len()).collect(),
            strata: 0,
        };
        Some((conditional, influence))
    };
    if left < LEAST_REMAINDER {
        return result(Recovery::nothing_left(rows.len(), columns.count).without_interval());
    }
    let by_answer = match &columns.places {
        Some(places) => misses(Some(places), &[]),
        None => misses(None, &columns.axes),
    };
    let value = (missed(&by_rivals) - missed(&by_answer)) / left;
    // Permuted answers are unrelated to the covariates: they can only explain the residuals.
    let rest = residual(&target, &held);
    let order: Vec<usize> = (0..rows.len()).collect();
    let scale = missed(&by_rivals);
    let null = permuted(&order, &stream, |shuffled| {
        let gain = if let Some(places) = &columns.places {
            let places: Vec<usize> = shuffled.iter().map(|at| places[*at]).collect();
            held_out_r_squared::<Vec<f64>>(&rest, Some(&places), &[], &folds)
        } else {
            let axes: Vec<Vec<f64>> = columns
                .axes
                .iter()
                .map(|axis| pick(axis, shuffled))
                .collect();
            held_out_r_squared(&rest, None, &axes, &folds)
        };
        // Out of fold, random answers mostly have a negative R²: chance is at least 0.
        (gain * scale / left).max(0.0)
    });
    let fine = Recovery::chance_finds_most(
        columns.count.saturating_sub(1) as f64 / (rows.len() as f64 - 1.0).max(1.0),
    );
    let shape = AnswerShape {
        rows: rows.len(),
        groups: columns.groups,
        median_size: columns.median_size,
    };
    let parts: Vec<RowContribution> = (0..rows.len())
        .map(|at| RowContribution {
            row: rows[at],
            found: by_rivals[at] - by_answer[at],
            everything: by_rivals[at] - by_all[at],
        })
        .collect();
    result(
        Recovery::with_chance(value, &null, fine, shape)
            .with_interval_of(Influence::of_ratio(value, &parts, &null)),
    )
}

/// A random fold for each row; sizes differ by at most one.
fn folds(rows: usize, stream: &Stream) -> Vec<usize> {
    let mut folds = vec![0; rows];
    let order = stream.fork("folds").draws().sample(rows, rows);
    for (at, row) in order.into_iter().enumerate() {
        folds[row] = at % FOLDS;
    }
    folds
}

/// Rows where nothing is missing.
fn complete_rows(
    factor: &[f64],
    answer: RecoveryAnswer<'_>,
    covariates: &[Covariate],
    known: &[Vec<f64>],
) -> Vec<usize> {
    let n = factor.len();
    for rows in covariates
        .iter()
        .map(Covariate::rows)
        .chain(known.iter().map(Vec::len))
    {
        assert_eq!(n, rows, "truth and covariates of other rows");
    }
    let here: Vec<bool> = match answer {
        RecoveryAnswer::Groups(groups) => groups.codes().iter().map(Option::is_some).collect(),
        RecoveryAnswer::Axes(axes) => (0..n)
            .map(|row| axes.iter().all(|axis| axis[row].is_finite()))
            .collect(),
    };
    assert_eq!(n, here.len(), "truth and answer of other rows");
    let complete = |row: &usize| {
        let known = known.iter().all(|column| column[*row].is_finite());
        known
            && covariates.iter().all(|covariate| match covariate {
                Covariate::Groups(groups) => groups.codes()[*row].is_some(),
                Covariate::Continuous(values) => values[*row].is_finite(),
            })
    };
    (0..n)
        .filter(|row| factor[*row].is_finite() && here[*row])
        .filter(complete)
        .collect()
}

/// An answer, restricted to the working rows.
struct AnswerColumns {
    /// Groups of all working rows, or axes.
    groups: usize,
    count: usize,
    places: Option<Vec<usize>>,
    axes: Vec<Vec<f64>>,
    median_size: Option<f64>,
}

impl AnswerColumns {
    fn of(answer: RecoveryAnswer<'_>, rows: &[usize]) -> Self {
        match answer {
            RecoveryAnswer::Groups(groups) => {
                let codes = rows.iter().filter_map(|row| groups.codes()[*row]);
                let places: Vec<usize> = codes.map(|code| code as usize).collect();
                let mut sizes = vec![0.0; groups.groups()];
                for place in &places {
                    sizes[*place] += 1.0;
                }
                sizes.retain(|size| *size > 0.0);
                let count = groups_among(groups, rows);
                Self {
                    groups: count,
                    count,
                    places: Some(places),
                    axes: Vec::new(),
                    median_size: quantile(&sizes, 0.5),
                }
            }
            RecoveryAnswer::Axes(axes) => Self {
                groups: axes.len(),
                count: axes.len(),
                places: None,
                axes: axes.iter().map(|axis| pick(axis, rows)).collect(),
                median_size: None,
            },
        }
    }
}

/// Covariates as columns of a regression: one indicator per group except the first, and for a
/// continuous one its values and their squares.
fn columns_of(covariates: &[Covariate], rows: &[usize]) -> Vec<Vec<f64>> {
    let mut columns = Vec::new();
    for covariate in covariates {
        match covariate {
            Covariate::Groups(groups) => columns.extend((1..groups.groups() as u32).map(|level| {
                let here = |row: &usize| f64::from(groups.codes()[*row] == Some(level));
                rows.iter().map(here).collect()
            })),
            Covariate::Continuous(values) => {
                let line = unit(&pick(values, rows)).unwrap_or_else(|| vec![0.0; rows.len()]);
                let squares = line.iter().map(|value| value * value * rows.len() as f64);
                columns.push(squares.collect());
                columns.push(line);
            }
        }
    }
    columns
}

/// The residual of a column after least squares on `columns`.
fn residual(target: &[f64], columns: &[Vec<f64>]) -> Vec<f64> {
    let mut rest = target.to_vec();
    for axis in crate::measure::linalg::centred_basis(columns) {
        let along = crate::measure::linalg::dot(&axis, &rest);
        for (value, direction) in rest.iter_mut().zip(&axis) {
            *value -= along * direction;
        }
    }
    rest
}

fn pick(values: &[f64], rows: &[usize]) -> Vec<f64> {
    rows.iter().map(|row| values[*row]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::result::Reading;
    use super::*;
    use crate::labels::Partition;
    use crate::random::Secret;

    fn normals(rows: usize, name: &str) -> Vec<f64> {
        let mut draws = Secret::demo(6).stream().fork(name).draws();
        (0..rows).map(|_| draws.normal()).collect()
    }

    fn cut(values: &[f64]) -> Partition {
        let labels: Vec<Option<String>> = values
            .iter()
            .map(|x| Some(format!("{:.0}", x.clamp(-1.5, 1.5) * 2.0)))
            .collect();
        Partition::from_labels(&labels)
    }

    fn sum(a: &[f64], b: &[f64], share: f64) -> Vec<f64> {
        a.iter().zip(b).map(|(a, b)| a + share * b).collect()
    }

    fn beyond(
        factor: &[f64],
        groups: &Partition,
        covariate: &[f64],
        known: &[Vec<f64>],
    ) -> ConditionalRecovery {
        let covariates = [Covariate::Continuous(covariate.to_vec())];
        let stream = Secret::demo(1).stream();
        conditional_factor(
            factor,
            RecoveryAnswer::Groups(groups),
            &covariates,
            known,
            &stream,
        )
        .unwrap()
        .0
    }

    #[test]
    fn cuts_of_a_correlated_rival_tell_nothing_beyond_it_and_own_cuts_do() {
        let (covariate, own) = (normals(4000, "covariate"), normals(4000, "own"));
        let factor = sum(&own, &covariate, 1.0);
        let known = [factor.clone()];
        let by_rival = beyond(&factor, &cut(&covariate), &covariate, &known);
        assert!(
            by_rival.recovery.value.unwrap().abs() < 0.01,
            "{by_rival:?}"
        );
        let by_own = beyond(&factor, &cut(&own), &covariate, &known);
        assert!(by_own.recovery.value.unwrap() > 0.85, "{by_own:?}");
        assert_eq!(by_own.strata, 0);
    }

    #[test]
    fn random_groups_stay_within_chance_however_many() {
        let (covariate, factor) = (normals(3000, "covariate"), normals(3000, "factor"));
        let noise = normals(3000, "noise");
        let labels: Vec<Option<String>> = noise
            .iter()
            .map(|x| Some(format!("{:.1}", x.clamp(-2.0, 2.0))))
            .collect();
        let found = beyond(
            &factor,
            &Partition::from_labels(&labels),
            &covariate,
            std::slice::from_ref(&factor),
        );
        let slack = 4.0 * 80.0_f64.sqrt() / 3000.0;
        assert!(found.recovery.value.unwrap() < slack, "{found:?}");
        assert!(found.recovery.chance.unwrap() < slack, "{found:?}");
    }

    #[test]
    fn a_factor_that_a_rival_settles_leaves_nothing() {
        let covariate = normals(1000, "covariate");
        let factor = sum(&covariate, &normals(1000, "own"), 0.1);
        let found = beyond(
            &factor,
            &cut(&factor),
            &covariate,
            std::slice::from_ref(&factor),
        );
        assert_eq!(found.recovery.reading, Reading::NothingLeft);
    }
}
