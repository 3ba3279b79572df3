//! A continuous factor beyond its rivals, by cross-fitted partial R².

use crate::labels::Partition;
use crate::random::Stream;

use super::super::correlation::unit;
use super::super::moments::{ordered_sum, quantile};
use super::beyond::{Beyond, LEFT};
use super::groups::groups_among;
use super::held_out::{held_out, held_out_r_squared};
use super::influence::{Influence, Part};
use super::null::{permuted, sampled_rows};
use super::result::{Recovery, Shape};
use super::rivals::Rival;

/// Folds that are predicted from the others.
const FOLDS: usize = 5;
/// Rows that a fit works on at most: every R² is then known to about a hundredth.
const ROWS: usize = 5_000;

/// Groups or axes that are held against a factor.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// Groups: a mean each.
    Groups(&'a Partition),
    /// Axes: a slope each; missing where not finite.
    Axes(&'a [Vec<f64>]),
}

/// How much of a continuous factor an answer tells beyond rivals:
/// (R²(f | Y, Z) − R²(f | Z)) / (R²(f | X, Z) − R²(f | Z)).
///
/// All rivals Z are held fixed at once by least squares: groups by a mean each, lines by a slope and one
/// of their square. Y gives a mean per group or a slope per axis, X (`known`, every column that
/// there is to know the factor from) a slope per column. Every R² is of rows that the fit has not seen
/// (five folds), so that many groups gain nothing by themselves; no bins. Chance is the 99 % quantile
/// over permutations of the answer, fitted to what the rivals leave.
/// A denominator under 0.05: [`Reading::NothingLeft`](super::Reading::NothingLeft).
/// 0 is an answer that tells nothing new, 1 one that tells all that the columns do; a clever answer may exceed 1,
/// since X enters as it is. At most 5,000 rows; rows where a side is missing are left out. None without a rival, or where
/// the factor is constant. Deterministic in `stream`; the order of rows changes no bit where values of the factor differ.
///
/// ```
/// use drumlin::{measure::{Answer, Rival, recover_factor_beyond}, random::Secret};
/// let mut draws = Secret::demo(3).stream().draws();
/// let mut normals = |_| (0..600).map(|_| draws.normal()).collect::<Vec<f64>>();
/// let [rival, own] = [(), ()].map(&mut normals);
/// let factor: Vec<f64> = rival.iter().zip(&own).map(|(rival, own)| rival + own).collect();
/// let stream = Secret::demo(1).stream();
/// let known = [factor.clone()];
/// let rivals = [Rival::Line(rival.clone())];
/// let told = |axis: Vec<f64>| {
///     let axes = [axis];
///     recover_factor_beyond(&factor, Answer::Axes(&axes), &rivals, &known, &stream).unwrap().0.recovery
/// };
/// assert!((told(own).value.unwrap() - 1.0).abs() < 1e-9);
/// assert!(!told(rival).above_chance());
/// ```
///
/// # Panics
/// When a side has other rows than the factor: the caller aligns them by row id.
pub fn recover_factor_beyond(
    factor: &[f64],
    answer: Answer<'_>,
    rivals: &[Rival],
    known: &[Vec<f64>],
    stream: &Stream,
) -> Option<(Beyond, Influence)> {
    let rows = answered(factor, answer, rivals, known);
    let stream = stream.fork("beyond");
    let mut rows = sampled_rows(rows, ROWS, &stream);
    if rows.is_empty() || rivals.is_empty() {
        return None;
    }
    // By value, so that the order of rows changes nothing.
    rows.sort_by(|left, right| factor[*left].total_cmp(&factor[*right]));
    let target = unit(&pick(factor, &rows))?;
    let folds = folds(rows.len(), &stream);
    let held = columns_of(rivals, &rows);
    let misses = |groups: Option<&[usize]>, more: &[Vec<f64>]| -> Vec<f64> {
        let columns: Vec<&[f64]> = held.iter().chain(more).map(Vec::as_slice).collect();
        let predicted = held_out(&target, groups, &columns, &folds);
        let pairs = target.iter().zip(&predicted);
        pairs
            .map(|(value, told)| (value - told) * (value - told))
            .collect()
    };
    // A unit column: squares that a fit misses add up to 1 − R².
    let missed = |misses: &[f64]| ordered_sum(misses.iter().copied());
    let by_rivals = misses(None, &[]);
    let known: Vec<Vec<f64>> = known.iter().map(|column| pick(column, &rows)).collect();
    let by_all = misses(None, &known);
    let left = missed(&by_rivals) - missed(&by_all);
    let told = Told::of(answer, &rows);
    let beyond = |(recovery, influence)| {
        let beyond = Beyond {
            recovery,
            rivals: (0..rivals.len()).collect(),
            strata: 0,
        };
        Some((beyond, influence))
    };
    if left < LEFT {
        return beyond(Recovery::nothing_left(rows.len(), told.count).without_influence());
    }
    let by_answer = match &told.places {
        Some(places) => misses(Some(places), &[]),
        None => misses(None, &told.axes),
    };
    let value = (missed(&by_rivals) - missed(&by_answer)) / left;
    // Permuted answers know nothing of the rivals: what those leave is all that they could tell.
    let rest = residual(&target, &held);
    let order: Vec<usize> = (0..rows.len()).collect();
    let scale = missed(&by_rivals);
    let null = permuted(&order, &stream, |shuffled| {
        let gain = if let Some(places) = &told.places {
            let places: Vec<usize> = shuffled.iter().map(|at| places[*at]).collect();
            held_out_r_squared::<Vec<f64>>(&rest, Some(&places), &[], &folds)
        } else {
            let axes: Vec<Vec<f64>> = told.axes.iter().map(|axis| pick(axis, shuffled)).collect();
            held_out_r_squared(&rest, None, &axes, &folds)
        };
        // Out of fold, random answers mostly lose: nothing under 0 is found.
        (gain * scale / left).max(0.0)
    });
    let fine =
        Recovery::mostly(told.count.saturating_sub(1) as f64 / (rows.len() as f64 - 1.0).max(1.0));
    let shape = Shape {
        rows: rows.len(),
        groups: told.groups,
        median_size: told.median_size,
    };
    let parts: Vec<Part> = (0..rows.len())
        .map(|at| Part {
            row: rows[at],
            found: by_rivals[at] - by_answer[at],
            everything: by_rivals[at] - by_all[at],
        })
        .collect();
    beyond(
        Recovery::judged(value, &null, fine, shape)
            .moving(Influence::of_ratio(value, &parts, &null)),
    )
}

/// A fold for each row, at random, sizes differing by at most one.
fn folds(rows: usize, stream: &Stream) -> Vec<usize> {
    let mut folds = vec![0; rows];
    let order = stream.fork("folds").draws().sample(rows, rows);
    for (at, row) in order.into_iter().enumerate() {
        folds[row] = at % FOLDS;
    }
    folds
}

/// Rows where nothing is missing.
fn answered(
    factor: &[f64],
    answer: Answer<'_>,
    rivals: &[Rival],
    known: &[Vec<f64>],
) -> Vec<usize> {
    let n = factor.len();
    for rows in rivals
        .iter()
        .map(Rival::rows)
        .chain(known.iter().map(Vec::len))
    {
        assert_eq!(n, rows, "truth and rivals of other rows");
    }
    let here: Vec<bool> = match answer {
        Answer::Groups(groups) => groups.codes().iter().map(Option::is_some).collect(),
        Answer::Axes(axes) => (0..n)
            .map(|row| axes.iter().all(|axis| axis[row].is_finite()))
            .collect(),
    };
    assert_eq!(n, here.len(), "truth and answer of other rows");
    let complete = |row: &usize| {
        let known = known.iter().all(|column| column[*row].is_finite());
        known
            && rivals.iter().all(|rival| match rival {
                Rival::Groups(groups) => groups.codes()[*row].is_some(),
                Rival::Line(values) => values[*row].is_finite(),
            })
    };
    (0..n)
        .filter(|row| factor[*row].is_finite() && here[*row])
        .filter(complete)
        .collect()
}

/// An answer among the working rows.
struct Told {
    /// Groups among all working rows, or axes.
    groups: usize,
    count: usize,
    places: Option<Vec<usize>>,
    axes: Vec<Vec<f64>>,
    median_size: Option<f64>,
}

impl Told {
    fn of(answer: Answer<'_>, rows: &[usize]) -> Self {
        match answer {
            Answer::Groups(groups) => {
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
            Answer::Axes(axes) => Self {
                groups: axes.len(),
                count: axes.len(),
                places: None,
                axes: axes.iter().map(|axis| pick(axis, rows)).collect(),
                median_size: None,
            },
        }
    }
}

/// Rivals as columns of a regression: of groups one column each but for the first, of a line the
/// values and their squares.
fn columns_of(rivals: &[Rival], rows: &[usize]) -> Vec<Vec<f64>> {
    let mut columns = Vec::new();
    for rival in rivals {
        match rival {
            Rival::Groups(groups) => columns.extend((1..groups.groups() as u32).map(|level| {
                let here = |row: &usize| f64::from(groups.codes()[*row] == Some(level));
                rows.iter().map(here).collect()
            })),
            Rival::Line(values) => {
                let line = unit(&pick(values, rows)).unwrap_or_else(|| vec![0.0; rows.len()]);
                let squares = line.iter().map(|value| value * value * rows.len() as f64);
                columns.push(squares.collect());
                columns.push(line);
            }
        }
    }
    columns
}

/// What least squares on `columns` leaves of a column.
fn residual(target: &[f64], columns: &[Vec<f64>]) -> Vec<f64> {
    let mut rest = target.to_vec();
    for axis in super::super::basis::centred_basis(columns) {
        let along = super::super::basis::dot(&axis, &rest);
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

    fn beyond(factor: &[f64], groups: &Partition, rival: &[f64], known: &[Vec<f64>]) -> Beyond {
        let rivals = [Rival::Line(rival.to_vec())];
        let stream = Secret::demo(1).stream();
        recover_factor_beyond(factor, Answer::Groups(groups), &rivals, known, &stream)
            .unwrap()
            .0
    }

    #[test]
    fn cuts_of_a_correlated_rival_tell_nothing_beyond_it_and_own_cuts_do() {
        let (rival, own) = (normals(4000, "rival"), normals(4000, "own"));
        let factor = sum(&own, &rival, 1.0);
        let known = [factor.clone()];
        let by_rival = beyond(&factor, &cut(&rival), &rival, &known);
        assert!(
            by_rival.recovery.value.unwrap().abs() < 0.01,
            "{by_rival:?}"
        );
        let by_own = beyond(&factor, &cut(&own), &rival, &known);
        assert!(by_own.recovery.value.unwrap() > 0.85, "{by_own:?}");
        assert_eq!(by_own.strata, 0);
    }

    #[test]
    fn random_groups_stay_within_chance_however_many() {
        let (rival, factor) = (normals(3000, "rival"), normals(3000, "factor"));
        let noise = normals(3000, "noise");
        let labels: Vec<Option<String>> = noise
            .iter()
            .map(|x| Some(format!("{:.1}", x.clamp(-2.0, 2.0))))
            .collect();
        let found = beyond(
            &factor,
            &Partition::from_labels(&labels),
            &rival,
            std::slice::from_ref(&factor),
        );
        let slack = 4.0 * 80.0_f64.sqrt() / 3000.0;
        assert!(found.recovery.value.unwrap() < slack, "{found:?}");
        assert!(found.recovery.chance.unwrap() < slack, "{found:?}");
    }

    #[test]
    fn a_factor_that_a_rival_settles_leaves_nothing() {
        let rival = normals(1000, "rival");
        let factor = sum(&rival, &normals(1000, "own"), 0.1);
        let found = beyond(
            &factor,
            &cut(&factor),
            &rival,
            std::slice::from_ref(&factor),
        );
        assert_eq!(found.recovery.reading, Reading::NothingLeft);
    }
}
