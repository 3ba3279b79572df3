//! First plots across columns: principal components and pairwise distances of the numbers.

use ndarray::{Array2, ArrayView1, Axis as Side};

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::cluster::PrincipalComponents;
use crate::random::Secret;
use crate::table::Table;

use super::histogram::Histogram;
use super::numeric::{Numeric, numeric};
use super::words::{count, share};

/// How the rows lie in the space of the numeric columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Rows the components were computed from.
    pub sampled: usize,
    /// Rows of the table.
    pub rows: usize,
    /// The numbers as they are; and with long tails logged, where there are long tails. Empty
    /// when there are fewer than two numeric columns or three rows.
    pub scalings: Vec<Scaling>,
}

/// The numeric columns in one scaling, each brought to mean 0 and standard deviation 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    /// What was done to the numbers, in a few words.
    pub name: &'static str,
    /// Columns of which the logarithm was taken.
    pub logged: Vec<String>,
    /// The rows on the first two components.
    pub scatter: Chart,
    /// Share of variance of each component.
    pub scree: Chart,
    /// Euclidean distances between rows.
    pub distances: Chart,
    /// What the components are made of, in the order of the file.
    pub loadings: Vec<Loading>,
    /// Share of variance of the components in `loadings`.
    pub shares: Vec<f64>,
}

/// The weight of one column in the first components.
#[derive(Debug, Clone, PartialEq)]
pub struct Loading {
    /// The column.
    pub column: String,
    /// Weights, strongest component first.
    pub weights: Vec<f64>,
}

/// Enough to see a shape; more dots only cover one another.
const SCATTER_ROWS: usize = 3000;
/// About a million pairs.
const DISTANCE_ROWS: usize = 1500;
/// Components in the table of loadings.
const LOADINGS: usize = 4;
/// Components in the scree plot.
const SCREE: usize = 12;
/// First plots across the numeric columns of `table`, on a sample of its rows.
pub fn structure(table: &Table) -> Structure {
    let sample = sample(table.rows());
    let columns = numeric(&table.pick(&sample));
    let mut scalings = Vec::new();
    if columns.len() >= 2 && sample.len() >= 3 {
        scalings.extend(scaling("as they are", &columns, Vec::new()));
        let logged: Vec<Numeric> = columns.iter().map(Numeric::logged).collect();
        let changed: Vec<String> = columns
            .iter()
            .zip(&logged)
            .filter(|(before, after)| before != after)
            .map(|(before, _)| before.name.clone())
            .collect();
        if !changed.is_empty() {
            scalings.extend(scaling("long tails logged", &logged, changed));
        }
    }
    Structure {
        sampled: sample.len(),
        rows: table.rows(),
        scalings,
    }
}

/// A public stream: exploring needs no secret, and the same table gives the same page.
fn sample(rows: usize) -> Vec<usize> {
    let mut draws = Secret::demo(0).stream().fork("explore/sample").draws();
    draws.sample(rows, SCATTER_ROWS)
}

fn scaling(name: &'static str, columns: &[Numeric], logged: Vec<String>) -> Option<Scaling> {
    let rows = columns.first()?.values.len();
    let points = Array2::from_shape_fn((rows, columns.len()), |(row, at)| columns[at].values[row]);
    let mut found = PrincipalComponents::fit(points.view(), true).ok()?;
    point_up(&mut found);
    let total: f64 = found.variances.iter().sum();
    let shares: Vec<f64> = found
        .variances
        .iter()
        .map(|v| v / total.max(f64::MIN_POSITIVE))
        .collect();
    let scores = found.scores(points.view(), 2).ok()?;
    let scaled = scaled(&points, &found);
    let loadings = columns.iter().enumerate().map(|(at, column)| Loading {
        column: column.name.clone(),
        weights: found
            .loadings
            .row(at)
            .iter()
            .take(LOADINGS)
            .copied()
            .collect(),
    });
    Some(Scaling {
        name,
        logged,
        scatter: scatter(&scores, &shares),
        scree: scree(&shares),
        distances: distances(&scaled),
        loadings: loadings.collect(),
        shares: shares.into_iter().take(LOADINGS).collect(),
    })
}

/// The sign of a component means nothing: the strongest weight is made positive, so that the same
/// table gives the same picture.
fn point_up(found: &mut PrincipalComponents) {
    for mut component in found.loadings.columns_mut() {
        let strongest = component
            .iter()
            .copied()
            .max_by(|a, b| a.abs().total_cmp(&b.abs()));
        if strongest.is_some_and(|weight| weight < 0.0) {
            component.mapv_inplace(|weight| -weight);
        }
    }
}

fn scaled(points: &Array2<f64>, found: &PrincipalComponents) -> Array2<f64> {
    Array2::from_shape_fn(points.raw_dim(), |(row, at)| {
        (points[[row, at]] - found.means[at]) / found.scales[at]
    })
}

fn scatter(scores: &Array2<f64>, shares: &[f64]) -> Chart {
    let label = |at: usize| {
        let part = shares.get(at).copied().unwrap_or(0.0);
        format!("component {}, {} of variance", at + 1, share(part))
    };
    Chart {
        title: "First two components".to_owned(),
        says: format!("Each dot is one of {} rows.", count(scores.nrows())),
        x: Axis::named(label(0)),
        y: Axis::named(label(1)),
        marks: vec![Marks::Points {
            name: String::new(),
            points: scores
                .axis_iter(Side(0))
                .map(|row| (row[0], row[1]))
                .collect(),
            tone: Tone::First,
        }],
    }
}

fn scree(shares: &[f64]) -> Chart {
    let shown = shares.len().min(SCREE);
    let points: Vec<(f64, f64)> = (0..shown)
        .map(|at| (at as f64 + 1.0, 100.0 * shares[at]))
        .collect();
    let (name, tone) = (String::new(), Tone::First);
    Chart {
        title: "Variance along each component".to_owned(),
        says: format!("Of {} columns in all.", shares.len()),
        x: Axis {
            label: "component".to_owned(),
            range: None,
            ticks: (1..=shown).map(|at| (at as f64, at.to_string())).collect(),
        },
        y: Axis {
            label: "% of variance".to_owned(),
            range: points.first().map(|first| (0.0, first.1 * 1.08)),
            ticks: Vec::new(),
        },
        marks: vec![
            Marks::Line {
                name: name.clone(),
                points: points.clone(),
                tone,
            },
            Marks::Points { name, points, tone },
        ],
    }
}

fn distances(scaled: &Array2<f64>) -> Chart {
    let rows = scaled.nrows().min(DISTANCE_ROWS);
    let mut lengths = Vec::with_capacity(rows * rows.saturating_sub(1) / 2);
    for one in 0..rows {
        for other in 0..one {
            lengths.push(distance(scaled.row(one), scaled.row(other)));
        }
    }
    lengths.sort_unstable_by(f64::total_cmp);
    let histogram = Histogram::even(&lengths, DISTANCE_CELLS);
    Chart {
        title: "Distances between rows".to_owned(),
        says: format!("All pairs of {} rows, Euclidean.", count(rows)),
        x: Axis::named("distance, in standard deviations"),
        y: Axis::named("% of pairs"),
        marks: vec![Marks::Bars {
            name: String::new(),
            bars: histogram.map_or(Vec::new(), |found| found.bars(100.0 / lengths.len() as f64)),
            tone: Tone::First,
        }],
    }
}

/// Pairs are many: finer cells than for a column.
const DISTANCE_CELLS: usize = 48;

fn distance(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> f64 {
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b).powi(2))
        .sum::<f64>()
        .sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cells, Column};

    fn reals(name: &str, values: impl Iterator<Item = f64>) -> Column {
        Column {
            name: name.to_owned(),
            cells: Cells::Real(values.map(|x| x.is_finite().then_some(x)).collect()),
        }
    }

    fn two_factors(rows: usize) -> Table {
        let mut draws = Secret::demo(5).stream().draws();
        let factor: Vec<f64> = (0..rows).map(|_| draws.normal()).collect();
        let mut noisy =
            || -> Vec<f64> { factor.iter().map(|f| f + 0.3 * draws.normal()).collect() };
        let (a, b) = (noisy(), noisy());
        let tail: Vec<f64> = (0..rows).map(|_| draws.normal().exp()).collect();
        Table::new(vec![
            reals("a", a.into_iter()),
            reals("b", b.into_iter()),
            reals("tail", tail.into_iter()),
        ])
        .unwrap()
    }

    #[test]
    fn columns_that_go_together_share_a_component() {
        let found = structure(&two_factors(2000));
        assert_eq!(found.scalings.len(), 2);
        let raw = &found.scalings[0];
        assert!(raw.loadings[0].weights[0] > 0.6 && raw.loadings[1].weights[0] > 0.6);
        assert!(raw.shares[0] > 0.6);
        assert_eq!(found.scalings[1].logged, ["tail"]);
    }

    #[test]
    fn the_same_table_gives_the_same_plots() {
        assert_eq!(structure(&two_factors(4000)), structure(&two_factors(4000)));
        assert_eq!(structure(&two_factors(4000)).sampled, SCATTER_ROWS);
    }

    #[test]
    fn tables_without_two_varying_columns_have_no_components() {
        let nothing = [
            Table::default(),
            Table::new(vec![reals("a", [1.0, 2.0, 3.0].into_iter())]).unwrap(),
            Table::new(vec![
                reals("a", [1.0].into_iter()),
                reals("b", [2.0].into_iter()),
            ])
            .unwrap(),
            Table::new(vec![
                reals("a", [1.0; 9].into_iter()),
                reals("b", [f64::NAN; 9].into_iter()),
                reals("c", (0..9).map(f64::from)),
            ])
            .unwrap(),
        ];
        for table in nothing {
            assert!(structure(&table).scalings.is_empty());
        }
    }

    #[test]
    fn huge_numbers_do_not_break_the_plots() {
        let table = Table::new(vec![
            reals("a", [1e308, -1e308, 0.0, 5.0].into_iter()),
            reals("b", [1.0, 2.0, 3.0, 4.0].into_iter()),
            reals("c", [4.0, 2.0, 3.5, 1.0].into_iter()),
        ])
        .unwrap();
        for scaling in structure(&table).scalings {
            assert!(scaling.shares.iter().all(|share| share.is_finite()));
        }
    }
}
