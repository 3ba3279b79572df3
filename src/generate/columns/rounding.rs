//! Rounding: a fixed number of decimals, or the round numbers that people report.

use crate::scenario::Heaping;
use crate::table::Cells;

/// Heaping: numbers for which `rounds` returns true (called row by row) become the nearest multiple
/// of a step.
pub(crate) fn heaped(cells: Cells, heaping: &Heaping, rounds: &mut dyn FnMut() -> bool) -> Cells {
    let mut near = |value: f64| {
        if rounds() {
            (value / heaping.step).round() * heaping.step
        } else {
            value
        }
    };
    match cells {
        Cells::Whole(mut values) => {
            for value in values.iter_mut().flatten() {
                *value = whole(near(*value as f64));
            }
            Cells::Whole(values)
        }
        Cells::Real(mut values) => {
            for value in values.iter_mut().flatten() {
                // A multiple of 0.1 has a tail of binary digits.
                *value = rounded(near(*value), MOST_DIGITS);
            }
            Cells::Real(values)
        }
        other => other,
    }
}

/// Whole numbers if `digits` is 0.
pub(crate) fn stored(values: impl Iterator<Item = Option<f64>>, digits: u32) -> Cells {
    if digits == 0 {
        Cells::Whole(values.map(|value| value.map(whole)).collect())
    } else {
        reals(values, digits)
    }
}

/// Real numbers with `digits` decimals.
pub(crate) fn reals(values: impl Iterator<Item = Option<f64>>, digits: u32) -> Cells {
    let scale = scale(digits);
    let round = |value: f64| at_scale(value, scale);
    Cells::Real(values.map(|value| value.map(round)).collect())
}

/// Round to `digits` decimals.
pub(crate) fn rounded(value: f64, digits: u32) -> f64 {
    at_scale(value, scale(digits))
}

/// More decimals are noise.
const MOST_DIGITS: u32 = 12;
/// Larger numbers have no fraction.
const WHOLE: f64 = (1_u64 << 52) as f64;

fn scale(digits: u32) -> f64 {
    10_f64.powi(digits.min(MOST_DIGITS) as i32)
}

fn at_scale(value: f64, scale: f64) -> f64 {
    let large = value * scale;
    let rounded = if large.abs() < WHOLE {
        // No negative zero: "-0.0" would be a second spelling of the same number.
        whole(large) as f64 / scale
    } else {
        large.round() / scale
    };
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The nearest whole number, halves away from zero, as `f64::round` has it: without SSE 4.1 that is
/// a call for each number.
fn whole(value: f64) -> i64 {
    // Just below a half, or the number just below a half would become 1.
    const ALMOST_HALF: f64 = 0.5 - f64::EPSILON / 4.0;
    (value + ALMOST_HALF.copysign(value)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_those_of_round() {
        let near = [
            0.0,
            0.5,
            1.0,
            1.5,
            2.5,
            1e6 + 0.5,
            4_503_599_627_370_495.5,
            9e15,
        ];
        for value in near {
            for value in [value, f64::next_up(value), f64::next_down(value)] {
                for value in [value, -value] {
                    assert_eq!(whole(value), value.round() as i64, "{value:?}");
                }
            }
        }
        assert_eq!(rounded(-0.001, 2).to_bits(), 0.0_f64.to_bits());
        assert_eq!(rounded(2.345_6, 2).to_bits(), 2.35_f64.to_bits());
    }
}
