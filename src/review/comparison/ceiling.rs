//! The ceiling: what models trained on the truth recover from the clean table.

use ndarray::{Array1, Array2};
use rayon::prelude::*;

use super::super::truth::{features, features_and_times, with_squares};
use super::super::{BundleTruth, SubjectRecovery};
use super::confounders::SubjectKind;
use super::subjects::{Side, Subject, lines, subjects};
use crate::certify::VIEW_ROWS;
use crate::cluster::Lloyd;
use crate::labels::{Memberships, Partition};
use crate::learn::{FOLDS, TargetKind, folds, out_of_fold, out_of_fold_groups};
use crate::measure::{Reading, Recovery, recover_factor_by_axes};
use crate::random::Stream;

/// Groups of predicted mixtures per type.
const MIXTURES: usize = 4;

/// How much of each structure models trained on the truth recover: boosted trees, tested out of fold on at
/// most [`VIEW_ROWS`] rows, for groups and types; least squares with adjusted R² for factors and curves.
/// They see numbers, and for changes also times. No answer is expected to recover more. Structures that
/// they do not find are left out.
pub(in super::super) fn ceilings(truth: &BundleTruth, stream: &Stream) -> Vec<SubjectRecovery> {
    let originals: Vec<usize> = (0..truth.originals().len()).collect();
    let columns = with_squares(&features(truth, &originals));
    let mut rows = stream
        .fork("rows")
        .draws()
        .sample(originals.len(), VIEW_ROWS);
    rows.sort_unstable();
    let points = features(truth, &rows);
    let with_times = features_and_times(truth, &rows);
    let [learner, of_changes] =
        [points, with_times].map(|points| Learner::new(rows.clone(), points, stream));
    let mut all: Vec<Subject> = subjects(truth);
    // A change is two groups for groupings, and a value for axes.
    let values = lines(truth).into_iter();
    all.extend(values.filter(|subject| subject.kind == SubjectKind::Change));
    all.into_par_iter()
        .filter(|subject| !subject.only_if_found && !subject.decoy)
        .filter_map(|subject| {
            let stream = subject.stream(stream);
            let found = match (subject.kind, &subject.side) {
                (SubjectKind::Change, Side::Line(values)) => {
                    of_changes.recovery_of_values(values, &stream)?
                }
                (SubjectKind::Change, side) => of_changes.recovery(side, &stream)?,
                (_, Side::Line(values)) => recover_factor_by_axes(values, &columns, &stream).0,
                (_, side) => learner.recovery(side, &stream)?,
            };
            Some(SubjectRecovery {
                recovery: value_above_chance(&found)?,
                finding: subject.finding,
                what: subject.what,
            })
        })
        .collect()
}

/// The value of a recovery that is valid and above chance.
pub(in super::super) fn value_above_chance(found: &Recovery) -> Option<f64> {
    let valid = found.reading == Reading::Ok && found.above_chance();
    found.value.filter(|_| valid)
}

/// Boosted trees that predict structures from columns.
pub(super) struct Learner {
    /// Positions among the originals.
    pub(super) rows: Vec<usize>,
    /// Features.
    pub(super) points: Array2<f64>,
    folds: Vec<usize>,
}

impl Learner {
    /// From these rows and columns.
    pub(super) fn new(rows: Vec<usize>, points: Array2<f64>, stream: &Stream) -> Self {
        Self {
            folds: folds(rows.len(), FOLDS, &mut stream.fork("folds").draws()),
            rows,
            points,
        }
    }

    /// How much predicted groups recover; none for values, if a row has no label, or if the fit fails.
    pub(super) fn recovery(&self, side: &Side, stream: &Stream) -> Option<Recovery> {
        let side = side.pick(&self.rows);
        let predicted = match &side {
            Side::Mixture { members, .. } => self.mixtures(members, stream)?,
            Side::Groups(groups) => {
                let labels: Option<Vec<u32>> = groups.codes().iter().copied().collect();
                out_of_fold_groups(self.points.view(), &labels?, &self.folds).ok()?
            }
            Side::Line(_) => return None,
        };
        let most = predicted.iter().max().map_or(0, |most| *most as usize);
        let names = (0..=most).map(|group| group.to_string()).collect();
        let predicted = predicted.into_iter().map(Some).collect();
        Some(side.recovery(&Partition::from_codes(predicted, names), stream))
    }

    /// How much predicted values recover of `values`, one per original; none if the fit fails.
    fn recovery_of_values(&self, values: &[f64], stream: &Stream) -> Option<Recovery> {
        let known: Vec<f64> = self.rows.iter().map(|row| values[*row]).collect();
        let predicted =
            out_of_fold(self.points.view(), &known, TargetKind::Value, &self.folds).ok()?;
        Some(recover_factor_by_axes(&known, &[predicted], stream).0)
    }

    /// Rows with similar predicted shares: more groups than types, so that rows between types have their own.
    fn mixtures(&self, members: &Memberships, stream: &Stream) -> Option<Vec<u32>> {
        let mut shares = Array2::zeros((members.rows(), members.groups()));
        for (group, mut column) in shares.columns_mut().into_iter().enumerate() {
            let known: Vec<f64> = (0..members.rows())
                .map(|row| members.row(row)[group])
                .collect();
            let predicted =
                out_of_fold(self.points.view(), &known, TargetKind::Value, &self.folds).ok()?;
            column.assign(&Array1::from(predicted));
        }
        let groups = MIXTURES * members.groups();
        let mut draws = stream.fork("mixtures").draws();
        Some(
            Lloyd::fit(shares.view(), groups, 1, &mut draws)
                .ok()?
                .labels,
        )
    }
}
