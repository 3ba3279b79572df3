//! How much is measured.

use serde::{Deserialize, Serialize};

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// Everything: once per round, and for any table someone asks about.
    Full,
    /// Fewer numbers of groups and repeats, no gap, mixtures by criterion, or ambiguity: for loops
    /// that redraw, and demos. Its verdict is the full one's but for cases near a threshold.
    Light,
}

impl Depth {
    /// Numbers of groups looked at.
    pub fn ks(self) -> &'static [usize] {
        match self {
            Self::Full => &[2, 3, 4, 5, 6, 7, 8],
            Self::Light => &[2, 3, 4, 6],
        }
    }

    /// Draws of the copula null.
    pub fn nulls(self) -> usize {
        match self {
            Self::Full => 5,
            Self::Light => 2,
        }
    }

    /// Splits that prediction strength is the mean of.
    pub fn splits(self) -> usize {
        match self {
            Self::Full => 3,
            Self::Light => 2,
        }
    }

    /// Bootstrap samples that stability is the mean of.
    pub fn bootstraps(self) -> usize {
        match self {
            Self::Full => 5,
            Self::Light => 3,
        }
    }
}
