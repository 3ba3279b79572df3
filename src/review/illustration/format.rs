//! Formats measured values for display.

use crate::scenario::ColumnKind;
use crate::table::show_time;
use crate::text::{number, percent};

use super::sample_rows::SampleRows;

/// A value of a column with its unit; the mean of a flag as a share.
pub(super) fn value(rows: &SampleRows<'_>, column: &str, value: f64) -> String {
    match unit(rows, column) {
        ShownUnit::Share => percent(value),
        ShownUnit::Named(unit) => format!("{} {unit}", rounded(value)),
        ShownUnit::None => rounded(value),
    }
}

/// From one value of a column to another, with the unit given once.
pub(super) fn span(rows: &SampleRows<'_>, column: &str, from: f64, to: f64) -> String {
    let unit = unit(rows, column);
    let (from, to) = match unit {
        ShownUnit::Share => {
            let bare = |value| percent(value).trim_end_matches(" %").to_owned();
            (bare(from), percent(to))
        }
        _ => with_equal_precision(from, to),
    };
    match unit {
        ShownUnit::Named(unit) => format!("{from} → {to} {unit}"),
        _ => format!("{from} → {to}"),
    }
}

enum ShownUnit {
    Share,
    Named(String),
    None,
}

fn unit(rows: &SampleRows<'_>, column: &str) -> ShownUnit {
    let Some(plan) = rows.plan(column) else {
        return ShownUnit::None;
    };
    match &plan.kind {
        ColumnKind::Flag { .. } => ShownUnit::Share,
        ColumnKind::Category { levels, .. } => {
            ShownUnit::Named(format!("of {} levels", levels.len()))
        }
        _ if plan.unit.is_empty() => ShownUnit::None,
        _ => ShownUnit::Named(plan.unit.clone()),
    }
}

/// Two values to be compared: the larger with three digits, the smaller with at most one more
/// decimal.
fn with_equal_precision(from: f64, to: f64) -> (String, String) {
    let larger = from.abs().max(to.abs());
    let digits = |value: f64, count: f64| {
        let power = libm::log10(value.abs().max(1e-9)).floor();
        (count - 1.0 - power).clamp(0.0, 6.0)
    };
    let most = digits(larger, 3.0);
    let shown = |value: f64| {
        if !value.is_finite() || value.abs() >= 1000.0 {
            return rounded(value);
        }
        let decimals = most.max(digits(value, 2.0).min(most + 1.0));
        let step = libm::pow(10.0, -decimals);
        let whole = (value / step).round();
        if whole.abs() < 0.5 && value.abs() > 0.0 {
            return format!("<{}", number(step));
        }
        number(whole / libm::pow(10.0, decimals))
    };
    (shown(from), shown(to))
}

/// Three significant digits.
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

/// `21 Apr`, from milliseconds.
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
    fn two_values_to_compare_have_equal_precision() {
        let span = |from, to| with_equal_precision(from, to);
        let words = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(span(1.03, 0.002_01), words("1.03", "0.002"));
        assert_eq!(span(0.346, 3.6), words("0.35", "3.6"));
        assert_eq!(span(215.0, 2330.4), words("215", "2,330"));
        assert_eq!(span(0.5, 21_331.2), words("0.5", "21,331"));
        assert_eq!(span(0.000_02, 3.0), words("<0.001", "3"));
        assert_eq!(span(0.0, -4.25), words("0", "−4.25"));
    }

    #[test]
    fn a_day_is_written_with_its_month() {
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
