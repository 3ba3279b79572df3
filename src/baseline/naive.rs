//! The naive baseline: missing values become zero, numbers stay raw, k-means with k by silhouette.

use std::fmt::Write as _;

use crate::cluster::ClusterError;
use crate::random::Stream;
use crate::table::Table;

use super::kmeans_by_silhouette::KMeansBySilhouette;
use super::numeric_columns::{NumericColumn, matrix, numbers};
use super::submission_files::{Solution, groups, ids};

/// Solve a take-home without looking at the data.
///
/// # Errors
/// When the table has no numeric columns to cluster.
pub fn naive(table: &Table, row_id: &str, stream: &Stream) -> Result<Solution, ClusterError> {
    let mut numbers = numbers(table);
    for number in &mut numbers {
        number.fill(0.0);
    }
    let points = matrix(&numbers);
    let found = KMeansBySilhouette::of(&points, stream)?;
    let labels = found.model.predict(points.view())?;
    let rows: Vec<usize> = (0..table.rows()).collect();
    let column = labels.iter().copied().map(Some).collect();
    Ok(Solution {
        files: vec![
            ("report.md", report(&numbers, &labels, &found).into_bytes()),
            (
                "groups.csv",
                groups(&ids(table, row_id, &rows), &[("cluster", column)]),
            ),
        ],
    })
}

fn report(numbers: &[NumericColumn], labels: &[u32], found: &KMeansBySilhouette) -> String {
    let KMeansBySilhouette { k, width, .. } = *found;
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
        .map(|number| (between(&number.values, labels, k), number.name.as_str()))
        .collect();
    telling.sort_by(|a, b| b.0.total_cmp(&a.0));
    let names: Vec<String> = telling
        .iter()
        .take(3)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    let mut text = String::from("# KMeansBySilhouette\n\n");
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

/// Spread of the group means relative to the spread of the rows.
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
