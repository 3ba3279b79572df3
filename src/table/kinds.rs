//! What type the values of a text column parse as.

use super::{Cells, Text, parse_time};

/// The narrowest type that every value of a text column parses as.
pub(super) fn typed(cells: Cells) -> Cells {
    let Cells::Text(values) = &cells else {
        return cells;
    };
    if values.iter().all(Option::is_none) {
        return cells;
    }
    all(values, as_flag)
        .map(Cells::Flag)
        .or_else(|| all(values, as_whole).map(Cells::Whole))
        .or_else(|| all(values, as_real).map(Cells::Real))
        .or_else(|| all(values, parse_time).map(Cells::Time))
        .unwrap_or(cells)
}

/// The flag that a text parses as.
pub(super) fn as_flag(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// "007" is a code, not seven: parsing it would lose information.
fn is_code(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && !text.contains('.')
}

/// The integer that a text parses as.
pub(super) fn as_whole(text: &str) -> Option<i64> {
    if is_code(text) {
        return None;
    }
    text.parse().ok()
}

/// The finite number that a text parses as.
pub(super) fn as_real(text: &str) -> Option<f64> {
    let value: Option<f64> = (!is_code(text)).then(|| text.parse().ok()).flatten();
    value.filter(|x| x.is_finite())
}

fn all<T>(values: &[Option<Text>], parse: impl Fn(&str) -> Option<T>) -> Option<Vec<Option<T>>> {
    values
        .iter()
        .map(|value| match value {
            None => Some(None),
            Some(text) => parse(text).map(Some),
        })
        .collect()
}
