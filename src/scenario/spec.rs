//! A scenario as written: serde mirrors of the TOML, unknown keys refused, nothing checked yet.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::kinds::{BenignKind, DefectKind};
use super::spec_child::ChildSpec;
use super::spec_columns::{ColumnSpec, ConditionSpec};
use super::structures::{
    ArchetypesEntry, ChangeEntry, CorrelationEntry, CurveEntry, FactorEntry, InteractionEntry,
    NamedCurveTerms, NamedWeights, RareEntry, SplitEntry,
};
use super::thresholds::Thresholds;

/// The whole file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioSpec {
    /// Version of this format; 2.
    pub format: u32,
    /// Name, as on the command line; also the name of the main table.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// What one row is, after "one row per".
    pub row: String,
    /// Rows of a bundle by default.
    pub rows: u64,
    /// Who tried it and how long they took; `nobody yet` until someone has.
    pub tried_by: String,
    /// Background on the product and the data, for the candidate.
    pub story: String,
    /// What the candidate is asked to do.
    pub task: String,
    /// When rows occur.
    pub time: TimeSpec,
    /// The entity that rows belong to.
    pub entity: EntitySpec,
    /// How many of each a world draws.
    pub draw: DrawSpec,
    /// Columns, in delivered order.
    pub column: Vec<ColumnSpec>,
    /// Child tables.
    #[serde(default)]
    pub child: Vec<ChildSpec>,
    /// Pool of factors.
    #[serde(default)]
    pub factor: Vec<FactorEntry<NamedWeights>>,
    /// Pool of curves.
    #[serde(default)]
    pub curve: Vec<CurveEntry<NamedCurveTerms>>,
    /// Correlations between factors or curves.
    #[serde(default)]
    pub correlation: Vec<CorrelationEntry>,
    /// Pool of archetypes.
    #[serde(default)]
    pub archetypes: Vec<ArchetypesEntry>,
    /// Pool of splits.
    #[serde(default)]
    pub split: Vec<SplitEntry>,
    /// Pool of changes.
    #[serde(default)]
    pub change: Vec<ChangeEntry<NamedWeights>>,
    /// Pool of rare groups.
    #[serde(default)]
    pub rare: Vec<RareEntry<NamedWeights>>,
    /// Pool of interactions.
    #[serde(default)]
    pub interaction: Vec<InteractionEntry<NamedWeights>>,
    /// Pool of defects.
    #[serde(default)]
    pub defect: Vec<DefectSpec>,
    /// Pool of benign anomalies.
    #[serde(default)]
    pub benign: Vec<BenignSpec>,
    /// Words for the slots of phrases, by slot.
    #[serde(default)]
    pub slot: BTreeMap<String, Vec<String>>,
    /// Pool of phrases for text columns.
    #[serde(default)]
    pub phrase: Vec<PhraseSpec>,
    /// Typing errors and writing style.
    #[serde(default)]
    pub text: TextSpec,
    /// Where the certificate turns, if not where it usually does.
    #[serde(default)]
    pub thresholds: Thresholds,
}

/// `[time]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeSpec {
    /// First day, `YYYY-MM-DD`.
    pub start: String,
    /// Number of days.
    #[schemars(range(min = 21, max = 3660))]
    pub days: u32,
    /// Weight of each hour of the day.
    pub hours: Vec<f64>,
    /// Weight of each day of the week, Monday first.
    pub weekdays: Vec<f64>,
    /// Traffic on the last day relative to the first.
    #[schemars(range(min = 0.01, max = 100.0))]
    pub growth: f64,
    /// Dates with almost no rows, `YYYY-MM-DD`.
    #[serde(default)]
    pub closed: Vec<String>,
}

/// `[entity]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntitySpec {
    /// What it is called.
    pub name: String,
    /// How many there are.
    #[schemars(range(min = 20, max = 10_000_000))]
    pub count: usize,
    /// Exponent of the sizes: 0 is equal sizes, 1 is Zipf.
    #[schemars(range(min = 0.0, max = 3.0))]
    pub tail: f64,
}

/// `[draw]`: least and most of each.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawSpec {
    /// Straight factors.
    pub factors: [u32; 2],
    /// Splits.
    #[serde(default = "one_each")]
    pub splits: [u32; 2],
    /// Changes, rare groups and interactions together.
    pub extras: [u32; 2],
    /// Defects, the decoy among them.
    pub defects: [u32; 2],
    /// Share of each column's variance that comes from structures, unless the column says: 0 to 1,
    /// in shipped scenarios 0.62 to 0.76.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub signal: f64,
    /// How far the variances of the directions that factors and curves span are equalised: 0, the default,
    /// leaves the weights as written; 1 makes the variances equal, as far as doubling or halving weights
    /// allows.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub evenness: f64,
}

/// `[[defect]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefectSpec {
    /// Kind.
    pub kind: DefectKind,
    /// Name of the child table that it is in; the main table when left out. Columns, sources and
    /// `depends` are then the child's.
    pub table: Option<String>,
    /// Columns that one instance may touch; one is drawn, or `together` of them.
    #[serde(default)]
    pub columns: Vec<String>,
    /// How many columns one instance touches, unless the kind says.
    pub together: Option<u32>,
    /// Categories of which one level is the source; one is drawn.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Least and most share of rows (of the source's rows, where there is a source).
    #[schemars(inner(range(min = 0.0, max = 1.0)))]
    pub rate: Option<[f64; 2]>,
    /// Factors, sentinels, defaults, limits or hours to draw from.
    #[serde(default)]
    pub values: Vec<f64>,
    /// Spellings by level.
    #[serde(default)]
    pub spellings: BTreeMap<String, Vec<String>>,
    /// Texts written by bots and testers.
    #[serde(default)]
    pub texts: Vec<String>,
    /// What its rows depend on: `structure`, `value`, or a numeric column; one is drawn. Rows are random if
    /// empty.
    #[serde(default)]
    pub depends_on: Vec<String>,
    /// How closely it follows what it depends on, least and most, from 0 (not at all) to 1.
    #[schemars(inner(range(min = 0.0, max = 1.0)))]
    pub strength: Option<[f64; 2]>,
    /// How well bots hide, least and most: 0 is far from people, 1 is among them.
    #[schemars(inner(range(min = 0.0, max = 1.0)))]
    pub stealth: Option<[f64; 2]>,
    /// Whether it may be the world's decoy (and nothing else).
    #[serde(default)]
    pub decoy: bool,
    /// Why it happened, as a colleague would explain it.
    pub cause: String,
    /// A sentence for the brief, where the data alone cannot reveal the defect.
    pub brief_note: Option<String>,
}

/// `[[benign]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenignSpec {
    /// Kind.
    pub kind: BenignKind,
    /// Name.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// Least and most size: traffic on those days, or share of rows.
    pub size: [f64; 2],
}

/// `[text]`
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextSpec {
    /// Typing errors per letter.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 0.1))]
    pub typos: f64,
    /// Share of entities that write in lower case only.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub lower: f64,
    /// Share of entities that omit the final full stop.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub no_stop: f64,
}

/// `[[phrase]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhraseSpec {
    /// The text column that it is for; may be left out where there is only one.
    pub column: Option<String>,
    /// The text; `{slot}` is filled from the slot's words.
    pub text: String,
    /// Frequency relative to the other phrases.
    #[serde(default = "usual")]
    #[schemars(range(min = 0.01, max = 100.0))]
    pub weight: f64,
    /// Factors or curves that make it likelier (positive) or rarer (negative).
    #[serde(default)]
    #[schemars(extend("additionalProperties" = {"type": "number", "minimum": -10.0, "maximum": 10.0}))]
    pub factors: BTreeMap<String, f64>,
    /// Conditions on other columns or the calendar; all must hold.
    #[serde(default, rename = "where")]
    pub conditions: BTreeMap<String, ConditionSpec>,
}

fn usual() -> f64 {
    1.0
}

fn one_each() -> [u32; 2] {
    [1, 1]
}
