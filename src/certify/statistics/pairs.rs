//! What an analyst sees when plotting two columns.

use ndarray::{Array2, Axis};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{ClusterError, Lloyd};
use crate::measure::{boundaries, median_valley, pairwise_distances, silhouette, standardised};
use crate::random::Stream;

use super::partitions::{least_rows, votes};
use super::sample::{ViewSample, first};
use crate::certify::error::CertifyError;

/// Number of rows used.
const ROWS: usize = 1200;
/// Numbers of groups tried.
const KS: [usize; 3] = [2, 3, 4];
/// Valley above which nobody sees a split, so silhouettes are not computed.
pub const PAIR_VALLEY: f64 = 0.45;
/// Silhouette excess from which a split is clear.
pub const PAIR_EXCESS: f64 = 0.10;

/// Clusterings of pairs of columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnPairs {
    /// Number of pairs tested.
    pub looked_at: usize,
    /// Number of pairs with a split whose valley is below 0.45 and whose silhouette exceeds the
    /// copula null's by more than 0.10.
    pub clear: usize,
    /// Deepest valley over all pairs: 0 is a gap, 1 none.
    pub valley: f64,
    /// Those with a valley below 0.45, sorted by silhouette excess, largest first.
    pub misleading: Vec<SplitPair>,
}

/// A split of two columns into groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SplitPair {
    /// Positions of the columns among those that are not constant.
    pub columns: (usize, usize),
    /// Number of groups.
    pub k: usize,
    /// Mean silhouette of k-means on the two columns.
    pub silhouette: f64,
    /// Its excess over the copula null.
    pub excess: f64,
    /// Median valley of its boundaries.
    pub valley: f64,
}

pub(super) fn pairs(
    sample: &ViewSample,
    null: &Array2<f64>,
    stream: &Stream,
) -> Result<ColumnPairs, CertifyError> {
    let table = first(&sample.standard, ROWS).to_owned();
    let null = first(&standardised(null.view()), ROWS).to_owned();
    let d = table.ncols();
    let all: Vec<(usize, usize)> = (0..d)
        .flat_map(|a| (a + 1..d).map(move |b| (a, b)))
        .collect();
    let found: Result<Vec<(f64, Vec<SplitPair>)>, ClusterError> = all
        .par_iter()
        .map(|columns| splits(&table, &null, *columns, stream))
        .collect();
    let found = found?;
    let clear = |splits: &[SplitPair]| splits.iter().any(|split| split.excess > PAIR_EXCESS);
    let mut misleading: Vec<SplitPair> = found
        .iter()
        .flat_map(|(_, splits)| splits)
        .copied()
        .collect();
    misleading.sort_by(|a, b| b.excess.total_cmp(&a.excess));
    Ok(ColumnPairs {
        looked_at: all.len(),
        clear: found.iter().filter(|(_, splits)| clear(splits)).count(),
        valley: found.iter().map(|(valley, _)| *valley).fold(1.0, f64::min),
        misleading,
    })
}

/// The deepest valley of a pair, and the splits below [`PAIR_VALLEY`].
fn splits(
    table: &Array2<f64>,
    null: &Array2<f64>,
    columns: (usize, usize),
    stream: &Stream,
) -> Result<(f64, Vec<SplitPair>), ClusterError> {
    let [a, b] = [table, null].map(|of| of.select(Axis(1), &[columns.0, columns.1]));
    let stream = stream.block(columns.0 as u64).block(columns.1 as u64);
    let (mut deepest, mut splits) = (1.0_f64, Vec::new());
    let mut distances: Option<[Vec<f64>; 2]> = None;
    for k in KS {
        let draws = &mut stream.block(k as u64).draws();
        let fit = Lloyd::fit(a.view(), k, 1, draws)?;
        if !votes(fit.labels.iter().copied(), fit.labels.len()) {
            continue;
        }
        let valley = median_valley(&boundaries(a.view(), &fit.labels, least_rows(a.nrows())));
        deepest = deepest.min(valley);
        if valley >= PAIR_VALLEY {
            continue;
        }
        let of_null = Lloyd::fit(b.view(), k, 1, draws)?;
        let distances = distances
            .get_or_insert_with(|| [&a, &b].map(|points| pairwise_distances(points.view())));
        let own = silhouette(&distances[0], &fit.labels);
        let chance = silhouette(&distances[1], &of_null.labels);
        if let (Some(own), Some(chance)) = (own, chance) {
            splits.push(SplitPair {
                columns,
                k,
                silhouette: own,
                excess: own - chance,
                valley,
            });
        }
    }
    Ok((deepest, splits))
}
