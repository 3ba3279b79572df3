//! A finding: one thing that a good report may say about a bundle.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that a good report may say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Short and stable inside one bundle: `depth`, `d2`, `groups`.
    pub id: String,
    pub kind: FindingKind,
    pub title: String,
    /// About two sentences.
    pub statement: String,
    /// Columns that show it, the strongest first.
    pub columns: Vec<String>,
    pub how_to_notice: String,
    /// Other readings that are accepted.
    pub accepted: String,
    /// A report that contains one of these words mentions it.
    pub words: Vec<String>,
    /// Words that mention it only next to one of its columns.
    pub hints: Vec<String>,
    pub truth: Truth,
    /// Whether the brief or a bundled page states it already; then nobody is credited with it.
    pub disclosed: bool,
    /// Child table that it and its columns are in; none for the main table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    Structure,
    /// Whether the table has clusters.
    Groups,
    Defect,
    /// An anomaly that is real.
    Benign,
}

/// Where the truth of a finding is kept: columns of `rows.parquet`, or an instance of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "is")]
pub enum Truth {
    /// A continuous latent.
    Factor {
        /// Its position among the latents of the world.
        latent: usize,
    },
    /// A continuous latent that enters through curves.
    Curve {
        /// Its position among the latents of the world.
        latent: usize,
    },
    /// A change at a date.
    Change {
        /// Its column, from 0 to 1.
        column: String,
    },
    /// A small real group.
    Rare {
        /// Its column, true for its rows.
        column: String,
    },
    /// An effect that exists only jointly.
    Interaction {
        /// The columns of the two latents; a latent and a split for a paradox.
        columns: [String; 2],
    },
    /// Several groupings, none of them right.
    Groups {
        /// Columns of the memberships.
        members: Vec<String>,
        /// Column of the sampled archetype.
        sampled: String,
        /// Columns of the sides of splits.
        splits: Vec<String>,
        /// Columns of the memberships of the archetypes' parts; empty where they have none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        nested: Vec<String>,
    },
    /// A planted defect.
    Defect {
        /// Its instance in the ledger.
        instance: String,
        /// Whether it is the world's decoy.
        decoy: bool,
    },
    /// An anomaly that is real.
    Benign,
}
