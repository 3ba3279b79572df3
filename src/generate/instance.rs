//! One planted defect of a world. Plain data, kept in the key.

use serde::{Deserialize, Serialize};

use crate::scenario::DefectKind;

/// One planted defect: kind × mechanism × columns × rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// Name of its stream and in the ledger.
    pub id: String,
    /// Kind.
    pub kind: DefectKind,
    /// Child table that it is in; the main one when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Columns that it touches, as delivered.
    pub columns: Vec<String>,
    /// Level of a category to which it is limited.
    pub source: Option<SourceLevel>,
    /// Factor, sentinel, default, limit or hours.
    pub value: Option<f64>,
    /// Level that is spelled in several ways, and the spellings.
    pub spellings: Option<(String, Vec<String>)>,
    /// What programs and testers write.
    pub texts: Vec<String>,
    /// Entities to which it is limited, by number.
    pub entities: Vec<usize>,
    /// Moments between which it happens, in milliseconds since 1970 UTC.
    pub window: Option<[i64; 2]>,
    /// Why these rows and not others.
    pub mechanism: Mechanism,
    /// What it depends on beside source, entities and window.
    pub propensity: Option<Propensity>,
    /// Share of the rows in its reach that it touches (for added rows: added over all).
    pub rate: f64,
    /// Whether it is the world's decoy.
    pub decoy: bool,
    /// Why it happened.
    pub cause: String,
}

/// One level of one category.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceLevel {
    /// The column.
    pub column: String,
    /// The level.
    pub level: String,
}

/// Why some rows are hit and others are not, in the words of Rubin (1976).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mechanism {
    /// Completely at random.
    #[serde(rename = "MCAR")]
    Mcar,
    /// At random given what is observed: a source, a date, an entity, another column.
    #[serde(rename = "MAR")]
    Mar,
    /// Not at random: given the value itself, or a latent.
    #[serde(rename = "MNAR")]
    Mnar,
}

/// How likely a row is hit: logistic in `tie`·score + √(1−`tie`²)·noise, both of variance one, so
/// that `tie` is the correlation of the propensity with what it depends on: at 0 the defect is a
/// nuisance, at 1 dropping its rows takes one end away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Propensity {
    /// What it depends on.
    pub on: PropensityOn,
    /// Correlation with it, from 0 to 1.
    pub tie: f64,
    /// Slope of the logistic; negative when it prefers small values.
    pub slope: f64,
    /// Intercept that gives the instance's rate.
    pub intercept: f64,
}

/// What a propensity depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PropensityOn {
    /// A latent of the world, by position.
    Latent(usize),
    /// A column before defects, by name.
    Column(String),
}
