//! A scenario as written: serde mirrors of the TOML, unknown keys refused, nothing checked yet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::plan::InnocentKind;
use super::spec_child::ChildSpec;
use super::spec_columns::ColumnSpec;
use super::spec_structures::{
    BlendSpec, CorrelationSpec, FacetSpec, FactorSpec, InteractionSpec, RareSpec, RegimeSpec,
    RidgeSpec,
};

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioSpec {
    /// Version of this format; 1.
    pub format: u32,
    /// Name, as on the command line; also the name of the main table.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// What one row is, after "one row per".
    pub row: String,
    /// Rows of a bundle unless asked otherwise.
    pub rows: u64,
    /// Who tried it and how long they took; `not piloted` until somebody did.
    pub piloted: String,
    /// What the candidate is told of the product and the data.
    pub story: String,
    /// What the candidate is asked to do.
    pub task: String,
    /// When rows happen.
    pub time: TimeSpec,
    /// Who rows belong to.
    pub entity: EntitySpec,
    /// How many pieces a world draws.
    pub draw: DrawSpec,
    /// Columns, in delivered order.
    pub column: Vec<ColumnSpec>,
    /// Child tables.
    #[serde(default)]
    pub child: Vec<ChildSpec>,
    /// Pool of factors.
    #[serde(default)]
    pub factor: Vec<FactorSpec>,
    /// Pool of ridges.
    #[serde(default)]
    pub ridge: Vec<RidgeSpec>,
    /// Which of them go together.
    #[serde(default)]
    pub correlation: Vec<CorrelationSpec>,
    /// Pool of blends.
    #[serde(default)]
    pub blend: Vec<BlendSpec>,
    /// Pool of facets.
    #[serde(default)]
    pub facet: Vec<FacetSpec>,
    /// Pool of regimes.
    #[serde(default)]
    pub regime: Vec<RegimeSpec>,
    /// Pool of rare groups.
    #[serde(default)]
    pub rare: Vec<RareSpec>,
    /// Pool of interactions.
    #[serde(default)]
    pub interaction: Vec<InteractionSpec>,
    /// Pool of defects.
    #[serde(default)]
    pub defect: Vec<DefectSpec>,
    /// Pool of innocents.
    #[serde(default)]
    pub innocent: Vec<InnocentSpec>,
    /// Words that fill the slots of phrases, by slot.
    #[serde(default)]
    pub slot: BTreeMap<String, Vec<String>>,
    /// Pool of phrases for text columns.
    #[serde(default)]
    pub phrase: Vec<PhraseSpec>,
    /// How carelessly people write.
    #[serde(default)]
    pub text: TextSpec,
}

/// `[time]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeSpec {
    /// First day, `YYYY-MM-DD`.
    pub start: String,
    /// Number of days.
    pub days: u32,
    /// Weight of each hour of the day.
    pub hours: Vec<f64>,
    /// Weight of each day of the week, Monday first.
    pub weekdays: Vec<f64>,
    /// Traffic on the last day over traffic on the first.
    pub growth: f64,
}

/// `[entity]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntitySpec {
    /// What it is called.
    pub name: String,
    /// How many there are.
    pub count: u32,
    /// Exponent of the sizes: 0 is equal sizes, 1 is Zipf.
    pub tail: f64,
}

/// `[draw]`: least and most of each.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawSpec {
    /// Straight factors.
    pub factors: [u32; 2],
    /// Facets.
    #[serde(default = "one_each")]
    pub facets: [u32; 2],
    /// Regimes, rare groups and interactions together.
    pub extras: [u32; 2],
    /// Defects, the decoy among them.
    pub defects: [u32; 2],
    /// Share of each column's variance that comes from structures, unless the column says.
    pub signal: f64,
}

/// Kinds of defect that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DefectKind {
    /// One source reports another unit.
    UnitSlip,
    /// Rows delivered twice, as they are.
    ExactDuplicates,
    /// A number that stands for "no value".
    Sentinel,
    /// One source does not fill some columns.
    MissingBySource,
    /// One level of a category in several spellings.
    SpellingVariants,
    /// One source reports another time zone.
    TimeZoneShift,
    /// A few entities send the same thing again and again.
    RetryStorm,
    /// A plausible value that is filled in where none was measured.
    DefaultSpike,
    /// Programs among the people.
    LoudBots,
}

/// `[[defect]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefectSpec {
    /// Kind.
    pub kind: DefectKind,
    /// Columns that one instance may touch; one is drawn, or `together` of them.
    #[serde(default)]
    pub columns: Vec<String>,
    /// How many columns one instance touches.
    #[serde(default = "one")]
    pub together: u32,
    /// Categories of which one level is the source; one is drawn.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Least and most share of rows (of the source's rows, where there is a source).
    pub rate: [f64; 2],
    /// Factors, sentinels, defaults or hours to draw from.
    #[serde(default)]
    pub values: Vec<f64>,
    /// Spellings by level.
    #[serde(default)]
    pub spellings: BTreeMap<String, Vec<String>>,
    /// Whether it may be the world's decoy (and nothing else).
    #[serde(default)]
    pub decoy: bool,
    /// Why it happened, as a colleague would tell it.
    pub cause: String,
}

/// `[[innocent]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InnocentSpec {
    /// Kind.
    pub kind: InnocentKind,
    /// Name.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// Least and most size: traffic on those days, or share of rows.
    pub size: [f64; 2],
}

/// `[text]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSpec {
    /// Slips of the finger per letter.
    #[serde(default)]
    pub typos: f64,
    /// Share of texts all in lower case.
    #[serde(default)]
    pub lower: f64,
    /// Share of texts without their final stop.
    #[serde(default)]
    pub no_stop: f64,
}

/// `[[phrase]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhraseSpec {
    /// The text column that it is for; may be left out where there is only one.
    pub column: Option<String>,
    /// What is written; `{slot}` is filled from the slot's words.
    pub says: String,
    /// Factors that make it likelier (positive) or rarer (negative).
    #[serde(default)]
    pub leans: BTreeMap<String, f64>,
}

fn one() -> u32 {
    1
}

fn one_each() -> [u32; 2] {
    [1, 1]
}
