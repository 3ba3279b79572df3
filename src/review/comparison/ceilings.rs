//! What there is to reach: a learner with the answers, on the columns before any defect.

use ndarray::Array2;
use rayon::prelude::*;

use super::super::known::{known, scores};
use super::super::{BundleTruth, Told};
use super::subjects::{Side, Subject, subjects};
use crate::certify::VIEW_ROWS;
use crate::labels::Partition;
use crate::learn::{FOLDS, folds, out_of_fold_groups};
use crate::measure::{Reading, Recovery, recover_factor_by_axes};
use crate::random::Stream;

/// The recovery of everything that is there by a learner who has seen the answer for other rows: boosted
/// trees for groups and types, on at most [`VIEW_ROWS`] rows, least squares for gradients and bends. No
/// other answer of its kind is expected to get further. What it does not find has none.
pub(in super::super) fn ceilings(truth: &BundleTruth, stream: &Stream) -> Vec<Told> {
    let originals: Vec<usize> = (0..truth.originals().len()).collect();
    let columns = known(truth, &originals);
    let mut rows = stream
        .fork("rows")
        .draws()
        .sample(originals.len(), VIEW_ROWS);
    rows.sort_unstable();
    let points = scores(truth, &rows);
    let folds = folds(rows.len(), FOLDS, &mut stream.fork("folds").draws());
    let learner = Learner {
        rows: &rows,
        points: &points,
        folds: &folds,
    };
    let all: Vec<Subject> = subjects(truth);
    all.into_par_iter()
        .filter(|subject| !subject.aside && !subject.decoy)
        .filter_map(|subject| {
            let stream = stream.fork(&subject.finding).fork(&subject.what);
            let found = match &subject.side {
                Side::Line(values) => recover_factor_by_axes(values, &columns, &stream),
                side => learner.recovery(side, &stream)?,
            };
            let readable = found.reading == Reading::Ok && found.above_chance();
            Some(Told {
                recovery: found.value.filter(|_| readable)?,
                finding: subject.finding,
                what: subject.what,
            })
        })
        .collect()
}

struct Learner<'a> {
    rows: &'a [usize],
    points: &'a Array2<f64>,
    folds: &'a [usize],
}

impl Learner<'_> {
    /// What predicted groups tell of it; none where it has a row without an answer, or nothing can
    /// be learnt.
    fn recovery(&self, side: &Side, stream: &Stream) -> Option<Recovery> {
        let side = side.pick(self.rows);
        let groups = match &side {
            Side::Mixture { sampled, .. } => sampled,
            Side::Groups(groups) => groups,
            Side::Line(_) => return None,
        };
        let labels: Option<Vec<u32>> = groups.codes().iter().copied().collect();
        let told = out_of_fold_groups(self.points.view(), &labels?, self.folds).ok()?;
        let told = told.into_iter().map(Some).collect();
        let predicted = Partition::from_codes(told, groups.names().to_vec());
        Some(side.recovery(&predicted, stream))
    }
}
