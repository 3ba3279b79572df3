//! The enumerations of a scenario file.

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

/// Function through which a curve enters a column.
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
    /// A factor whose effect reverses its sign on the other side of the split.
    Reversal,
    /// Falls with the split's factor on each side of the split, and rises with it over all rows.
    Simpson,
}

/// Kinds of benign anomaly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BenignKind {
    /// A few days of more traffic.
    Promotion,
    /// A few days of less traffic.
    Holiday,
    /// A few entities that are really that large.
    Whales,
}

/// Kinds of defect; `catalogue` describes what each does.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DefectKind {
    /// One source reports another unit.
    UnitSlip,
    /// One source reports percentages, the others fractions.
    PercentFraction,
    /// A column means something else from a date on.
    SchemaChange,
    /// Large numbers wrap around to negative values.
    IntegerWrap,
    /// Values above a limit are recorded as the limit.
    Clipping,
    /// One source rounds.
    Heaping,
    /// Two columns are swapped at one source.
    SwappedColumns,
    /// A number that means "no value".
    Sentinel,
    /// Zeros where nothing was measured.
    ZeroFill,
    /// A plausible default where nothing was measured.
    DefaultSpike,
    /// One source does not fill some columns.
    MissingBySource,
    /// Large values are missing more often than small ones.
    MissingByValue,
    /// Rows delivered twice, unchanged.
    ExactDuplicates,
    /// A few entities send the same thing again and again.
    RetryStorm,
    /// The same thing entered twice, slightly differently.
    NearDuplicates,
    /// A join that multiplied rows.
    JoinFanOut,
    /// Automated entities among the people.
    Bots,
    /// Test accounts of the team.
    TestAccounts,
    /// Rows that were never written, not at random.
    Survivorship,
    /// One source reports another time zone.
    TimeZoneShift,
    /// Clocks of some entities are wrong.
    ClockSkew,
    /// The last days are incomplete.
    LateData,
    /// Timestamps without a time of day.
    Backfill,
    /// Dates in two formats.
    MixedDates,
    /// One level of a category in several spellings.
    SpellingVariants,
    /// A level gets another name from a date on.
    RecodedLevels,
    /// Numbers with a decimal comma.
    DecimalComma,
    /// Values one column too far right.
    ShiftedRows,
    /// A column computed from the answer.
    LeakingColumn,
}

/// The kinds as files name them, in the order of [`DefectKind`].
#[cfg(test)]
pub(super) const KINDS_IN_FILES: [&str; 29] = [
    "unit-slip",
    "percent-fraction",
    "schema-change",
    "integer-wrap",
    "clipping",
    "heaping",
    "swapped-columns",
    "sentinel",
    "zero-fill",
    "default-spike",
    "missing-by-source",
    "missing-by-value",
    "exact-duplicates",
    "retry-storm",
    "near-duplicates",
    "join-fan-out",
    "bots",
    "test-accounts",
    "survivorship",
    "time-zone-shift",
    "clock-skew",
    "late-data",
    "backfill",
    "mixed-dates",
    "spelling-variants",
    "recoded-levels",
    "decimal-comma",
    "shifted-rows",
    "leaking-column",
];
