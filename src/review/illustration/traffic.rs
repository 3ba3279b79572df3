//! Delivered rows by day.

use crate::chart::Axis;
use crate::table::DAY;

use super::rows::Rows;
use super::words::day;

/// Days between names on a time axis.
const TICK_DAYS: u32 = 28;

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
        let name = |at: u32| (f64::from(at), day(self.start + i64::from(at) * DAY));
        Axis {
            label: String::new(),
            range: Some((0.0, f64::from(self.count.max(1)))),
            ticks: (0..=self.count)
                .step_by(TICK_DAYS as usize)
                .map(name)
                .collect(),
        }
    }
}
