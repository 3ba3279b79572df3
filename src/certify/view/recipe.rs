//! How a view was made, so that it can be reproduced.

use serde::{Deserialize, Serialize};

/// A column of a view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ViewColumn {
    /// Its name; for a component, the block's name and a number.
    pub name: String,
    /// Its transformations, in order.
    pub steps: Vec<Step>,
}

/// A transformation of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "done")]
pub enum Step {
    /// Ties were spread evenly over half a step on either side.
    Jittered {
        /// The step.
        step: f64,
    },
    /// Replaced by the logarithm of the value plus this.
    Logged {
        /// Added before the logarithm.
        plus: f64,
    },
    /// Missing values were imputed: a prediction from the other columns plus an out-of-sample
    /// residual.
    Filled {
        /// Number of missing values.
        missing: usize,
    },
    /// A principal component of a block of columns; the three components have the total weight of
    /// one column.
    Component {
        /// Number of columns of the block.
        of: usize,
    },
}

/// A column of the table that is not in the view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Why it is not in the view.
    pub why: LeftOutReason,
}

/// Why a column is not in the view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum LeftOutReason {
    /// It holds no numbers.
    NoNumbers {
        /// What it holds: `text`, `flag`, `timestamp`.
        holds: String,
    },
    /// It has few distinct values, like a category.
    FewValues {
        /// Number of distinct values.
        distinct: usize,
    },
    /// Each row has a different integer, without gaps.
    Identifier,
    /// More than half of its values are missing.
    MostlyMissing {
        /// Number of missing values.
        missing: usize,
    },
    /// It is determined by other columns, up to rounding.
    Redundant,
    /// Its principal components replace it.
    Block {
        /// Name of the block.
        block: String,
    },
}

impl Step {
    /// In words: `ties spread over 1`.
    pub fn says(&self) -> String {
        match self {
            Self::Jittered { step } => format!("ties spread over {step}"),
            Self::Logged { plus } if *plus > 0.0 => format!("logarithm of the value + {plus}"),
            Self::Logged { .. } => "logarithm".to_owned(),
            Self::Filled { missing } => format!("{missing} missing values imputed"),
            Self::Component { of } => format!("component of {of} columns"),
        }
    }
}

impl LeftOutReason {
    /// In words: `text`, `3 different values`.
    pub fn says(&self) -> String {
        match self {
            Self::NoNumbers { holds } => holds.clone(),
            Self::FewValues { distinct: 1 } => "constant".to_owned(),
            Self::FewValues { distinct } => format!("only {distinct} distinct values"),
            Self::Identifier => "identifier".to_owned(),
            Self::MostlyMissing { missing } => format!("{missing} missing values"),
            Self::Redundant => "determined by other columns, except for rounding".to_owned(),
            Self::Block { block } => format!("represented by components of {block}"),
        }
    }
}
