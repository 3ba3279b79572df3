//! Pools of structures, as written and as checked: the two differ in how a map names its columns,
//! by name ([`NamedWeights`], [`NamedCurveTerms`]) or by position.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::kinds::{CurveFunction, FactorShape, InteractionKind};

/// Weights by position of a column.
pub type ColumnWeights = Vec<(usize, f64)>;

/// One possible set of columns with weights.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedWeights {
    /// Weight by column.
    #[schemars(extend("additionalProperties" = {"type": "number", "minimum": -10.0, "maximum": 10.0}))]
    pub columns: BTreeMap<String, f64>,
}

/// One possible set of columns with functions.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedCurveTerms {
    /// How the curve enters each column.
    pub columns: BTreeMap<String, CurveTerm>,
}

/// How a curve enters one column.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurveTerm {
    /// The non-linear function.
    pub function: CurveFunction,
    #[schemars(range(min = -10.0, max = 10.0))]
    pub weight: f64,
}

/// `[[factor]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactorEntry<Map = ColumnWeights> {
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// The low end, in words.
    pub low: String,
    /// The high end, in words.
    pub high: String,
    /// Distribution.
    pub shape: FactorShape,
    /// Share of its variance that lies between entities.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub between: f64,
    /// Possible column maps: weights by column.
    #[serde(rename = "map")]
    pub maps: Vec<Map>,
}

/// `[[curve]]`: a factor that enters columns through non-linear functions.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurveEntry<Map = Vec<(usize, CurveTerm)>> {
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// The low end, in words.
    pub low: String,
    /// The high end, in words.
    pub high: String,
    /// Share of its variance that lies between entities.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub between: f64,
    /// Possible column maps: a function and a weight by column.
    #[serde(rename = "map")]
    pub maps: Vec<Map>,
}

/// Factors that correlate more strongly than this are one factor.
pub(super) const MOST_CORRELATION: f64 = 0.6;

/// `[[correlation]]`: between two factors, when a world draws both.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrelationEntry {
    /// Names of two factors or curves.
    pub between: [String; 2],
    /// Least and most correlation; may be negative.
    #[schemars(inner(range(min = -MOST_CORRELATION, max = MOST_CORRELATION)))]
    pub by: [f64; 2],
}

/// `[[archetypes]]`: soft types in the plane of two factors of the world.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchetypesEntry {
    pub name: String,
    /// Number of types.
    #[schemars(range(min = 3, max = 4))]
    pub types: usize,
    /// How fast membership falls with distance: 1 is soft, 2 is nearly clusters.
    #[schemars(range(min = 0.1, max = 10.0))]
    pub sharpness: f64,
    /// Size of the effects of membership, in standard deviations.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub soft: f64,
    /// Size of the effects of the sampled type, in standard deviations.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub sampled: f64,
    /// Share of columns with effects.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub reach: f64,
    /// Each type splits softly again.
    pub nested: Option<NestedTypes>,
}

/// `nested` of archetypes.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NestedTypes {
    /// Parts of each type.
    #[schemars(range(min = 2, max = 3))]
    pub types: usize,
    /// Distance from their type, in standard deviations of the factors.
    #[schemars(range(min = 0.05, max = 2.0))]
    pub spread: f64,
    /// How fast membership falls with distance.
    #[schemars(range(min = 0.1, max = 10.0))]
    pub sharpness: f64,
    /// Size of the effects of membership, in standard deviations.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub effect: f64,
}

/// `[[split]]`: a soft two-way grouping along a factor that the archetypes do not use, if there is one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitEntry {
    pub name: String,
    /// How fast the side changes along its factor.
    #[schemars(range(min = 0.1, max = 10.0))]
    pub sharpness: f64,
    /// Size of its effects, in standard deviations.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub effect: f64,
    /// Share of columns with effects.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub reach: f64,
}

/// `[[change]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry<Map = ColumnWeights> {
    pub name: String,
    /// What changed, in a few words.
    pub about: String,
    /// Days from old to new; 0 is overnight.
    #[schemars(range(min = 0.0, max = 3660.0))]
    pub ramp_days: f64,
    /// Earliest and latest change, as shares of the time span.
    #[schemars(inner(range(min = 0.05, max = 0.95)))]
    pub window: [f64; 2],
    /// Possible column maps: shifts in standard deviations.
    #[serde(rename = "map")]
    pub maps: Vec<Map>,
}

/// `[[rare]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RareEntry<Map = ColumnWeights> {
    pub name: String,
    /// What these rows are, in a few words.
    pub about: String,
    /// Least and most share of rows.
    #[schemars(inner(range(min = 0.001, max = 0.05)))]
    pub share: [f64; 2],
    /// Texts of such rows, where there is a text column.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Possible column maps: shifts in standard deviations.
    #[serde(rename = "map")]
    pub maps: Vec<Map>,
}

/// `[[interaction]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InteractionEntry<Map = ColumnWeights> {
    pub name: String,
    /// What it does, in a few words.
    pub about: String,
    /// A product of two factors, a sign that reverses within a split, or Simpson's paradox.
    pub kind: InteractionKind,
    /// Possible column maps.
    #[serde(rename = "map")]
    pub maps: Vec<Map>,
}

/// A pool entry whose maps name columns by name, to be resolved to positions.
macro_rules! with_maps {
    ($entry:ident, $($field:ident),+) => {
        impl<Map> $entry<Map> {
            /// The same entry with other maps.
            pub(super) fn with_maps<Other>(self, maps: Vec<Other>) -> $entry<Other> {
                let Self { $($field,)+ maps: _ } = self;
                $entry { $($field,)+ maps }
            }
        }
    };
}

with_maps!(FactorEntry, name, about, low, high, shape, between);
with_maps!(CurveEntry, name, about, low, high, between);
with_maps!(ChangeEntry, name, about, ramp_days, window);
with_maps!(RareEntry, name, about, share, phrases);
with_maps!(InteractionEntry, name, about, kind);
