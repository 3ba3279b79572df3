//! The positive control: would these measures detect clusters if there were any?

use ndarray::{Array2, ArrayView2, Axis, Slice};
use serde::{Deserialize, Serialize};

use crate::cluster::{Lloyd, PrincipalComponents};
use crate::measure::standardised;
use crate::random::Stream;

use super::agreement::core_most;
use super::partitions::{STARTS, of_panel};
use super::sample::{PANEL_ROWS, ViewSample, first};
use super::separation::separation;
use super::stability::strength_most;
use crate::certify::depth::Depth;
use crate::certify::error::CertifyError;

/// Number of groups that are pushed apart.
const GROUPS: usize = 4;
/// Sizes of the push: shares of the distance between a group's mean and the overall mean.
const PUSHES: [f64; 3] = [0.25, 0.5, 1.0];
/// The push that is plotted, and the maximum number of points of a plot.
const PICTURED: f64 = 0.5;
const SHOWN: usize = 600;

/// The table's own rows, with gaps between their k-means groups. A measure that detects these gaps
/// would also have detected real ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PositiveControl {
    /// Number of groups that were pushed apart.
    pub groups: usize,
    /// The statistics of a null table of the same size.
    #[serde(default)]
    pub null: Option<SeparatedCopy>,
    /// Results, smallest push first.
    pub separated: Vec<SeparatedCopy>,
    /// Rows on the table's first two principal components: its own, those of a null table, and its
    /// own with groups pushed apart by half; at most 600 of each, in the components' units.
    #[serde(default)]
    pub scatter: [Vec<(f32, f32)>; 3],
}

/// Results for rows whose groups were pushed apart; each as in [`Statistics`](super::Statistics).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeparatedCopy {
    /// How far each row was moved outwards, as a share of the distance of its group's mean from the
    /// overall mean: 1 doubles that distance.
    pub by: f64,
    /// The median valley where it is deepest: 0 is a gap, 1 none.
    pub valley: f64,
    /// The best mean silhouette, −1 to 1.
    pub silhouette: Option<f64>,
    /// The highest agreement of four algorithms, as an adjusted Rand index.
    pub agreement: f64,
    /// The largest prediction strength from three groups on, 0 to 1.
    pub strength: f64,
}

/// The positive control for `sample`, on at most 1,500 of its rows.
pub(super) fn positive_control(
    sample: &ViewSample,
    null_rows: &Array2<f64>,
    stream: &Stream,
) -> Result<PositiveControl, CertifyError> {
    let rows = first(&sample.standard, PANEL_ROWS).to_owned();
    let fit = Lloyd::fit(
        rows.view(),
        GROUPS,
        STARTS,
        &mut stream.fork("groups").draws(),
    )?;
    let labels: Vec<usize> = fit.labels.iter().map(|label| *label as usize).collect();
    let away = fit.centres.select(Axis(0), &labels);
    let separated: Result<Vec<SeparatedCopy>, CertifyError> = PUSHES
        .iter()
        .map(|by| found(&(&rows + &(&away * *by)), *by, stream))
        .collect();
    let null_rows = standardised(null_rows.view());
    let components = PrincipalComponents::fit(rows.view(), false)?;
    let placed = |rows: ArrayView2<'_, f64>| -> Result<Vec<(f32, f32)>, CertifyError> {
        let rows = rows.slice_axis(Axis(0), Slice::from(..SHOWN.min(rows.nrows())));
        let scores = components.scores(rows, 2)?;
        let hundredths = |value: f64| ((value * 100.0).round() / 100.0) as f32;
        let places = scores.axis_iter(Axis(0));
        Ok(places
            .map(|row| (hundredths(row[0]), hundredths(row[1])))
            .collect())
    };
    Ok(PositiveControl {
        groups: GROUPS,
        null: Some(found(
            &first(&null_rows, PANEL_ROWS).to_owned(),
            0.0,
            &stream.fork("twin"),
        )?),
        separated: separated?,
        scatter: [
            placed(rows.view())?,
            placed(first(&null_rows, PANEL_ROWS))?,
            placed((&rows + &(&away * PICTURED)).view())?,
        ],
    })
}

fn found(rows: &Array2<f64>, by: f64, stream: &Stream) -> Result<SeparatedCopy, CertifyError> {
    let depth = Depth::Light;
    let sample = ViewSample::of(rows.view(), &stream.fork("sample"))?;
    let cuts = of_panel(&sample, depth, &stream.fork("panel"))?;
    let apart = separation(&cuts, &[]);
    Ok(SeparatedCopy {
        by,
        valley: apart.valley,
        silhouette: apart.silhouette,
        agreement: core_most(&cuts, depth),
        strength: strength_most(&sample, depth, &stream.fork("stability"))?,
    })
}
