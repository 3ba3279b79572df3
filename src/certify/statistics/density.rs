//! Density and shape: HDBSCAN, dip tests and the Hopkins statistic.

use ndarray::{Array2, Axis, concatenate};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{ClusterError, DensityTree, PrincipalComponents, leading};
use crate::measure::{dip, dip_p_value, hopkins};
use crate::random::Stream;

use super::partitions::votes;
use super::sample::{REPEAT_ROWS, ViewSample, first};
use crate::certify::error::CertifyError;

/// Number of neighbours for a row's core distance.
const SAMPLES: usize = 10;
/// Minimum cluster sizes tried.
const LEAST: [usize; 2] = [25, 75];
/// Number of components for a second density estimate.
const COMPONENTS: usize = 5;
/// Number of random lines in addition to the components.
const LINES: usize = 60;
/// Number of rows whose distances are tested.
const DISTANCE_ROWS: usize = 700;
/// Number of points and rows for the Hopkins statistic.
const PROBES: usize = 250;
/// Probability that any of the tests rejects by chance.
const LEVEL: f64 = 0.05;

/// Density-based clusters, and descriptive shape statistics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Density {
    /// Largest relative validity of HDBSCAN clusterings, on standardised columns and on five
    /// principal components, with minimum cluster sizes of 25 and 75 rows; 0 without two clusters
    /// of 5 % of the rows.
    pub validity: f64,
    /// Its number of clusters; 0 when everything is noise.
    pub groups: usize,
    /// Share of rows it labels noise, 0 to 1.
    pub noise: f64,
    /// p-value of the dip test on the distances of 700 rows. Shown, never decisive.
    pub dip_of_distances: f64,
    /// p-value of the dip test on the first principal component. Shown, never decisive.
    pub dip_of_component: f64,
    /// Share of five components and sixty random lines on which the dip test rejects unimodality,
    /// at a familywise level of 5 %. Shown, never decisive.
    pub dips_of_lines: f64,
    /// The Hopkins statistic: also near 1 for a single normal cluster. Shown, never decisive.
    pub hopkins: Option<f64>,
}

pub(super) fn density(sample: &ViewSample, stream: &Stream) -> Result<Density, CertifyError> {
    let components = PrincipalComponents::fit(sample.standard.view(), false)?;
    let scores = components.scores(sample.standard.view(), COMPONENTS)?;
    let trees: Result<Vec<DensityTree>, ClusterError> = [&scores, &sample.standard]
        .into_par_iter()
        .map(|points| DensityTree::new(first(points, REPEAT_ROWS), SAMPLES))
        .collect();
    let mut best: Option<(f64, usize, f64)> = None;
    for tree in trees? {
        for least in LEAST {
            let found = tree.groups(least);
            let rows = found.labels.len();
            let counts = votes(found.labels.iter().flatten().copied(), rows);
            let validity = if counts { found.validity } else { 0.0 };
            if best.is_none_or(|(most, ..)| validity > most) {
                best = Some((validity, found.groups, found.noise()));
            }
        }
    }
    let (validity, groups, noise) = best.unwrap_or((0.0, 0, 1.0));
    let mut draws = stream.fork("lines").draws();
    let lines = Array2::from_shape_simple_fn((sample.standard.ncols(), LINES), || draws.normal());
    let lines = sample.standard.dot(&lines);
    let all = concatenate(Axis(1), &[leading(&scores, COMPONENTS), lines.view()])
        .map_err(|why| ClusterError::NoFit(why.to_string()))?;
    let p_values: Vec<f64> = (0..all.ncols())
        .into_par_iter()
        .map(|at| p_value(&all.column(at).to_vec()))
        .collect();
    let rejected = p_values
        .iter()
        .filter(|p| **p < LEVEL / p_values.len() as f64);
    Ok(Density {
        validity,
        groups,
        noise,
        dip_of_distances: p_value(&distances(sample)),
        dip_of_component: p_values.first().copied().unwrap_or(1.0),
        dips_of_lines: rejected.count() as f64 / p_values.len().max(1) as f64,
        hopkins: hopkins(
            sample.standard.view(),
            PROBES,
            &mut stream.fork("hopkins").draws(),
        ),
    })
}

fn p_value(values: &[f64]) -> f64 {
    dip_p_value(dip(values), values.len())
}

/// Distances between the first of the panel's rows.
fn distances(sample: &ViewSample) -> Vec<f64> {
    let n = sample.panel.nrows();
    let most = n.min(DISTANCE_ROWS);
    let from = |row: usize| row * (2 * n - row - 1) / 2;
    (0..most)
        .flat_map(|row| &sample.distances[from(row)..from(row) + most - row - 1])
        .copied()
        .collect()
}
