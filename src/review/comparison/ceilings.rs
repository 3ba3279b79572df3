//! What there is to reach: a learner with the answers, on the columns before any defect.

use ndarray::{Array1, Array2};
use rayon::prelude::*;

use super::super::known::{known, scores, scores_and_times};
use super::super::{BundleTruth, SubjectRecovery};
use super::kin::Nature;
use super::subjects::{Side, Subject, lines, subjects};
use crate::certify::VIEW_ROWS;
use crate::cluster::Lloyd;
use crate::labels::{Memberships, Partition};
use crate::learn::{FOLDS, Target, folds, out_of_fold, out_of_fold_groups};
use crate::measure::{Reading, Recovery, recover_factor_by_axes};
use crate::random::Stream;

/// Groups of predicted mixtures to a type.
const MIXTURES: usize = 4;

/// The recovery of everything that is there by a learner with the answers at hand: for groups and types
/// boosted trees that learn them from other rows, on at most [`VIEW_ROWS`] rows; for gradients and bends
/// least squares on the truth itself, its R² adjusted. They learn from numbers, and what changes with time
/// from times as well. No other answer of its kind is expected to get further. What it does not find has none.
pub(in super::super) fn ceilings(truth: &BundleTruth, stream: &Stream) -> Vec<SubjectRecovery> {
    let originals: Vec<usize> = (0..truth.originals().len()).collect();
    let columns = known(truth, &originals);
    let mut rows = stream
        .fork("rows")
        .draws()
        .sample(originals.len(), VIEW_ROWS);
    rows.sort_unstable();
    let points = scores(truth, &rows);
    let with_times = scores_and_times(truth, &rows);
    let [learner, of_changes] =
        [points, with_times].map(|points| Learner::new(rows.clone(), points, stream));
    let mut all: Vec<Subject> = subjects(truth);
    // A change is two sides for groups, and degrees for axes.
    let degrees = lines(truth).into_iter();
    all.extend(degrees.filter(|subject| subject.nature == Nature::Regime));
    all.into_par_iter()
        .filter(|subject| !subject.aside && !subject.decoy)
        .filter_map(|subject| {
            let stream = stream.fork(&subject.finding).fork(&subject.what);
            let found = match (subject.nature, &subject.side) {
                (Nature::Regime, Side::Line(values)) => of_changes.degrees(values, &stream)?,
                (Nature::Regime, side) => of_changes.recovery(side, &stream)?,
                (_, Side::Line(values)) => recover_factor_by_axes(values, &columns, &stream).0,
                (_, side) => learner.recovery(side, &stream)?,
            };
            Some(SubjectRecovery {
                recovery: readable(&found)?,
                finding: subject.finding,
                what: subject.what,
            })
        })
        .collect()
}

/// A recovery that can be read as it stands, and is above chance.
pub(super) fn readable(found: &Recovery) -> Option<f64> {
    let readable = found.reading == Reading::Ok && found.above_chance();
    found.value.filter(|_| readable)
}

/// Boosted trees that learn what is there from columns.
pub(super) struct Learner {
    /// Positions among the originals.
    pub(super) rows: Vec<usize>,
    /// What it learns from.
    pub(super) points: Array2<f64>,
    folds: Vec<usize>,
}

impl Learner {
    /// Of these rows and columns.
    pub(super) fn new(rows: Vec<usize>, points: Array2<f64>, stream: &Stream) -> Self {
        Self {
            folds: folds(rows.len(), FOLDS, &mut stream.fork("folds").draws()),
            rows,
            points,
        }
    }

    /// What predicted groups tell of it; none where it is a line, a row has no answer, or nothing can be
    /// learnt.
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

    /// What a predicted line tells of the line `values`, one per original; none where nothing can be learnt.
    fn degrees(&self, values: &[f64], stream: &Stream) -> Option<Recovery> {
        let known: Vec<f64> = self.rows.iter().map(|row| values[*row]).collect();
        let told = out_of_fold(self.points.view(), &known, Target::Value, &self.folds).ok()?;
        Some(recover_factor_by_axes(&known, &[told], stream).0)
    }

    /// Rows of like predicted shares: more groups than types, since rows between two types are told as such.
    fn mixtures(&self, members: &Memberships, stream: &Stream) -> Option<Vec<u32>> {
        let mut shares = Array2::zeros((members.rows(), members.groups()));
        for (group, mut column) in shares.columns_mut().into_iter().enumerate() {
            let known: Vec<f64> = (0..members.rows())
                .map(|row| members.row(row)[group])
                .collect();
            let told = out_of_fold(self.points.view(), &known, Target::Value, &self.folds).ok()?;
            column.assign(&Array1::from(told));
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
