//! Parity: bundles of one round must be equally difficult.
//!
//! Candidates of one round get different rows of the same world. By chance, a structure may be
//! weaker in one table than in another, or a defect more frequent. A few reference tables are
//! therefore drawn first, and a bundle outside their range is redrawn.

use crate::bundle::{BandComparison, DifficultyBand, DifficultyMeasure};
use crate::measure::{mean, sd};

/// Number of reference tables.
pub(crate) const REFERENCES: usize = 6;
/// Most draws of one bundle. If none is within every band, the closest one is kept and reported.
pub const MOST_DRAWS: u32 = 20;
/// Smallest half-width of a band of recovery or F1.
const WIDTH: f64 = 0.05;
/// Smallest half-width of a band of a rate, as a share of the rate.
const RELATIVE: f64 = 0.10;
/// Minimum half-width of a band in standard deviations of the references: with two, sixteen bundles
/// of 3,000 rows took forty draws, and none more than ten.
const DEVIATIONS: f64 = 2.0;

/// A number that measures how hard one finding is in one table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DifficultyValue {
    /// Id of the finding or of the planted instance.
    pub(crate) of: String,
    /// The quantity.
    pub(crate) what: DifficultyMeasure,
    /// The number.
    pub(crate) value: f64,
}

/// Bands from the numbers of several tables, for every number that all of them have, in the order
/// of the first one.
///
/// The half-width is 0.05 (for a rate 10 % of its mean), or two standard deviations of the tables
/// if that is larger.
pub(crate) fn difficulty_bands(tables: &[Vec<DifficultyValue>]) -> Vec<DifficultyBand> {
    let bands = tables.first().into_iter().flatten().filter_map(|one| {
        let same = |other: &&DifficultyValue| other.of == one.of && other.what == one.what;
        let values: Option<Vec<f64>> = tables
            .iter()
            .map(|table| Some(table.iter().find(same)?.value))
            .collect();
        let values = values?;
        let mean = mean(&values)?;
        let least = match one.what {
            DifficultyMeasure::Recovery | DifficultyMeasure::DecoyStrength => WIDTH,
            DifficultyMeasure::Rate => RELATIVE * mean,
        };
        // A single table has no standard deviation.
        let deviation = sd(&values).unwrap_or(0.0);
        Some(DifficultyBand {
            of: one.of.clone(),
            what: one.what,
            mean,
            width: least.max(DEVIATIONS * deviation),
        })
    });
    bands.collect()
}

/// How far a bundle is outside the bands of its round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BandDeviation {
    /// Number of values outside their band.
    pub(crate) outside: usize,
    /// The largest distance in widths of a band, among bands with a width.
    pub(crate) most: f64,
}

impl BandDeviation {
    /// For all numbers of one bundle.
    pub(crate) fn of(beside: &[BandComparison]) -> Self {
        let off = beside.iter().map(BandComparison::deviation);
        Self {
            outside: beside.iter().filter(|one| !one.within()).count(),
            most: off.filter(|off| off.is_finite()).fold(0.0, f64::max),
        }
    }

    /// Whether it is closer than another: fewer values outside, or equally many and a smaller
    /// distance.
    pub(crate) fn less(&self, other: &Self) -> bool {
        (self.outside, self.most) < (other.outside, other.most)
    }
}

/// The values of one table with the bands of its round; values without a band are omitted.
pub(crate) fn compare_with_bands(
    bands: &[DifficultyBand],
    table: &[DifficultyValue],
) -> Vec<BandComparison> {
    let beside = bands.iter().filter_map(|band| {
        let same = |one: &&DifficultyValue| one.of == band.of && one.what == band.what;
        let value = table.iter().find(same)?.value;
        Some(BandComparison {
            band: band.clone(),
            value,
        })
    });
    beside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(recovery: f64, rate: f64) -> Vec<DifficultyValue> {
        let measured = |of: &str, what, value| DifficultyValue {
            of: of.to_owned(),
            what,
            value,
        };
        vec![
            measured("tempo", DifficultyMeasure::Recovery, recovery),
            measured("d1", DifficultyMeasure::Rate, rate),
        ]
    }

    #[test]
    fn bands_are_as_wide_as_asked_or_as_chance_makes_them() {
        let steady = difficulty_bands(&[table(0.70, 0.1), table(0.70, 0.1), table(0.70, 0.1)]);
        assert!((steady[0].width - 0.05).abs() < 1e-12);
        assert!((steady[1].width - 0.01).abs() < 1e-12);
        let loose = difficulty_bands(&[table(0.6, 0.1), table(0.7, 0.2), table(0.8, 0.3)]);
        assert!((loose[0].mean - 0.7).abs() < 1e-12 && (loose[0].width - 0.2).abs() < 1e-12);
        assert!((loose[1].width - 0.2).abs() < 1e-12);
        assert!(difficulty_bands(&[]).is_empty());
    }

    #[test]
    fn fewer_numbers_outside_are_nearer() {
        let bands = difficulty_bands(&[table(0.70, 0.0), table(0.70, 0.0)]);
        let off =
            |recovery, rate| BandDeviation::of(&compare_with_bands(&bands, &table(recovery, rate)));
        assert_eq!(off(0.72, 0.0).outside, 0);
        // The rate's band has no width, so distances are infinite, and still one is nearer.
        assert_eq!(off(0.76, 0.1).outside, 2);
        assert!(off(0.70, 0.1).less(&off(0.76, 0.1)) && off(0.76, 0.1).less(&off(0.79, 0.1)));
    }

    #[test]
    fn a_number_that_one_table_lacks_has_no_band() {
        let mut lacking = table(0.70, 0.1);
        lacking.pop();
        assert_eq!(difficulty_bands(&[table(0.70, 0.1), lacking]).len(), 1);
    }

    #[test]
    fn a_bundle_outside_a_band_is_told() {
        let bands = difficulty_bands(&[table(0.70, 0.1), table(0.70, 0.1)]);
        let beside = compare_with_bands(&bands, &table(0.76, 0.105));
        assert!(!beside[0].within() && beside[1].within());
        assert!((beside[0].deviation() - 1.2).abs() < 1e-9);
        assert!(compare_with_bands(&bands, &[]).is_empty());
        // A defect that never occurs has a band without width, and is within it if it does not
        // occur.
        let nowhere = difficulty_bands(&[table(0.7, 0.0), table(0.7, 0.0)]);
        assert!(compare_with_bands(&nowhere, &table(0.7, 0.0))[1].within());
        assert!(!compare_with_bands(&nowhere, &table(0.7, 0.1))[1].within());
    }
}
