//! The difficulty of a bundle, compared with the other bundles of its round.

use serde::{Deserialize, Serialize};

/// What is compared between bundles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifficultyMeasure {
    /// How much of a structure the careful baseline recovers, 0 to 1.
    Recovery,
    /// Share of rows that a defect changed, added or removed, or that belong to the benign anomaly.
    Rate,
    /// F1 of the best single k-means cluster for the rows that a defect changed or added.
    DecoyStrength,
}

/// The range of one number over the reference tables of a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DifficultyBand {
    /// Id of the finding or of the planted instance.
    pub of: String,
    /// The quantity.
    pub what: DifficultyMeasure,
    /// Mean over the reference tables.
    pub mean: f64,
    /// Largest accepted distance from the mean.
    pub width: f64,
}

/// A bundle's value, compared with a band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandComparison {
    /// The band.
    pub band: DifficultyBand,
    /// The bundle's value.
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
