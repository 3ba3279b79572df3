//! Values at the wrong level: in another unit, or in another column.

use crate::measure::median;

use super::numeric_columns::NumericColumn;

/// Factors between units that people mix up: tens, minutes, per cent, thousands, hours, millions.
/// Not 1,024: a ratio of medians cannot distinguish it from a thousand.
const UNITS: [f64; 6] = [10.0, 60.0, 100.0, 1_000.0, 3_600.0, 1_000_000.0];
/// Maximum ratio between a ratio of medians and one of these factors.
const NEAR_UNIT: f64 = 2.2;
/// Smaller ratios are ordinary variation, not units.
const LEAST_RATIO: f64 = 6.0;

/// Exchange the cells of two columns in those of `rows` where that fits the other rows better,
/// provided that in `rows` each column has about the level the other has elsewhere. Returns the
/// number of rows.
pub(super) fn exchange(numbers: &mut [NumericColumn], [a, b]: [usize; 2], rows: &[usize]) -> usize {
    let middles = [a, b].map(|at| medians(&numbers[at].values, rows));
    let [Some((here_a, else_a)), Some((here_b, else_b))] = middles else {
        return 0;
    };
    let far = |x: f64, y: f64| (libm::log(x) - libm::log(y)).abs();
    let apart = far(else_a, else_b).min(far(here_a, here_b));
    let crossed = far(here_a, else_b).max(far(here_b, else_a));
    if apart < libm::log(LEAST_RATIO) || crossed > apart / 2.0 {
        return 0;
    }
    let mut moved = 0;
    for row in rows {
        let (x, y) = (numbers[a].values[*row], numbers[b].values[*row]);
        let fits = far(y, else_a) + far(x, else_b) < far(x, else_a) + far(y, else_b);
        if x > 0.0 && y > 0.0 && fits {
            numbers[a].values[*row] = y;
            numbers[b].values[*row] = x;
            moved += 1;
        }
    }
    moved
}

/// Medians of the positive values in `rows` and in all other rows.
fn medians(values: &[f64], rows: &[usize]) -> Option<(f64, f64)> {
    let mut inside = vec![false; values.len()];
    for row in rows {
        inside[*row] = true;
    }
    let middle = |side: bool| {
        let there = values.iter().zip(&inside);
        let there = there.filter(|(value, inside)| **inside == side && **value > 0.0);
        median(&there.map(|(value, _)| *value).collect::<Vec<f64>>())
    };
    Some((middle(true)?, middle(false)?))
}

/// Convert `rows` to the unit of the other rows if the ratio of medians is close to a factor
/// between units; only rows that move closer to the others are converted. Returns the factor and
/// the number of rows.
pub(super) fn rescale(values: &mut [f64], rows: &[usize]) -> Option<(f64, usize)> {
    let (here, elsewhere) = medians(values, rows)?;
    let factor = unit_between(here, elsewhere)?;
    let target = libm::log(elsewhere);
    let far = |value: f64| (libm::log(value) - target).abs();
    let mut moved = 0;
    for row in rows {
        let value = values[*row];
        if value > 0.0 && far(value * factor) < far(value) {
            values[*row] = value * factor;
            moved += 1;
        }
    }
    (moved > 0).then_some((factor, moved))
}

/// The factor between two units that brings `here` closest to `elsewhere`, if it is close enough.
fn unit_between(here: f64, elsewhere: f64) -> Option<f64> {
    let ratio = elsewhere / here;
    let size = ratio.max(1.0 / ratio);
    let off = |unit: f64| (size / unit).max(unit / size);
    let unit = UNITS
        .into_iter()
        .min_by(|a, b| off(*a).total_cmp(&off(*b)))?;
    let near = size >= LEAST_RATIO && off(unit) <= NEAR_UNIT;
    near.then_some(if ratio > 1.0 { unit } else { 1.0 / unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_another_unit_come_back_and_the_others_of_their_source_stay() {
        // The source has ten rows: seven in seconds, the others in milliseconds.
        let mut values: Vec<f64> = (0..40).map(|at| 900.0 + 10.0 * f64::from(at)).collect();
        let before = values.clone();
        for value in values.iter_mut().take(7) {
            *value /= 1_000.0;
        }
        let rows: Vec<usize> = (0..10).collect();
        let (factor, moved) = rescale(&mut values, &rows).unwrap();
        assert!((factor - 1_000.0).abs() < 1e-9 && moved == 7);
        for (now, before) in values.iter().zip(&before) {
            assert!((now - before).abs() < 1e-9);
        }
    }

    #[test]
    fn exchanged_cells_of_a_source_come_back() {
        let column = |name: &str, from: f64| NumericColumn {
            name: name.to_owned(),
            values: (0..40)
                .map(|at| from * (1.0 + 0.01 * f64::from(at)))
                .collect(),
        };
        let right = [column("a", 10.0), column("b", 900.0)];
        let mut numbers = right.clone();
        for row in 2..10 {
            numbers[0].values[row] = right[1].values[row];
            numbers[1].values[row] = right[0].values[row];
        }
        let rows: Vec<usize> = (0..10).collect();
        assert_eq!(exchange(&mut numbers, [0, 1], &rows), 8);
        assert_eq!(numbers, right);
        assert_eq!(exchange(&mut numbers, [0, 1], &rows), 0);
    }

    #[test]
    fn a_source_that_is_only_larger_keeps_its_values() {
        assert_eq!(unit_between(1.0, 3.0), None);
        assert_eq!(unit_between(300.0, 1.0), None);
        assert_eq!(unit_between(1.4, 100.0), Some(60.0));
        assert_eq!(unit_between(700.0, 1.0), Some(1.0 / 1_000.0));
    }
}
