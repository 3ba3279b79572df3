//! Where an answer agrees with a structure, row by row.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A grouping compared with one structure, row by row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowAgreement {
    /// Id of the finding.
    pub finding: String,
    /// What it is compared with, in a few words.
    pub what: String,
    /// Number of labelled rows; of a large table, in a sample.
    pub rows: usize,
    /// Expected share of rows in a group whose largest type is their own.
    pub agreement: f64,
    /// The same if all rows were in one group: the share of the largest type.
    pub by_one_group: f64,
    /// The same for the largest shares of the truth: 1 for hard groups.
    pub attainable: f64,
    /// The groups that each type is split into.
    pub types: Vec<Composition>,
    /// The types that each group puts together, the largest group first.
    pub groups: Vec<Composition>,
    /// Rows mostly of one type in a group mostly of another; none if the answer separates types barely
    /// better than one group would.
    pub examples: Vec<Example>,
    /// Slices of the table with clearly less agreement than elsewhere, the largest difference first.
    pub slices: Vec<Slice>,
    /// Number of slices that were tested.
    pub slices_tested: usize,
}

/// What a group or a type consists of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Composition {
    /// Its name.
    pub name: String,
    /// Number of rows; of a soft type, the sum of shares.
    pub rows: f64,
    /// Parts with a share of at least 5 %, the largest first.
    pub parts: Vec<TypeShare>,
}

/// Share of a type in a group, or of a group in a type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeShare {
    /// Name of the type or group.
    pub name: String,
    /// From 0 to 1.
    pub share: f64,
}

/// A row to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Row id.
    pub row: String,
    /// Its main type.
    pub main_type: String,
    /// Share of that type: 1 for hard groups.
    pub share: f64,
    /// Its group in the answer.
    pub group: String,
    /// The main type of that group.
    pub type_of_group: String,
}

/// Rows with one value (or range) of a column, or changed by one defect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// Description: `plan is free`, `latency_ms at least 812`.
    pub slice: String,
    /// Number of rows.
    pub rows: usize,
    /// Agreement inside the slice.
    pub inside: f64,
    /// Agreement in all other rows.
    pub outside: f64,
    /// 95 % interval of inside minus outside; rows of one entity are resampled together.
    pub difference: (f64, f64),
}
