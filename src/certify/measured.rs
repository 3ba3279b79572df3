//! From a view to its statistics.

use ndarray::ArrayView2;

use crate::progress::{Progress, Silent};
use crate::random::Stream;

use super::agreement::{Agreement, agreement};
use super::control;
use super::density::density;
use super::depth::Depth;
use super::error::CertifyError;
use super::meaning::meaning;
use super::numbers::group_numbers;
use super::oracle::{Truth, oracle};
use super::partitions::{nulls, of_nulls, of_panel};
use super::sample::Sample;
use super::separation::separation;
use super::stability::{Stability, stability};
use super::statistics::Statistics;
use super::subspace::pairs;

/// Measure `view` (rows × columns, an analysis view: numbers only, nothing missing), with what is
/// true of its rows where that is known.
///
/// At most 5,000 rows are used, picked by `stream`. The same view and stream give the same bits
/// with any number of threads: every task has a stream of its own, and results are collected in
/// order. Each partition is made once.
///
/// # Errors
/// With fewer than 40 rows or two columns that vary, a value that is not finite, or a truth of
/// other rows or without a factor.
pub fn measure(
    view: ArrayView2<'_, f64>,
    truth: Option<Truth<'_>>,
    depth: Depth,
    stream: &Stream,
) -> Result<Statistics, CertifyError> {
    watched(view, truth, depth, stream, &Silent)
}

/// Steps that [`watched`] tells of.
pub(super) const STEPS: u64 = 11;

/// [`measure`], telling how far it is.
pub(super) fn watched(
    view: ArrayView2<'_, f64>,
    truth: Option<Truth<'_>>,
    depth: Depth,
    stream: &Stream,
    progress: &dyn Progress,
) -> Result<Statistics, CertifyError> {
    fits(truth.as_ref(), view.nrows())?;
    let sample = Sample::of(view, stream)?;
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
                    let numbers = (depth == Depth::Full).then(|| {
                        group_numbers(&sample, &cuts, &stability, &density, depth, &stream)
                    });
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
                            let control =
                                control.then(|| control::control(&sample, &nulls[0], &stream));
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
        numbers: numbers?.flatten(),
        pairs: pairs?,
        meaning: meaning?,
        oracle: oracle?,
        control: control?,
    })
}

/// Whether a truth has factors, and is of as many rows as the view.
fn fits(truth: Option<&Truth<'_>>, rows: usize) -> Result<(), CertifyError> {
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

/// What was made, when one more step is told.
fn done<T, E: Into<CertifyError>>(
    progress: &dyn Progress,
    made: Result<T, E>,
) -> Result<T, CertifyError> {
    let made = made.map_err(Into::into)?;
    progress.advance(1)?;
    Ok(made)
}

/// The largest, over numbers of groups from three on, of the smaller of agreement and prediction
/// strength.
fn consensus(agreement: &Agreement, stability: &Stability) -> f64 {
    let pairs = agreement.core.iter().zip(&stability.strength);
    pairs
        .filter(|((k, _), _)| *k > 2)
        .map(|((_, agreed), (_, strength))| agreed.min(*strength))
        .fold(0.0, f64::max)
}
