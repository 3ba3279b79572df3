//! A misleading clustering: it looks clear but is wrong.

use serde::{Deserialize, Serialize};

use crate::chart::Chart;

/// A clustering of a few columns that looks clear and recovers no structure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MisleadingClustering {
    /// The columns.
    pub columns: Vec<String>,
    /// What a careless analyst would report, in a sentence.
    pub statement: String,
    /// How clear it looks: the mean silhouette, -1 to 1.
    pub silhouette: f64,
    /// The structure it recovers best; none if it recovers none above chance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<PartialRecovery>,
    /// The defect that causes it, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artefact: Option<PartialRecovery>,
    /// Its groups on its columns.
    pub chart: Chart,
}

/// How much of one finding a clustering recovers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartialRecovery {
    /// What it is, in a few words.
    pub what: String,
    /// Recovery, from 0 (chance) to 1.
    pub recovery: f64,
}
