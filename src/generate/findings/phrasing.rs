//! Lists, directions and dates in words.

use crate::table::{DAY, show_date};
use crate::text::{and_list, in_backticks};

/// A date as people write it: `2026-03-29`, `29 March`, `Mar 29`, `late March`; for a gradual
/// change also the part of the month in which it ends.
pub(super) fn dates(from: i64, ramp_days: f64) -> Vec<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let iso = show_date;
    let parts = |moment: i64| {
        let text = iso(moment);
        let number = |from: usize, to: usize| text.get(from..to).and_then(|t| t.parse().ok());
        let month = number(5, 7).unwrap_or(1_usize).clamp(1, 12);
        (MONTHS[month - 1], number(8, 10).unwrap_or(1_usize))
    };
    let mut dates = vec![iso(from)];
    // People round a date by a day.
    for shift in [-1, 0, 1] {
        let (month, day) = parts(from + shift * DAY);
        let short = &month[..3];
        dates.extend([format!("{day} {month}"), format!("{month} {day}")]);
        dates.extend([format!("{day} {short}"), format!("{short} {day}")]);
    }
    for moment in [from, from + (ramp_days * DAY as f64) as i64] {
        let (month, day) = parts(moment);
        let words: &[&str] = match day {
            1..=10 => &["early", "beginning of", "start of"],
            11..=20 => &["mid", "middle of"],
            _ => &["late", "end of", "last week of"],
        };
        dates.extend(words.iter().map(|word| format!("{word} {month}")));
    }
    dates
}

pub(super) fn names(effects: &[(String, f64)]) -> Vec<String> {
    effects.iter().map(|(name, _)| name.clone()).collect()
}

pub(super) fn words(known: &[&str]) -> Vec<String> {
    known.iter().map(|word| (*word).to_owned()).collect()
}

/// `a, b and c`
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => "several columns".to_owned(),
        names => and_list(&in_backticks(names)),
    }
}

pub(super) fn quoted(texts: &[String]) -> String {
    let one = |text: &String| match text.trim_end() {
        trimmed if trimmed.len() < text.len() => format!("“{text}” (with a space at the end)"),
        _ => format!("“{text}”"),
    };
    let quoted: Vec<String> = texts.iter().map(one).collect();
    quoted.join(" and ")
}

/// `a and b rise, and c falls`
pub(super) fn directions(effects: &[(String, f64)]) -> String {
    sides(effects, ["rises", "rise"], ["falls", "fall"])
}

/// `a and b are high, and c is low`
pub(super) fn levels(effects: &[(String, f64)]) -> String {
    sides(effects, ["is high", "are high"], ["is low", "are low"])
}

/// Columns that go up and columns that go down, each with its verb for one and for many.
fn sides(effects: &[(String, f64)], up: [&str; 2], down: [&str; 2]) -> String {
    let clause = |rising: bool, [one, many]: [&str; 2]| {
        let same = effects
            .iter()
            .filter(|(_, effect)| (*effect > 0.0) == rising);
        let columns: Vec<String> = same.map(|(name, _)| name.clone()).collect();
        let verb = if columns.len() == 1 { one } else { many };
        (!columns.is_empty()).then(|| format!("{} {verb}", listed(&columns)))
    };
    match (clause(true, up), clause(false, down)) {
        (None, None) => "no single column changes much".to_owned(),
        (Some(only), None) | (None, Some(only)) => only,
        (Some(up), Some(down)) => format!("{up}, and {down}"),
    }
}

/// A number as a person writes it: `128,000`, `−1`, `5.5`.
pub(super) fn plain(value: f64) -> String {
    let digits = format!("{}", value.abs());
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len() > 4 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{rest}")
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_below_zero_has_a_typographic_minus() {
        assert_eq!(
            [-1.0, -0.3, 128_000.0, 5.5].map(plain),
            ["\u{2212}1", "\u{2212}0.3", "128,000", "5.5"]
        );
    }
}
