//! Results across the numeric columns.

use serde::Serialize;

use crate::chart::Chart;

/// How the rows lie in the space of the numeric columns.
#[derive(Debug, Clone, PartialEq)]
pub struct NumericView {
    /// Rows the components were computed from.
    pub sample: usize,
    /// Rows of the table.
    pub rows: usize,
    /// Three scalings of the numbers: raw; with long tails logged, if there are any; and ranked.
    /// Empty when there are fewer than two numeric columns or three rows.
    pub scalings: Vec<ScaledComponents>,
    /// Distances and clusterings, if requested and if there are enough rows.
    pub null_comparison: Option<NullComparison>,
}

/// The numeric columns in one scaling, each standardised to mean 0 and standard deviation 1.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaledComponents {
    /// The transformation, in a few words.
    pub name: &'static str,
    /// Columns that were logged.
    pub logged: Vec<String>,
    /// The rows on the first two components.
    pub scatter: Chart,
    /// Share of variance that each component explains.
    pub scree: Chart,
    /// Loadings of the first components, in the order of the file.
    pub loadings: Vec<ColumnLoading>,
    /// Share of variance that the components in `loadings` explain.
    pub shares: Vec<f64>,
}

/// One column's contribution to the first components: its transformation, scale and weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnLoading {
    /// The column.
    pub column: String,
    /// Its position in the table.
    pub position: usize,
    /// The transformation applied to its values first.
    pub transform: ValueTransform,
    /// Replacement for missing values, before the transformation.
    pub fill: f64,
    /// Mean of the transformed values.
    pub mean: f64,
    /// Standard deviation of the transformed values.
    pub scale: f64,
    /// Weights in at most eight components, the strongest first.
    pub weights: Vec<f64>,
}

/// Distances between rows, and results of clusterings, each compared with null tables.
#[derive(Debug, Clone, PartialEq)]
pub struct NullComparison {
    /// The scaling used for all of it.
    pub scaling: &'static str,
    /// Number of rows used.
    pub rows: usize,
    /// Distances of pairs and of neighbours, compared with shuffled columns.
    pub distances: Vec<Chart>,
    /// Stability and agreement of clusterings, compared with null tables; empty with too few rows.
    pub clusterings: Vec<Chart>,
    /// Share of variance explained by the components that are clustered.
    pub variance_share: f64,
}

/// Which views of a table a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageScope {
    /// All of them.
    All,
    /// Those sent with a take-home: no keys, distances or clusterings, which would give answers
    /// away.
    Bundle,
}

/// A transformation of a column before it is standardised.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueTransform {
    /// Nothing.
    None,
    /// The natural logarithm of the value plus this.
    Log(f64),
    /// The share of rows below it, and half of those with the same value.
    Rank,
}
