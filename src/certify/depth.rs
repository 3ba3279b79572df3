//! How much a certificate measures.

use serde::{Deserialize, Serialize};

/// How much a certificate measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// Everything: once per round, and for any single table.
    Full,
    /// Fewer numbers of groups and repeats; no gap, mixtures by criterion, or ambiguity. For loops
    /// that redraw, and demos. The verdict equals that of full depth except close to a threshold.
    Light,
}

impl Depth {
    /// Numbers of groups tried.
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

    /// Splits that prediction strength is averaged over.
    pub fn splits(self) -> usize {
        match self {
            Self::Full => 3,
            Self::Light => 2,
        }
    }

    /// Bootstrap samples that stability is averaged over.
    pub fn bootstraps(self) -> usize {
        match self {
            Self::Full => 5,
            Self::Light => 3,
        }
    }
}
