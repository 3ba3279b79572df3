//! How well a flag finds what was planted.

use serde::{Deserialize, Serialize};

use crate::random::normal_quantile;

/// Counts of flagged and planted rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Detection {
    /// Planted and flagged.
    pub found: u64,
    /// Flagged, but not planted.
    pub false_alarms: u64,
    /// Planted, but not flagged.
    pub missed: u64,
}

/// Confidence of [`wilson`]: the usual 95 %.
const CONFIDENCE: f64 = 0.95;

impl Detection {
    /// From one flag per row: planted or not, flagged or not.
    ///
    /// ```
    /// use drumlin::measure::Detection;
    /// let seen = Detection::of([(true, true), (true, false), (false, false)]);
    /// assert_eq!((seen.found, seen.missed, seen.precision()), (1, 1, Some(1.0)));
    /// ```
    pub fn of(rows: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut counts = Self::default();
        for (planted, flagged) in rows {
            counts.found += u64::from(planted && flagged);
            counts.false_alarms += u64::from(!planted && flagged);
            counts.missed += u64::from(planted && !flagged);
        }
        counts
    }

    /// Precision: the share of flagged rows that were planted; no value when none was flagged.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.found as f64, (self.found + self.false_alarms) as f64)
    }

    /// F1, the harmonic mean of precision and recall: from 0 to 1, symmetric in planted and
    /// flagged. No value when no row was planted or flagged.
    ///
    /// ```
    /// use drumlin::measure::Detection;
    /// let seen = Detection { found: 8, false_alarms: 2, missed: 8 };
    /// assert!((seen.f1().unwrap() - 8.0 / 13.0).abs() < 1e-15);
    /// ```
    pub fn f1(&self) -> Option<f64> {
        let hits = 2.0 * self.found as f64;
        ratio(hits, hits + self.missed as f64 + self.false_alarms as f64)
    }
}

/// Wilson's 95 % interval for a share: from and to.
///
/// Unlike the textbook interval, it stays within 0 to 1 and keeps its coverage at the ends, where
/// detection rates usually lie: 5 of 5 is 57 % to 100 %, not 100 % to 100 %. No value when `of` is
/// 0; hits above `of` count as `of`.
///
/// Wilson (1927), doi:10.1080/01621459.1927.10502953.
///
/// ```
/// let (from, to) = drumlin::measure::wilson(5, 5).unwrap();
/// assert!((from - 0.5655175).abs() < 1e-6 && to == 1.0);
/// ```
pub fn wilson(hits: u64, of: u64) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let n = of as f64;
    let share = hits.min(of) as f64 / n;
    let z = normal_quantile(f64::midpoint(1.0, CONFIDENCE));
    let scale = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / scale;
    let half = z / scale * libm::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    // At the ends the bound is exact; rounding would move it slightly inside.
    let from = if hits == 0 {
        0.0
    } else {
        (centre - half).max(0.0)
    };
    let to = if hits >= of {
        1.0
    } else {
        (centre + half).min(1.0)
    };
    Some((from, to))
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_planted_and_nothing_flagged_has_no_ratio() {
        let nothing = Detection::of([(false, false); 4]);
        assert_eq!(nothing.precision(), None);
        assert_eq!(nothing.f1(), None);
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn missing_everything_is_zero_not_absent() {
        let missed = Detection {
            found: 0,
            false_alarms: 0,
            missed: 3,
        };
        assert_eq!(missed.f1(), Some(0.0));
    }

    #[test]
    fn the_interval_is_a_mirror() {
        let (low_from, low_to) = wilson(3, 10).unwrap();
        let (high_from, high_to) = wilson(7, 10).unwrap();
        assert!((low_from + high_to - 1.0).abs() < 1e-15);
        assert!((low_to + high_from - 1.0).abs() < 1e-15);
    }
}
