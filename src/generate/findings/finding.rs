//! A finding: one thing that a good report may say about a bundle.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that a good report may say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Short and stable inside one bundle: `depth`, `d2`, `groups`.
    pub id: String,
    /// What kind of thing it is.
    pub kind: FindingKind,
    /// A few words.
    pub title: String,
    /// Two sentences or so: what is there.
    pub statement: String,
    /// Columns that show it, most telling first.
    pub columns: Vec<String>,
    /// How an analyst would notice it.
    pub how_to_notice: String,
    /// Readings that were not planted but are accepted.
    pub accepted: String,
    /// Words by which a report may speak of it; each is enough.
    pub words: Vec<String>,
    /// Words that speak of it beside one of its columns.
    pub hints: Vec<String>,
    /// Where the truth of it is kept.
    pub truth: Truth,
    /// Whether the brief or a bundled page tells it already; then it is credited to nobody.
    pub disclosed: bool,
    /// Child table that it is in, and that its columns are of; the main one when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
}

/// Kinds of finding.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// Latent meaning.
    Structure,
    /// Whether there are groups.
    Groups,
    /// A planted problem.
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
        /// The columns of the two latents; of a latent and a facet for a paradox.
        columns: [String; 2],
    },
    /// Several groupings, none of them right.
    Groups {
        /// Columns of the blend's memberships.
        members: Vec<String>,
        /// Column of the sampled archetype.
        sampled: String,
        /// Columns of the facets' sides.
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
