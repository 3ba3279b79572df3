//! The certificate of one table.

use serde::{Deserialize, Serialize};

use crate::progress::Progress;
use crate::random::Stream;
use crate::scenario::Thresholds;
use crate::table::Table;

use super::depth::Depth;
use super::error::CertifyError;
use super::reference::Reference;
use super::statistics::{
    Declared, FactorTruth, STEPS, Statistics, Within, compute_with_progress, levels, within,
};
use super::verdict::{Reason, Verdict, judge, separated_within};
use super::view::View;

/// The certificate of one table: its analysis view, every statistic, and the verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Version of this format; 2.
    pub format: u32,
    /// Name of the table.
    pub table: String,
    /// The analysis view.
    pub view: View,
    /// Every statistic.
    pub statistics: Statistics,
    /// Separation within declared groups; only in full depth.
    #[serde(default)]
    pub within: Vec<Within>,
    /// The oracle's factors ([`Oracle`](super::Oracle)) in words; empty for a table without a key.
    #[serde(default)]
    pub factors: Vec<String>,
    /// Thresholds of the verdict.
    pub thresholds: Thresholds,
    /// Reasons against the table.
    pub verdict: Verdict,
}

impl Certificate {
    /// Steps of progress when measuring a table.
    pub const STEPS: u64 = STEPS + 1;

    /// Measure a table without a key. The same table and stream give the same bits with any number
    /// of threads.
    ///
    /// # Errors
    /// When the table has too few numeric columns or rows.
    pub fn of(
        name: &str,
        table: &Table,
        depth: Depth,
        thresholds: Thresholds,
        stream: &Stream,
        progress: &dyn Progress,
    ) -> Result<Self, CertifyError> {
        let view = View::of(table, &stream.fork("view"))?;
        let categories = table.columns().iter();
        let declared: Vec<Declared> = categories
            .flat_map(|column| levels(column, &view.rows))
            .collect();
        let how = (depth, thresholds, progress);
        Self::measured(name, view, None, &declared, how, stream)
    }

    /// Measure rows whose truth is known.
    ///
    /// # Errors
    /// When too few rows are left.
    pub fn of_reference(
        name: &str,
        reference: &Reference,
        depth: Depth,
        thresholds: Thresholds,
        stream: &Stream,
        progress: &dyn Progress,
    ) -> Result<Self, CertifyError> {
        let truth = FactorTruth {
            factors: reference.factors.view(),
            sampled: Some(&reference.sampled),
        };
        let view = reference.view.clone();
        let declared = &reference.declared;
        let how = (depth, thresholds, progress);
        let measured = Self::measured(name, view, Some(truth), declared, how, stream)?;
        Ok(Self {
            factors: reference.names.clone(),
            ..measured
        })
    }

    /// Number of declared groups that contain separated clusters.
    pub fn groups_hiding_clusters(&self) -> usize {
        separated_within(&self.within, &self.thresholds).len()
    }

    /// Reasons that would apply to an accepted table if every threshold were stricter by
    /// [one standard deviation](Thresholds::with_margin) of its statistic over samples: another sample might
    /// be rejected for them. Empty for a rejected table.
    pub fn close_calls(&self) -> Vec<Reason> {
        if !self.verdict.accepted() {
            return Vec::new();
        }
        let stricter = self.thresholds.with_margin(1.0);
        let mut verdict = judge(&self.statistics, &stricter);
        verdict.add(separated_within(&self.within, &stricter));
        verdict.reasons
    }

    fn measured(
        name: &str,
        view: View,
        truth: Option<FactorTruth<'_>>,
        declared: &[Declared],
        (depth, thresholds, progress): (Depth, Thresholds, &dyn Progress),
        stream: &Stream,
    ) -> Result<Self, CertifyError> {
        let points = view.points.view();
        let statistics =
            compute_with_progress(points, truth, depth, &stream.fork("statistics"), progress)?;
        let within = match depth {
            Depth::Full => within(points, declared, &stream.fork("declared"))?,
            Depth::Light => Vec::new(),
        };
        progress.advance(1)?;
        let mut verdict = judge(&statistics, &thresholds);
        verdict.add(separated_within(&within, &thresholds));
        Ok(Self {
            format: 2,
            table: name.to_owned(),
            verdict,
            view,
            statistics,
            within,
            factors: Vec::new(),
            thresholds,
        })
    }
}
