//! Measured values as a person reads them.

use crate::explore::{number, share};
use crate::table::show_time;

use super::rows::Rows;

/// A value of a column with its unit; a flag's mean is a share.
pub(super) fn value(rows: &Rows<'_>, column: &str, value: f64) -> String {
    let plan = rows.plans.iter().find(|plan| plan.name == column);
    match plan {
        Some(plan) if plan.kind.word() == "flag" => share(value),
        Some(plan) if !plan.unit.is_empty() => format!("{} {}", rounded(value), plan.unit),
        _ => rounded(value),
    }
}

/// From one value of a column to another, the unit once.
pub(super) fn span(rows: &Rows<'_>, column: &str, from: f64, to: f64) -> String {
    let (from, to) = (value(rows, column, from), value(rows, column, to));
    let unit = to.split_once(' ').map_or("", |(_, unit)| unit);
    let bare = from.strip_suffix(unit).unwrap_or(&from).trim_end();
    format!("{bare} → {to}")
}

/// Three digits that count.
pub(super) fn rounded(value: f64) -> String {
    if value.abs() >= 1000.0 || !value.is_finite() {
        return number(value.round());
    }
    let decimals = (2.0 - libm::log10(value.abs().max(1e-9)).floor()).clamp(0.0, 6.0);
    let scale = libm::pow(10.0, decimals);
    number((value * scale).round() / scale)
}

/// `+0.43`, with the typographic minus.
pub(super) fn correlation(value: f64) -> String {
    signed(value, 2)
}

/// `+0.8 sd`
pub(super) fn deviations(value: f64) -> String {
    format!("{} sd", signed(value, 2))
}

fn signed(value: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    if digits.chars().all(|c| c == '0' || c == '.') {
        digits
    } else if value < 0.0 {
        format!("\u{2212}{digits}")
    } else {
        format!("+{digits}")
    }
}

/// `21 Apr`, of a moment in milliseconds.
pub(super) fn day(moment: i64) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let text = show_time(moment);
    let part = |from: usize| text.get(from..from + 2)?.parse::<usize>().ok();
    match (part(5), part(8)) {
        (Some(month @ 1..=12), Some(day)) => format!("{day} {}", MONTHS[month - 1]),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_are_enough() {
        let words = [0.123_456, 12.3456, 123_456.7, 0.0, -1.005].map(rounded);
        assert_eq!(words, ["0.123", "12.3", "123,457", "0", "−1"]);
    }

    #[test]
    fn a_day_is_told_by_its_month() {
        assert_eq!(day(1_772_356_500_250), "1 Mar");
    }

    #[test]
    fn signs_are_typographic_and_zero_has_none() {
        assert_eq!(
            [0.431, -0.2, 0.001].map(correlation),
            ["+0.43", "−0.20", "0.00"]
        );
    }
}
