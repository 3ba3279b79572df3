//! How sensitive a recovery is to sampling: influence of each row, and cluster-robust intervals.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::measure::stats::cluster_robust::ClusteredVariance;
use crate::measure::stats::moments::{ordered_sum, sd};

/// A 95 % interval of a recovery.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecoveryInterval {
    /// The lower end; it may be below 0.
    pub low: f64,
    /// The upper end; it may be above 1.
    pub high: f64,
    /// Number of independent units: entities if rows are grouped by entity, or else rows.
    pub units: usize,
    /// The number of independent rows that would give an interval of the same width: the rows over
    /// the design effect, at most all of them.
    pub effective_rows: f64,
}

/// The influence of each row on a recovery: the change of the value per small extra weight on the
/// row, times the number of rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Influence {
    value: f64,
    /// Positions of the rows used, with the influence of each; they add up to 0.
    rows: Vec<(usize, f64)>,
    /// Standard deviation of the value over random answers of the same shape.
    by_chance: f64,
}

impl Influence {
    /// The interval of the value. `units` gives the unit of every row of the two sides, the same
    /// number for rows that are sampled together; without it, rows are independent.
    ///
    /// The variance is that of the infinitesimal jackknife: of sums of influence over units, times
    /// u / (u − 1). It is first-order, so the variance of the value under random answers, times the
    /// square of the design effect, is added; this matters for answers that explain almost nothing.
    /// The ends use Student's t with u − 1 degrees of freedom. No value for fewer than two units.
    ///
    /// Jaeckel (1972), *The infinitesimal jackknife*, Bell Laboratories; for whole units Shah (2004),
    /// doi:10.1002/0471667196.ess0302; design effect and effective size after Kish (1965), *Survey Sampling*.
    pub fn interval(&self, units: Option<&[u32]>) -> Option<RecoveryInterval> {
        let variance = ClusteredVariance::new(&self.rows, units)?;
        let chance = variance.design_effect * self.by_chance;
        let error = libm::sqrt(variance.cluster.max(variance.iid) + chance * chance);
        let reach = variance.half_width(error)?;
        Some(RecoveryInterval {
            low: self.value - reach,
            high: self.value + reach,
            units: variance.units,
            effective_rows: self.rows.len() as f64 / variance.design_effect,
        })
    }

    /// The interval of this value minus another one on the same rows, as of two answers about the
    /// same thing. Influences are subtracted row by row, so it is narrower than the two separate
    /// intervals suggest; the chance variances of the two are added as if they were independent.
    /// None if the rows differ.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Option<Self> {
        let by_row = |one: &Self| {
            let mut rows = one.rows.clone();
            rows.sort_unstable_by_key(|row| row.0);
            rows
        };
        let pairs: Option<Vec<(usize, f64)>> = by_row(self)
            .into_iter()
            .zip(by_row(other))
            .map(|(own, theirs)| (own.0 == theirs.0).then_some((own.0, own.1 - theirs.1)))
            .collect();
        let rows = pairs.filter(|_| self.rows.len() == other.rows.len())?;
        Some(Self {
            value: self.value - other.value,
            rows,
            by_chance: libm::hypot(self.by_chance, other.by_chance),
        })
    }

    /// The value whose influences are recorded.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// For (found − chance) / (everything − chance), from each row's contribution to found and to
    /// everything; `null` are the values of found for random answers.
    pub(super) fn of_parts(value: f64, parts: &[RowContribution], null: &[f64]) -> Self {
        let n = parts.len() as f64;
        let found = ordered_sum(parts.iter().map(|part| part.found)) / n;
        let everything = ordered_sum(parts.iter().map(|part| part.everything)) / n;
        let left = everything - null.iter().sum::<f64>() / null.len() as f64;
        let rows = parts.iter().map(|part| {
            let found = part.found - found;
            (
                part.row,
                (found - value * (part.everything - everything)) / left,
            )
        });
        Self {
            value,
            rows: rows.collect(),
            by_chance: sd(null).unwrap_or(0.0) / left,
        }
    }

    /// For 1 − c (unexplained / all squares), from each row's residual in a centred column.
    pub(super) fn of_residuals(
        value: f64,
        rows: &[usize],
        column: &[f64],
        residuals: &[f64],
        null: &[f64],
    ) -> Self {
        let square = |values: &[f64]| ordered_sum(values.iter().map(|value| value * value));
        let n = rows.len() as f64;
        let (all, rest) = (square(column) / n, square(residuals) / n);
        // 1 − value = c × unexplained / all, for any correction c.
        let scale = if rest > 0.0 {
            (1.0 - value) * all / rest
        } else {
            0.0
        };
        let sides = rows.iter().zip(column.iter().zip(residuals));
        let influence = sides.map(|(row, (value, left))| {
            let (value, left) = (value * value - all, left * left - rest);
            (*row, -scale * (left - rest / all * value) / all)
        });
        Self {
            value,
            rows: influence.collect(),
            by_chance: sd(null).unwrap_or(0.0),
        }
    }

    /// For a ratio of sums over rows; `by_chance` is the ratio under random answers.
    pub(super) fn of_ratio(value: f64, parts: &[RowContribution], by_chance: &[f64]) -> Self {
        let n = parts.len() as f64;
        let below = ordered_sum(parts.iter().map(|part| part.everything)) / n;
        let rows = parts
            .iter()
            .map(|part| (part.row, (part.found - value * part.everything) / below));
        Self {
            value,
            rows: rows.collect(),
            by_chance: sd(by_chance).unwrap_or(0.0),
        }
    }
}

/// A row's contribution to what an answer finds, and to all that can be found.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowContribution {
    pub(super) row: usize,
    pub(super) found: f64,
    pub(super) everything: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::Partition;
    use crate::measure::{Recovery, recover_groups};
    use crate::random::Secret;

    const ROWS: usize = 600;
    const UNITS: usize = 40;

    fn told(truth: &Partition, answer: &Partition) -> (Recovery, Influence) {
        recover_groups(truth, answer, &Secret::demo(4).stream())
    }

    fn partition(codes: &[u32]) -> Partition {
        let names = (0..3).map(|at| at.to_string()).collect();
        Partition::from_codes(codes.iter().copied().map(Some).collect(), names)
    }

    /// Three groups, and two partly correct answers that are mostly right in the same rows; where
    /// they differ, whole units differ.
    fn sides() -> [Vec<u32>; 3] {
        let mut draws = Secret::demo(9).stream().draws();
        let truth: Vec<u32> = (0..ROWS).map(|_| draws.index(3) as u32).collect();
        let mut noisy = |of: &[u32], wrong: &dyn Fn(usize) -> f64| -> Vec<u32> {
            of.iter()
                .enumerate()
                .map(|(row, code)| {
                    if draws.chance(wrong(row % UNITS)) {
                        draws.index(3) as u32
                    } else {
                        *code
                    }
                })
                .collect()
        };
        let base = noisy(&truth, &|_| 0.3);
        let often = |unit: usize| if unit.is_multiple_of(4) { 0.9 } else { 0.0 };
        let (own, other) = (noisy(&base, &|_| 0.02), noisy(&base, &often));
        [truth, own, other]
    }

    #[test]
    fn a_difference_has_the_interval_of_the_jackknife_over_units() {
        let [truth, own, other] = sides();
        let unit = |row: usize| (row % UNITS) as u32;
        let apart = |keep: &dyn Fn(usize) -> bool| {
            let rows: Vec<usize> = (0..ROWS).filter(|row| keep(*row)).collect();
            let of = |codes: &[u32]| {
                partition(&rows.iter().map(|row| codes[*row]).collect::<Vec<u32>>())
            };
            let (own, other) = (
                told(&of(&truth), &of(&own)).1,
                told(&of(&truth), &of(&other)).1,
            );
            own.minus(&other).unwrap()
        };
        let all = apart(&|_| true);
        let left: Vec<f64> = (0..UNITS as u32)
            .map(|out| apart(&|row| unit(row) != out).value())
            .collect();
        let mean = left.iter().sum::<f64>() / UNITS as f64;
        let squares: f64 = left.iter().map(|one| (one - mean) * (one - mean)).sum();
        let error = libm::sqrt(squares * (UNITS - 1) as f64 / UNITS as f64);
        let units: Vec<u32> = (0..ROWS).map(unit).collect();
        let interval = all.interval(Some(&units)).unwrap();
        // Student's t with 39 degrees of freedom.
        let half = (interval.high - interval.low) / 2.0 / 2.023;
        assert!((half / error - 1.0).abs() < 0.1, "{half} {error}");
    }

    #[test]
    fn an_answer_less_itself_is_nothing_and_other_rows_are_refused() {
        let [truth, own, _] = sides();
        let (truth, own) = (partition(&truth), partition(&own));
        let influence = told(&truth, &own).1;
        let nothing = influence.minus(&influence).unwrap();
        assert!(nothing.value().abs() < 1e-12);
        let interval = nothing.interval(None).unwrap();
        assert!(interval.low <= 0.0 && interval.high >= 0.0 && interval.high < 0.05);
        let half = own.pick(&(0..ROWS / 2).collect::<Vec<usize>>());
        let few = truth.pick(&(0..ROWS / 2).collect::<Vec<usize>>());
        assert_eq!(influence.minus(&told(&few, &half).1), None);
    }
}
