//! Cluster-robust variance: errors of means when whole units (all rows of an entity) are sampled,
//! not rows.

use super::beta::{incomplete_beta, student_quantile};
use super::interval::{Interval, TAIL};
use super::moments::ordered_sum;

/// Variance of a value from the influence of rows, summed over units.
pub(in crate::measure) struct ClusteredVariance {
    /// Number of units.
    pub(in crate::measure) units: usize,
    /// Variance of the value when units are drawn, by u / (u − 1).
    pub(in crate::measure) cluster: f64,
    /// Variance when rows are drawn.
    pub(in crate::measure) iid: f64,
    /// Ratio of the two (the design effect), before the correction for few units; at least 1.
    pub(in crate::measure) design_effect: f64,
}

impl ClusteredVariance {
    /// From the influence of rows (times their number), which adds up to 0. `units` gives the unit
    /// of each row; without it rows are independent. No value for fewer than two units.
    pub(in crate::measure) fn new(
        influence: &[(usize, f64)],
        units: Option<&[u32]>,
    ) -> Option<Self> {
        let n = influence.len() as f64;
        let square = |sum: &f64| sum * sum;
        let rows: Vec<f64> = influence.iter().map(|row| row.1).collect();
        let iid = ordered_sum(rows.iter().map(square)) / (n * n);
        let sums = match units {
            None => rows,
            Some(units) => {
                let mut moved: Vec<(u32, f64)> =
                    influence.iter().map(|row| (units[row.0], row.1)).collect();
                // Sorted by value, so that row order does not change a bit of the result.
                moved.sort_unstable_by(|one, other| {
                    one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
                });
                moved
                    .chunk_by(|one, other| one.0 == other.0)
                    .map(|unit| unit.iter().map(|row| row.1).sum())
                    .collect()
            }
        };
        let count = sums.len();
        let squares = ordered_sum(sums.iter().map(square)) / (n * n);
        (count > 1).then(|| Self {
            units: count,
            cluster: squares * count as f64 / (count - 1) as f64,
            iid,
            // If rows within units differ more than rows overall, treat rows as independent.
            design_effect: if iid > 0.0 {
                (squares / iid).max(1.0)
            } else {
                1.0
            },
        })
    }

    /// Half width of the 95 % interval of a value with this standard error: Student's t with u − 1
    /// degrees of freedom.
    pub(in crate::measure) fn half_width(&self, error: f64) -> Option<f64> {
        Some(student_quantile(1.0 - TAIL, (self.units - 1) as f64)? * error)
    }
}

/// The mean of some rows compared with that of the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanDifference {
    /// The mean inside.
    pub inside: f64,
    /// The mean outside.
    pub outside: f64,
    /// Inside less outside, with its interval.
    pub difference: Interval,
    /// The probability of a difference at least this large if there were none: two-sided, by
    /// Student's t with one degree of freedom fewer than there are units.
    pub p_value: f64,
}

/// The difference between the mean of `values` inside some rows and outside, when whole units are
/// sampled: the least-squares slope of one indicator, with the cluster-robust variance times u / (u
/// − 1). `units` gives the unit of every row; without it rows are independent. Values that are not
/// finite are ignored. No value when either side is empty, there are fewer than two units, or
/// nothing varies.
///
/// Liang & Zeger (1986), doi:10.1093/biomet/73.1.13.
///
/// ```
/// use drumlin::measure::mean_difference;
/// let values = [1.0, 2.0, 3.0, 5.0, 6.0, 7.0];
/// let inside = [false, false, false, true, true, true];
/// let found = mean_difference(&values, &inside, None).unwrap();
/// assert_eq!((found.inside, found.outside, found.difference.value), (6.0, 2.0, 4.0));
/// let whole = mean_difference(&values, &inside, Some(&[1, 1, 1, 2, 3, 4])).unwrap();
/// assert!(whole.p_value > found.p_value);
/// ```
///
/// # Panics
/// When the three differ in length: the caller aligns them by row id.
pub fn mean_difference(
    values: &[f64],
    inside: &[bool],
    units: Option<&[u32]>,
) -> Option<MeanDifference> {
    assert_eq!(values.len(), inside.len(), "values and sides of other rows");
    if let Some(units) = units {
        assert_eq!(values.len(), units.len(), "values and units of other rows");
    }
    let rows: Vec<usize> = (0..values.len())
        .filter(|row| values[*row].is_finite())
        .collect();
    let side = |within: bool| {
        let here = rows.iter().filter(|row| inside[**row] == within);
        let values: Vec<f64> = here.map(|row| values[*row]).collect();
        let count = values.len() as f64;
        (count > 0.0).then(|| (ordered_sum(values.into_iter()) / count, count))
    };
    let ((within, some), (without, others)) = (side(true)?, side(false)?);
    let n = rows.len() as f64;
    let influence: Vec<(usize, f64)> = rows
        .iter()
        .map(|row| {
            let (mean, share) = if inside[*row] {
                (within, n / some)
            } else {
                (without, -n / others)
            };
            (*row, share * (values[*row] - mean))
        })
        .collect();
    let variance = ClusteredVariance::new(&influence, units)?;
    let value = within - without;
    let error = libm::sqrt(variance.cluster);
    let reach = variance.half_width(error)?;
    let (t, freedom) = (value / error, (variance.units - 1) as f64);
    Some(MeanDifference {
        inside: within,
        outside: without,
        difference: Interval {
            value,
            error,
            low: value - reach,
            high: value + reach,
        },
        p_value: (error > 0.0)
            .then(|| incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5))??,
    })
}
