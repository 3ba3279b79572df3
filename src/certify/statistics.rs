//! Everything that was measured.

use serde::{Deserialize, Serialize};

use super::agreement::Agreement;
use super::control::Control;
use super::density::Density;
use super::depth::Depth;
use super::meaning::Meaning;
use super::numbers::GroupNumbers;
use super::oracle::Oracle;
use super::separation::Separation;
use super::stability::Stability;
use super::subspace::Pairs;

/// Everything that was measured of one view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// How much was measured.
    pub depth: Depth,
    /// Rows of the view.
    pub rows: usize,
    /// Rows used: at most 5,000.
    pub rows_used: usize,
    /// Columns used: those that vary.
    pub columns: usize,
    /// Whether groups lie apart.
    pub separation: Separation,
    /// Whether different methods find the same groups.
    pub agreement: Agreement,
    /// Whether groups come back.
    pub stability: Stability,
    /// At one and the same number of groups, the smaller of the core algorithms' agreement and
    /// prediction strength: the largest from three groups on, as two halves of one long cloud
    /// replicate and are agreed upon. From 0 to 1.
    pub consensus: f64,
    /// Dense groups, and shapes that are shown beside them.
    pub density: Density,
    /// How many groups each criterion votes for; only in full depth, and when rows have as many
    /// distinct places as groups.
    pub numbers: Option<GroupNumbers>,
    /// What is seen in pairs of columns.
    pub pairs: Pairs,
    /// Whether columns tell of each other.
    pub meaning: Meaning,
    /// What a key adds; only with a truth.
    pub oracle: Option<Oracle>,
    /// What the same measures say of the same rows with groups pushed apart; only in full depth.
    #[serde(default)]
    pub control: Option<Control>,
}
