//! Whether rows are spread evenly over their bounding box.

use ndarray::ArrayView2;
use rayon::prelude::*;

use crate::random::Draws;

/// The Hopkins statistic: how much farther uniform points in the box are from their nearest row
/// than rows are from each other.
///
/// From 0 to 1: ½ for rows that fill the box evenly, near 1 for any other shape: a single normal
/// cloud in twelve columns has 1.0. It is therefore shown but never decides. Uses `probes` points
/// and rows. No value for fewer than two rows, without a column, or when all rows are equal.
///
/// Hopkins & Skellam (1954), doi:10.1093/oxfordjournals.aob.a083391.
pub fn hopkins(points: ArrayView2<'_, f64>, probes: usize, draws: &mut Draws) -> Option<f64> {
    let (n, d) = points.dim();
    if n < 2 || d == 0 || probes == 0 {
        return None;
    }
    let rows = draws.sample(n, probes);
    let places = crate::measure::null_tables::box_null(points, draws);
    let nearest = |from: &[f64], but: Option<usize>| {
        let squares = points
            .outer_iter()
            .enumerate()
            .filter(|(row, _)| Some(*row) != but);
        squares
            .map(|(_, to)| from.iter().zip(to).map(|(a, b)| (a - b) * (a - b)).sum())
            .fold(f64::INFINITY, f64::min)
    };
    let pairs: Vec<(f64, f64)> = rows
        .into_par_iter()
        .enumerate()
        .map(|(at, row)| {
            let own = nearest(&points.row(row).to_vec(), Some(row));
            (own, nearest(&places.row(at).to_vec(), None))
        })
        .collect();
    let most = pairs
        .iter()
        .fold(0.0_f64, |most, (a, b)| most.max(*a).max(*b));
    // Powers of ratios to the largest: with many columns the powers themselves overflow.
    let power = |square: f64| libm::pow(square / most, 0.5 * d as f64);
    let (own, even) = pairs.into_iter().fold((0.0, 0.0), |(own, even), (a, b)| {
        (own + power(a), even + power(b))
    });
    (most > 0.0).then(|| even / (own + even))
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use crate::random::Secret;

    use super::*;

    #[test]
    fn even_rows_have_a_half_and_equal_rows_no_value() {
        let mut draws = Secret::demo(5).stream().draws();
        let even = Array2::from_shape_fn((2000, 2), |_| draws.uniform());
        let value = hopkins(even.view(), 250, &mut draws).unwrap();
        assert!((value - 0.5).abs() < 0.1, "{value}");
        assert_eq!(hopkins(Array2::zeros((9, 2)).view(), 5, &mut draws), None);
        assert_eq!(hopkins(Array2::zeros((1, 2)).view(), 5, &mut draws), None);
    }
}
