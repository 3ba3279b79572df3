//! Brute-force clusterings: every pair of columns, fast algorithms, and the clearest pictures win.

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use crate::cluster::{Hierarchy, Linkage, Lloyd};
use crate::measure::{adjusted_rand_of_labels, pairwise_distances, silhouette};
use crate::random::Stream;
use crate::table::Table;

use super::numeric_columns::{NumericColumn, numbers};

/// Number of rows that are clustered.
const ROWS: usize = 1_000;
/// Number of rows for silhouettes, whose cost grows with the square.
const SILHOUETTE_ROWS: usize = 400;
/// Minimum number of distinct values for a column to be worth a plot.
const DISTINCT: usize = 10;
/// Numbers of groups tried.
const GROUPS: [usize; 3] = [2, 3, 4];
/// Restarts of each k-means.
const STARTS: usize = 2;
/// Number of pairs that are extended by a third column.
const PAIRS: usize = 20;
/// Minimum share of rows in the smallest group: smaller ones are outliers, which even a hurried
/// analyst notices.
const SMALLEST: f64 = 0.02;
/// Two clusterings with a higher adjusted Rand index are treated as the same.
const SAME: f64 = 0.8;

/// The rows that were clustered, and every distinct clustering.
#[derive(Debug, Clone, PartialEq)]
pub struct BruteForceSearch {
    /// Positions of the rows used.
    pub rows: Vec<usize>,
    /// The clusterings, clearest-looking first, none of them nearly the same as an earlier one.
    pub answers: Vec<ColumnClustering>,
}

/// One clustering of a few columns.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnClustering {
    /// The columns: two or three.
    pub columns: Vec<String>,
    /// Whether the columns were logged before standardising.
    pub logged: bool,
    /// Whether it is Ward's hierarchy or k-means.
    pub ward: bool,
    /// Number of groups.
    pub groups: usize,
    /// Mean silhouette, -1 to 1: how clear the clustering looks.
    pub silhouette: f64,
    /// Group of each row used, from 0.
    pub labels: Vec<u32>,
    /// For each column, the coordinates of those rows as they were clustered.
    pub places: Vec<Vec<f64>>,
}

/// Brute-force search over a delivered table: k-means and Ward, 2 to 4 groups, standardised and
/// logged, every pair of columns, and triples built from the twenty clearest pairs. Returns at most
/// `most` clusterings. Deterministic in `stream` for any number of threads.
pub fn brute_force_clusterings(table: &Table, most: usize, stream: &Stream) -> BruteForceSearch {
    let rows = stream.fork("rows").draws().sample(table.rows(), ROWS);
    let columns = prepared(&table.pick(&rows));
    let pairs: Vec<Vec<usize>> = (0..columns.len())
        .flat_map(|one| (one + 1..columns.len()).map(move |other| vec![one, other]))
        .collect();
    let looked = |sets: &[Vec<usize>]| -> Vec<BestClustering> {
        let both = sets
            .par_iter()
            .flat_map_iter(|set| [(set, false), (set, true)]);
        let found = both.filter_map(|(set, logged)| look(&columns, set, logged, stream));
        let mut found: Vec<BestClustering> = found.collect();
        // The sort is stable, so ties stay in column order.
        found.sort_by(|a, b| b.silhouette.total_cmp(&a.silhouette));
        found
    };
    let mut found = looked(&pairs);
    let mut tempting: Vec<&Vec<usize>> = Vec::new();
    for one in &found {
        if tempting.len() < PAIRS && !tempting.contains(&&one.set) {
            tempting.push(&one.set);
        }
    }
    let mut triples: Vec<Vec<usize>> = tempting
        .into_iter()
        .flat_map(|pair| {
            let others = (0..columns.len()).filter(|other| !pair.contains(other));
            others.map(|other| {
                let mut three = [pair.clone(), vec![other]].concat();
                three.sort_unstable();
                three
            })
        })
        .collect();
    triples.sort_unstable();
    triples.dedup();
    found.extend(looked(&triples));
    found.sort_by(|a, b| b.silhouette.total_cmp(&a.silhouette));
    let mut answers: Vec<ColumnClustering> = Vec::new();
    for one in found {
        let known = answers.iter().any(|answer| {
            adjusted_rand_of_labels(&answer.labels, &one.labels).is_some_and(|same| same > SAME)
        });
        if answers.len() < most && !known {
            answers.push(one.answer(&columns));
        }
    }
    BruteForceSearch { rows, answers }
}

/// A column as an analyst would plot it: standardised, and standardised after taking logs.
struct ScaledColumn {
    name: String,
    plain: Vec<f64>,
    logged: Vec<f64>,
}

impl ScaledColumn {
    fn of(&self, logged: bool) -> &Vec<f64> {
        if logged { &self.logged } else { &self.plain }
    }
}

/// Numeric columns that are not constant, with zeros for missing values.
fn prepared(table: &Table) -> Vec<ScaledColumn> {
    let varied = numbers(table).into_iter().filter(|number| {
        let mut values = number.values.clone();
        values.retain(|value| !value.is_nan());
        values.sort_unstable_by(f64::total_cmp);
        values.dedup();
        values.len() >= DISTINCT
    });
    varied
        .map(|mut number| {
            number.fill(0.0);
            let log = |value: &f64| libm::copysign(libm::log1p(value.abs()), *value);
            let logs = NumericColumn {
                name: String::new(),
                values: number.values.iter().map(log).collect(),
            };
            ScaledColumn {
                logged: standardised(&logs.values),
                plain: standardised(&number.values),
                name: number.name,
            }
        })
        .collect()
}

fn standardised(values: &[f64]) -> Vec<f64> {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares = values.iter().map(|value| (value - mean).powi(2));
    let spread = libm::sqrt(squares.sum::<f64>() / n).max(f64::MIN_POSITIVE);
    values.iter().map(|value| (value - mean) / spread).collect()
}

/// The clearest-looking clustering of one set of columns.
struct BestClustering {
    set: Vec<usize>,
    logged: bool,
    ward: bool,
    groups: usize,
    silhouette: f64,
    labels: Vec<u32>,
}

impl BestClustering {
    fn answer(self, columns: &[ScaledColumn]) -> ColumnClustering {
        let own = || self.set.iter().map(|at| &columns[*at]);
        ColumnClustering {
            columns: own().map(|column| column.name.clone()).collect(),
            places: own().map(|column| column.of(self.logged).clone()).collect(),
            logged: self.logged,
            ward: self.ward,
            groups: self.groups,
            silhouette: self.silhouette,
            labels: self.labels,
        }
    }
}

fn look(
    columns: &[ScaledColumn],
    set: &[usize],
    logged: bool,
    stream: &Stream,
) -> Option<BestClustering> {
    let of = |at: usize| columns[set[at]].of(logged);
    let rows = of(0).len();
    let points = Array2::from_shape_fn((rows, set.len()), |(row, at)| of(at)[row]);
    let few: Vec<usize> = (0..rows.min(SILHOUETTE_ROWS)).collect();
    let distances = pairwise_distances(points.select(Axis(0), &few).view());
    let tree = Hierarchy::new(&pairwise_distances(points.view()), rows, Linkage::Ward).ok()?;
    let mut best: Option<BestClustering> = None;
    for groups in GROUPS {
        // The same starts for every set of columns: a hurried analyst does not choose them.
        let mut draws = stream.fork("k-means").block(groups as u64).draws();
        let centres = Lloyd::fit(points.view(), groups, STARTS, &mut draws).ok();
        let cuts = [
            (true, Some(tree.groups(groups))),
            (false, centres.map(|fit| fit.labels)),
        ];
        for (ward, labels) in cuts {
            let Some(labels) = labels.filter(|labels| large(labels, groups)) else {
                continue;
            };
            let width = silhouette(&distances, &labels[..few.len()]).unwrap_or(-1.0);
            if best.as_ref().is_none_or(|found| width > found.silhouette) {
                best = Some(BestClustering {
                    set: set.to_vec(),
                    logged,
                    ward,
                    groups,
                    silhouette: width,
                    labels,
                });
            }
        }
    }
    best
}

/// Whether every group is larger than a few outliers.
fn large(labels: &[u32], groups: usize) -> bool {
    let mut sizes = vec![0_usize; groups];
    for label in labels {
        sizes[*label as usize] += 1;
    }
    let least = SMALLEST * labels.len() as f64;
    sizes.iter().all(|size| *size as f64 >= least)
}

#[cfg(test)]
mod tests {
    use crate::random::Secret;
    use crate::table::{Cells, Column};

    use super::*;

    /// Five columns of noise; a tenth of the rows form a separate cluster in two of them.
    fn table() -> Table {
        let mut draws = Secret::demo(3).stream().draws();
        let columns = ["a", "b", "c", "d", "e"].map(|name| {
            let values = (0..600).map(|row| {
                let away = row % 10 == 0 && matches!(name, "b" | "d");
                Some(draws.normal() + if away { 12.0 } else { 0.0 })
            });
            Column {
                name: name.to_owned(),
                cells: Cells::Real(values.collect()),
            }
        });
        Table::new(columns.into()).unwrap()
    }

    #[test]
    fn the_cloud_of_its_own_is_the_clearest_answer_and_is_given_once() {
        let sweep = brute_force_clusterings(&table(), 3, &Secret::demo(1).stream());
        let first = &sweep.answers[0];
        assert!(first.columns.contains(&"b".to_owned()) || first.columns.contains(&"d".to_owned()));
        assert!(first.silhouette > 0.7 && first.groups == 2, "{first:?}");
        let cloud: Vec<u32> = sweep
            .rows
            .iter()
            .map(|row| u32::from(row % 10 == 0))
            .collect();
        assert!(adjusted_rand_of_labels(&first.labels, &cloud).unwrap() > 0.95);
        for (at, answer) in sweep.answers.iter().enumerate() {
            for other in &sweep.answers[..at] {
                assert!(adjusted_rand_of_labels(&answer.labels, &other.labels).unwrap() <= SAME);
                assert!(other.silhouette >= answer.silhouette);
            }
        }
    }

    #[test]
    fn threads_do_not_show() {
        let table = table();
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.unwrap()
                .install(|| brute_force_clusterings(&table, 5, &Secret::demo(2).stream()))
        };
        assert_eq!(with(1), with(3));
    }
}
