//! Effect of the cleaning: how well structures can be predicted from the cleaned data.

use rayon::prelude::*;

use super::super::truth::{features, features_of, with_squares};
use super::super::{BundleTruth, Consequence};
use super::ceiling::{Learner, value_above_chance};
use super::context::ComparisonContext;
use super::subjects::Side;
use crate::certify::VIEW_ROWS;
use crate::measure::recover_factor_by_axes;
use crate::random::Stream;
use crate::submission::CleanedTable;
use crate::table::{Column, Table};

/// Fewer rows are too few to train on.
const LEAST_ROWS: usize = 100;

/// How much of every structure a model trained on the truth recovers from the delivered, the cleaned and the
/// clean data: from the numbers in columns of the clean table, on at most [`VIEW_ROWS`] rows; of the cleaned
/// data, on the rows that they keep.
pub(in super::super) fn consequences(
    truth: &BundleTruth,
    cleaned: &CleanedTable,
    context: &ComparisonContext,
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
    let delivered = features_of(known_columns(truth, &truth.delivered), &as_delivered);
    let scored = features_of(known_columns(truth, &cleaned.table), &as_cleaned);
    let clean = features(truth, &rows);
    let [delivered, clean] =
        [delivered, clean].map(|points| Learner::new(rows.clone(), points, stream));
    let cleaned = Learner::new(left, scored, stream);
    let subjects = &context.subjects;
    subjects
        .par_iter()
        .filter(|subject| !subject.only_if_found && !subject.decoy)
        .map(|subject| {
            let stream = subject.stream(stream);
            let recover = |learner: &Learner| recover(learner, &subject.side, &stream);
            Consequence {
                delivered: recover(&delivered),
                cleaned: recover(&cleaned),
                clean: recover(&clean),
                finding: subject.finding.clone(),
                what: subject.what.clone(),
                kept,
            }
        })
        .collect()
}

/// Row of the cleaned data by source position; of several copies the first, none for dropped rows.
fn places(truth: &BundleTruth, cleaned: &CleanedTable) -> Vec<Option<usize>> {
    let mut place = vec![None; truth.surface.rows()];
    for (row, delivered) in cleaned.rows.iter().enumerate() {
        place[truth.base(*delivered)].get_or_insert(row);
    }
    place
}

/// Columns that the clean table has too.
fn known_columns<'a>(truth: &'a BundleTruth, table: &'a Table) -> impl Iterator<Item = &'a Column> {
    let known = move |column: &&Column| truth.surface.cells(&column.name).is_some();
    table.columns().iter().filter(known)
}

/// How much of one structure a learner recovers; none if that is not above chance.
fn recover(learner: &Learner, side: &Side, stream: &Stream) -> Option<f64> {
    if learner.rows.len() < LEAST_ROWS || learner.points.ncols() == 0 {
        return None;
    }
    let found = match side.pick(&learner.rows) {
        Side::Line(values) => {
            recover_factor_by_axes(&values, &with_squares(&learner.points), stream).0
        }
        _ => learner.recovery(side, stream)?,
    };
    value_above_chance(&found)
}
