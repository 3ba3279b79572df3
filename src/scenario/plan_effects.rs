//! Effects and conditions of columns in a checked scenario.

/// An effect on a column besides the world's structures, in standard deviations.
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
    /// A random effect: a normal draw for each day or entity.
    Random {
        /// Whose.
        scope: EffectScope,
        /// Column within whose levels it differs, and the shares of its levels.
        by: Option<(ParentColumn, Vec<f64>)>,
        /// Standard deviation.
        weight: f64,
    },
}

/// Units of the calendar that a column may depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarUnit {
    /// Hours of the day, from midnight.
    Hour,
    /// Days of the week, from Monday.
    Weekday,
    /// Months, from January; shifts are interpolated between the middles of months.
    Month,
}

/// Group that shares a random effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectScope {
    /// A day, the same in all columns: the weather, for example.
    Day,
    /// An entity, separately in each column.
    Entity,
}

/// A category or flag with an effect on other columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParentColumn {
    /// A category of the main table that is constant for an entity.
    Entity(usize),
    /// A column further up in the same table.
    Row(usize),
}

/// Condition on a row.
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
