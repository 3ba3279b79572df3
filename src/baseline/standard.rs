//! The standard baseline: duplicates dropped, medians for missing values, logs, standard scores,
//! principal components.

use std::fmt::Write as _;

use ndarray::{Array2, Axis};

use crate::checks::repeats;
use crate::cluster::{ClusterError, PrincipalComponents};
use crate::random::Stream;
use crate::table::Table;
use crate::text::{percent, thousands};

use super::kmeans_by_silhouette::KMeansBySilhouette;
use super::numeric_columns::{NumericColumn, matrix, numbers};
use super::submission_files::{Solution, axes, groups, ids, issues};

/// Share of the variance that the axes must explain.
const KEPT: f64 = 0.8;
/// Maximum number of axes: more do not summarise anything.
const MOST_AXES: usize = 6;
/// Number of columns that describe an axis.
const NAMED: usize = 4;
/// Share of missing values that is worth reporting.
const GAPS: f64 = 0.01;

/// Solve a take-home with good habits, but without looking at the data.
///
/// # Errors
/// When the table has no numeric columns to cluster.
pub fn standard(table: &Table, row_id: &str, stream: &Stream) -> Result<Solution, ClusterError> {
    let dropped = repeats(table, Some(row_id));
    let mut kept = vec![true; table.rows()];
    for row in &dropped {
        kept[*row] = false;
    }
    let kept: Vec<usize> = (0..table.rows()).filter(|row| kept[*row]).collect();
    let mut numbers = numbers(&table.pick(&kept));
    let gaps: Vec<(String, f64)> = numbers
        .iter()
        .map(|number| (number.name.clone(), number.missing()))
        .filter(|(_, missing)| *missing > GAPS)
        .collect();
    let mut logged = 0;
    for number in &mut numbers {
        number.fill_with_median();
        logged += usize::from(number.log_if_skewed());
    }
    let points = matrix(&numbers);
    let components = PrincipalComponents::fit(points.view(), true)?;
    let places = components.scores(points.view(), wanted(&components))?;
    let found = KMeansBySilhouette::of(&places, stream)?;
    let labels = found.model.predict(places.view())?;
    let names: Vec<String> = (1..=places.ncols()).map(|at| format!("pc{at}")).collect();
    let ids = ids(table, row_id, &kept);
    let told = StandardReport {
        rows: table.rows(),
        dropped: dropped.len(),
        logged,
        lines: axis_lines(&components, &numbers, &names),
        k: found.k,
        width: found.width,
    };
    Ok(Solution {
        files: vec![
            ("report.md", told.report().into_bytes()),
            (
                "groups.csv",
                groups(&ids, &[("cluster", labels.into_iter().map(Some).collect())]),
            ),
            ("axes.csv", axes(&ids, &names, spread(places).view())),
            ("issues.csv", issues(&listed(dropped.len(), &gaps))),
        ],
    })
}

/// The number of components that reaches the share of variance, within bounds.
fn wanted(components: &PrincipalComponents) -> usize {
    let mut left = KEPT;
    let shares = components.shares();
    let enough = shares.iter().position(|share| {
        left -= share;
        left <= 0.0
    });
    enough.map_or(MOST_AXES, |at| at + 1).min(MOST_AXES)
}

/// Each axis scaled to variance one, so that decimals mean the same on all.
pub(super) fn spread(mut places: Array2<f64>) -> Array2<f64> {
    for mut axis in places.axis_iter_mut(Axis(1)) {
        let sd = axis.std(0.0);
        if sd > 0.0 {
            axis.mapv_inplace(|place| place / sd);
        }
    }
    places
}

/// A line for each axis: its share of the variance, and the columns with the largest loadings.
fn axis_lines(
    components: &PrincipalComponents,
    numbers: &[NumericColumn],
    names: &[String],
) -> Vec<String> {
    let shares = components.shares();
    let lines = names.iter().enumerate().map(|(axis, name)| {
        let loadings = components.loadings.column(axis).to_vec();
        format!(
            "- {name} ({} of the variance): {}",
            percent(shares[axis]),
            told_by(&loadings, numbers)
        )
    });
    lines.collect()
}

/// The columns with the largest loadings, with these loadings.
pub(super) fn told_by(loadings: &[f64], numbers: &[NumericColumn]) -> String {
    let mut order: Vec<usize> = (0..loadings.len()).collect();
    order.sort_by(|a, b| loadings[*b].abs().total_cmp(&loadings[*a].abs()));
    let named = order.into_iter().take(NAMED);
    let named: Vec<String> = named
        .map(|at| format!("`{}` {:+.2}", numbers[at].name, loadings[at]))
        .collect();
    named.join(", ")
}

fn listed(dropped: usize, gaps: &[(String, f64)]) -> Vec<[String; 4]> {
    let copies = (dropped > 0).then(|| {
        let rows = format!("{} rows", thousands(dropped));
        ["", "duplicate", &rows, "dropped"].map(str::to_owned)
    });
    let gaps = gaps.iter().map(|(name, missing)| {
        let rows = format!("{} of the rows", percent(*missing));
        [name, "missing", &rows, "median"].map(str::to_owned)
    });
    copies.into_iter().chain(gaps).collect()
}

/// The text of the report.
struct StandardReport {
    rows: usize,
    dropped: usize,
    logged: usize,
    lines: Vec<String>,
    k: usize,
    width: f64,
}

impl StandardReport {
    fn report(&self) -> String {
        let mut text = String::from("# What is in this table\n\n");
        let _ = write!(
            text,
            "I removed {} duplicate rows of {}, put medians where values were missing, took logs of {} \
             skewed columns and standardised all of them.\n\n\
             ## Axes\n\nPrincipal components:\n\n{}\n\n\
             ## Groups\n\nk-means on these axes, with the number of groups by silhouette: **{} groups** \
             (silhouette {:.2}).\n",
            thousands(self.dropped),
            thousands(self.rows),
            thousands(self.logged),
            self.lines.join("\n"),
            self.k,
            self.width,
        );
        text
    }
}
