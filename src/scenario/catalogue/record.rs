//! The record of a kind of defect.

use crate::scenario::kinds::DefectKind;

/// One kind of defect.
#[derive(Debug, Clone, Copy)]
pub struct KindRecord {
    /// The kind.
    pub kind: DefectKind,
    /// Its name in scenario files.
    pub word: &'static str,
    /// Its name in findings.
    pub title: &'static str,
    /// What it does to the table.
    pub operation: DefectOperation,
    /// What it affects.
    pub level: DefectLevel,
    /// When in the life of the data it happens.
    pub stage: DataStage,
    /// Who can repair it, and how.
    pub repair: Repair,
    /// What a scenario must give for it.
    pub needs: Needs,
    /// On which dates it happens.
    pub when: When,
    /// Share of rows in its reach, least and most, where the scenario says none.
    pub rate: [f64; 2],
    /// Kinds of column that show it in addition to the columns that it touches.
    pub shown_in: &'static [&'static str],
    /// The particulars of an instance, without a full stop: `{share}`, `{columns}`, `{value}`,
    /// `{ratio}`, `{hours}`, `{level}`, `{variants}`, `{entity}` and `{when}` are filled in.
    pub detail: &'static str,
    /// How an analyst would notice it.
    pub notice: &'static str,
    /// What it does to a clustering.
    pub clustering: &'static str,
    /// Explanations that are accepted although they are not the planted cause.
    pub accepted: &'static str,
    /// Words by which a report may speak of it; each is enough.
    pub words: &'static [&'static str],
    /// Words that refer to it when they appear with one of its columns.
    pub hints: &'static [&'static str],
    /// A question that leads to it without giving it away; `{first}` and `{second}` are columns that it
    /// touches, `{source}` the column of its source.
    pub ask: &'static str,
    /// A hint for when the interview gets stuck; it does not give the defect away either.
    pub hint: &'static str,
}

/// What a defect does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefectOperation {
    /// Multiply a number.
    Scale,
    /// Wrap a number around at a limit, to negative values.
    Wrap,
    /// Cut a number off at a limit.
    Clip,
    /// Round a number to a coarse step.
    Round,
    /// Put one value in place of many.
    Replace,
    /// Remove the value.
    Blank,
    /// Write a level in another spelling.
    Respell,
    /// Write numbers with a decimal comma.
    DecimalComma,
    /// Write dates day first, or month first.
    LocalDates,
    /// Exchange the values of two columns.
    Swap,
    /// Move the values of a run of columns one column to the right.
    Shift,
    /// Write a category from the row's latent type.
    Leak,
    /// Move a moment by hours.
    ShiftTime,
    /// Move the moments of each entity by a time of its own.
    SkewTime,
    /// Cut the time of day off a moment.
    Midnight,
    /// Add the row again, as it is.
    Copy,
    /// Add the row several times, one column with other levels.
    FanOut,
    /// Add the row again a little changed, under a new id.
    Alike,
    /// Add the row several times, a moment apart, under new ids.
    Repeat,
    /// Let an entity behave like a bot.
    Override,
    /// Remove the row.
    Remove,
}

impl DefectOperation {
    /// Whether it adds rows.
    pub fn adds_rows(self) -> bool {
        matches!(self, Self::Copy | Self::FanOut | Self::Alike | Self::Repeat)
    }

    /// How the author of a scenario can make an instance visible that no check finds.
    pub fn how_to_strengthen(self) -> &'static str {
        match self {
            Self::Scale => "set `values` (the ratio of the units) further from 1",
            Self::Wrap => "lower `values`, so that more rows wrap around",
            Self::Clip => {
                "lower `values` (the share of the column below the limit), so that more rows reach \
                 it, or choose columns in which few values repeat"
            }
            Self::Round => "raise `values` (the step) and `rate`",
            Self::Replace | Self::Leak => {
                "raise `rate`, or set `values` that the column rarely has"
            }
            Self::ShiftTime | Self::SkewTime => "set larger `values`, or name a source",
            Self::Respell | Self::Swap | Self::Shift | Self::Blank => {
                "raise `rate`, or choose other columns"
            }
            Self::DecimalComma | Self::LocalDates | Self::Midnight | Self::Override => {
                "raise `rate`, or choose a larger source"
            }
            Self::Copy | Self::FanOut | Self::Alike | Self::Repeat | Self::Remove => "raise `rate`",
        }
    }

    /// Whether a child table can have it. Programs and testers act in the main table, and the latent
    /// type of a row is not known of an event.
    pub fn in_child(self) -> bool {
        !matches!(self, Self::Override | Self::Leak)
    }

    /// Whether it works on the row's moment, named or not.
    pub fn moves_time(self) -> bool {
        matches!(
            self,
            Self::ShiftTime | Self::SkewTime | Self::Midnight | Self::LocalDates
        )
    }
}

/// What a defect works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefectLevel {
    /// Single cells.
    Cell,
    /// Rows that are added.
    RowAdded,
    /// Rows that are removed.
    RowRemoved,
    /// Rows of a few entities.
    Group,
    /// A whole column.
    Column,
    /// A span of time.
    Window,
}

/// Stages in the life of data; defects are applied in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataStage {
    /// Who is in the data.
    Population,
    /// How it is measured.
    Instrument,
    /// How it travels.
    Transport,
    /// How it is loaded.
    Load,
    /// How it is written out.
    Export,
}

/// Who can repair a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// The analyst, exactly: the inverse is known once the defect is.
    Exact,
    /// The analyst, nearly.
    Approximate,
    /// Nobody from the data alone: mark as missing.
    Flag,
    /// Drop the rows.
    Drop,
    /// Drop the column, and say why.
    DropColumn,
    /// Only the source has what is gone; say so.
    Source,
    /// Nothing to repair: report it, and leave it.
    Leave,
}

/// What a scenario must give for a kind.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// Columns that it may touch.
    pub target: TargetColumns,
    /// Whether it happens at one source.
    pub source: bool,
    /// Least and most of its `values`, where it needs some.
    pub values: Option<(f64, f64)>,
    /// Share of rows whose entities it may choose, when it is of entities: of the rate itself
    /// when 0.
    pub entities: Option<f64>,
}

/// Columns that a kind may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetColumns {
    /// None by name.
    Nothing,
    /// Measured numbers.
    Numbers,
    /// Two measured numbers at once.
    Pair,
    /// Three or more adjacent numeric columns with measured values.
    Run,
    /// Categories with spellings.
    Spelled,
    /// Categories.
    Categories,
    /// Categories, or none.
    MaybeCategories,
}

/// On which dates a defect happens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    /// On all of them.
    Always,
    /// From a date on that lies between these shares of the time span.
    From(f64, f64),
    /// On the last days, least and most.
    Last(u32, u32),
}
