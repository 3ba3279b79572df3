//! A world: one draw from a scenario's pools. Plain data, kept in the key.

use serde::{Deserialize, Serialize};

use crate::scenario::{BenignKind, CurveFunction, FactorShape, InteractionKind};

use super::instance::Instance;

/// Which structures and defects occur, on which columns, how strongly and in which direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct World {
    /// Continuous latents: factors first, the ridge last.
    pub latents: Vec<Latent>,
    /// Which latents go together.
    pub correlations: Vec<LatentCorrelation>,
    /// Soft archetypes on two of the latents.
    pub archetypes: Archetypes,
    /// Soft splits, each on a latent of its own; the first on one that the blend does not use.
    pub splits: Vec<Split>,
    /// What changed at a date.
    pub change: Option<Change>,
    /// A small real group.
    pub rare: Option<RareGroup>,
    /// An effect that exists only jointly.
    pub interaction: Option<Interaction>,
    /// The anomaly that is real.
    pub benign: BenignAnomaly,
    /// Per scenario column, what makes its linear predictor (for an embedding: per dimension, one
    /// after the other).
    pub terms: Vec<Vec<Vec<Term>>>,
    /// Per scenario column, what shifts it in units of its own standard deviation.
    pub shifts: Vec<Vec<Term>>,
    /// What moves each child table, in the scenario's order.
    pub children: Vec<Child>,
    /// Planted defects in order of application; the decoy among them.
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

/// One continuous latent of every row: a factor or a ridge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Latent {
    /// Name.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// The low end, in words.
    pub low: String,
    /// The high end, in words.
    pub high: String,
    /// Marginal shape.
    pub shape: FactorShape,
    /// Share of variance that entities carry.
    pub between: f64,
    /// Whether it enters columns through curves.
    pub curve: bool,
}

/// A correlation of two latents, before they take their shapes.
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
    /// Name.
    pub name: String,
    /// The two latents, by position.
    pub on: [usize; 2],
    /// How fast membership falls with distance.
    pub sharpness: f64,
    /// The archetypes.
    pub types: Vec<Archetype>,
    /// How each splits softly again.
    pub nested: Option<NestedArchetypes>,
}

/// A second level of a blend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NestedArchetypes {
    /// How fast membership falls with distance.
    pub sharpness: f64,
    /// Per archetype, its parts.
    pub types: Vec<Vec<Archetype>>,
}

/// One archetype.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Archetype {
    /// In words, from the ends of the latents.
    pub name: String,
    /// Its place in the plane of the two latents, in their standard deviations.
    pub at: [f64; 2],
}

/// A soft split along one latent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// Name.
    pub name: String,
    /// The latent, by position.
    pub on: usize,
    /// How fast the side changes along it.
    pub sharpness: f64,
}

/// A change at a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Name.
    pub name: String,
    /// What changed, in a few words.
    pub about: String,
    /// When the change begins, in milliseconds since 1970 UTC.
    pub from: i64,
    /// Days from old to new; 0 is overnight.
    pub ramp_days: f64,
}

/// A small real group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RareGroup {
    /// Name.
    pub name: String,
    /// What these rows are, in a few words.
    pub about: String,
    /// Share of rows.
    pub share: f64,
    /// What such rows say.
    pub phrases: Vec<String>,
}

/// An effect that exists only jointly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    /// Name.
    pub name: String,
    /// What it does, in a few words.
    pub about: String,
    /// Product or reversal.
    pub kind: InteractionKind,
    /// The two latents, by position; a reversal and a paradox are of the first, on the sides of
    /// the first facet, which lies on the second.
    pub on: [usize; 2],
}

/// An anomaly that is real.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BenignAnomaly {
    /// Kind.
    pub kind: BenignKind,
    /// Name.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// Days of a promotion, counted from the start; empty otherwise.
    pub days: Vec<u32>,
    /// Whales, by entity number; empty otherwise.
    pub entities: Vec<usize>,
    /// Traffic on those days over the usual, or share of rows of each whale.
    pub size: f64,
}

/// What moves a child table: latents of the main row, straight or through a curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Child {
    /// Name.
    pub name: String,
    /// What makes the number of events of a row.
    pub counts: Vec<Term>,
    /// What makes them come late.
    pub pace: Vec<Term>,
    /// What makes each column.
    pub terms: Vec<Vec<Term>>,
}

/// A weighted feature of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The structure that it belongs to, by name.
    pub of: String,
    /// What is weighted.
    pub feature: Feature,
    /// The weight.
    pub weight: f64,
}

/// Something about a row that a column may depend on. Each has mean zero or so, and a spread of
/// about one, so that weights can be compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Feature {
    /// A latent as it is.
    Latent(usize),
    /// A latent through a curve.
    Curved(usize, CurveFunction),
    /// Membership of an archetype.
    Member(usize),
    /// Membership of a part of an archetype.
    NestedMember(usize, usize),
    /// Whether the sampled archetype is this one.
    Sampled(usize),
    /// Side of a facet, −1 or 1.
    Side(usize),
    /// Product of two latents.
    Product(usize, usize),
    /// A latent, with its sign changed on the other side of the first facet.
    Reversed(usize),
    /// How far the regime has come, from 0 to 1.
    Change,
    /// Whether the row is of the rare group.
    Rare,
}
