//! Structures that a world may draw, checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Marginal shape of a factor; all are unimodal, centred, and of variance one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FactorShape {
    /// Normal.
    Bell,
    /// A long tail to the right (shifted lognormal).
    Skewed,
    /// Bounded on both sides (a squashed normal).
    Bounded,
}

/// How a ridge bends on its way into a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CurveFunction {
    /// Rises, falls, rises.
    Sine,
    /// Falls on both sides of the middle.
    Cosine,
    /// Flat, then steep.
    Power,
    /// Rises to the middle, then stays.
    Hinge,
    /// Straight pieces, up and down and up again.
    Jagged,
}

/// Kinds of interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum InteractionKind {
    /// Product of two factors.
    Product,
    /// A factor whose effect has another sign on the other side of the facet.
    Reversal,
    /// Falls with the facet's factor on each side of the facet, and rises with it over all rows.
    Simpson,
}

/// A factor that a world may draw.
#[derive(Debug, Clone)]
pub struct FactorPlan {
    /// Name.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// The low end, in words.
    pub low: String,
    /// The high end, in words.
    pub high: String,
    /// Distribution.
    pub shape: FactorShape,
    /// Share of variance that entities carry.
    pub between: f64,
    /// Possible column maps: column and weight.
    pub maps: Vec<Vec<(usize, f64)>>,
}

/// A ridge that a world may draw.
#[derive(Debug, Clone)]
pub struct CurvePlan {
    /// Name.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// The low end, in words.
    pub low: String,
    /// The high end, in words.
    pub high: String,
    /// Share of variance that entities carry.
    pub between: f64,
    /// Possible column maps.
    pub maps: Vec<Vec<CurveTerm>>,
}

/// How a ridge enters one column.
#[derive(Debug, Clone, Copy)]
pub struct CurveTerm {
    /// The column.
    pub column: usize,
    /// The form.
    pub function: CurveFunction,
    /// The weight.
    pub weight: f64,
}

/// How two factors go together in a world that draws both.
#[derive(Debug, Clone)]
pub struct CorrelationPlan {
    /// Names of the two.
    pub between: [String; 2],
    /// Least and most correlation.
    pub by: [f64; 2],
}

/// A blend that a world may draw, on any two of its factors.
#[derive(Debug, Clone)]
pub struct ArchetypesPlan {
    /// Name.
    pub name: String,
    /// Number of archetypes: 3 or 4.
    pub types: usize,
    /// How fast membership falls with distance.
    pub sharpness: f64,
    /// Size of effects that go with membership.
    pub soft: f64,
    /// Size of effects that go with the sampled archetype.
    pub sampled: f64,
    /// Share of columns that it reaches.
    pub reach: f64,
    /// How each archetype splits again.
    pub nested: Option<NestedPlan>,
}

/// How each archetype of a blend splits softly again.
#[derive(Debug, Clone, Copy)]
pub struct NestedPlan {
    /// Parts of each archetype: 2 or 3.
    pub types: usize,
    /// How far they lie from their archetype, in standard deviations of the factors.
    pub spread: f64,
    /// How fast membership falls with distance.
    pub sharpness: f64,
    /// Size of effects that go with membership.
    pub effect: f64,
}

/// A facet that a world may draw, on a factor that the blend does not use while there is one.
#[derive(Debug, Clone)]
pub struct SplitPlan {
    /// Name.
    pub name: String,
    /// How fast the side changes along its factor.
    pub sharpness: f64,
    /// Size of effects.
    pub effect: f64,
    /// Share of columns that it reaches.
    pub reach: f64,
}

/// A regime that a world may draw.
#[derive(Debug, Clone)]
pub struct ChangePlan {
    /// Name.
    pub name: String,
    /// What changed, in a few words.
    pub about: String,
    /// Days from old to new.
    pub ramp_days: f64,
    /// Earliest and latest change, as shares of the time span.
    pub window: [f64; 2],
    /// Possible column maps: column and shift in standard deviations.
    pub maps: Vec<Vec<(usize, f64)>>,
}

/// A rare group that a world may draw.
#[derive(Debug, Clone)]
pub struct RarePlan {
    /// Name.
    pub name: String,
    /// What these rows are, in a few words.
    pub about: String,
    /// Least and most share of rows.
    pub share: [f64; 2],
    /// What such rows say.
    pub phrases: Vec<String>,
    /// Possible column maps: column and shift in standard deviations.
    pub maps: Vec<Vec<(usize, f64)>>,
}

/// An interaction that a world may draw.
#[derive(Debug, Clone)]
pub struct InteractionPlan {
    /// Name.
    pub name: String,
    /// What it does, in a few words.
    pub about: String,
    /// Product or reversal.
    pub kind: InteractionKind,
    /// Possible column maps: column and weight.
    pub maps: Vec<Vec<(usize, f64)>>,
}
