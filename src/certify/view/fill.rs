//! Missing values are drawn from what other columns tell.

use crate::learn::{FOLDS, TargetKind, folds, out_of_fold, predict};
use crate::random::Stream;

use super::super::error::CertifyError;
use super::columns::{ViewCandidate, plain};
use super::recipe::Step;

/// Draw the missing values of all columns: a prediction from the others, and the residual of another
/// row, which its own prediction had not seen. Filling in means would pull rows together, and
/// predictions alone would pretend that columns tell more of each other than they do.
pub(super) fn fill(columns: &mut [ViewCandidate], stream: &Stream) -> Result<(), CertifyError> {
    let rows = columns.first().map_or(0, |column| column.values.len());
    // Medians stand for what is missing in the columns that are learnt from.
    let plain = plain(columns, rows);
    for at in 0..columns.len() {
        let missing: Vec<usize> = (0..rows)
            .filter(|row| columns[at].values[*row].is_none())
            .collect();
        if missing.is_empty() {
            continue;
        }
        let others: Vec<usize> = (0..columns.len()).filter(|other| *other != at).collect();
        let points = plain.select(ndarray::Axis(1), &others);
        let known: Vec<usize> = (0..rows)
            .filter(|row| columns[at].values[*row].is_some())
            .collect();
        let target: Vec<f64> = known.iter().map(|row| plain[[*row, at]]).collect();
        let mut draws = stream.fork(&columns[at].made.name).draws();
        let drawn: Vec<f64> = if others.is_empty() {
            missing
                .iter()
                .map(|_| target[draws.index(target.len())])
                .collect()
        } else {
            let seen = points.select(ndarray::Axis(0), &known);
            let folds = folds(known.len(), FOLDS, &mut draws);
            let predicted = out_of_fold(seen.view(), &target, TargetKind::Value, &folds)?;
            let rest: Vec<f64> = target
                .iter()
                .zip(predicted)
                .map(|(y, predicted)| y - predicted)
                .collect();
            let wanted = points.select(ndarray::Axis(0), &missing);
            let mut drawn = predict(seen.view(), &target, TargetKind::Value, wanted.view())?;
            for value in &mut drawn {
                *value += rest[draws.index(rest.len())];
            }
            drawn
        };
        columns[at].made.steps.push(Step::Filled {
            missing: missing.len(),
        });
        for (row, value) in missing.into_iter().zip(drawn) {
            columns[at].values[row] = Some(value);
        }
    }
    Ok(())
}
