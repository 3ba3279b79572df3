//! Computes the statistics of a view.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use crate::progress::{Progress, Silent};
use crate::random::Stream;

use crate::certify::depth::Depth;
use crate::certify::error::CertifyError;

use super::agreement::{Agreement, agreement};
use super::density::{Density, density};
use super::k_selection::{KSelection, select_k};
use super::meaning::{Meaning, meaning};
use super::oracle::{FactorTruth, Oracle, oracle};
use super::pairs::{ColumnPairs, pairs};
use super::partitions::{nulls, of_nulls, of_panel};
use super::positive_control::{self, PositiveControl};
use super::sample::ViewSample;
use super::separation::{Separation, separation};
use super::stability::{Stability, stability};

/// Everything measured on one view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// Depth of the measurement.
    pub depth: Depth,
    /// Rows of the view.
    pub rows: usize,
    /// Rows used: at most 5,000.
    pub rows_used: usize,
    /// Columns used: those that are not constant.
    pub columns: usize,
    /// Whether clusters are separated.
    pub separation: Separation,
    /// Whether different methods find the same clusters.
    pub agreement: Agreement,
    /// Whether clusters replicate.
    pub stability: Stability,
    /// The smaller of core agreement and prediction strength at the same number of groups: the
    /// largest value from three groups on, since the two halves of one elongated cluster replicate
    /// and are agreed on. From 0 to 1.
    pub consensus: f64,
    /// Density-based clusters, and descriptive shape statistics.
    pub density: Density,
    /// Number of groups chosen by each criterion; only in full depth, and if the rows have at least
    /// that number of distinct values.
    pub k_selection: Option<KSelection>,
    /// Separation visible in pairs of columns.
    pub pairs: ColumnPairs,
    /// Whether columns predict each other.
    pub meaning: Meaning,
    /// What the key adds; only with a truth.
    pub oracle: Option<Oracle>,
    /// The same measures on the same rows with clusters pushed apart; only in full depth.
    #[serde(default)]
    pub positive_control: Option<PositiveControl>,
}

/// Measure `view` (rows × columns, an analysis view: numbers only, nothing missing), with the truth
/// of its rows if known.
///
/// At most 5,000 rows are used, picked by `stream`. The same view and stream give the same bits
/// with any number of threads: every task has its own stream, and results are collected in order.
/// Each clustering is computed once.
///
/// # Errors
/// With fewer than 40 rows or two columns that vary, with a value that is not finite, or with a
/// truth that has other rows or no factor.
pub fn compute_statistics(
    view: ArrayView2<'_, f64>,
    truth: Option<FactorTruth<'_>>,
    depth: Depth,
    stream: &Stream,
) -> Result<Statistics, CertifyError> {
    compute_with_progress(view, truth, depth, stream, &Silent)
}

/// Steps reported by [`compute_with_progress`].
pub(crate) const STEPS: u64 = 11;

/// [`compute_statistics`], reporting progress.
pub(crate) fn compute_with_progress(
    view: ArrayView2<'_, f64>,
    truth: Option<FactorTruth<'_>>,
    depth: Depth,
    stream: &Stream,
    progress: &dyn Progress,
) -> Result<Statistics, CertifyError> {
    fits(truth.as_ref(), view.nrows())?;
    let sample = ViewSample::of(view, stream)?;
    let nulls = nulls(&sample, depth, &stream.fork("copula nulls"));
    progress.advance(1)?;
    let ((cuts, null_cuts), (meaning, (pairs, (density, stability)))) = rayon::join(
        || {
            rayon::join(
                || done(progress, of_panel(&sample, depth, &stream.fork("panel"))),
                || {
                    done(
                        progress,
                        of_nulls(&sample, &nulls, depth, &stream.fork("groups of nulls")),
                    )
                },
            )
        },
        || {
            rayon::join(
                || done(progress, meaning(&sample, &stream.fork("meaning"))),
                || {
                    rayon::join(
                        || done(progress, pairs(&sample, &nulls[0], &stream.fork("pairs"))),
                        || {
                            rayon::join(
                                || done(progress, density(&sample, &stream.fork("density"))),
                                || {
                                    done(
                                        progress,
                                        stability(
                                            &sample,
                                            &nulls[0],
                                            depth,
                                            &stream.fork("stability"),
                                        ),
                                    )
                                },
                            )
                        },
                    )
                },
            )
        },
    );
    let (cuts, density, stability) = (cuts?, density?, stability?);
    let (agreement, (numbers, (oracle, control))) = rayon::join(
        || {
            done(
                progress,
                agreement(&sample, &cuts, depth, &stream.fork("scalings")),
            )
        },
        || {
            rayon::join(
                || {
                    let stream = stream.fork("numbers");
                    let numbers = (depth == Depth::Full)
                        .then(|| select_k(&sample, &cuts, &stability, &density, depth, &stream));
                    done(progress, numbers.transpose())
                },
                || {
                    rayon::join(
                        || {
                            let stream = stream.fork("oracle");
                            let oracle = truth.map(|truth| oracle(&sample, &cuts, &truth, &stream));
                            done(progress, oracle.transpose())
                        },
                        || {
                            let stream = stream.fork("control");
                            let control = depth == Depth::Full;
                            let control = control.then(|| {
                                positive_control::positive_control(&sample, &nulls[0], &stream)
                            });
                            done(progress, control.transpose())
                        },
                    )
                },
            )
        },
    );
    let agreement = agreement?;
    Ok(Statistics {
        depth,
        rows: view.nrows(),
        rows_used: sample.n(),
        columns: sample.raw.ncols(),
        separation: separation(&cuts, &null_cuts?),
        consensus: consensus(&agreement, &stability),
        agreement,
        stability,
        density,
        k_selection: numbers?.flatten(),
        pairs: pairs?,
        meaning: meaning?,
        oracle: oracle?,
        positive_control: control?,
    })
}

/// Check that a truth has factors and the same number of rows as the view.
fn fits(truth: Option<&FactorTruth<'_>>, rows: usize) -> Result<(), CertifyError> {
    let Some(truth) = truth else {
        return Ok(());
    };
    if truth.factors.ncols() == 0 {
        return Err(CertifyError::NoFactor);
    }
    let sampled = truth.sampled.map_or(rows, <[u32]>::len);
    for found in [truth.factors.nrows(), sampled] {
        if found != rows {
            return Err(CertifyError::Truth {
                expected: rows,
                found,
            });
        }
    }
    Ok(())
}

/// Report one more step of progress and return the result.
fn done<T, E: Into<CertifyError>>(
    progress: &dyn Progress,
    made: Result<T, E>,
) -> Result<T, CertifyError> {
    let made = made.map_err(Into::into)?;
    progress.advance(1)?;
    Ok(made)
}

/// The largest value, over numbers of groups from three on, of the smaller of agreement and
/// prediction strength.
fn consensus(agreement: &Agreement, stability: &Stability) -> f64 {
    let pairs = agreement.core.iter().zip(&stability.strength);
    pairs
        .filter(|((k, _), _)| *k > 2)
        .map(|((_, agreed), (_, strength))| agreed.min(*strength))
        .fold(0.0, f64::max)
}
