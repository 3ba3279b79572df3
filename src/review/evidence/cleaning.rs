//! What became of the data in the candidate's cleaned copy.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Share;

/// One defect beside the cleaned data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CleaningEvidence {
    /// Id of the finding.
    pub finding: String,
    /// What it is, in a few words.
    pub what: String,
    /// What would repair it: `the exact value`, `marked as missing`, `rows dropped`.
    pub repair: String,
    /// What the shares below count: `8,562 cells in 4,281 rows`.
    #[serde(default)]
    pub counted: String,
    /// Share of what it touched that is as it should be in the cleaned data.
    pub repaired: Share,
    /// Share of what it touched that was changed or dropped, rightly or not: the recall of acting on it.
    pub acted_on: Share,
    /// The precision of acting on it: share of what was changed in its columns that it touched, where all else
    /// that was changed had nothing wrong with it. Of rows that should not be there: share of those dropped.
    /// None where no single cell or row tells.
    #[serde(default)]
    pub precision: Option<Share>,
    /// The harmonic mean of precision and recall, both as above.
    #[serde(default)]
    pub f1: Option<f64>,
    /// How far off the numbers are that it touched; none where it touched no number.
    #[serde(default)]
    pub error: Option<RepairError>,
}

/// How far the cells that a defect touched are from their clean values: root mean square errors in standard
/// deviations of the clean column, over the cells that hold a number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RepairError {
    /// Cells that hold a number in the cleaned data and should hold one.
    pub cells: u64,
    /// As delivered, of those of them that held a number then; none when none did.
    pub delivered: Option<f64>,
    /// As cleaned.
    pub cleaned: f64,
}

/// A column in which cells were changed that nothing was wrong with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DamagedColumn {
    /// The table; none for the main one.
    #[serde(default)]
    pub table: Option<String>,
    /// The column.
    pub column: String,
    /// How many of its untouched cells were changed.
    pub changed: Share,
}

/// What the cleaning did to one structure: a learner with the answers, on the delivered and on the cleaned data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consequence {
    /// Id of the finding.
    pub finding: String,
    /// What it is, in a few words.
    pub what: String,
    /// What it tells of the structure from the delivered data.
    pub delivered: Option<f64>,
    /// From the cleaned data, on the rows that are left in them.
    pub cleaned: Option<f64>,
    /// From the columns before any defect: as far as cleaning can lead.
    pub clean: Option<f64>,
    /// Share of the original rows that are left in the cleaned data.
    pub kept: f64,
}
