//! Decoy strength: how much each defect misleads a clustering, measured once per round on a reference bundle.

use ndarray::{Array2, Axis};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::KMeansModel;
use crate::measure::{best_cluster_f1, neighbour_auc, pairwise_distances, silhouette};
use crate::random::Stream;
use crate::scenario::{ColumnKind, Scenario};
use crate::table::Table;

use super::block::{Block, SourceBlock};
use super::frozen::FrozenWorld;
use super::stages::{deliver, source};

const PILOT_ROWS: u64 = 3_000;
/// Rows used to fit clusters and compute silhouettes, whose cost is quadratic.
const FIT_ROWS: usize = 1_000;
const GROUPS: std::ops::RangeInclusive<usize> = 2..=7;
const STARTS: usize = 2;
/// The neighbour whose distance distinguishes dense from isolated rows.
const NEIGHBOUR: usize = 5;

/// What one defect does to a clustering, alone on a clean table.
///
/// Missing values are zero; clusters are those of k-means with 2 to 7 clusters, on the scaling that
/// shows the defect best.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decoy {
    pub instance: String,
    /// Share of rows that it changed or added.
    #[serde(default)]
    pub share: f64,
    pub view: DecoyView,
    /// F1 of the best single cluster with its rows, from 0 to 1.
    pub f1: f64,
    /// The same for the same rows before the defect: chance and confounding.
    pub control_f1: f64,
    /// Best mean silhouette over the numbers of clusters, before and after the defect.
    pub silhouette: [f64; 2],
    /// Probability that one of its rows has a more distant fifth neighbour than another row: 1 for
    /// isolated rows, 0 for duplicates, ½ for inconspicuous rows.
    pub neighbour_auc: Option<f64>,
}

/// How numbers are scaled before clustering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecoyView {
    /// Unscaled: the largest column dominates.
    Raw,
    Standardised,
    /// Signed logs, standardised.
    Logs,
}

const VIEWS: [DecoyView; 3] = [DecoyView::Raw, DecoyView::Standardised, DecoyView::Logs];

/// Measure every defect of the main table that changes or adds rows. Removed rows cannot form a
/// cluster, and defects in a child table do not affect a clustering of the main table.
pub fn measure_decoys(frozen: &FrozenWorld, stream: &Stream) -> Vec<Decoy> {
    let scenario = &frozen.scenario;
    let context = frozen.bundle(stream.fork("pilot"), PILOT_ROWS);
    let before = source(&context, 0);
    let controls: Vec<Clustered> = VIEWS
        .par_iter()
        .map(|view| Clustered::of(scenario, &before.clean, *view, stream))
        .collect();
    frozen
        .world
        .instances
        .par_iter()
        .filter(|instance| instance.table.is_none())
        .filter_map(|instance| {
            let alone = context.with_instances(vec![instance.clone()]);
            let block = deliver(&alone, 0, &before);
            let (after, at_source) = flags(&before, &block);
            if !after.contains(&true) {
                return None;
            }
            let damaged = after.iter().filter(|flag| **flag).count();
            let share = damaged as f64 / after.len() as f64;
            let shown = VIEWS.par_iter().zip(&controls).map(|(view, control)| {
                let groups = Clustered::of(scenario, &block.table, *view, stream);
                let decoy = Decoy {
                    instance: instance.id.clone(),
                    share,
                    view: *view,
                    f1: groups.f1(&after),
                    control_f1: control.f1(&at_source),
                    silhouette: [control.silhouette, groups.silhouette],
                    neighbour_auc: None,
                };
                (decoy, groups.points)
            });
            let shown: Vec<(Decoy, Array2<f64>)> = shown.collect();
            let gain = |decoy: &Decoy| decoy.f1 - decoy.control_f1;
            let best = shown
                .into_iter()
                .max_by(|(a, _), (b, _)| gain(a).total_cmp(&gain(b)));
            // The most expensive number: only for the best scaling.
            best.map(|(decoy, points)| Decoy {
                neighbour_auc: neighbour_auc(points.view(), NEIGHBOUR, &after),
                ..decoy
            })
        })
        .collect()
}

/// Decoy strength in a delivered table: per set of `flags` (one per row), F1 of the best cluster of
/// k-means with 2 to 7 clusters, on the best scaling.
pub fn decoy_strengths(
    scenario: &Scenario,
    table: &Table,
    flags: &[&[bool]],
    stream: &Stream,
) -> Vec<f64> {
    let views: Vec<Clustered> = VIEWS
        .par_iter()
        .map(|view| Clustered::of(scenario, table, *view, stream))
        .collect();
    flags
        .iter()
        .map(|flags| views.iter().map(|view| view.f1(flags)).fold(0.0, f64::max))
        .collect()
}

/// Rows that the only defect of a block changed or added: in the delivered table, and in the clean one.
fn flags(before: &SourceBlock, block: &Block) -> (Vec<bool>, Vec<bool>) {
    let mut after = vec![false; block.table.rows()];
    for touch in &block.touches {
        after[touch.row] = true;
    }
    let mut at_source = vec![false; before.clean.rows()];
    for (row, origin) in block.origins.iter().enumerate() {
        after[row] |= origin.added_by.is_some();
        if let (true, Some(base)) = (after[row], origin.source.or(origin.group)) {
            at_source[(base - before.first) as usize] = true;
        }
    }
    (after, at_source)
}

/// A scaled table with its clusters, for each number of clusters.
struct Clustered {
    points: Array2<f64>,
    groups: Vec<Vec<u32>>,
    silhouette: f64,
}

impl Clustered {
    fn of(scenario: &Scenario, table: &Table, view: DecoyView, stream: &Stream) -> Self {
        let points = points(scenario, table, view);
        let shown: Vec<usize> = (0..table.rows())
            .step_by(table.rows().div_ceil(FIT_ROWS).max(1))
            .collect();
        let few = points.select(Axis(0), &shown);
        let distances = pairwise_distances(few.view());
        let groups: Vec<Vec<u32>> = GROUPS
            .into_par_iter()
            .filter_map(|k| {
                let draws = stream.fork(&format!("pilot/k{k}")).draws();
                let model = KMeansModel::fit(few.view(), k, STARTS, draws).ok()?;
                model.predict(points.view()).ok()
            })
            .collect();
        let widths = groups.iter().filter_map(|groups| {
            let of: Vec<u32> = shown.iter().map(|row| groups[*row]).collect();
            silhouette(&distances, &of)
        });
        Self {
            silhouette: widths.fold(0.0, f64::max),
            points,
            groups,
        }
    }

    fn f1(&self, flags: &[bool]) -> f64 {
        let scores = self.groups.iter();
        let scores = scores.filter_map(|groups| best_cluster_f1(groups, flags));
        scores.fold(0.0, f64::max)
    }
}

/// Numeric columns, scaled: rows × columns.
fn points(scenario: &Scenario, table: &Table, view: DecoyView) -> Array2<f64> {
    let columns: Vec<Vec<f64>> = scenario
        .columns
        .iter()
        .filter(|plan| {
            matches!(
                plan.kind,
                ColumnKind::Real(_) | ColumnKind::Count(_) | ColumnKind::Fraction(_)
            )
        })
        .filter_map(|plan| {
            let numbers = table.cells(&plan.name)?.numbers()?;
            let filled = numbers.into_iter().map(|value| value.unwrap_or(0.0));
            Some(match view {
                DecoyView::Raw => filled.collect(),
                DecoyView::Standardised => standardised(filled.collect()),
                DecoyView::Logs => standardised(filled.map(signed_log).collect()),
            })
        })
        .collect();
    Array2::from_shape_fn((table.rows(), columns.len()), |(row, at)| columns[at][row])
}

fn signed_log(value: f64) -> f64 {
    libm::copysign(libm::log1p(value.abs()), value)
}

fn standardised(mut values: Vec<f64>) -> Vec<f64> {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
    let sd = libm::sqrt(variance).max(1e-12);
    for value in &mut values {
        *value = (*value - mean) / sd;
    }
    values
}
