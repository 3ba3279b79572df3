//! A scenario that has been checked: names resolved to positions, numbers in their ranges.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::spec::DefectKind;

/// A valid scenario. Made by [`super::load`] only.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Name, as on the command line; also the name of the main table.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// What one row is, after "one row per".
    pub row: String,
    /// Rows of a bundle unless asked otherwise.
    pub rows: u64,
    /// Who tried it and how long they took.
    pub piloted: String,
    /// What the candidate is told of the product and the data.
    pub story: String,
    /// What the candidate is asked to do.
    pub task: String,
    /// When rows happen.
    pub time: TimePlan,
    /// Who rows belong to.
    pub entity: EntityPlan,
    /// How many pieces a world draws.
    pub draw: DrawPlan,
    /// Columns, in delivered order.
    pub columns: Vec<ColumnPlan>,
    /// Pool of factors.
    pub factors: Vec<FactorPlan>,
    /// Pool of ridges.
    pub ridges: Vec<RidgePlan>,
    /// Pool of blends.
    pub blends: Vec<BlendPlan>,
    /// Pool of facets.
    pub facets: Vec<FacetPlan>,
    /// Pool of regimes.
    pub regimes: Vec<RegimePlan>,
    /// Pool of rare groups.
    pub rares: Vec<RarePlan>,
    /// Pool of interactions.
    pub interactions: Vec<InteractionPlan>,
    /// Pool of defects.
    pub defects: Vec<DefectPlan>,
    /// Pool of innocents.
    pub innocents: Vec<InnocentPlan>,
    /// Words that fill the slots of phrases, by slot.
    pub slots: BTreeMap<String, Vec<String>>,
    /// Pool of phrases for text columns.
    pub phrases: Vec<Phrase>,
    /// BLAKE3 of the file, as hexadecimal digits.
    pub hash: String,
}

impl Scenario {
    /// Position of the column called `name`.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Positions of the columns that structures may enter, in order.
    pub fn open_columns(&self) -> Vec<usize> {
        let open = |column: &ColumnPlan| column.kind.takes_structures();
        (0..self.columns.len())
            .filter(|at| open(&self.columns[*at]))
            .collect()
    }
}

/// When rows happen.
#[derive(Debug, Clone)]
pub struct TimePlan {
    /// Midnight of the first day, in milliseconds since 1970 UTC.
    pub start: i64,
    /// Number of days.
    pub days: u32,
    /// Weight of each hour of the day.
    pub hours: Vec<f64>,
    /// Weight of each day of the week, Monday first.
    pub weekdays: Vec<f64>,
    /// Traffic on the last day over traffic on the first.
    pub growth: f64,
}

/// Who rows belong to.
#[derive(Debug, Clone)]
pub struct EntityPlan {
    /// What it is called.
    pub name: String,
    /// How many there are.
    pub count: usize,
    /// Exponent of the sizes.
    pub tail: f64,
}

/// How many pieces a world draws: least and most of each.
#[derive(Debug, Clone)]
pub struct DrawPlan {
    /// Straight factors.
    pub factors: [u32; 2],
    /// Regimes, rare groups and interactions together, as far as four structures leave room.
    pub extras: [u32; 2],
    /// Defects, the decoy among them.
    pub defects: [u32; 2],
    /// Share of each column's variance that comes from structures.
    pub signal: f64,
}

/// One column.
#[derive(Debug, Clone)]
pub struct ColumnPlan {
    /// Name. An embedding's columns are called `name_0`, `name_1`, …
    pub name: String,
    /// Kind with its parameters.
    pub kind: Kind,
    /// One sentence for the dictionary.
    pub description: String,
    /// Unit of measurement.
    pub unit: String,
    /// What moves it besides the world's structures.
    pub drivers: Vec<Driver>,
    /// Share of variance from structures.
    pub signal: f64,
}

/// Kinds of column.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// The row id.
    Identifier {
        /// Text in front.
        prefix: String,
    },
    /// The id of the row's entity.
    Reference {
        /// Text in front.
        prefix: String,
    },
    /// The moment of the row.
    Timestamp,
    /// A real number.
    Real(Marginal),
    /// A whole number, not negative.
    Count(Marginal),
    /// A share between 0 and 1.
    Fraction(Marginal),
    /// One of some levels.
    Category {
        /// Levels with their shares, which sum to 1.
        levels: Vec<Level>,
        /// Constant for an entity.
        per_entity: bool,
    },
    /// True or false.
    Flag {
        /// Share of rows that are true.
        share: f64,
    },
    /// Words.
    Text,
    /// A weighted sum of earlier columns, rounded.
    Derived {
        /// Column and weight.
        of: Vec<(usize, f64)>,
        /// Digits behind the point.
        digits: u32,
    },
    /// A block of numbers without a meaning of their own.
    Embedding {
        /// Number of columns.
        width: usize,
        /// Digits behind the point.
        digits: u32,
    },
}

impl Kind {
    /// The word in the dictionary.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Identifier { .. } => "identifier",
            Self::Reference { .. } => "reference",
            Self::Timestamp => "timestamp",
            Self::Real(_) => "real",
            Self::Count(_) => "count",
            Self::Fraction(_) => "fraction",
            Self::Category { .. } => "category",
            Self::Flag { .. } => "flag",
            Self::Text => "text",
            Self::Derived { .. } => "derived",
            Self::Embedding { .. } => "embedding",
        }
    }

    /// Whether structures may enter the column: numbers and flags with a marginal of their own.
    pub fn takes_structures(&self) -> bool {
        matches!(
            self,
            Self::Real(_) | Self::Count(_) | Self::Fraction(_) | Self::Flag { .. }
        )
    }
}

/// A distribution in product words.
#[derive(Debug, Clone, PartialEq)]
pub enum Marginal {
    /// Lognormal with this median and 95th percentile.
    LongTail {
        /// Half of the rows are below.
        median: f64,
        /// 95 % of rows are below.
        p95: f64,
        /// Digits behind the point.
        digits: u32,
        /// Values above are given as this.
        cap: Option<f64>,
    },
    /// Poisson.
    Rate {
        /// Mean.
        rate: f64,
    },
    /// Normal on the logit scale, with this median and 95th percentile.
    Share {
        /// Half of the rows are below.
        median: f64,
        /// 95 % of rows are below.
        p95: f64,
        /// Digits behind the point.
        digits: u32,
    },
}

/// A level of a category.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// As it is written.
    pub name: String,
    /// Its share; all shares sum to 1.
    pub share: f64,
}

/// What moves a column besides the world's structures.
#[derive(Debug, Clone)]
pub enum Driver {
    /// Place in the time span, from 0 to 1.
    Time {
        /// Weight.
        weight: f64,
    },
    /// A category that is constant for an entity.
    Level {
        /// Its column.
        column: usize,
        /// Shift for each of its levels.
        shifts: Vec<f64>,
    },
}

/// Marginal shape of a factor; all are unimodal, centred, and of variance one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// Normal.
    Bell,
    /// A long tail to the right (shifted lognormal).
    Skewed,
    /// Bounded on both sides (a squashed normal).
    Bounded,
}

/// How a ridge bends on its way into a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Curve {
    /// Rises, falls, rises.
    Sine,
    /// Falls on both sides of the middle.
    Cosine,
    /// Flat, then steep.
    Power,
    /// Rises to the middle, then stays.
    Hinge,
}

/// Kinds of interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InteractionKind {
    /// Product of two factors.
    Product,
    /// A factor whose effect has another sign on the other side of the facet.
    Reversal,
}

/// Kinds of innocent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InnocentKind {
    /// A few days of more traffic.
    Promotion,
    /// A few days of less traffic.
    Holiday,
    /// A few entities that are really that large.
    Whales,
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
    pub shape: Shape,
    /// Share of variance that entities carry.
    pub between: f64,
    /// Possible column maps: column and weight.
    pub maps: Vec<Vec<(usize, f64)>>,
}

/// A ridge that a world may draw.
#[derive(Debug, Clone)]
pub struct RidgePlan {
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
    pub maps: Vec<Vec<Bend>>,
}

/// How a ridge enters one column.
#[derive(Debug, Clone, Copy)]
pub struct Bend {
    /// The column.
    pub column: usize,
    /// The form.
    pub curve: Curve,
    /// The weight.
    pub weight: f64,
}

/// A blend that a world may draw, on any two of its factors.
#[derive(Debug, Clone)]
pub struct BlendPlan {
    /// Name.
    pub name: String,
    /// Number of archetypes: 3 or 4.
    pub archetypes: usize,
    /// How fast membership falls with distance.
    pub sharpness: f64,
    /// Size of effects that go with membership.
    pub soft: f64,
    /// Size of effects that go with the sampled archetype.
    pub sampled: f64,
    /// Share of columns that it reaches.
    pub reach: f64,
}

/// A facet that a world may draw, on a factor that the blend does not use.
#[derive(Debug, Clone)]
pub struct FacetPlan {
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
pub struct RegimePlan {
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

/// A defect that a world may draw.
#[derive(Debug, Clone)]
pub struct DefectPlan {
    /// Kind.
    pub kind: DefectKind,
    /// Columns that one instance may touch.
    pub columns: Vec<usize>,
    /// How many of them it touches.
    pub together: usize,
    /// Categories of which one level is the source.
    pub sources: Vec<usize>,
    /// Least and most share of rows.
    pub rate: [f64; 2],
    /// Factors, sentinels, defaults, limits or hours to draw from.
    pub values: Vec<f64>,
    /// Spellings by level.
    pub spellings: BTreeMap<String, Vec<String>>,
    /// What programs and testers write.
    pub texts: Vec<String>,
    /// What rows it prefers; rows at random when empty.
    pub depends: Vec<Dependence>,
    /// How closely it follows what it depends on, least and most.
    pub tie: [f64; 2],
    /// How well programs hide, least and most.
    pub stealth: [f64; 2],
    /// Whether it may be the world's decoy (and nothing else).
    pub decoy: bool,
    /// Why it happened.
    pub cause: String,
    /// A sentence of the brief that lets it be found.
    pub told: Option<String>,
}

/// What rows a defect prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dependence {
    /// Those at one end of a latent of the world.
    Structure,
    /// Those whose value is large in the column that it touches.
    Value,
    /// Those whose value is large in another column.
    Column(usize),
}

/// An innocent that a world may draw.
#[derive(Debug, Clone)]
pub struct InnocentPlan {
    /// Kind.
    pub kind: InnocentKind,
    /// Name.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// Least and most size.
    pub size: [f64; 2],
}

/// A phrase of a text column.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// What is written; `{slot}` is filled from the slot's words.
    pub says: String,
    /// Factors (by name) that make it likelier or rarer.
    pub leans: BTreeMap<String, f64>,
}
