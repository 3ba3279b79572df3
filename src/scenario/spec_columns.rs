//! Columns as written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// Kinds of column.
pub(super) const COLUMN_KINDS: [&str; 11] = [
    "identifier",
    "reference",
    "timestamp",
    "real",
    "count",
    "fraction",
    "category",
    "flag",
    "text",
    "derived",
    "embedding",
];

/// `[[column]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own in the file"
)]
pub struct ColumnSpec {
    /// Name.
    pub name: String,
    /// Kind, as the dictionary says it.
    #[schemars(extend("enum" = COLUMN_KINDS))]
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
    /// 5 % of rows are below: `low` and `high` make a real number symmetric; it may be negative.
    pub low: Option<f64>,
    /// 95 % of rows are below.
    pub high: Option<f64>,
    /// Mean of a count.
    #[schemars(range(min = 1e-3, max = 500.0))]
    pub rate: Option<f64>,
    /// Share of rows that are true.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: Option<f64>,
    /// Digits behind the point.
    pub digits: Option<u32>,
    /// Values above are given as this.
    #[schemars(range(min = 1e-9, max = 1e15))]
    pub cap: Option<f64>,
    /// Values below are given as this.
    pub floor: Option<f64>,
    /// People round to multiples of this …
    #[schemars(range(min = 1e-6, max = 1e9))]
    pub step: Option<f64>,
    /// … with this probability; always unless said.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub heaped: Option<f64>,
    /// Shape of a long tail: `short` or `heavy`; between the two unless said.
    pub tail: Option<TailSpec>,
    /// Share of exactly 0; what else the column states holds for the values between.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 0.9))]
    pub zeros: f64,
    /// Share of exactly 1, in a fraction.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 0.9))]
    pub ones: f64,
    /// Share of cells that are empty for no reason.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 0.5))]
    pub missing: f64,
    /// The levels or values of an earlier column with which this one is filled; it is empty
    /// elsewhere.
    #[serde(default, rename = "where")]
    pub conditions: BTreeMap<String, ConditionSpec>,
    /// An earlier column that this one goes along with, and their correlation.
    #[serde(default)]
    pub follows: BTreeMap<String, f64>,
    /// Names of the levels with their shares.
    pub levels: Option<Vec<LevelSpec>>,
    /// Whether a category's levels have an order, so that structures can move it along.
    #[serde(default)]
    pub ordered: bool,
    /// Whether this flag is what the product team would like to predict.
    #[serde(default)]
    pub outcome: bool,
    /// Factors that make the outcome likelier; those named nowhere do as the world says.
    #[serde(default)]
    pub rises_with: Vec<String>,
    /// Factors that make the outcome rarer.
    #[serde(default)]
    pub falls_with: Vec<String>,
    /// `workspace`, say: constant for an entity.
    pub per: Option<String>,
    /// Whether a number of an entity changes, once, at a date of its own.
    #[serde(default)]
    pub changes: bool,
    /// The timestamp that this one follows, after a lag of `median` and `p95` in `unit`.
    pub after: Option<String>,
    /// Hours of the day between which a later moment lies.
    pub within: Option<[u32; 2]>,
    /// Whether a later moment lies on a day from Monday to Friday.
    #[serde(default)]
    pub workdays: bool,
    /// Whether a later moment is empty when it lies after the last day of the data.
    #[serde(default)]
    pub cut_off: bool,
    /// Whether entities go through a category's levels in their order and never back.
    #[serde(default)]
    pub rollout: bool,
    /// Weights of other columns in a derived column.
    pub of: Option<BTreeMap<String, f64>>,
    /// What the sum is divided by.
    pub over: Option<OverSpec>,
    /// Number of columns of an embedding.
    pub width: Option<u32>,
    /// Effects besides the world's structures: of the levels of a category or flag, of `time`, `size`,
    /// `hour`, `weekday` or `month`, and random effects per `day` or entity.
    #[serde(default)]
    pub effects: BTreeMap<String, EffectSpec>,
    /// Share of variance from structures, when not the scenario's.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub signal: Option<f64>,
    /// Text in front of an identifier.
    pub prefix: Option<String>,
}

/// The shape of a long tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TailSpec {
    /// Weibull.
    Short,
    /// Log-logistic.
    Heavy,
}

/// A level of a category.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelSpec {
    /// As it is written.
    pub name: String,
    /// Share of entities or rows.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
}

/// What a ratio is divided by.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OverSpec {
    /// A column.
    Column(String),
    /// A weighted sum of columns.
    Weights(BTreeMap<String, f64>),
}

/// One effect on a column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected a number, or a number for each of some levels as { level = 0.5 }"
)]
pub enum EffectSpec {
    /// Weight of something continuous.
    Weight(f64),
    /// Shift for each level of a category, 0 for levels left out; for `day` or an entity, the category
    /// within which the random effect differs.
    Levels(BTreeMap<String, f64>),
}

/// Condition on the value of a column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected a list of levels as [\"a\", \"b\"], or a range as { from = 1, to = 5 }"
)]
pub enum ConditionSpec {
    /// One of these levels.
    Levels(Vec<LevelName>),
    /// A number in this range.
    Range(RangeSpec),
}

/// The name of a level: text, or true or false for a flag.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LevelName {
    /// As it is written.
    Text(String),
    /// Of a flag.
    Flag(bool),
}

/// A range of numbers, both ends included.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RangeSpec {
    /// Not below this.
    pub from: Option<f64>,
    /// Not above this.
    pub to: Option<f64>,
}
