//! Equality of cells regardless of the program that wrote them.

use crate::table::{Cell, Cells, parse_time};

/// Programs that store numbers in 32 bits, or print six digits, lose no more than this.
const RELATIVE: f64 = 1e-6;
/// More decimals than this are not rounding.
const MOST_DECIMALS: usize = 9;
/// Number of values used to detect the rounding of a column.
const LOOKED_AT: usize = 500;

/// Whether two cells are equal; numbers may differ by `slack`, or by rounding to six digits.
pub(super) fn same(left: &Cell, right: &Cell, slack: f64) -> bool {
    match (left, right) {
        (Cell::Missing, Cell::Missing) => true,
        (Cell::Missing, _) | (_, Cell::Missing) => false,
        (Cell::Text(left), Cell::Text(right)) => left == right,
        (Cell::Time(_), _) | (_, Cell::Time(_)) => {
            moment(left).is_some_and(|left| Some(left) == moment(right))
        }
        _ => match (number(left), number(right)) {
            (Some(left), Some(right)) => near(left, right, slack),
            _ => left.show() == right.show(),
        },
    }
}

/// Whether two numbers are equal up to rounding.
pub(super) fn near(left: f64, right: f64, slack: f64) -> bool {
    (left - right).abs() <= slack.max(RELATIVE * left.abs().max(right.abs()))
}

/// The number in a cell. Flags count as 0 and 1, since some programs write them so.
pub(super) fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Real(value) => Some(*value),
        Cell::Whole(value) => Some(*value as f64),
        Cell::Flag(value) => Some(f64::from(u8::from(*value))),
        Cell::Text(text) => match text.trim() {
            "true" | "True" | "TRUE" => Some(1.0),
            "false" | "False" | "FALSE" => Some(0.0),
            text => text.parse().ok(),
        },
        Cell::Time(_) | Cell::Missing => None,
    }
}

fn moment(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Time(moment) => Some(*moment),
        Cell::Text(text) => parse_time(text),
        _ => None,
    }
}

/// Half a unit of the last digit printed in a column; 0 for columns without numbers.
pub(super) fn half_digit(cells: &Cells) -> f64 {
    let decimals = |value: &f64| {
        let text = format!("{value:?}");
        match text.split_once('.') {
            _ if text.contains("e-") => MOST_DECIMALS,
            Some((_, "0")) | None => 0,
            Some((_, decimals)) => decimals.len().min(MOST_DECIMALS),
        }
    };
    match cells {
        Cells::Whole(_) => 0.5,
        Cells::Real(values) => {
            let most = values.iter().flatten().take(LOOKED_AT).map(decimals).max();
            0.5 * libm::pow(10.0, -(most.unwrap_or(0) as f64))
        }
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Text;

    fn text(text: &str) -> Cell {
        Cell::Text(Text::from(text))
    }

    #[test]
    fn other_types_of_the_same_value_say_the_same() {
        assert!(same(&Cell::Whole(3), &Cell::Real(3.0), 0.0));
        assert!(same(&Cell::Flag(true), &text("True"), 0.0));
        assert!(same(&text("4.10"), &Cell::Real(4.1), 0.0));
        assert!(same(
            &Cell::Time(1_772_356_500_250),
            &text("2026-03-01 09:15:00.250"),
            0.0
        ));
        assert!(!same(&text("Free"), &text("free"), 0.0));
        assert!(!same(&Cell::Missing, &text(""), 0.0));
    }

    #[test]
    fn half_a_digit_follows_the_column() {
        let reals = Cells::Real(vec![Some(1.0), None, Some(0.25)]);
        assert!((half_digit(&reals) - 0.005).abs() < 1e-15);
        assert!((half_digit(&Cells::Whole(Vec::new())) - 0.5).abs() < 1e-15);
        assert!(half_digit(&Cells::Real(vec![Some(1e-7)])) < 1e-9);
    }
}
