//! The result of a check.

use serde::Serialize;

/// Something unusual in a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The check that raised it.
    pub check: Check,
    /// The columns it is about, the unusual one first; none if it is about whole rows.
    pub columns: Vec<String>,
    /// The level, value or date concerned, if any.
    pub at: Option<String>,
    /// Positions of the rows concerned, ascending; `None` when it is about the whole column, or
    /// when only a sample of the rows was used.
    pub rows: Option<Vec<usize>>,
    /// Their share of the rows (of the sampled rows, if a sample was used), 0 to 1; 1 for a whole
    /// column.
    pub share: f64,
    /// The size of a shift: hours of a displaced daily pattern.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<f64>,
    /// Multiple of the check's threshold, at least 1. Not comparable between checks.
    pub strength: f64,
    /// What is unusual, in one sentence, with numbers.
    pub says: String,
}

impl Hit {
    /// Whether both come from the same check on the same columns.
    pub fn same_place(&self, other: &Self) -> bool {
        self.check == other.check && self.columns == other.columns
    }

    pub(super) fn on_column(check: Check, columns: &[&str], strength: f64, says: String) -> Self {
        Self {
            check,
            columns: columns.iter().map(|name| (*name).to_owned()).collect(),
            at: None,
            rows: None,
            share: 1.0,
            by: None,
            strength,
            says,
        }
    }

    pub(super) fn at(mut self, place: impl Into<String>) -> Self {
        self.at = Some(place.into());
        self
    }

    pub(super) fn of_rows(mut self, rows: Vec<usize>, all: usize) -> Self {
        self.share = rows.len() as f64 / all.max(1) as f64;
        self.rows = Some(rows);
        self
    }

    pub(super) fn by(mut self, amount: f64) -> Self {
        self.by = Some(amount);
        self
    }

    pub(super) fn of_share(mut self, share: f64) -> Self {
        self.share = share;
        self
    }
}

/// The checks, in the order of the list of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Rows that repeat another in every column.
    RepeatedRows,
    /// Rows that repeat another in several finely measured columns, but not in all.
    NearRepeats,
    /// An identifier that occurs more than once.
    RepeatedId,
    /// Rows nearly equal to several others.
    CrowdedRows,
    /// Rows far from all others.
    LonelyRows,
    /// Many missing values.
    Missing,
    /// Missing mostly at one level of a category.
    MissingByLevel,
    /// Columns that are missing in the same rows.
    MissingTogether,
    /// Missing where another column is high, or low.
    MissingByValue,
    /// One exact value far more frequent than its neighbours.
    Spike,
    /// Many values at the very maximum.
    PileUp,
    /// Values on the wrong side of 0 or 1, or far from all others.
    Range,
    /// Values at or wrapped around the limit of a number type.
    TypeLimit,
    /// Far too many multiples of a round number.
    Heaping,
    /// Two modes of the logarithm.
    TwoModes,
    /// Trends with the order of the rows.
    RowOrder,
    /// Two nearly identical columns.
    Redundant,
    /// A different distribution at one level of a category.
    LevelShift,
    /// A different relation of two columns at one level of a category.
    LevelRelation,
    /// A second cluster next to the relation of two columns.
    SecondCloud,
    /// A category that predicts most numeric columns.
    TellsAll,
    /// Entities whose rows barely vary.
    NarrowEntity,
    /// A level that is another one, spelled differently.
    Spelling,
    /// Characters that result from a wrong decoding, or are invisible.
    OddLetters,
    /// Text that marks a missing value.
    NullToken,
    /// Numbers as text in several formats.
    NumberForms,
    /// Dates as text in several formats.
    DateForms,
    /// A step in the level of a column from one day to the next.
    DayStep,
    /// Few rows in the last days.
    LastDays,
    /// The same daily pattern, hours later or earlier, at one level of a category.
    HourShift,
    /// Times at exactly midnight among others.
    Midnight,
    /// Times far before or after all others.
    FarTime,
    /// An end time before its start time.
    TimeOrder,
}
