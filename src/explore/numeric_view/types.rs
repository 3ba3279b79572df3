//! What is computed across the numeric columns.

use serde::Serialize;

use crate::chart::Chart;

/// How the rows lie in the space of the numeric columns.
#[derive(Debug, Clone, PartialEq)]
pub struct NumericView {
    /// Rows the components were computed from.
    pub sample: usize,
    /// Rows of the table.
    pub rows: usize,
    /// The numbers as they are; with long tails logged, where there are long tails; ranked. Empty when there are
    /// fewer than two numeric columns or three rows.
    pub scalings: Vec<ScaledComponents>,
    /// Distances and groupings, where they were asked for and there are rows enough.
    pub null_comparison: Option<NullComparison>,
}

/// The numeric columns in one scaling, each brought to mean 0 and standard deviation 1.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaledComponents {
    /// What was done to the numbers, in a few words.
    pub name: &'static str,
    /// Columns of which the logarithm was taken.
    pub logged: Vec<String>,
    /// The rows on the first two components.
    pub scatter: Chart,
    /// Share of variance of each component.
    pub scree: Chart,
    /// What the first components are made of, in the order of the file.
    pub loadings: Vec<ColumnLoading>,
    /// Share of variance of the components in `loadings`.
    pub shares: Vec<f64>,
}

/// One column's part in the first components: how to bring a value to its scale, and its weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnLoading {
    /// The column.
    pub column: String,
    /// Its place in the table.
    pub position: usize,
    /// What is done to its values first.
    pub transform: ValueTransform,
    /// What stands where a value is missing, before the change.
    pub fill: f64,
    /// Mean of what is changed.
    pub mean: f64,
    /// Standard deviation of what is changed.
    pub scale: f64,
    /// Weights in at most eight components, the strongest first.
    pub weights: Vec<f64>,
}

/// How far rows are from one another, and what groupings make of them; each beside tables in which there is
/// nothing of the kind.
#[derive(Debug, Clone, PartialEq)]
pub struct NullComparison {
    /// The scaling that all of it is in.
    pub scaling: &'static str,
    /// Rows that were looked at.
    pub rows: usize,
    /// Distances of pairs and of neighbours, beside shuffled columns.
    pub distances: Vec<Chart>,
    /// How much groupings come back and agree, beside twins; empty with too few rows.
    pub clusterings: Vec<Chart>,
    /// Share of variance of the components that groupings are made in.
    pub variance_share: f64,
}

/// Which views of a table a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageScope {
    /// All of them.
    All,
    /// Those that go with a take-home: no keys, distances and groupings, since what it shows is given.
    Bundle,
}

/// What is done to a column before it is brought to mean 0 and standard deviation 1.
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
