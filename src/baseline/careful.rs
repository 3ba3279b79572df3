//! The careful baseline: repairs what generic checks find, then reports rank-based factors, and
//! groups with unassigned rows.

use std::fmt::Write as _;

use ndarray::{Array2, ArrayView2, Axis};

use crate::checks::{Check, Hit};
use crate::cluster::{ClusterError, Lloyd, PrincipalComponents, leading, varimax_scores};
use crate::measure::{mean, normal_scores, pearson, permuted};
use crate::random::Stream;
use crate::table::{Cells, DAY, Table, parse_time};
use crate::text::{percent, thousands};

use super::kmeans_by_silhouette::KMeansBySilhouette;
use super::numeric_columns::{NumericColumn, matrix};
use super::repairs::{Repaired, repair};
use super::standard::{spread, told_by};
use super::submission_files::{Solution, axes, cleaned, groups, ids, issues};

/// Number of rows for choosing the number of axes.
const ROWS: usize = 5_000;
/// Number of tables with shuffled columns for comparing variances.
const SHUFFLES: usize = 10;
/// Number of iterations in which missing values are imputed from the previous iteration's axes.
const FILLINGS: usize = 3;
/// Axes in addition to those of parallel analysis: one too few hides a direction, while one too
/// many costs almost nothing (Fava & Velicer 1992, 1996).
const MORE: usize = 2;
/// Maximum number of axes.
const MOST_AXES: usize = 8;
/// A row that is almost as close to its second centre as to its first stays unassigned.
const BETWEEN: f64 = 0.95;
/// Maximum distance in days between the steps of columns for them to be one change.
const STEPS: usize = 2;
const DAYS: i64 = 3;
/// Maximum number of unrepaired problems listed in the report.
const LISTED: usize = 12;

/// Solve a take-home like an analyst who runs a dozen generic checks first.
///
/// # Errors
/// When the table has no numeric columns to cluster.
pub fn careful(table: &Table, row_id: &str, stream: &Stream) -> Result<Solution, ClusterError> {
    let repaired = repair(table, row_id);
    let mut numbers: Vec<NumericColumn> = repaired
        .numbers
        .iter()
        .map(|number| NumericColumn {
            name: number.name.clone(),
            values: repaired
                .kept
                .iter()
                .map(|row| number.values[*row])
                .collect(),
        })
        .collect();
    let gaps = matrix(&numbers).mapv(f64::is_nan);
    numbers.iter_mut().for_each(NumericColumn::fill_with_median);
    let mut scores = normal_scores(matrix(&numbers).view());
    let wanted = parallel_analysis(&scores, stream)?;
    for _ in 0..FILLINGS {
        fill(&mut scores, &gaps, wanted)?;
    }
    let places = spread(varimax_scores(scores.view(), wanted)?);
    let found = KMeansBySilhouette::of(&places, stream)?;
    let labels = decided(&found.model, places.view())?;
    let change = change(&repaired.left, table);
    let ids = ids(table, row_id, &repaired.kept);
    let names: Vec<String> = (1..=places.ncols())
        .map(|at| format!("factor{at}"))
        .collect();
    let told = CarefulReport {
        table,
        repaired: &repaired,
        lines: axis_lines(&scores, &places, &numbers, &names),
        found: &found,
        undecided: labels.iter().filter(|label| label.is_none()).count() as f64
            / labels.len().max(1) as f64,
        change: change.as_ref(),
    };
    let report = told.report();
    let mut columns = vec![("cluster", labels)];
    if let Some(change) = &change {
        let side = repaired
            .kept
            .iter()
            .map(|row| change.after[*row].map(u32::from));
        columns.push(("after_change", side.collect()));
    }
    Ok(Solution {
        files: vec![
            ("report.md", report.into_bytes()),
            ("groups.csv", groups(&ids, &columns)),
            ("axes.csv", axes(&ids, &names, places.view())),
            ("issues.csv", issues(&repaired.done)),
            ("cleaned.csv", cleaned(&repaired.cleaned(row_id), row_id)),
        ],
    })
}

/// Number of axes: components with more variance than those of shuffled columns, plus a few.
///
/// Horn (1965), doi:10.1007/BF02289447.
fn parallel_analysis(scores: &Array2<f64>, stream: &Stream) -> Result<usize, ClusterError> {
    let picks = stream.fork("rows").draws().sample(scores.nrows(), ROWS);
    let sample = scores.select(Axis(0), &picks);
    let own = PrincipalComponents::fit(sample.view(), true)?.variances;
    let mut draws = stream.fork("shuffles").draws();
    let mut shuffled = Vec::new();
    for _ in 0..SHUFFLES {
        let shuffle = permuted(sample.view(), &mut draws);
        shuffled.push(PrincipalComponents::fit(shuffle.view(), true)?.variances);
    }
    let more = own.iter().enumerate().take_while(|(at, variance)| {
        let others: Vec<f64> = shuffled.iter().map(|one| one[*at]).collect();
        mean(&others).is_some_and(|chance| **variance > chance)
    });
    Ok((more.count() + MORE).min(MOST_AXES).min(scores.ncols()))
}

/// Impute missing values from the first `m` components of the table.
///
/// Troyanskaya et al. (2001), doi:10.1093/bioinformatics/17.6.520.
fn fill(scores: &mut Array2<f64>, gaps: &Array2<bool>, m: usize) -> Result<(), ClusterError> {
    let components = PrincipalComponents::fit(scores.view(), false)?;
    let places = components.scores(scores.view(), m)?;
    let told = places.dot(&leading(&components.loadings, m).t());
    for (((_, column), score), (told, gap)) in scores.indexed_iter_mut().zip(told.iter().zip(gaps))
    {
        if *gap {
            *score = told + components.means[column];
        }
    }
    Ok(())
}

/// The group of each row; none for rows between two centres.
fn decided(model: &Lloyd, places: ArrayView2<'_, f64>) -> Result<Vec<Option<u32>>, ClusterError> {
    let labels = model.predict(places)?;
    let centres = &model.centres;
    let of = |(label, place): (u32, ndarray::ArrayView1<'_, f64>)| {
        let far = |centre: ndarray::ArrayView1<'_, f64>| {
            let squares = centre.iter().zip(place).map(|(a, b)| (a - b) * (a - b));
            libm::sqrt(squares.sum::<f64>())
        };
        let first = far(centres.row(label as usize));
        let second = (0..centres.nrows())
            .filter(|other| *other != label as usize)
            .map(|other| far(centres.row(other)))
            .fold(f64::INFINITY, f64::min);
        (first < BETWEEN * second).then_some(label)
    };
    Ok(labels
        .into_iter()
        .zip(places.outer_iter())
        .map(of)
        .collect())
}

/// A date at which several columns change level.
struct DateChange {
    date: String,
    columns: Vec<String>,
    /// Whether each row of the table is from that day or later; none without a time.
    after: Vec<Option<bool>>,
}

fn change(hits: &[Hit], table: &Table) -> Option<DateChange> {
    let steps: Vec<(i64, &Hit)> = hits
        .iter()
        .filter(|hit| hit.check == Check::DayStep)
        .filter_map(|hit| Some((parse_time(hit.at.as_deref()?)?, hit)))
        .collect();
    let near = |moment: i64| {
        let near = steps.iter();
        near.filter(move |(other, _)| (other - moment).abs() <= DAYS * DAY)
    };
    let moment = steps
        .iter()
        .map(|(moment, _)| *moment)
        .max_by_key(|moment| (near(*moment).count(), -moment))?;
    let columns: Vec<String> = near(moment)
        .filter_map(|(_, hit)| hit.columns.first().cloned())
        .collect();
    let moments = table
        .columns()
        .iter()
        .find_map(|column| match &column.cells {
            Cells::Time(moments) => Some(moments),
            _ => None,
        })?;
    (columns.len() >= STEPS).then(|| DateChange {
        date: crate::table::show_date(moment),
        columns,
        after: moments
            .iter()
            .map(|time| time.map(|time| time >= moment))
            .collect(),
    })
}

/// A line for each axis: the columns whose ranks correlate most with it, and the correlations.
fn axis_lines(
    scores: &Array2<f64>,
    places: &Array2<f64>,
    numbers: &[NumericColumn],
    names: &[String],
) -> Vec<String> {
    let lines = names.iter().enumerate().map(|(axis, name)| {
        let place = places.column(axis).to_vec();
        let loadings: Vec<f64> = scores
            .columns()
            .into_iter()
            .map(|column| pearson(&place, &column.to_vec()).unwrap_or(0.0))
            .collect();
        format!("- {name}: {}", told_by(&loadings, numbers))
    });
    lines.collect()
}

/// The text of the report.
struct CarefulReport<'a> {
    table: &'a Table,
    repaired: &'a Repaired,
    lines: Vec<String>,
    found: &'a KMeansBySilhouette,
    undecided: f64,
    change: Option<&'a DateChange>,
}

impl CarefulReport<'_> {
    fn report(&self) -> String {
        let mut text = String::from("# What is in this table, and what is wrong with it\n\n");
        let (all, kept) = (self.table.rows(), self.repaired.kept.len());
        let _ = write!(
            text,
            "Of {} rows I keep {}. What generic checks showed, and what I did about it:\n\n",
            thousands(all),
            thousands(kept)
        );
        for [column, kind, rows, action] in &self.repaired.done {
            let about = if column.is_empty() {
                "whole rows".to_owned()
            } else {
                format!("`{column}`")
            };
            let _ = writeln!(text, "- {about} ({kind}; {rows}): {action}");
        }
        if self.repaired.done.is_empty() {
            text.push_str("- nothing\n");
        }
        if !self.repaired.left.is_empty() {
            text.push_str("\nAlso odd, and left as it is:\n\n");
            for hit in self.repaired.left.iter().take(LISTED) {
                let _ = writeln!(text, "- {}", hit.says);
            }
        }
        let _ = write!(
            text,
            "\nEvery column became normal scores of its ranks; gaps were filled from what the other columns \
             say.\n\n\
             ## Axes\n\nFactor analysis, turned by varimax; parallel analysis asks for {}, and I take \
             two more. Correlations \
             with the columns:\n\n{}\n\n## Groups\n\n\
             The best silhouette is {:.2}, with {} groups. That is a convenient cut of a continuum rather \
             than a set of segments: {} of the rows lie between two centres and are left out, and I would \
             not defend the number.\n",
            self.lines.len().saturating_sub(MORE),
            self.lines.join("\n"),
            self.found.width,
            self.found.k,
            percent(self.undecided),
        );
        if let Some(change) = self.change {
            let names: Vec<String> = change
                .columns
                .iter()
                .map(|name| format!("`{name}`"))
                .collect();
            let _ = write!(
                text,
                "\nSomething changes on {}: the levels of {} move together; `after_change` parts the \
                 rows there.\n",
                change.date,
                names.join(", ")
            );
        }
        text
    }
}
