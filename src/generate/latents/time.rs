//! When rows happen: a daily and a weekly rhythm, growth, and promotion days.

use crate::scenario::TimePlan;
use crate::table::{DAY, HOUR};

use crate::generate::world::BenignAnomaly;

/// Traffic on a closed day, relative to other days.
const CLOSED: f64 = 0.03;

/// The traffic of a world as a quantile function: from (0, 1) to moments.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    start: i64,
    days: u32,
    /// Cumulative share of rows before each hour of the time span; one entry more than hours.
    before: Vec<f64>,
    /// Cumulative share of a day's rows before each hour, then 1.
    daily: Vec<f64>,
}

impl Clock {
    pub(crate) fn new(plan: &TimePlan, benign: &BenignAnomaly) -> Self {
        let mut before = vec![0.0];
        let mut sum = 0.0;
        let first_weekday = weekday(plan.start);
        for day in 0..plan.days {
            let age = f64::from(day) / f64::from(plan.days.max(2) - 1);
            let growth = 1.0 + (plan.growth - 1.0) * age;
            let weekday = plan.weekdays[(first_weekday + day as usize) % 7];
            let promotion = if benign.days.contains(&day) {
                benign.size
            } else {
                1.0
            };
            let open = if plan.closed.contains(&day) {
                CLOSED
            } else {
                1.0
            };
            for hour in &plan.hours {
                sum += growth * weekday * promotion * open * hour;
                before.push(sum);
            }
        }
        for share in &mut before {
            *share /= sum;
        }
        let whole: f64 = plan.hours.iter().sum();
        let mut daily = vec![0.0];
        let mut sum = 0.0;
        for hour in &plan.hours {
            sum += hour / whole;
            daily.push(sum);
        }
        Self {
            start: plan.start,
            days: plan.days,
            before,
            daily,
        }
    }

    /// The moments at cumulative shares of rows, which are sorted.
    pub(crate) fn moments(&self, shares: &[f64]) -> Vec<i64> {
        let first = shares.first().copied().unwrap_or_default();
        // Walking from hour to hour is faster than a search per row.
        let mut hour = self.before.partition_point(|share| *share <= first);
        let moment = |u: &f64| {
            while self.before.get(hour).is_some_and(|share| share <= u) {
                hour += 1;
            }
            self.moment(*u, hour.max(1) - 1)
        };
        shares.iter().map(moment).collect()
    }

    /// The moment at the cumulative share `u`, which is in hour `hour` or the last one.
    fn moment(&self, u: f64, hour: usize) -> i64 {
        let hour = hour.min(self.before.len() - 2);
        let width = self.before[hour + 1] - self.before[hour];
        let inside = if width > 0.0 {
            (u - self.before[hour]) / width
        } else {
            0.5
        };
        self.start + hour as i64 * HOUR + (inside * HOUR as f64) as i64
    }

    /// The moment `days` of working time after another one. Working time passes in proportion to
    /// traffic, so nights are short. Never before `moment`.
    pub(crate) fn later(&self, moment: i64, days: f64) -> i64 {
        let (day, inside) = (moment.div_euclid(DAY), moment.rem_euclid(DAY));
        let hour = (inside / HOUR) as usize;
        let part = (inside % HOUR) as f64 / HOUR as f64;
        let worked = self.daily[hour] + part * (self.daily[hour + 1] - self.daily[hour]);
        let place = worked + days;
        let (whole, rest) = (place.floor(), place - place.floor());
        let hour = self
            .daily
            .partition_point(|share| *share <= rest)
            .clamp(1, 24)
            - 1;
        let width = self.daily[hour + 1] - self.daily[hour];
        let part = if width > 0.0 {
            (rest - self.daily[hour]) / width
        } else {
            0.0
        };
        let inside = ((hour as f64 + part) * HOUR as f64) as i64;
        ((day + whole as i64) * DAY + inside).max(moment)
    }

    /// Share of rows of each day.
    pub(crate) fn day_shares(&self) -> Vec<f64> {
        let days = self.before.windows(25).step_by(24);
        days.map(|hours| hours[24] - hours[0]).collect()
    }

    /// The first day, in milliseconds since 1970.
    pub(crate) fn start(&self) -> i64 {
        self.start
    }

    /// Position of a moment in the time span, from 0 to 1.
    pub(crate) fn age(&self, moment: i64) -> f64 {
        (moment - self.start) as f64 / (i64::from(self.days) * DAY) as f64
    }
}

/// 0 is Monday.
pub(crate) fn weekday(moment: i64) -> usize {
    // 1970-01-01 was a Thursday.
    (moment.div_euclid(DAY) + 3).rem_euclid(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::BenignKind;

    #[test]
    fn working_time_nearly_stops_at_night() {
        let mut hours = vec![0.0; 24];
        hours[9..17].fill(1.0);
        let plan = TimePlan {
            start: 0,
            days: 30,
            hours,
            weekdays: vec![1.0; 7],
            growth: 1.0,
            closed: Vec::new(),
        };
        let clock = Clock::new(
            &plan,
            &BenignAnomaly {
                kind: BenignKind::Whales,
                name: String::new(),
                about: String::new(),
                days: Vec::new(),
                entities: Vec::new(),
                size: 1.0,
            },
        );
        // An eighth of a day is one working hour; an eighth after closing time is the next morning.
        assert_eq!(clock.later(10 * HOUR, 0.125), 11 * HOUR);
        assert_eq!(clock.later(16 * HOUR, 0.25), DAY + 10 * HOUR);
        assert_eq!(clock.later(20 * HOUR, 0.125), DAY + 10 * HOUR);
    }

    #[test]
    fn weekdays_count_from_monday() {
        // 2026-02-02 was a Monday.
        assert_eq!(weekday(1_769_990_400_000), 0);
        assert_eq!(weekday(0), 3);
    }
}
