//! The numeric columns together: principal components; and, if requested, distances and clusterings
//! compared with null tables.

mod clusterings;
mod components;
mod distances;
pub(super) mod types;

use ndarray::Array2;

use crate::random::{Secret, Stream};
use crate::table::Table;

use super::numeric_columns::{CompleteColumn, numeric_columns};
use clusterings::clusterings;
use components::components;
use distances::{distances, neighbours};
pub use types::{
    ColumnLoading, NullComparison, NumericView, PageScope, ScaledComponents, ValueTransform,
};

/// Enough to see a shape; more points only overlap.
const SCATTER_ROWS: usize = 3000;
/// Number of rows for distances and clusterings: half a million pairs.
const APART_ROWS: usize = 1000;
/// With fewer rows, neighbours are not meaningful.
const LEAST_ROWS: usize = 40;

/// Figures across the numeric columns of `table`, from a sample of its rows.
pub fn numeric_view(table: &Table, views: PageScope) -> NumericView {
    let stream = Secret::demo(0).stream();
    let mut draws = stream.fork("explore/sample").draws();
    // A public stream: exploring needs no secret, and the same table gives the same page.
    let sample = draws.sample(table.rows(), SCATTER_ROWS);
    let columns = numeric_columns(&table.pick(&sample));
    let mut found = NumericView {
        sample: sample.len(),
        rows: table.rows(),
        scalings: Vec::new(),
        null_comparison: None,
    };
    if columns.len() < 2 || sample.len() < 3 {
        return found;
    }
    let logged: Vec<CompleteColumn> = columns.iter().map(CompleteColumn::logged).collect();
    let changed = logged
        .iter()
        .any(|one| one.transform != ValueTransform::None);
    let ranked: Vec<CompleteColumn> = columns.iter().map(CompleteColumn::ranked).collect();
    let mut kept = vec![("raw values", &columns)];
    if changed {
        kept.push(("log-transformed values", &logged));
    }
    kept.push(("ranks", &ranked));
    found.scalings = kept
        .iter()
        .filter_map(|(name, columns)| components(name, columns))
        .collect();
    if views == PageScope::All {
        let (name, columns) = if changed {
            ("log-transformed values", &logged)
        } else {
            ("raw values", &columns)
        };
        found.null_comparison = apart(name, columns, &stream.fork("explore/apart"));
    }
    found
}

fn apart(
    scaling: &'static str,
    columns: &[CompleteColumn],
    stream: &Stream,
) -> Option<NullComparison> {
    let rows = columns.first()?.values.len().min(APART_ROWS);
    if rows < LEAST_ROWS {
        return None;
    }
    let points = Array2::from_shape_fn((rows, columns.len()), |(row, at)| columns[at].values[row]);
    let standard = crate::measure::standardised(points.view());
    if standard.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let shuffled = stream.fork("shuffled");
    let (groupings, kept) = clusterings(&points, &stream.fork("groupings")).unwrap_or_default();
    Some(NullComparison {
        scaling,
        rows,
        distances: [
            distances(&standard, &shuffled),
            neighbours(&standard, &shuffled),
        ]
        .into_iter()
        .flatten()
        .collect(),
        clusterings: groupings,
        variance_share: kept,
    })
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
        let found = numeric_view(&two_factors(2000), PageScope::Bundle);
        let names: Vec<&str> = found.scalings.iter().map(|one| one.name).collect();
        assert_eq!(names, ["raw values", "log-transformed values", "ranks"]);
        assert_eq!(found.null_comparison, None);
        let raw = &found.scalings[0];
        assert!(raw.loadings[0].weights[0] > 0.6 && raw.loadings[1].weights[0] > 0.6);
        assert!(raw.shares[0] > 0.6);
        assert_eq!(found.scalings[1].logged, ["tail"]);
    }

    #[test]
    fn the_same_table_gives_the_same_plots() {
        let found = || numeric_view(&two_factors(4000), PageScope::All);
        assert_eq!(found(), found());
        assert_eq!(found().sample, SCATTER_ROWS);
        assert_eq!(found().null_comparison.unwrap().rows, APART_ROWS);
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
            assert!(numeric_view(&table, PageScope::All).scalings.is_empty());
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
        for scaling in numeric_view(&table, PageScope::All).scalings {
            assert!(scaling.shares.iter().all(|share| share.is_finite()));
        }
    }
}
