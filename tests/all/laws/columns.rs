//! Laws of measures of columns, flags and scores.

use drumlin::measure::{AxisMatch, Correlation, TestResult, pearson, quantile};
use ndarray::{Array2, ArrayView2};
use proptest::prelude::*;

use super::{SLACK, close, for_all};

type Pair = (Vec<f64>, Vec<f64>);
type PairMeasure = fn(&[f64], &[f64]) -> Option<f64>;
type BestAxis = fn(&[f64], &[Vec<f64>], Correlation) -> Option<AxisMatch>;

/// Two columns of the same rows, with ties and missing values.
pub(super) fn columns() -> impl Strategy<Value = Pair> {
    let value = || prop_oneof![6 => -1e3..1e3_f64, 3 => (-3..4_i32).prop_map(f64::from), 1 => Just(f64::NAN)];
    prop::collection::vec((value(), value()), 1..60).prop_map(|rows| rows.into_iter().unzip())
}

/// Range of a measure of two columns, and whether it is symmetric. A positive scale never changes
/// it, and a column with itself gives 1, or 0 if it is constant.
#[derive(Clone, Copy)]
pub(super) struct OfColumns {
    low: f64,
    high: f64,
    symmetric: bool,
}

impl OfColumns {
    pub(super) fn new(low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            symmetric: false,
        }
    }

    pub(super) fn symmetric(self) -> Self {
        Self {
            symmetric: true,
            ..self
        }
    }

    pub(super) fn check(self) -> impl Fn(PairMeasure) {
        move |measure| self.holds_for(measure)
    }

    pub(super) fn holds_for(self, measure: impl Fn(&[f64], &[f64]) -> Option<f64>) {
        for_all((columns(), 0.1..10.0_f64), |((x, y), scale)| {
            let value = measure(&x, &y);
            if let Some(value) = value {
                prop_assert!(
                    value >= self.low - SLACK && value <= self.high + SLACK,
                    "{value}"
                );
            }
            if self.symmetric {
                prop_assert!(close(value, measure(&y, &x)), "symmetry");
            }
            let other: Vec<f64> = y.iter().map(|y| scale * y).collect();
            prop_assert!(close(value, measure(&x, &other)), "another unit");
            let own = measure(&x, &x);
            prop_assert!(
                own.is_none_or(|own| (own - 1.0).abs() < 1e-9 || own == 0.0),
                "{own:?}"
            );
            Ok(())
        });
    }
}

pub(super) fn of_best_axis(best: BestAxis) {
    let correlation =
        |x: &[f64], y: &[f64]| Some(best(x, &[y.to_vec()], Correlation::Pearson)?.correlation);
    OfColumns::new(-1.0, 1.0).symmetric().holds_for(correlation);
    for_all(columns(), |(x, y)| {
        prop_assert_eq!(correlation(&x, &y), pearson(&x, &y));
        Ok(())
    });
}

pub(super) fn of_predictions(r_squared: PairMeasure) {
    for_all(columns(), |(x, y)| {
        prop_assert!(r_squared(&x, &x).is_none_or(|own| (own - 1.0).abs() < 1e-9));
        prop_assert!(r_squared(&x, &y).is_none_or(|value| value <= 1.0 || value.is_nan()));
        Ok(())
    });
}

pub(super) fn of_errors(rmse: PairMeasure) {
    for_all(columns(), |(x, y)| {
        prop_assert!(close(rmse(&x, &y), rmse(&y, &x)));
        prop_assert!(rmse(&x, &x).is_none_or(|error| error.abs() < SLACK));
        prop_assert!(rmse(&x, &y).is_none_or(|error| error >= 0.0));
        Ok(())
    });
}

pub(super) fn between_the_ends(of: fn(&[f64]) -> Option<f64>) {
    for_all(columns(), |(x, _)| {
        let ends = quantile(&x, 0.0).zip(quantile(&x, 1.0));
        prop_assert_eq!(of(&x).is_some(), ends.is_some());
        if let Some(((low, high), value)) = ends.zip(of(&x)) {
            prop_assert!(value >= low - 1e-9 && value <= high + 1e-9);
        }
        Ok(())
    });
}

pub(super) fn of_quantiles(quantile: fn(&[f64], f64) -> Option<f64>) {
    for_all((columns(), 0.0..1.0_f64), |((x, _), p)| {
        prop_assert!(quantile(&x, p / 2.0) <= quantile(&x, p));
        prop_assert!(quantile(&x, p) <= quantile(&x, 1.0));
        Ok(())
    });
}

pub(super) fn of_sorted_quantiles(of_sorted: fn(&[f64], f64) -> Option<f64>) {
    for_all((columns(), 0.0..1.0_f64), |((mut x, _), p)| {
        x.retain(|x| x.is_finite());
        x.sort_by(f64::total_cmp);
        prop_assert_eq!(of_sorted(&x, p), quantile(&x, p));
        Ok(())
    });
}

pub(super) fn of_spreads(sd: fn(&[f64]) -> Option<f64>) {
    for_all(columns(), |(x, _)| {
        if let Some((low, high)) = quantile(&x, 0.0).zip(quantile(&x, 1.0)) {
            prop_assert!(sd(&x).is_none_or(|sd| sd >= 0.0 && sd <= high - low + 1e-9));
        }
        Ok(())
    });
}

pub(super) fn of_samples(test: fn(&[f64], &[f64]) -> Option<TestResult>) {
    for_all((columns(), 0.1..10.0_f64), |((x, y), scale)| {
        let found = test(&x, &y);
        prop_assert_eq!(found, test(&y, &x));
        let stretched = |values: &[f64]| values.iter().map(|x| x * scale).collect::<Vec<f64>>();
        prop_assert_eq!(found, test(&stretched(&x), &stretched(&y)));
        let equal = test(&x, &x);
        prop_assert!(equal.is_none_or(|test| test.statistic <= 0.0 && test.p_value >= 1.0));
        let bounded =
            |test: TestResult| test.statistic >= 0.0 && (0.0..=1.0).contains(&test.p_value);
        prop_assert!(found.is_none_or(bounded));
        Ok(())
    });
}

pub(super) fn of_shares(wilson: fn(u64, u64) -> Option<(f64, f64)>) {
    for_all((0..500_u64, 0..500_u64), |(hits, misses)| {
        if let Some((from, to)) = wilson(hits, hits + misses) {
            let share = hits as f64 / (hits + misses) as f64;
            prop_assert!(0.0 <= from && from <= share && share <= to && to <= 1.0);
        }
        Ok(())
    });
}

/// A score reversed against reversed flags has the same area; against the same flags, one minus it.
pub(super) fn both_ways(auc: fn(&[f64], &[bool]) -> Option<f64>) {
    for_all(columns(), |(x, y)| {
        let flags: Vec<bool> = y.iter().map(|y| *y > 0.0).collect();
        let area = auc(&x, &flags);
        let mirrored: Vec<f64> = x.iter().map(|x| -x).collect();
        let others: Vec<bool> = flags.iter().map(|flag| !flag).collect();
        prop_assert!(close(area, auc(&mirrored, &others)));
        prop_assert!(close(area.map(|area| 1.0 - area), auc(&mirrored, &flags)));
        prop_assert!(area.is_none_or(|area| (0.0..=1.0).contains(&area)));
        Ok(())
    });
}

pub(super) fn of_clusters_and_flags(best: fn(&[u32], &[bool]) -> Option<f64>) {
    for_all((columns(), 0..6_u32), |((x, y), turn)| {
        let flags: Vec<bool> = y.iter().map(|y| *y > 0.0).collect();
        let groups: Vec<u32> = x.iter().map(|x| (x.abs() as u32) % 6).collect();
        let value = best(&groups, &flags);
        let renamed: Vec<u32> = groups.iter().map(|group| (group + turn) % 6).collect();
        prop_assert_eq!(value, best(&renamed, &flags));
        prop_assert_eq!(value.is_some(), flags.contains(&true));
        prop_assert!(value.is_none_or(|value| value > 0.0 && value <= 1.0));
        let own: Vec<u32> = flags.iter().map(|flag| u32::from(*flag)).collect();
        prop_assert!(best(&own, &flags).is_none_or(|best| best > 1.0 - SLACK));
        Ok(())
    });
}

pub(super) fn of_points_and_flags(auc: fn(ArrayView2<'_, f64>, usize, &[bool]) -> Option<f64>) {
    for_all((columns(), 1..4_usize), |((x, y), k)| {
        let rows: Vec<usize> = (0..x.len())
            .filter(|row| x[*row].is_finite() && y[*row].is_finite())
            .collect();
        let points = Array2::from_shape_fn((rows.len(), 2), |(row, at)| [&x, &y][at][rows[row]]);
        let flags: Vec<bool> = rows.iter().map(|row| row % 3 == 0).collect();
        let area = auc(points.view(), k, &flags);
        prop_assert!(area.is_none_or(|area| (0.0..=1.0).contains(&area)));
        Ok(())
    });
}
