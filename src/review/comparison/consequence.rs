//! Cleaning by consequence: whether more of what is there can be told from the cleaned data.

use rayon::prelude::*;

use super::super::known::{bent, scores, scores_of};
use super::super::{BundleTruth, Consequence};
use super::ceilings::{Learner, readable};
use super::ground::Ground;
use super::subjects::Side;
use crate::certify::VIEW_ROWS;
use crate::measure::recover_factor_by_axes;
use crate::random::Stream;
use crate::submission::CleanedTable;
use crate::table::{Column, Table};

/// Fewer rows are nothing to learn from.
const LEAST_ROWS: usize = 100;

/// Every structure, told by a learner with the answers from the delivered, the cleaned and the clean data:
/// their columns of numbers, by the names that the table had before defects. Of at most [`VIEW_ROWS`] rows,
/// each as it is in that table; from the cleaned data, of those that are left in them.
pub(in super::super) fn consequences(
    truth: &BundleTruth,
    cleaned: &CleanedTable,
    ground: &Ground,
    stream: &Stream,
) -> Vec<Consequence> {
    let originals = truth.originals();
    let mut rows = stream
        .fork("rows")
        .draws()
        .sample(originals.len(), VIEW_ROWS);
    rows.sort_unstable();
    let place = places(truth, cleaned);
    let place = |original: usize| place[truth.base(originals[original])];
    let left: Vec<(usize, usize)> = rows
        .iter()
        .filter_map(|row| Some((*row, place(*row)?)))
        .collect();
    let (left, as_cleaned): (Vec<usize>, Vec<usize>) = left.into_iter().unzip();
    if rows.len() < LEAST_ROWS {
        return Vec::new();
    }
    let kept = (0..originals.len()).filter(|row| place(*row).is_some());
    let kept = kept.count() as f64 / originals.len() as f64;
    let as_delivered: Vec<usize> = rows.iter().map(|row| originals[*row]).collect();
    let delivered = scores_of(known_columns(truth, &truth.delivered), &as_delivered);
    let scored = scores_of(known_columns(truth, &cleaned.table), &as_cleaned);
    let clean = scores(truth, &rows);
    let [delivered, clean] =
        [delivered, clean].map(|points| Learner::new(rows.clone(), points, stream));
    let cleaned = Learner::new(left, scored, stream);
    let subjects = &ground.subjects;
    subjects
        .par_iter()
        .filter(|subject| !subject.aside && !subject.decoy)
        .map(|subject| {
            let stream = stream.fork(&subject.finding).fork(&subject.what);
            let tells = |learner: &Learner| tells(learner, &subject.side, &stream);
            Consequence {
                delivered: tells(&delivered),
                cleaned: tells(&cleaned),
                clean: tells(&clean),
                finding: subject.finding.clone(),
                what: subject.what.clone(),
                kept,
            }
        })
        .collect()
}

/// Row of the cleaned data by source position; of several copies the first, none for rows that are gone.
fn places(truth: &BundleTruth, cleaned: &CleanedTable) -> Vec<Option<usize>> {
    let mut place = vec![None; truth.surface.rows()];
    for (row, delivered) in cleaned.rows.iter().enumerate() {
        place[truth.base(*delivered)].get_or_insert(row);
    }
    place
}

/// Columns that the table had before defects, and has.
fn known_columns<'a>(truth: &'a BundleTruth, table: &'a Table) -> impl Iterator<Item = &'a Column> {
    let known = move |column: &&Column| truth.surface.cells(&column.name).is_some();
    table.columns().iter().filter(known)
}

/// What a learner tells of one structure; none where that is nothing.
fn tells(learner: &Learner, side: &Side, stream: &Stream) -> Option<f64> {
    if learner.rows.len() < LEAST_ROWS || learner.points.ncols() == 0 {
        return None;
    }
    let found = match side.pick(&learner.rows) {
        Side::Line(values) => recover_factor_by_axes(&values, &bent(&learner.points), stream).0,
        _ => learner.recovery(side, stream)?,
    };
    readable(&found)
}
