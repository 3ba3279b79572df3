//! Writing and reading times.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};

/// The day of a time: `2026-03-01`.
pub fn show_date(milliseconds: i64) -> String {
    show_time(milliseconds).chars().take(10).collect()
}

/// The month of a time, counted from 0, and the position of its day within the month, from 0 to 1.
pub fn in_month(milliseconds: i64) -> (usize, f64) {
    let Some(moment) = DateTime::from_timestamp_millis(milliseconds) else {
        return (0, 0.0);
    };
    let day = moment.date_naive();
    let days = f64::from(day.num_days_in_month());
    (day.month0() as usize, (f64::from(day.day()) - 0.5) / days)
}

/// `2026-03-01T09:15:00.250`, from milliseconds since 1970-01-01T00:00:00 UTC.
pub fn show_time(milliseconds: i64) -> String {
    let Some(moment) = DateTime::from_timestamp_millis(milliseconds) else {
        return format!("{milliseconds} ms");
    };
    // Four times as fast as parsing a format string for each time, and a defect of written dates
    // formats every one.
    let (day, time) = (moment.date_naive(), moment.time());
    if !(0..=9999).contains(&day.year()) {
        return moment.format("%Y-%m-%dT%H:%M:%S%.3f").to_string();
    }
    let mut text = String::with_capacity(23);
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}",
        day.year(),
        day.month(),
        day.day(),
        time.hour(),
        time.minute(),
        time.second(),
        milliseconds.rem_euclid(1000)
    );
    text
}

/// A day in milliseconds, the unit of times.
pub const DAY: i64 = 86_400_000;
/// An hour in milliseconds.
pub const HOUR: i64 = 3_600_000;

/// Milliseconds since 1970-01-01T00:00:00 UTC, from a date or date-time in the usual ISO spellings
/// (space or `T`, with or without a fraction, `Z` or an offset).
pub fn parse_time(text: &str) -> Option<i64> {
    let text = text.trim();
    // Reject cheaply first: this runs on every text cell of an unknown file.
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.timestamp_millis());
    }
    let plain = text.trim_end_matches('Z');
    for format in [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M",
    ] {
        if let Ok(moment) = NaiveDateTime::parse_from_str(plain, format) {
            return Some(moment.and_utc().timestamp_millis());
        }
    }
    chrono::NaiveDate::parse_from_str(plain, "%Y-%m-%d")
        .ok()
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map(|moment| moment.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_back_as_they_were_written() {
        let moment = 1_772_356_500_250;
        assert_eq!(show_time(moment), "2026-03-01T09:15:00.250");
        assert_eq!(parse_time(&show_time(moment)), Some(moment));
        assert_eq!(parse_time("2026-03-01 09:15:00.250"), Some(moment));
        assert_eq!(parse_time("2026-03-01T11:15:00.250+02:00"), Some(moment));
        assert_eq!(parse_time("2026-03-01"), Some(1_772_323_200_000));
        assert_eq!(parse_time("12-3456-789"), None);
        assert_eq!(parse_time("2026-13-01"), None);
    }
}
