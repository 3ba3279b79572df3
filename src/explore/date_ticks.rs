//! Round dates and times for a time axis.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta};

use crate::table::DAY;

/// At most about five round times between two times, in milliseconds since 1970, with their labels.
pub(super) fn ticks(from: f64, to: f64) -> Vec<(f64, String)> {
    let moment = |at: f64| DateTime::from_timestamp_millis(at as i64).map(|m| m.naive_utc());
    let (Some(first), Some(last)) = (moment(from), moment(to)) else {
        return Vec::new();
    };
    let days = (to - from) / DAY as f64;
    let Some(start) = first.date().and_hms_opt(0, 0, 0) else {
        return Vec::new();
    };
    if days < 2.5 {
        let hours = [1, 2, 3, 6, 12]
            .into_iter()
            .find(|h| days * 24.0 / f64::from(*h) <= 5.0);
        let step = TimeDelta::hours(i64::from(hours.unwrap_or(12)));
        walk(start, first, last, "%-d %b %H:%M", |m| {
            m.checked_add_signed(step)
        })
    } else if days < 75.0 {
        let step = [1, 2, 7, 14]
            .into_iter()
            .find(|d| days / f64::from(*d) <= 5.0);
        let step = TimeDelta::days(i64::from(step.unwrap_or(14)));
        walk(start, first, last, "%-d %b", |m| m.checked_add_signed(step))
    } else {
        let months = days / 30.4;
        let step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400]
            .into_iter()
            .find(|m| months / f64::from(*m) <= 5.0)
            .unwrap_or(12_000);
        let words = if step < 12 { "%b %Y" } else { "%Y" };
        let january =
            NaiveDate::from_ymd_opt(first.year(), 1, 1).and_then(|d| d.and_hms_opt(0, 0, 0));
        walk(january.unwrap_or(start), first, last, words, |m| {
            m.checked_add_months(Months::new(step))
        })
    }
}

fn walk(
    start: NaiveDateTime,
    first: NaiveDateTime,
    last: NaiveDateTime,
    words: &str,
    next: impl Fn(NaiveDateTime) -> Option<NaiveDateTime>,
) -> Vec<(f64, String)> {
    std::iter::successors(Some(start), |moment| next(*moment))
        .take_while(|moment| *moment <= last)
        // A day has at most 24 ticks, and a year at most 12 before the first time of the data.
        .take(60)
        .filter(|moment| *moment >= first)
        .map(|moment| {
            (
                moment.and_utc().timestamp_millis() as f64,
                moment.format(words).to_string(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_round_and_few() {
        let from = 1_772_356_500_250.0;
        for days in [0.01, 0.5, 1.0, 3.0, 20.0, 120.0, 700.0, 20_000.0] {
            let found = ticks(from, from + days * DAY as f64);
            assert!(found.len() <= 7, "{days}: {found:?}");
        }
        let words: Vec<String> = ticks(from, from + 120.0 * DAY as f64)
            .into_iter()
            .map(|t| t.1)
            .collect();
        assert_eq!(words, ["Apr 2026", "May 2026", "Jun 2026"]);
        assert!(ticks(f64::MIN, f64::MAX).is_empty());
    }
}
