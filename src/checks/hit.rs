//! What a check says.

use serde::Serialize;

/// Something odd in a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The check that found it.
    pub check: Check,
    /// The columns it is about, the odd one first; none when it is about whole rows.
    pub columns: Vec<String>,
    /// The level, value or date at which it stands out, where there is one.
    pub at: Option<String>,
    /// Positions of the rows it is about, ascending; `None` when it is about the whole column, or
    /// when only a sample of the rows was looked at.
    pub rows: Option<Vec<usize>>,
    /// Their share of the rows, 0 to 1; of the rows looked at where that was a sample; 1 for a
    /// whole column.
    pub share: f64,
    /// How far off the rows are, where a number says it: hours of a displaced day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<f64>,
    /// How far beyond the check's threshold: 1 is just there. Not to be compared between checks.
    pub strength: f64,
    /// What stands out, in one sentence, with its numbers.
    pub says: String,
}

impl Hit {
    /// Whether both are the same check on the same columns.
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

/// The checks, in the order in which hits are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Rows that repeat another in every column.
    RepeatedRows,
    /// Rows that repeat another in several finely measured columns, and not in all.
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
    /// Values on the wrong side of 0 or 1, or far from everything.
    Range,
    /// Values at or wrapped around the limit of a number type.
    TypeLimit,
    /// Far too many multiples of a round number.
    Heaping,
    /// Two humps in the logarithm.
    TwoModes,
    /// Rises or falls with the order of the rows.
    RowOrder,
    /// Two columns that say the same.
    Redundant,
    /// Another distribution at one level of a category.
    LevelShift,
    /// Another relation of two columns at one level of a category.
    LevelRelation,
    /// A second cloud beside the relation of two columns.
    SecondCloud,
    /// A category that tells most numeric columns.
    TellsAll,
    /// Entities whose rows hardly vary.
    NarrowEntity,
    /// A level that looks like another, spelled differently.
    Spelling,
    /// Letters that come from a wrong decoding, or cannot be seen.
    OddLetters,
    /// Text that stands for no value.
    NullToken,
    /// Text of numbers in several forms.
    NumberForms,
    /// Text of dates in several forms.
    DateForms,
    /// A step in the level of a column from one day to the next.
    DayStep,
    /// Few rows in the last days.
    LastDays,
    /// The same day, hours later or earlier, at one level of a category.
    HourShift,
    /// Times at exactly midnight among others.
    Midnight,
    /// Times far before or after all others.
    FarTime,
    /// A later time before an earlier one.
    TimeOrder,
}

impl Check {
    /// What it looks for, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::RepeatedRows => "repeated rows",
            Self::NearRepeats => "rows that nearly repeat",
            Self::RepeatedId => "repeated identifier",
            Self::CrowdedRows => "nearly equal rows",
            Self::LonelyRows => "rows far from all others",
            Self::Missing => "missing values",
            Self::MissingByLevel => "missing at one level",
            Self::MissingTogether => "missing together",
            Self::MissingByValue => "missing by another column",
            Self::Spike => "one value too frequent",
            Self::PileUp => "pile-up at the maximum",
            Self::Range => "values out of range",
            Self::TypeLimit => "limit of a number type",
            Self::Heaping => "too many round numbers",
            Self::TwoModes => "two humps",
            Self::RowOrder => "follows the order of the rows",
            Self::Redundant => "two columns say the same",
            Self::LevelShift => "another distribution at one level",
            Self::LevelRelation => "another relation at one level",
            Self::SecondCloud => "a second cloud",
            Self::TellsAll => "a category that tells the rest",
            Self::NarrowEntity => "entities that hardly vary",
            Self::Spelling => "one level, several spellings",
            Self::OddLetters => "odd letters",
            Self::NullToken => "text for no value",
            Self::NumberForms => "numbers in several forms",
            Self::DateForms => "dates in several forms",
            Self::DayStep => "a step at a date",
            Self::LastDays => "few rows in the last days",
            Self::HourShift => "the day displaced at one level",
            Self::Midnight => "exactly midnight",
            Self::FarTime => "times far from all others",
            Self::TimeOrder => "times in the wrong order",
        }
    }
}
