//! How well a flag finds what was planted.

use serde::{Deserialize, Serialize};

use crate::random::normal_quantile;

use super::beta::beta_quantile;

/// What a flag found, raised for nothing, and missed.
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
    /// assert_eq!((seen.precision(), seen.recall()), (Some(1.0), Some(0.5)));
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

    /// Recall: the share of planted rows that were flagged; no value when none was planted.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.found as f64, (self.found + self.missed) as f64)
    }

    /// F1, the harmonic mean of precision and recall: from 0 to 1, symmetric in planted and
    /// flagged. No value when nothing was planted and nothing flagged.
    ///
    /// ```
    /// use drumlin::measure::Detection;
    /// let seen = Detection { found: 8, false_alarms: 2, missed: 8 };
    /// assert!((seen.f1().unwrap() - 8.0 / 13.0).abs() < 1e-15);
    /// ```
    pub fn f1(&self) -> Option<f64> {
        self.f_beta(1.0)
    }

    /// Jaccard's index: of the rows planted or flagged, the share that is both.
    ///
    /// From 0 to 1, symmetric in planted and flagged, never above F1. No value when nothing was
    /// planted and nothing flagged. Jaccard (1912), doi:10.1111/j.1469-8137.1912.tb05611.x.
    ///
    /// ```
    /// use drumlin::measure::Detection;
    /// let seen = Detection { found: 8, false_alarms: 2, missed: 6 };
    /// assert_eq!(seen.jaccard(), Some(0.5));
    /// ```
    pub fn jaccard(&self) -> Option<f64> {
        let either = self.found + self.false_alarms + self.missed;
        ratio(self.found as f64, either as f64)
    }

    /// φ, the correlation of planted and flagged (Matthews' coefficient), among `rows` rows in all.
    ///
    /// From −1 (flagged is what was not planted) to 1; 0 is what unrelated flags get. Symmetric. No
    /// value when all or none of the rows were planted, or flagged: a constant has no correlation
    /// (scikit-learn writes 0). Fewer `rows` than were planted or flagged count as those.
    ///
    /// Matthews (1975), doi:10.1016/0005-2795(75)90109-9.
    ///
    /// ```
    /// use drumlin::measure::Detection;
    /// let seen = Detection { found: 1, false_alarms: 1, missed: 1 };
    /// assert_eq!(seen.phi(4), Some(0.0));
    /// ```
    pub fn phi(&self, rows: u64) -> Option<f64> {
        let [found, false_alarms, missed, rest] = self.quarters(rows);
        let planted = (found + missed) * (false_alarms + rest);
        let flagged = (found + false_alarms) * (missed + rest);
        let shared = found * rest - false_alarms * missed;
        let phi = ratio(shared, libm::sqrt(planted) * libm::sqrt(flagged))?;
        Some(phi.clamp(-1.0, 1.0))
    }

    /// Balanced accuracy among `rows` rows in all: the mean of recall and of the share of rows not
    /// planted that were left alone.
    ///
    /// From 0 to 1; ½ is what flagging nothing, everything or at random gets, however rare the
    /// planted are. No value when all or none of the rows were planted. `rows` as in
    /// [`Detection::phi`].
    ///
    /// Brodersen et al. (2010), doi:10.1109/ICPR.2010.764.
    ///
    /// ```
    /// use drumlin::measure::Detection;
    /// let seen = Detection { found: 1, false_alarms: 0, missed: 1 };
    /// assert_eq!(seen.balanced_accuracy(100), Some(0.75));
    /// ```
    pub fn balanced_accuracy(&self, rows: u64) -> Option<f64> {
        let [_, false_alarms, _, rest] = self.quarters(rows);
        Some(f64::midpoint(
            self.recall()?,
            ratio(rest, false_alarms + rest)?,
        ))
    }

    /// Found, raised for nothing, missed, and rightly left alone.
    fn quarters(&self, rows: u64) -> [f64; 4] {
        let rest = rows.saturating_sub(self.found + self.false_alarms + self.missed);
        [self.found, self.false_alarms, self.missed, rest].map(|count| count as f64)
    }

    /// F with recall counting `beta` times as much as precision.
    ///
    /// Van Rijsbergen, *Information Retrieval* (1979), chapter 7.
    pub fn f_beta(&self, beta: f64) -> Option<f64> {
        let weight = beta * beta;
        let hits = (1.0 + weight) * self.found as f64;
        ratio(
            hits,
            hits + weight * self.missed as f64 + self.false_alarms as f64,
        )
    }
}

/// Clopper and Pearson's 95 % interval for a share: from and to.
///
/// The exact one: it covers the share in at least 95 % of samples, whatever the share, and pays
/// for the promise with width; [`wilson`] is the better default. No value when `of` is 0; hits
/// past `of` count as `of`.
///
/// Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404.
///
/// ```
/// let (from, to) = drumlin::measure::clopper_pearson(5, 5).unwrap();
/// assert!((from - 0.025_f64.powf(0.2)).abs() < 1e-14 && to == 1.0);
/// ```
pub fn clopper_pearson(hits: u64, of: u64) -> Option<(f64, f64)> {
    const TAIL: f64 = (1.0 - CONFIDENCE) / 2.0;
    if of == 0 {
        return None;
    }
    let (hits, of) = (hits.min(of) as f64, of as f64);
    let from = if hits > 0.0 {
        beta_quantile(TAIL, hits, of - hits + 1.0)?
    } else {
        0.0
    };
    let to = if hits < of {
        beta_quantile(1.0 - TAIL, hits + 1.0, of - hits)?
    } else {
        1.0
    };
    Some((from, to))
}

/// Wilson's 95 % interval for a share: from and to.
///
/// Unlike the textbook interval it stays inside 0 to 1 and keeps its coverage at the ends, where
/// detections live: 5 of 5 is 57 % to 100 %, not 100 % to 100 %. No value when `of` is 0; hits
/// past `of` count as `of`.
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
    // At the ends the bound is exact; rounding would leave it a hair inside.
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
        assert_eq!(nothing.recall(), None);
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
        assert_eq!(missed.recall(), Some(0.0));
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
