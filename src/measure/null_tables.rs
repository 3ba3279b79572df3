//! Null tables: they keep one property of a table and destroy all others.

use ndarray::{Array2, ArrayView2};

use crate::random::{Draws, normal_quantile};

use crate::measure::linalg::{cholesky, covariance};
use crate::measure::stats::correlation::ranks;

/// Rows with the same column values and nearly the same rank correlations, drawn from a single
/// cluster: what pairwise correlation alone would produce.
///
/// Ranks become normal scores, normal rows are drawn with the correlations of these scores, and the
/// values of each column are rearranged in the order of those rows. Values must be finite.
///
/// Cario & Nelson (1997), *Modeling and generating random vectors with arbitrary marginal
/// distributions and correlation matrix*.
pub fn copula_null(points: ArrayView2<'_, f64>, draws: &mut Draws) -> Array2<f64> {
    let (n, d) = points.dim();
    let lower = cholesky(correlations(&normal_scores(points)).view());
    let mut normal = Array2::<f64>::zeros((n, d));
    let mut plain = vec![0.0; d];
    for mut row in normal.rows_mut() {
        draws.fill_normals(&mut plain);
        for i in 0..d {
            row[i] = (0..=i).map(|j| lower[[i, j]] * plain[j]).sum::<f64>();
        }
    }
    let mut null = Array2::zeros((n, d));
    for column in 0..d {
        let mut values = points.column(column).to_vec();
        values.sort_unstable_by(f64::total_cmp);
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|a, b| normal[[*a, column]].total_cmp(&normal[[*b, column]]));
        for (row, value) in order.into_iter().zip(values) {
            null[[row, column]] = value;
        }
    }
    null
}

/// Every column shuffled independently: what uncorrelated columns would look like.
pub fn permuted(points: ArrayView2<'_, f64>, draws: &mut Draws) -> Array2<f64> {
    let (n, d) = points.dim();
    let mut null = Array2::zeros((n, d));
    for column in 0..d {
        for (row, from) in draws.sample(n, n).into_iter().enumerate() {
            null[[row, column]] = points[[from, column]];
        }
    }
    null
}

/// Rows drawn uniformly from the box between each column's smallest and largest value.
pub fn box_null(points: ArrayView2<'_, f64>, draws: &mut Draws) -> Array2<f64> {
    let ends: Vec<(f64, f64)> = points
        .columns()
        .into_iter()
        .map(|column| {
            let fold = |from, of: fn(f64, f64) -> f64| column.iter().copied().fold(from, of);
            (
                fold(f64::INFINITY, f64::min),
                fold(f64::NEG_INFINITY, f64::max),
            )
        })
        .collect();
    Array2::from_shape_fn(points.dim(), |(_, column)| {
        draws.between(ends[column].0, ends[column].1)
    })
}

/// Ranks as normal scores: each column becomes the normal quantiles of (rank − ½) / n.
pub fn normal_scores(points: ArrayView2<'_, f64>) -> Array2<f64> {
    let n = points.nrows() as f64;
    let mut scores = points.to_owned();
    for mut column in scores.columns_mut() {
        let ranks = ranks(&column.to_vec());
        for (score, rank) in column.iter_mut().zip(ranks) {
            *score = normal_quantile((rank - 0.5) / n);
        }
    }
    scores
}

/// Share of distinct values below which a column counts as rounded.
const ROUNDED: f64 = 0.2;

/// Spread ties over half a step on either side, in columns where fewer than a fifth of the values
/// are distinct, since counts and rounded values create spurious modes. A step is the median
/// difference between neighbouring distinct values.
pub fn jittered(points: ArrayView2<'_, f64>, draws: &mut Draws) -> Array2<f64> {
    let mut spread = points.to_owned();
    for mut column in spread.columns_mut() {
        let mut distinct = column.to_vec();
        distinct.sort_unstable_by(f64::total_cmp);
        distinct.dedup_by(|next, kept| *next <= *kept);
        if (distinct.len() as f64) < ROUNDED * column.len() as f64 {
            let steps: Vec<f64> = distinct.windows(2).map(|pair| pair[1] - pair[0]).collect();
            if let Some(step) = crate::measure::stats::moments::median(&steps) {
                column.mapv_inplace(|value| value + step * draws.between(-0.5, 0.5));
            }
        }
    }
    spread
}

/// Columns with mean 0 and standard deviation 1 (divided by n); a constant column becomes 0.
pub fn standardised(points: ArrayView2<'_, f64>) -> Array2<f64> {
    const ROUNDING: f64 = 1e-12;
    let n = points.nrows().max(1) as f64;
    let mut standard = points.to_owned();
    for mut column in standard.columns_mut() {
        let largest = column.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let mean = column.sum() / n;
        column -= mean;
        let sd = libm::sqrt(column.iter().map(|x| x * x).sum::<f64>() / n);
        if sd > ROUNDING * largest {
            column /= sd;
        } else {
            column.fill(0.0);
        }
    }
    standard
}

/// Correlations of columns; 0 for a constant column.
fn correlations(points: &Array2<f64>) -> Array2<f64> {
    let covariance = covariance(points.view());
    let scale = |at: usize| libm::sqrt(covariance[[at, at]]);
    Array2::from_shape_fn(covariance.dim(), |(i, j)| {
        let product = scale(i) * scale(j);
        if product > 0.0 {
            covariance[[i, j]] / product
        } else {
            f64::from(u8::from(i == j))
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::measure::spearman;
    use crate::random::Secret;

    use super::*;

    fn table() -> Array2<f64> {
        let mut draws = Secret::demo(2).stream().draws();
        let mut table = Array2::from_shape_fn((2000, 3), |_| draws.normal());
        for mut row in table.rows_mut() {
            row[1] = (row[0] + 0.5 * row[1]).exp();
        }
        table
    }

    #[test]
    fn the_copula_null_keeps_values_and_rank_correlations() {
        let table = table();
        let null = copula_null(table.view(), &mut Secret::demo(3).stream().draws());
        for column in 0..3 {
            let [mut a, mut b] = [&table, &null].map(|of| of.column(column).to_vec());
            a.sort_by(f64::total_cmp);
            b.sort_by(f64::total_cmp);
            assert_eq!(a, b);
        }
        let rho =
            |of: &Array2<f64>| spearman(&of.column(0).to_vec(), &of.column(1).to_vec()).unwrap();
        // Three standard errors of a correlation of 0.88 from 2,000 rows, twice.
        assert!(
            (rho(&table) - rho(&null)).abs() < 0.03,
            "{} {}",
            rho(&table),
            rho(&null)
        );
    }

    #[test]
    fn permuting_destroys_correlation_and_the_box_keeps_the_ends() {
        let table = table();
        let draws = &mut Secret::demo(3).stream().draws();
        let null = permuted(table.view(), draws);
        let rho = spearman(&null.column(0).to_vec(), &null.column(1).to_vec()).unwrap();
        assert!(rho.abs() < 0.09);
        let null = box_null(table.view(), draws);
        let most = |of: &Array2<f64>| of.column(1).iter().copied().fold(0.0, f64::max);
        assert!(most(&null) <= most(&table) && most(&null) > 0.9 * most(&table));
    }

    #[test]
    fn only_rounded_columns_are_jittered_and_constants_stay() {
        let draws = &mut Secret::demo(3).stream().draws();
        let table = Array2::from_shape_fn((100, 3), |(row, column)| match column {
            0 => (row % 5) as f64 * 2.0,
            1 => row as f64,
            _ => 7.0,
        });
        let spread = jittered(table.view(), draws);
        assert!((0..100).all(|row| (spread[[row, 0]] - table[[row, 0]]).abs() <= 1.0));
        assert!(spread[[0, 0]].to_bits() != spread[[5, 0]].to_bits());
        assert_eq!(spread.column(1), table.column(1));
        assert_eq!(spread.column(2), table.column(2));
        assert!(
            standardised(spread.view())
                .column(2)
                .iter()
                .all(|x| x.abs() < 1e-15)
        );
        assert!(
            copula_null(table.view(), draws)
                .iter()
                .all(|x| x.is_finite())
        );
    }
}
