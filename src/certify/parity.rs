//! Whether a bundle is as hard as the others of its round.
//!
//! Candidates of one round get other rows of one world. What is there to find is the same, but chance may
//! make a structure fainter in one table than in another, or plant a defect more often. So a few tables
//! that nobody gets are drawn first; a bundle that lies outside what they have in common is drawn again.

use serde::{Deserialize, Serialize};

use crate::measure::{mean, sd};

/// Tables that nobody gets, for what the bundles of a round have in common.
pub const REFERENCES: usize = 6;
/// Draws of one bundle, at most; the nearest one stands when none is within every band.
pub const MOST_DRAWS: u32 = 20;
/// Half the width of a band of R² or F1, at least.
const WIDTH: f64 = 0.05;
/// Half the width of a band of a rate, at least, as a share of it.
const RELATIVE: f64 = 0.10;
/// Standard deviations of the references that a band is wide at least: with two, sixteen bundles of 3,000
/// rows took forty draws, and none more than ten.
const DEVIATIONS: f64 = 2.0;

/// What is compared between bundles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    /// What the careful autopilot recovers of a structure, 0 to 1.
    Recovery,
    /// Share of the rows that a defect touched, added or took away, or that the real anomaly consists of.
    Rate,
    /// F1 of the best single group of k-means against the rows that a defect touched or added.
    Lure,
}

/// A number that says how hard one finding is in one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Id of the finding or of the planted instance.
    pub of: String,
    /// What of it.
    pub what: Difficulty,
    /// The number.
    pub value: f64,
}

/// Where such a number lies in the tables of a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Id of the finding or of the planted instance.
    pub of: String,
    /// What of it.
    pub what: Difficulty,
    /// Mean over the tables that nobody gets.
    pub mean: f64,
    /// How far a bundle may be from it.
    pub width: f64,
}

/// A bundle beside a band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// The band.
    pub band: Band,
    /// What the bundle has.
    pub value: f64,
}

impl Band {
    /// Bands from the numbers of several tables: of every number that each of them has, in the order of the
    /// first one.
    ///
    /// The width is 0.05 (of a rate 10 % of its mean), or two standard deviations of the tables where
    /// that is more.
    pub fn of(tables: &[Vec<Measured>]) -> Vec<Self> {
        let bands = tables.first().into_iter().flatten().filter_map(|one| {
            let same = |other: &&Measured| other.of == one.of && other.what == one.what;
            let values: Option<Vec<f64>> = tables
                .iter()
                .map(|table| Some(table.iter().find(same)?.value))
                .collect();
            let values = values?;
            let mean = mean(&values)?;
            let least = match one.what {
                Difficulty::Recovery | Difficulty::Lure => WIDTH,
                Difficulty::Rate => RELATIVE * mean,
            };
            // Of a single table there is no standard deviation.
            let deviation = sd(&values).unwrap_or(0.0);
            Some(Self {
                of: one.of.clone(),
                what: one.what,
                mean,
                width: least.max(DEVIATIONS * deviation),
            })
        });
        bands.collect()
    }
}

/// How far a bundle is from the bands of its round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Off {
    /// Numbers outside their band.
    pub outside: usize,
    /// The largest distance in widths of a band, of those that have a width.
    pub most: f64,
}

impl Off {
    /// Of all numbers of one bundle.
    pub fn of(beside: &[Beside]) -> Self {
        let off = beside.iter().map(Beside::off);
        Self {
            outside: beside.iter().filter(|one| !one.within()).count(),
            most: off.filter(|off| off.is_finite()).fold(0.0, f64::max),
        }
    }

    /// Whether it is nearer than another: fewer numbers outside, or as many and less far.
    pub fn less(&self, other: &Self) -> bool {
        (self.outside, self.most) < (other.outside, other.most)
    }
}

impl Beside {
    /// The numbers of one table beside the bands of its round; a number without a band is left out.
    pub fn all(bands: &[Band], table: &[Measured]) -> Vec<Self> {
        let beside = bands.iter().filter_map(|band| {
            let same = |one: &&Measured| one.of == band.of && one.what == band.what;
            let value = table.iter().find(same)?.value;
            Some(Self {
                band: band.clone(),
                value,
            })
        });
        beside.collect()
    }

    /// Distance from the mean in widths of the band: within it up to 1.
    pub fn off(&self) -> f64 {
        let off = (self.value - self.band.mean).abs();
        if off <= f64::EPSILON {
            0.0
        } else {
            off / self.band.width
        }
    }

    /// Whether the bundle is within the band.
    pub fn within(&self) -> bool {
        self.off() <= 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(recovery: f64, rate: f64) -> Vec<Measured> {
        let measured = |of: &str, what, value| Measured {
            of: of.to_owned(),
            what,
            value,
        };
        vec![
            measured("tempo", Difficulty::Recovery, recovery),
            measured("d1", Difficulty::Rate, rate),
        ]
    }

    #[test]
    fn bands_are_as_wide_as_asked_or_as_chance_makes_them() {
        let steady = Band::of(&[table(0.70, 0.1), table(0.70, 0.1), table(0.70, 0.1)]);
        assert!((steady[0].width - 0.05).abs() < 1e-12);
        assert!((steady[1].width - 0.01).abs() < 1e-12);
        let loose = Band::of(&[table(0.6, 0.1), table(0.7, 0.2), table(0.8, 0.3)]);
        assert!((loose[0].mean - 0.7).abs() < 1e-12 && (loose[0].width - 0.2).abs() < 1e-12);
        assert!((loose[1].width - 0.2).abs() < 1e-12);
        assert!(Band::of(&[]).is_empty());
    }

    #[test]
    fn fewer_numbers_outside_are_nearer() {
        let bands = Band::of(&[table(0.70, 0.0), table(0.70, 0.0)]);
        let off = |recovery, rate| Off::of(&Beside::all(&bands, &table(recovery, rate)));
        assert_eq!(off(0.72, 0.0).outside, 0);
        // The rate's band has no width: its distance is beyond all measure, and still one is nearer.
        assert_eq!(off(0.76, 0.1).outside, 2);
        assert!(off(0.70, 0.1).less(&off(0.76, 0.1)) && off(0.76, 0.1).less(&off(0.79, 0.1)));
    }

    #[test]
    fn a_number_that_one_table_lacks_has_no_band() {
        let mut lacking = table(0.70, 0.1);
        lacking.pop();
        assert_eq!(Band::of(&[table(0.70, 0.1), lacking]).len(), 1);
    }

    #[test]
    fn a_bundle_outside_a_band_is_told() {
        let bands = Band::of(&[table(0.70, 0.1), table(0.70, 0.1)]);
        let beside = Beside::all(&bands, &table(0.76, 0.105));
        assert!(!beside[0].within() && beside[1].within());
        assert!((beside[0].off() - 1.2).abs() < 1e-9);
        assert!(Beside::all(&bands, &[]).is_empty());
        // A defect that is nowhere has a band of no width, and is within it when it is nowhere.
        let nowhere = Band::of(&[table(0.7, 0.0), table(0.7, 0.0)]);
        assert!(Beside::all(&nowhere, &table(0.7, 0.0))[1].within());
        assert!(!Beside::all(&nowhere, &table(0.7, 0.1))[1].within());
    }
}
