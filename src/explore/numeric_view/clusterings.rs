//! Whether clusterings are stable on other rows, and whether two methods agree: for every number of clusters, compared
//! with null tables. None is recommended.

use ndarray::{Array2, ArrayView2, Axis as Side, Slice};
use rayon::prelude::*;

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::cluster::{Lloyd, Mixture, PrincipalComponents};
use crate::measure::{adjusted_rand_of_labels, copula_null, mean};
use crate::random::{Draws, Stream};
use crate::text::thousands;

/// Numbers of clusters.
const KS: std::ops::RangeInclusive<usize> = 2..=10;
/// Components that clusterings are computed on.
const COMPONENTS: usize = 8;
/// Null tables, and pairs of subsamples of the table itself (one pair for each null table).
const NULL_TABLES: u64 = 5;
const PAIRS: u64 = 3;
/// Share of the rows in a subsample.
const PART: f64 = 0.75;
/// Rows and iterations of a mixture, which costs many times as much as k-means.
const MIXTURE_ROWS: usize = 600;
const ROUNDS: usize = 20;
/// Restarts of k-means.
const STARTS: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    KMeans,
    Mixture,
}

/// Scores of one table for one number of clusters.
#[derive(Debug, Clone, Copy, Default)]
struct ClusteringScores {
    kmeans: Option<f64>,
    mixture: Option<f64>,
    agreement: Option<f64>,
}

/// Charts of `points` (rows × columns, finite), and the share of variance of their components; none without
/// components.
pub(super) fn clusterings(points: &Array2<f64>, stream: &Stream) -> Option<(Vec<Chart>, f64)> {
    let components = PrincipalComponents::fit(points.view(), true).ok()?;
    let kept = components.shares().iter().take(COMPONENTS).sum();
    let tables: Vec<Array2<f64>> = (0..=NULL_TABLES)
        .into_par_iter()
        .filter_map(|at| {
            let null;
            let rows = if at == 0 {
                points
            } else {
                let draws = &mut stream.fork("twin").block(at).draws();
                null = copula_null(points.view(), draws);
                &null
            };
            components.scores(rows.view(), COMPONENTS).ok()
        })
        .collect();
    let tasks: Vec<(usize, usize)> = (0..tables.len())
        .flat_map(|table| KS.map(move |k| (table, k)))
        .collect();
    let found: Vec<ClusteringScores> = tasks
        .into_par_iter()
        .map(|(table, k)| {
            let stream = stream.block(table as u64).block(k as u64);
            let pairs = if table == 0 { PAIRS } else { 1 };
            scores(&tables[table], k, pairs, &stream)
        })
        .collect();
    let by_table: Vec<&[ClusteringScores]> = found.chunks(KS.count()).collect();
    let rows = thousands(points.nrows());
    let few = thousands(points.nrows().min(MIXTURE_ROWS));
    let agreement = "agreement of two clusterings, each fitted to a random three quarters of the rows, on the rows that they share";
    Some((
        vec![
            chart(
                "Is k-means stable?",
                &format!("Of {rows} rows: {agreement}"),
                &by_table,
                |one| one.kmeans,
            ),
            chart(
                "Is a Gaussian mixture stable?",
                &format!("Of {few} rows: {agreement}"),
                &by_table,
                |one| one.mixture,
            ),
            chart(
                "Do k-means and a Gaussian mixture agree?",
                &format!("Of {few} rows: agreement of the two methods"),
                &by_table,
                |one| one.agreement,
            ),
        ],
        kept,
    ))
}

fn scores(points: &Array2<f64>, k: usize, pairs: u64, stream: &Stream) -> ClusteringScores {
    let few = points.slice_axis(Side(0), Slice::from(..points.nrows().min(MIXTURE_ROWS)));
    let agreement = || {
        let one = fit_labels(few, k, Method::KMeans, &mut stream.fork("k-means").draws())?;
        let other = fit_labels(few, k, Method::Mixture, &mut stream.fork("mixture").draws())?;
        adjusted_rand_of_labels(&one, &other)
    };
    ClusteringScores {
        kmeans: stability(points.view(), k, Method::KMeans, pairs, stream),
        mixture: stability(few, k, Method::Mixture, pairs, stream),
        agreement: agreement(),
    }
}

/// Labels of the rows; none if `k` clusters cannot be fitted.
fn fit_labels(
    points: ArrayView2<'_, f64>,
    k: usize,
    method: Method,
    draws: &mut Draws,
) -> Option<Vec<u32>> {
    match method {
        Method::KMeans => Lloyd::fit(points, k, STARTS, draws)
            .ok()
            .map(|fit| fit.labels),
        Method::Mixture => Mixture::fit(points, k, ROUNDS, draws)
            .ok()
            .map(|fit| fit.labels),
    }
}

/// Mean adjusted Rand index of clusterings of two subsamples, on the rows that they share.
fn stability(
    points: ArrayView2<'_, f64>,
    k: usize,
    method: Method,
    pairs: u64,
    stream: &Stream,
) -> Option<f64> {
    let rows = points.nrows();
    let part = (PART * rows as f64) as usize;
    let agreement = (0..pairs).filter_map(|pair| {
        let draws = &mut stream.fork("parts").block(pair).draws();
        let mut sides = [(); 2].map(|()| {
            let mut kept = draws.sample(rows, part);
            kept.sort_unstable();
            kept
        });
        let labels = sides.each_mut().map(|kept| {
            let labels = fit_labels(points.select(Side(0), kept).view(), k, method, draws)?;
            let mut all = vec![None; rows];
            for (row, label) in kept.iter().zip(labels) {
                all[*row] = Some(label);
            }
            Some(all)
        });
        let [Some(one), Some(other)] = labels else {
            return None;
        };
        let both = one.into_iter().zip(other);
        let (one, other): (Vec<u32>, Vec<u32>) = both.filter_map(|(a, b)| Some((a?, b?))).unzip();
        adjusted_rand_of_labels(&one, &other)
    });
    mean(&agreement.collect::<Vec<f64>>())
}

/// One score by number of clusters: a line for the first table, a band for the others.
fn chart(
    title: &str,
    says: &str,
    tables: &[&[ClusteringScores]],
    of: impl Fn(&ClusteringScores) -> Option<f64>,
) -> Chart {
    let placed = |table: &&[ClusteringScores]| -> Vec<(f64, f64)> {
        let values = KS.zip(table.iter());
        values
            .filter_map(|(k, found)| Some((k as f64, of(found)?)))
            .collect()
    };
    let own = tables.first().map(placed).unwrap_or_default();
    let nulls: Vec<Vec<(f64, f64)>> = tables.iter().skip(1).map(placed).collect();
    let band = KS.filter_map(|k| {
        let values = nulls
            .iter()
            .flatten()
            .filter(|(at, _)| (*at - k as f64).abs() < 0.5);
        let ends = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, x)| {
            (low.min(*x), high.max(*x))
        });
        (ends.0 <= ends.1).then_some((k as f64, ends.0, ends.1))
    });
    Chart {
        title: title.to_owned(),
        says: format!(
            "{says} (adjusted Rand index: 0 is chance, 1 is identical). Band: range over {NULL_TABLES} null tables."
        ),
        x: Axis {
            label: "number of clusters".to_owned(),
            range: Some((1.8, 10.2)),
            ticks: KS.map(|k| (k as f64, k.to_string())).collect(),
        },
        y: Axis {
            label: "adjusted Rand index".to_owned(),
            range: Some((-0.05, 1.0)),
            ticks: Vec::new(),
        },
        marks: vec![
            Marks::Band {
                name: "null tables".to_owned(),
                points: band.collect(),
                tone: Tone::Quiet,
            },
            Marks::Line {
                name: String::new(),
                points: own.clone(),
                tone: Tone::First,
            },
            Marks::Points {
                name: "this table".to_owned(),
                points: own,
                tone: Tone::First,
            },
        ],
    }
}
