//! Columns as written.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[[column]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// Name.
    pub name: String,
    /// Kind, as the dictionary says it.
    pub kind: String,
    /// One sentence for the dictionary.
    pub description: String,
    /// Unit of measurement.
    #[serde(default)]
    pub unit: String,
    /// Half of the rows are below.
    pub median: Option<f64>,
    /// 95 % of rows are below.
    pub p95: Option<f64>,
    /// Mean of a count.
    pub rate: Option<f64>,
    /// Share of rows that are true.
    pub share: Option<f64>,
    /// Digits behind the point.
    pub digits: Option<u32>,
    /// Values above are given as this.
    pub cap: Option<f64>,
    /// Names of the levels with their shares.
    pub levels: Option<Vec<LevelSpec>>,
    /// `workspace`, say: constant for an entity.
    pub per: Option<String>,
    /// Weights of other columns in a derived column.
    pub of: Option<BTreeMap<String, f64>>,
    /// Number of columns of an embedding.
    pub width: Option<u32>,
    /// What moves it besides the world's structures: levels of a category, `time`.
    #[serde(default)]
    pub drivers: BTreeMap<String, DriverSpec>,
    /// Share of variance from structures, when not the scenario's.
    pub signal: Option<f64>,
    /// Text in front of an identifier.
    pub prefix: Option<String>,
}

/// A level of a category.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelSpec {
    /// As it is written.
    pub name: String,
    /// Share of entities or rows.
    pub share: f64,
}

/// What one driver does to a column.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum DriverSpec {
    /// Weight of something continuous.
    Weight(f64),
    /// Shift for each level of a category; levels left out shift nothing.
    Levels(BTreeMap<String, f64>),
}
