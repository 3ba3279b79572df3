//! What columns of a checked scenario depend on beside structures: drivers and conditions.

/// What moves a column besides the world's structures, in standard deviations.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Place in the time span, from 0 to 1.
    Time {
        /// Weight.
        weight: f64,
    },
    /// How many rows the row's entity has: normal scores over entities.
    Size {
        /// Weight.
        weight: f64,
    },
    /// The calendar.
    Calendar {
        /// Of what there is a shift for each.
        unit: CalendarUnit,
        /// Shifts.
        shifts: Vec<f64>,
    },
    /// A category or a flag.
    Category {
        /// Which.
        of: ParentColumn,
        /// Shift for each of its levels; of a flag for false and true.
        shifts: Vec<f64>,
    },
    /// Luck: a normal draw for each day or entity.
    Random {
        /// Whose.
        scope: EffectScope,
        /// With each level of this one it is another: which, and the shares of its levels.
        by: Option<(ParentColumn, Vec<f64>)>,
        /// Standard deviation.
        weight: f64,
    },
}

/// Units of the calendar in which a column may have its habits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarUnit {
    /// Hours of the day, from midnight.
    Hour,
    /// Days of the week, from Monday.
    Weekday,
    /// Months, from January; the shift is that of the middle of the month, and goes from one to the
    /// next without a step.
    Month,
}

/// Who has luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectScope {
    /// A day, in all columns alike: weather, say.
    Day,
    /// An entity, in each column for itself: what it always does.
    Entity,
}

/// A category or flag that drives other columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParentColumn {
    /// A category of the main table that is constant for an entity.
    Entity(usize),
    /// A column further up in the same table.
    Row(usize),
}

/// What has to hold of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A category has one of these levels; a flag `true` or `false`.
    Levels {
        /// The column.
        column: usize,
        /// Levels.
        levels: Vec<String>,
    },
    /// A number lies in a range, ends included; not where it is missing.
    Range {
        /// The column.
        column: usize,
        /// Least.
        from: f64,
        /// Most.
        to: f64,
    },
    /// It happens in one of these hours, on one of these weekdays or in one of these months.
    Calendar {
        /// Of what.
        unit: CalendarUnit,
        /// Which, counted from 0.
        places: Vec<usize>,
    },
}
