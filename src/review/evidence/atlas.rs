//! The atlas of one answer: where it agrees with what is there, and where not.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A grouping beside one structure, row by row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Atlas {
    /// Id of the finding.
    pub finding: String,
    /// What it is, in a few words.
    pub what: String,
    /// Rows that it speaks of: answered, and of a large table a sample.
    pub rows: usize,
    /// Expected share of rows that lie in a group whose largest type is their own.
    pub told: f64,
    /// The same if all rows lay in one group: the share of the largest type.
    pub by_one_group: f64,
    /// The same for the truth's own largest shares: 1 for hard groups.
    pub attainable: f64,
    /// Each type, and the groups that the answer splits it into.
    pub split: Vec<Composition>,
    /// Each group of the answer, the largest first, and the types that it puts together.
    pub merged: Vec<Composition>,
    /// Rows that are mostly of one type, in a group that is mostly of another; none where the answer tells types
    /// hardly better than one group would.
    pub examples: Vec<Example>,
    /// Slices of the table where clearly fewer rows are told than elsewhere, the furthest first.
    pub slices: Vec<Slice>,
    /// Slices that were looked at for it.
    pub looked_at: usize,
}

/// What a group or a type is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Composition {
    /// Its name.
    pub name: String,
    /// Its rows; of a soft type, the sum of shares.
    pub rows: f64,
    /// The parts that have a twentieth of it at least, the largest first.
    pub parts: Vec<Part>,
}

/// A part of something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its share, from 0 to 1.
    pub share: f64,
}

/// A row to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Its row id.
    pub row: String,
    /// The type that it mostly is.
    pub is: String,
    /// How much of it: 1 for hard groups.
    pub share: f64,
    /// The group of the answer that it is in.
    pub group: String,
    /// The type that this group mostly is.
    pub among: String,
}

/// Rows that agree in one column, or were touched by one defect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// Which: `plan is free`, `latency_ms at least 812`.
    pub slice: String,
    /// Its rows.
    pub rows: usize,
    /// Share that is told within.
    pub told: f64,
    /// Share that is told elsewhere.
    pub elsewhere: f64,
    /// The 95 % interval of the difference, within less elsewhere; rows of an entity move together.
    pub apart: (f64, f64),
}
