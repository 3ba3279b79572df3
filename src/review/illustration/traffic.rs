//! Delivered rows by day.

use std::ops::Range;

use crate::chart::Axis;
use crate::table::DAY;

use super::rows::Rows;
use super::words::day;

/// Days between names on a time axis.
const TICK_DAYS: u32 = 28;
/// The same where a few weeks are shown.
const TICK_DAYS_NEAR: u32 = 7;

/// The days of a table, counted from its scenario's first.
pub(super) struct Days {
    start: i64,
    count: u32,
    at: Vec<Option<f64>>,
}

impl Days {
    pub(super) fn of(rows: &Rows<'_>) -> Self {
        let plan = &rows.setup.scenario.time;
        let place = |moment: i64| (moment - plan.start) as f64 / DAY as f64;
        let inside = 0.0..f64::from(plan.days);
        Self {
            start: plan.start,
            count: plan.days,
            at: rows
                .moments()
                .into_iter()
                .map(|moment| moment.map(place).filter(|at| inside.contains(at)))
                .collect(),
        }
    }

    /// Day of a row with its fraction; none outside the span.
    pub(super) fn at(&self, row: usize) -> Option<f64> {
        self.at[row]
    }

    /// Day of a moment.
    pub(super) fn place(&self, moment: i64) -> f64 {
        (moment - self.start) as f64 / DAY as f64
    }

    /// The finite values of each day.
    pub(super) fn split(&self, values: &[f64]) -> Vec<Vec<f64>> {
        let mut days = vec![Vec::new(); self.count as usize];
        for (at, value) in self.at.iter().zip(values) {
            if let Some(at) = at.filter(|_| value.is_finite()) {
                days[at as usize].push(*value);
            }
        }
        days
    }

    /// Rows of each day.
    pub(super) fn counts(&self) -> Vec<f64> {
        let ones = vec![1.0; self.at.len()];
        self.split(&ones)
            .iter()
            .map(|day| day.len() as f64)
            .collect()
    }

    /// A time axis with a name every four weeks.
    pub(super) fn axis(&self) -> Axis {
        self.axis_over(0..self.count, TICK_DAYS)
    }

    /// A time axis of the days around `first..end`, at most `around` on either side, with a name
    /// every week; and these days.
    pub(super) fn near(&self, first: u32, end: u32, around: u32) -> (Axis, Range<usize>) {
        let from = first.saturating_sub(around).min(self.count);
        let to = end.saturating_add(around).min(self.count).max(from);
        let axis = self.axis_over(from..to, TICK_DAYS_NEAR);
        (axis, from as usize..to as usize)
    }

    fn axis_over(&self, span: Range<u32>, every: u32) -> Axis {
        let name = |at: u32| (f64::from(at), day(self.start + i64::from(at) * DAY));
        Axis {
            label: String::new(),
            range: Some((
                f64::from(span.start),
                f64::from(span.end.max(span.start + 1)),
            )),
            ticks: (span.start..=span.end)
                .step_by(every as usize)
                .map(name)
                .collect(),
        }
    }
}
