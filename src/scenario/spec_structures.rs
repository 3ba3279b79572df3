//! Pools of structures as written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::plan_structures::{CurveFunction, FactorShape, InteractionKind};

/// `[[factor]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactorSpec {
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
    /// Possible column maps.
    pub map: Vec<WeightsSpec>,
}

/// One possible set of columns with weights.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightsSpec {
    /// Weight by column.
    pub columns: BTreeMap<String, f64>,
}

/// `[[ridge]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurveSpec {
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
    pub map: Vec<CurveMapSpec>,
}

/// One possible set of columns with curves.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurveMapSpec {
    /// Curve by column.
    pub columns: BTreeMap<String, CurveTermSpec>,
}

/// How a ridge enters one column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurveTermSpec {
    /// Its form.
    pub function: CurveFunction,
    /// Weight.
    pub weight: f64,
}

/// `[[correlation]]`: of two factors, when a world draws both.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrelationSpec {
    /// Names of two factors or ridges.
    pub between: [String; 2],
    /// Least and most correlation; may be negative.
    pub by: [f64; 2],
}

/// `[[blend]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchetypesSpec {
    /// Name.
    pub name: String,
    /// Number of archetypes.
    pub types: u32,
    /// How fast membership falls with distance.
    pub sharpness: f64,
    /// Size of effects that go with membership.
    pub soft: f64,
    /// Size of effects that go with the sampled archetype.
    pub sampled: f64,
    /// Share of columns that it reaches.
    pub reach: f64,
    /// Each archetype splits softly again.
    pub nested: Option<NestedSpec>,
}

/// `inner` of a blend.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NestedSpec {
    /// Parts of each archetype.
    pub types: u32,
    /// How far they lie from their archetype, in standard deviations of the factors.
    pub spread: f64,
    /// How fast membership falls with distance.
    pub sharpness: f64,
    /// Size of effects that go with membership.
    pub effect: f64,
}

/// `[[facet]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitSpec {
    /// Name.
    pub name: String,
    /// How fast the side changes along its factor.
    pub sharpness: f64,
    /// Size of effects.
    pub effect: f64,
    /// Share of columns that it reaches.
    pub reach: f64,
}

/// `[[regime]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSpec {
    /// Name.
    pub name: String,
    /// What changed, in a few words.
    pub about: String,
    /// Days from old to new; 0 is overnight.
    pub ramp_days: f64,
    /// Earliest and latest change, as shares of the time span.
    pub window: [f64; 2],
    /// Possible column maps: shifts in standard deviations.
    pub map: Vec<WeightsSpec>,
}

/// `[[rare]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RareSpec {
    /// Name.
    pub name: String,
    /// What these rows are, in a few words.
    pub about: String,
    /// Least and most share of rows.
    pub share: [f64; 2],
    /// What such rows say, where there is a text column.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Possible column maps: shifts in standard deviations.
    pub map: Vec<WeightsSpec>,
}

/// `[[interaction]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InteractionSpec {
    /// Name.
    pub name: String,
    /// What it does, in a few words.
    pub about: String,
    /// Product of two factors, a sign that reverses within a facet, or Simpson's paradox.
    pub kind: InteractionKind,
    /// Possible column maps.
    pub map: Vec<WeightsSpec>,
}
