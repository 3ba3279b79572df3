//! Columns of a checked scenario: kinds and marginals.

use super::plan_effects::{Condition, Effect};

/// One column.
#[derive(Debug, Clone)]
pub struct ColumnPlan {
    /// Name. An embedding's columns are called `name_0`, `name_1`, …
    pub name: String,
    /// Kind with its parameters.
    pub kind: ColumnKind,
    /// One sentence for the dictionary.
    pub description: String,
    /// Unit of measurement.
    pub unit: String,
    /// Effects besides the world's structures.
    pub effects: Vec<Effect>,
    /// Share of variance from structures.
    pub signal: f64,
    /// How a number belongs to an entity; `None` for what differs from row to row.
    pub entity_level: Option<EntityLevel>,
    /// Multiples to which people round.
    pub heaping: Option<Heaping>,
    /// An earlier column whose normal score is part of this one's, and their correlation.
    pub follows: Option<(usize, f64)>,
    /// Shares of exactly 0 and exactly 1.
    pub ends: [f64; 2],
    /// Which cells are empty.
    pub empty: EmptyCells,
    /// Factors (by name) that raise or lower the outcome, and the sign.
    pub signs: Vec<(String, f64)>,
}

impl ColumnPlan {
    /// Whether structures may enter the column as they like: it differs from row to row, goes up
    /// or down, and is not what the structures are meant to predict.
    pub fn is_open(&self) -> bool {
        let kind = match &self.kind {
            ColumnKind::Category { ordered, .. } => *ordered,
            ColumnKind::Flag { outcome, .. } => !outcome,
            ColumnKind::After { .. } => true,
            kind => kind.takes_structures(),
        };
        kind && self.entity_level.is_none()
    }

    /// Whether the column is the outcome.
    pub fn is_outcome(&self) -> bool {
        matches!(self.kind, ColumnKind::Flag { outcome: true, .. })
    }
}

/// Which cells of a column are empty before anything goes wrong.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EmptyCells {
    /// Share that is empty for no reason.
    pub share: f64,
    /// What has to hold of a row in which it is filled; empty elsewhere.
    pub condition: Option<Condition>,
}

/// How a number belongs to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityLevel {
    /// The same in all rows of an entity.
    Constant,
    /// Another from a date on that is drawn for each entity.
    ChangesOnce,
}

/// Round numbers, as people give them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heaping {
    /// Rounded to multiples of this …
    pub step: f64,
    /// … with this probability.
    pub share: f64,
}

/// Kinds of column.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnKind {
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
    /// A later moment of the row.
    After {
        /// The timestamp that it follows.
        from: usize,
        /// The lag.
        lag: Marginal,
        /// Milliseconds in the lag's unit.
        unit: f64,
        /// When it may lie.
        business_hours: BusinessHours,
    },
    /// A real number.
    Real(Marginal),
    /// A whole number, not negative.
    Count(Marginal),
    /// A share between 0 and 1.
    Fraction(Marginal),
    /// One of some levels.
    Category {
        /// Levels with their shares, which sum to 1.
        levels: Vec<CategoryLevel>,
        /// Constant for an entity.
        per_entity: bool,
        /// Levels go from low to high.
        ordered: bool,
        /// Entities go through the levels in their order and never back.
        rollout: bool,
    },
    /// True or false.
    Flag {
        /// Share of rows that are true.
        share: f64,
        /// Whether it is what the product team would like to predict.
        outcome: bool,
    },
    /// Words.
    Text,
    /// A weighted sum of earlier columns, or a ratio of two; rounded.
    Derived {
        /// Column and weight.
        of: Vec<(usize, f64)>,
        /// The same of what it is divided by; empty for a plain sum.
        over: Vec<(usize, f64)>,
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

impl ColumnKind {
    /// The word in the dictionary.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Identifier { .. } => "identifier",
            Self::Reference { .. } => "reference",
            Self::Timestamp | Self::After { .. } => "timestamp",
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

    /// Numbers and flags with a marginal of their own.
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
    /// Long to the right, with this median and 95th percentile.
    LongTail {
        /// Half of the rows are below.
        median: f64,
        /// 95 % of rows are below.
        p95: f64,
        /// The distribution.
        tail: Tail,
        /// Digits behind the point.
        digits: u32,
        /// Values above are given as this.
        cap: Option<f64>,
        /// Values below are given as this.
        floor: Option<f64>,
    },
    /// Normal with these 5th and 95th percentiles.
    Symmetric {
        /// 5 % of rows are below.
        low: f64,
        /// 95 % of rows are below.
        high: f64,
        /// Digits behind the point.
        digits: u32,
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

impl Marginal {
    /// Digits behind the point.
    pub fn digits(&self) -> u32 {
        match self {
            Self::LongTail { digits, .. }
            | Self::Symmetric { digits, .. }
            | Self::Share { digits, .. } => *digits,
            Self::Rate { .. } => 0,
        }
    }
}

/// Distributions with a long tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Weibull.
    Short,
    /// Log-normal.
    Usual,
    /// Log-logistic.
    Heavy,
}

/// When a later moment may lie.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BusinessHours {
    /// Hours of the day between which it lies.
    pub hours: Option<[u32; 2]>,
    /// From Monday to Friday.
    pub workdays: bool,
    /// Not after the last day of the data: empty instead.
    pub cut_off: bool,
}

/// A level of a category.
#[derive(Debug, Clone, PartialEq)]
pub struct CategoryLevel {
    /// As it is written.
    pub name: String,
    /// Its share; all shares sum to 1.
    pub share: f64,
}
