//! A world: one draw from a scenario's pools. Plain data, kept in the key.

use serde::{Deserialize, Serialize};

use crate::scenario::{BenignKind, CurveFunction, FactorShape, InteractionKind};

use super::instance::Instance;

/// Which structures and defects occur, on which columns, how strongly and in which direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct World {
    /// Continuous latents: factors first, the curve last.
    pub latents: Vec<Latent>,
    pub correlations: Vec<LatentCorrelation>,
    /// Soft archetypes on two of the latents.
    pub archetypes: Archetypes,
    /// Soft splits, each on a latent of its own; the first on one that the archetypes do not use.
    pub splits: Vec<Split>,
    pub change: Option<Change>,
    pub rare: Option<RareGroup>,
    pub interaction: Option<Interaction>,
    pub benign: BenignAnomaly,
    /// Per scenario column and dimension (one, except for embeddings), the terms of its linear
    /// predictor.
    pub terms: Vec<Vec<Vec<Term>>>,
    /// Per scenario column, shifts in units of its standard deviation.
    pub shifts: Vec<Vec<Term>>,
    /// Child tables, in the scenario's order.
    pub children: Vec<Child>,
    /// Planted defects in order of application, including the decoy.
    pub instances: Vec<Instance>,
}

/// Names of the columns of `rows.parquet`, which holds the latents of every row.
impl World {
    pub fn latent_column(&self, at: usize) -> String {
        let latent = self.latents.get(at);
        format!(
            "factor.{}",
            latent.map_or("", |latent| latent.name.as_str())
        )
    }

    pub fn member_column(&self, archetype: usize) -> String {
        format!("member.{}.{archetype}", self.archetypes.name)
    }

    pub fn nested_member_column(&self, archetype: usize, part: usize) -> String {
        format!("member.{}.{archetype}.{part}", self.archetypes.name)
    }

    pub fn sampled_column(&self) -> String {
        format!("sampled.{}", self.archetypes.name)
    }

    pub fn split_column(&self, at: usize) -> String {
        let split = self.splits.get(at);
        format!("split.{}", split.map_or("", |split| split.name.as_str()))
    }
}

impl Change {
    /// Name of its column in `rows.parquet`.
    pub fn column(&self) -> String {
        format!("change.{}", self.name)
    }
}

impl RareGroup {
    /// Name of its column in `rows.parquet`.
    pub fn column(&self) -> String {
        format!("rare.{}", self.name)
    }
}

/// One continuous latent of every row: a factor or a curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Latent {
    pub name: String,
    pub about: String,
    pub low: String,
    pub high: String,
    pub shape: FactorShape,
    /// Share of variance that entities carry.
    pub between: f64,
    /// Whether it enters columns through non-linear functions.
    pub curve: bool,
}

/// A correlation of two latents, before they get their marginal shapes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentCorrelation {
    /// The two latents, by position.
    pub between: [usize; 2],
    /// From −1 to 1.
    pub by: f64,
}

/// Archetypes in the plane of two latents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Archetypes {
    pub name: String,
    /// The two latents, by position.
    pub on: [usize; 2],
    /// How fast membership falls with distance.
    pub sharpness: f64,
    pub types: Vec<Archetype>,
    /// A second, nested level.
    pub nested: Option<NestedArchetypes>,
}

/// A second level of archetypes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NestedArchetypes {
    /// How fast membership falls with distance.
    pub sharpness: f64,
    pub types: Vec<Vec<Archetype>>,
}

/// One archetype.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Archetype {
    /// Made of the ends of the latents.
    pub name: String,
    /// Position in the plane of the two latents, in standard deviations.
    pub at: [f64; 2],
}

/// A soft split along one latent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Split {
    pub name: String,
    /// The latent, by position.
    pub on: usize,
    /// How fast the side changes along it.
    pub sharpness: f64,
}

/// A change at a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub name: String,
    pub about: String,
    /// When the change begins, in milliseconds since 1970 UTC.
    pub from: i64,
    /// Days until it is complete; 0 for overnight.
    pub ramp_days: f64,
}

/// A small real group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RareGroup {
    pub name: String,
    pub about: String,
    /// Share of rows.
    pub share: f64,
    /// Texts of such rows.
    pub phrases: Vec<String>,
}

/// An effect that exists only jointly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    pub name: String,
    pub about: String,
    pub kind: InteractionKind,
    /// The two latents, by position; a reversal and a paradox are effects of the first that differ
    /// between the sides of the first split, which is on the second.
    pub on: [usize; 2],
}

/// An anomaly that is real and should be kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BenignAnomaly {
    pub kind: BenignKind,
    pub name: String,
    pub about: String,
    /// Days of a promotion, counted from the start; empty for other anomalies.
    pub days: Vec<u32>,
    /// Whales, by entity number; empty for other anomalies.
    pub entities: Vec<usize>,
    /// Traffic on those days relative to usual days, or share of rows of each whale.
    pub size: f64,
}

/// Effects of the latents of the main row on a child table, linear or through a curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Child {
    pub name: String,
    /// Terms of the number of events of a row.
    pub counts: Vec<Term>,
    /// Terms of how late they come.
    pub pace: Vec<Term>,
    /// Terms of each column.
    pub terms: Vec<Vec<Term>>,
}

/// A weighted feature of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The structure that it belongs to, by name.
    pub of: String,
    pub feature: Feature,
    pub weight: f64,
}

/// A property of a row that columns may depend on. Each has a mean near 0 and a standard deviation
/// near 1, so that weights are comparable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Feature {
    /// A latent, linearly.
    Latent(usize),
    /// A latent through a curve.
    Curved(usize, CurveFunction),
    /// Membership of an archetype.
    Member(usize),
    /// Membership of a part of an archetype.
    NestedMember(usize, usize),
    /// Whether the sampled archetype is this one.
    Sampled(usize),
    /// Side of a split, −1 or 1.
    Side(usize),
    /// Product of two latents.
    Product(usize, usize),
    /// A latent, with the sign reversed on one side of the first split.
    Reversed(usize),
    /// Progress of the change, from 0 to 1.
    Change,
    /// Whether the row is of the rare group.
    Rare,
}
