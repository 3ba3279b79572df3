//! Child tables as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::spec_columns::ColumnSpec;

/// `[[child]]`: a table of what happened after each row.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChildSpec {
    /// Name; its files are called after scenario and child.
    pub name: String,
    /// What one of its rows is, after "one row per".
    pub row: String,
    /// How many there are of one row of the main table.
    pub per_row: PerRowSpec,
    /// Within how many days after the row's moment they happen.
    #[schemars(range(min = 0.01, max = 3660.0))]
    pub days: f64,
    /// Its columns, in delivered order.
    pub column: Vec<ColumnSpec>,
}

/// A number per row of the main table.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PerRowSpec {
    /// Half of the rows have fewer.
    #[schemars(range(min = 0.1, max = 100.0))]
    pub median: f64,
    /// 95 % of rows have fewer.
    #[schemars(range(min = 0.1, max = 200.0))]
    pub p95: f64,
}
