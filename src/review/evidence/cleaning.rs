//! How the cleaned data compare with the truth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::share::Share;

/// One defect in the cleaned data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CleaningEvidence {
    /// Id of the finding.
    pub finding: String,
    /// The defect, in a few words.
    pub what: String,
    /// What would repair it: `the exact value`, `marked as missing`, `rows dropped`.
    pub repair: String,
    /// What the shares below count: `8,562 cells in 4,281 rows`.
    #[serde(default)]
    pub counted: String,
    /// Share of what it changed that is repaired in the cleaned data.
    pub repaired: Share,
    /// Share of what it changed that was changed again or dropped, rightly or not: the recall of acting
    /// on it.
    pub acted_on: Share,
    /// The precision of acting on it: of all correct and defective cells that were changed in its
    /// columns, the share that it had changed. For rows that should not be there: the share of dropped
    /// rows. None where single cells or rows show nothing.
    #[serde(default)]
    pub precision: Option<Share>,
    /// The harmonic mean of this precision and recall.
    #[serde(default)]
    pub f1: Option<f64>,
    /// Error of the numbers that it changed; none if it changed no number.
    #[serde(default)]
    pub error: Option<RepairError>,
}

/// Root mean square error of the cells that a defect changed, in standard deviations of the clean column,
/// over cells that hold a number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RepairError {
    /// Cells that should hold a number and do in the cleaned data.
    pub cells: u64,
    /// As delivered, over those of these cells that held a number; none if none did.
    pub delivered: Option<f64>,
    /// As cleaned.
    pub cleaned: f64,
}

/// A column in which correct cells were changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DamagedColumn {
    /// The table; none for the main one.
    #[serde(default)]
    pub table: Option<String>,
    /// The column.
    pub column: String,
    /// Share of its correct cells that were changed.
    pub changed: Share,
}

/// Effect of the cleaning on one structure: how much of it a model trained on the truth recovers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consequence {
    /// Id of the finding.
    pub finding: String,
    /// The structure, in a few words.
    pub what: String,
    /// From the delivered data.
    pub delivered: Option<f64>,
    /// From the cleaned data, on the rows that they keep.
    pub cleaned: Option<f64>,
    /// From the clean table: the best that cleaning can achieve.
    pub clean: Option<f64>,
    /// Share of the original rows that the cleaned data keep.
    pub kept: f64,
}
