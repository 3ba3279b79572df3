//! One planted defect of a world. Plain data, kept in the key.

use serde::{Deserialize, Serialize};

use crate::scenario::DefectKind;

/// One planted defect: kind × mechanism × columns × rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// Also the name of its random stream.
    pub id: String,
    pub kind: DefectKind,
    /// Child table that it is in; none for the main table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Delivered columns that it changes.
    pub columns: Vec<String>,
    /// Level of a category to which it is limited.
    pub source: Option<SourceLevel>,
    /// Factor, sentinel, default, limit or hours.
    pub value: Option<f64>,
    /// A level with several spellings, and the spellings.
    pub spellings: Option<(String, Vec<String>)>,
    /// Texts that programs and testers write.
    pub texts: Vec<String>,
    /// Entities to which it is limited, by number.
    pub entities: Vec<usize>,
    /// Moments between which it happens, in milliseconds since 1970 UTC.
    pub window: Option<[i64; 2]>,
    pub mechanism: Mechanism,
    /// What it depends on in addition to source, entities and window.
    pub propensity: Option<Propensity>,
    /// Share of the rows in reach that it changes; for added rows, their share of all rows.
    pub rate: f64,
    pub decoy: bool,
    pub cause: String,
}

/// One level of one category.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceLevel {
    pub column: String,
    pub level: String,
}

/// Missingness mechanisms of Rubin (1976), applied to all defects.
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

/// Probability that a row is hit: logistic in `tie`·score + √(1−`tie`²)·noise, both with variance 1.
/// So `tie` is the correlation with what the propensity depends on: at 0 the defect is a nuisance, at
/// 1 dropping its rows removes one end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Propensity {
    pub on: PropensityOn,
    /// From 0 to 1.
    pub tie: f64,
    /// Slope of the logistic function; negative if small values are hit more often.
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
