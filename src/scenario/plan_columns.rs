//! Columns of a checked scenario: kinds, marginals, drivers.

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
