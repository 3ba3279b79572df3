//! The naive autopilot: gaps are zero, numbers are raw, k-means with k by silhouette.

use std::fmt::Write as _;

use ndarray::Array2;

use crate::cluster::{ClusterError, KMeansModel};
use crate::measure::{pairwise_distances, silhouette};
use crate::random::Stream;
use crate::table::{DataFolder, Text};

/// Rows that centres are fitted on.
const FIT_ROWS: usize = 3_000;
/// Rows that silhouettes are computed on: the cost grows with the square.
const SILHOUETTE_ROWS: usize = 1_200;
/// Starts of each fit.
const STARTS: usize = 3;

/// What an autopilot would hand in.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// `report.md`
    pub report: String,
    /// `groups.csv`
    pub groups: Vec<u8>,
    /// Group of each delivered row.
    pub labels: Vec<u32>,
}

/// Solve a take-home as somebody does who does not look.
///
/// # Errors
/// When the table has no numbers to cluster.
pub fn naive(folder: &DataFolder, stream: &Stream) -> Result<Solution, ClusterError> {
    let table = &folder.table;
    let numbers: Vec<(&str, Vec<f64>)> = table
        .columns()
        .iter()
        .filter_map(|column| {
            let values = column.cells.numbers()?;
            let filled = values.into_iter().map(|value| value.unwrap_or(0.0));
            Some((column.name.as_str(), filled.collect()))
        })
        .collect();
    let rows = table.rows();
    let points = Array2::from_shape_fn((rows, numbers.len()), |(row, at)| numbers[at].1[row]);
    let picks = stream.fork("sample").draws().sample(rows, FIT_ROWS);
    let sample = points.select(ndarray::Axis(0), &picks);
    let shown = sample.select(
        ndarray::Axis(0),
        &(0..picks.len().min(SILHOUETTE_ROWS)).collect::<Vec<_>>(),
    );
    let distances = pairwise_distances(shown.view());
    let mut best: Option<(f64, usize, KMeansModel)> = None;
    for k in 2..=8 {
        let draws = stream.fork(&format!("k{k}")).draws();
        let Ok(model) = KMeansModel::fit(sample.view(), k, STARTS, draws) else {
            continue;
        };
        let labels = model.predict(shown.view())?;
        let width = silhouette(&distances, &labels).unwrap_or(-1.0);
        if best.as_ref().is_none_or(|(found, ..)| width > *found) {
            best = Some((width, k, model));
        }
    }
    let Some((width, k, model)) = best else {
        return Err(ClusterError::NoFit(
            "no number of groups from 2 to 8 could be fitted".to_owned(),
        ));
    };
    let labels = model.predict(points.view())?;
    Ok(Solution {
        report: report(&numbers, &labels, k, width),
        groups: groups(
            &table
                .cells(&folder.row_id)
                .map(crate::table::Cells::texts)
                .unwrap_or_default(),
            &labels,
        ),
        labels,
    })
}

fn report(numbers: &[(&str, Vec<f64>)], labels: &[u32], k: usize, width: f64) -> String {
    let mut sizes = vec![0_usize; k];
    for label in labels {
        sizes[*label as usize] += 1;
    }
    let shares: Vec<String> = sizes
        .iter()
        .map(|size| format!("{:.1} %", 100.0 * *size as f64 / labels.len() as f64))
        .collect();
    let mut telling: Vec<(f64, &str)> = numbers
        .iter()
        .map(|(name, values)| (between(values, labels, k), *name))
        .collect();
    telling.sort_by(|a, b| b.0.total_cmp(&a.0));
    let names: Vec<String> = telling
        .iter()
        .take(3)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    let mut text = String::from("# Segments\n\n");
    let _ = write!(
        text,
        "I found **{k} clear clusters** (silhouette {width:.2}), with shares {}.\n\n\
         They differ most in {}.\n\n\
         Missing values were set to zero. I recommend one product strategy per segment.\n",
        shares.join(", "),
        names.join(", ")
    );
    text
}

/// Spread of the groups' means over the spread of the rows.
fn between(values: &[f64], labels: &[u32], k: usize) -> f64 {
    let mut sums = vec![(0.0, 0.0); k];
    for (value, label) in values.iter().zip(labels) {
        let sum = &mut sums[*label as usize];
        *sum = (sum.0 + value, sum.1 + 1.0);
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let total: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let groups: f64 = sums
        .iter()
        .filter(|(_, rows)| *rows > 0.0)
        .map(|(sum, rows)| rows * (sum / rows - mean).powi(2))
        .sum();
    if total > 0.0 { groups / total } else { 0.0 }
}

fn groups(ids: &[Option<Text>], labels: &[u32]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing text to memory does not fail.
    let _ = writer.write_record(["row_id", "cluster"]);
    for (id, label) in ids.iter().zip(labels) {
        let _ = writer.write_record([id.as_deref().unwrap_or(""), &label.to_string()]);
    }
    writer.into_inner().unwrap_or_default()
}
