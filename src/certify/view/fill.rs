//! Missing values are imputed from other columns.

use crate::learn::{FOLDS, TargetKind, folds, out_of_fold, predict};
use crate::random::Stream;

use super::super::error::CertifyError;
use super::columns::{ViewCandidate, plain};
use super::recipe::Step;

/// Impute the missing values of all columns: a prediction from the other columns, plus the residual
/// of another row that was predicted out of sample. Imputing means would pull rows together, and
/// predictions alone would overstate the relations between columns.
pub(super) fn fill(columns: &mut [ViewCandidate], stream: &Stream) -> Result<(), CertifyError> {
    let rows = columns.first().map_or(0, |column| column.values.len());
    // Missing values of predictors are replaced by medians.
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
