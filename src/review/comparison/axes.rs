//! Submitted axes compared with continuous structures.

use super::super::{AxesEvidence, BundleTruth};
use super::context::ComparisonContext;
use super::subjects::{Side, lines};
use crate::measure::{Correlation, RecoveryAnswer, best_axis, recover_factor_by_axes};
use crate::random::Stream;
use crate::submission::Submission;

/// How much of every continuous structure the submitted axes recover.
pub(in super::super) fn compare_axes(
    truth: &BundleTruth,
    submission: &Submission,
    context: &ComparisonContext,
    stream: &Stream,
) -> Vec<AxesEvidence> {
    if submission.axes.is_empty() {
        return Vec::new();
    }
    let originals = truth.originals().iter();
    let axes: Vec<Vec<f64>> = submission
        .axes
        .iter()
        .map(|axis| {
            let value = |row: &usize| axis.values[*row].unwrap_or(f64::NAN);
            originals.clone().map(value).collect()
        })
        .collect();
    lines(truth)
        .into_iter()
        .filter_map(|subject| {
            let Side::Line(values) = &subject.side else {
                return None;
            };
            let best = best_axis(values, &axes, Correlation::Spearman);
            let stream = stream.fork(&subject.finding);
            Some(AxesEvidence {
                alone: context.with_entity_interval(recover_factor_by_axes(values, &axes, &stream)),
                conditional: context.conditional(&subject, RecoveryAnswer::Axes(&axes), &stream),
                above_baselines: None,
                best: best.map(|best| submission.axes[best.axis].name.clone()),
                best_squared: best.map(|best| best.squared()),
                finding: subject.finding,
                what: subject.what,
            })
        })
        .collect()
}
