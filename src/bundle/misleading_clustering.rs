//! A wrong answer that looks right: what a rushed analyst would report.

use serde::{Deserialize, Serialize};

use crate::chart::Chart;

/// A grouping of a few columns that looks clear and tells of no structure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MisleadingClustering {
    /// The columns.
    pub columns: Vec<String>,
    /// What would be reported, in a sentence.
    pub statement: String,
    /// How clear it looks: mean silhouette, -1 to 1.
    pub silhouette: f64,
    /// The structure that it tells most of, and how much; none where it tells of none above chance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<PartialRecovery>,
    /// The artefact that it rests on, and how much it tells of it; none where it rests on none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artefact: Option<PartialRecovery>,
    /// Its groups on its columns.
    pub chart: Chart,
}

/// How much an answer tells of one thing that is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartialRecovery {
    /// What it is, in a few words.
    pub what: String,
    /// Recovery, from 0, what chance gives, to 1.
    pub recovery: f64,
}
