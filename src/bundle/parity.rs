//! The difficulty of a bundle, compared with the other bundles of its round.

use serde::{Deserialize, Serialize};

/// What is compared between bundles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifficultyMeasure {
    /// What the careful autopilot recovers of a structure, 0 to 1.
    Recovery,
    /// Share of the rows that a defect touched, added or took away, or that the real anomaly consists of.
    Rate,
    /// F1 of the best single group of k-means against the rows that a defect touched or added.
    DecoyStrength,
}

/// Where such a number lies in the tables of a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DifficultyBand {
    /// Id of the finding or of the planted instance.
    pub of: String,
    /// What of it.
    pub what: DifficultyMeasure,
    /// Mean over the tables that nobody gets.
    pub mean: f64,
    /// How far a bundle may be from it.
    pub width: f64,
}

/// A bundle beside a band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandComparison {
    /// The band.
    pub band: DifficultyBand,
    /// What the bundle has.
    pub value: f64,
}

impl BandComparison {
    /// Distance from the mean in widths of the band: within it up to 1.
    pub fn deviation(&self) -> f64 {
        let off = (self.value - self.band.mean).abs();
        if off <= f64::EPSILON {
            0.0
        } else {
            off / self.band.width
        }
    }

    /// Whether the bundle is within the band.
    pub fn within(&self) -> bool {
        self.deviation() <= 1.0
    }
}
