//! Numbers formatted for people.

use std::fmt::Display;

/// An integer with thousands separators: `40,000`.
pub fn thousands(whole: impl Display) -> String {
    separated(&whole.to_string())
}

/// A number of things: `1 row`, `40,000 rows`.
pub fn quantity(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number))
}

/// Four significant digits: `0.1235`, `9,800`, `1.2e-7`; integers in full.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        return "0".to_owned();
    }
    if !(1e-4..1e12).contains(&size) {
        return format!("{value:.3e}").replace('-', "\u{2212}");
    }
    let whole = size >= 1e4 || (size - size.round()).abs() < f64::EPSILON;
    let digits = if whole {
        separated(&format!("{size:.0}"))
    } else {
        let decimals = (3.0 - size.log10().floor()).clamp(0.0, 7.0) as usize;
        let digits = format!("{size:.decimals$}");
        let digits = if digits.contains('.') {
            digits.trim_end_matches('0').trim_end_matches('.')
        } else {
            &digits
        };
        let (front, back) = digits.split_once('.').unwrap_or((digits, ""));
        let point = if back.is_empty() { "" } else { "." };
        format!("{}{point}{back}", separated(front))
    };
    if value < 0.0 {
        format!("\u{2212}{digits}")
    } else {
        digits
    }
}

/// A share as a percentage; never rounded to 0 % or 100 %.
pub fn percent(value: f64) -> String {
    match value * 100.0 {
        percent if percent <= 0.0 => "0 %".to_owned(),
        percent if percent < 0.1 => "<0.1 %".to_owned(),
        percent if percent >= 100.0 => "100 %".to_owned(),
        percent if percent > 99.9 => ">99.9 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

fn separated(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        assert_eq!(
            [7, 40_966, 1_000_000].map(thousands),
            ["7", "40,966", "1,000,000"]
        );
        assert_eq!(quantity(1, "row"), "1 row");
        assert_eq!(quantity(1_234_567, "row"), "1,234,567 rows");
    }

    #[test]
    fn numbers_have_four_significant_digits() {
        let words = [
            0.0, 40_000.0, 1234.56, 0.123_456, -7.5, 999.95, 1e-9, 81_234.7,
        ]
        .map(number);
        let expected = [
            "0",
            "40,000",
            "1,235",
            "0.1235",
            "−7.5",
            "1,000",
            "1.000e−9",
            "81,235",
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn a_small_share_is_never_rounded_to_zero() {
        assert_eq!(
            [0.0, 1e-5, 0.123, 0.9999, 1.0].map(percent),
            ["0 %", "<0.1 %", "12.3 %", ">99.9 %", "100 %"]
        );
    }
}
