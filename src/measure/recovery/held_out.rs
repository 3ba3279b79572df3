//! Least squares, evaluated out of fold.

use crate::measure::linalg::dot;
use crate::measure::prediction::r_squared;

/// A column whose residual after the earlier ones is shorter than this adds only rounding error.
const COLLINEAR: f64 = 1e-7;

/// Least squares of `target` on groups and columns, each row predicted from the other folds.
///
/// The fit has a mean per group (out of fold; the overall mean if a group has no training rows) and
/// a slope per column. Group means are first subtracted from target and columns, which gives the
/// same fit (Frisch & Waugh 1933, doi:10.2307/1907330; Lovell 1963,
/// doi:10.1080/01621459.1963.10480682). Columns that are constant or add nothing to earlier ones
/// are dropped.
pub(super) fn held_out<A: AsRef<[f64]>>(
    target: &[f64],
    groups: Option<&[usize]>,
    columns: &[A],
    folds: &[usize],
) -> Vec<f64> {
    let count = folds.iter().max().map_or(0, |most| most + 1);
    let mut told = vec![0.0; target.len()];
    for fold in 0..count {
        let learnt: Vec<bool> = folds.iter().map(|of| *of != fold).collect();
        for (row, value) in predicted(target, groups, columns, &learnt) {
            told[row] = value;
        }
    }
    told
}

/// R² of [`held_out`]: 1 is perfect, 0 no better than the mean, negative worse; 0 where `target` is constant.
pub(super) fn held_out_r_squared<A: AsRef<[f64]>>(
    target: &[f64],
    groups: Option<&[usize]>,
    columns: &[A],
    folds: &[usize],
) -> f64 {
    r_squared(target, &held_out(target, groups, columns, folds)).unwrap_or(0.0)
}

/// The test rows, with their predictions.
fn predicted<A: AsRef<[f64]>>(
    target: &[f64],
    groups: Option<&[usize]>,
    columns: &[A],
    learnt: &[bool],
) -> Vec<(usize, f64)> {
    // Training rows come first, so that products run over one slice.
    let (mut order, held): (Vec<usize>, Vec<usize>) =
        (0..target.len()).partition(|row| learnt[*row]);
    let count = order.len();
    order.extend(held);
    let ordered = |values: &[f64], means: &[f64]| -> Vec<f64> {
        let value = |row: &usize| values[*row] - means[*row];
        order.iter().map(value).collect()
    };
    let means = group_means(target, groups, learnt);
    let rest = ordered(target, &means);
    let mut told: Vec<f64> = order.iter().map(|row| means[*row]).collect();
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for column in columns {
        let column = column.as_ref();
        let mut column = ordered(column, &group_means(column, groups, learnt));
        let before = length(&column[..count]);
        let mut left = before;
        // Repeat if most of the column is gone, so that the remainder is as orthogonal as possible.
        for _ in 0..2 {
            for axis in &basis {
                let along = dot(&axis[..count], &column[..count]);
                for (value, direction) in column.iter_mut().zip(axis) {
                    *value -= along * direction;
                }
            }
            let after = length(&column[..count]);
            let enough = after > 0.5 * left;
            left = after;
            if enough {
                break;
            }
        }
        if left <= COLLINEAR * before || left == 0.0 {
            continue;
        }
        for value in &mut column {
            *value /= left;
        }
        let slope = dot(&column[..count], &rest[..count]);
        for (told, along) in told.iter_mut().zip(&column) {
            *told += slope * along;
        }
        basis.push(column);
    }
    order.into_iter().zip(told).skip(count).collect()
}

/// The mean of each row's group over the training rows.
fn group_means(values: &[f64], groups: Option<&[usize]>, learnt: &[bool]) -> Vec<f64> {
    let count = groups
        .and_then(|of| of.iter().max())
        .map_or(1, |most| most + 1);
    let of = |row: usize| groups.map_or(0, |of| of[row]);
    let (mut sums, mut sizes) = (vec![0.0; count], vec![0_usize; count]);
    for (row, value) in values.iter().enumerate().filter(|(row, _)| learnt[*row]) {
        sums[of(row)] += value;
        sizes[of(row)] += 1;
    }
    let rows: usize = sizes.iter().sum();
    let mean = sums.iter().sum::<f64>() / rows.max(1) as f64;
    (0..values.len())
        .map(|row| match sizes[of(row)] {
            0 => mean,
            size => sums[of(row)] / size as f64,
        })
        .collect()
}

fn length(column: &[f64]) -> f64 {
    libm::sqrt(dot(column, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Secret;

    fn normals(rows: usize, name: &str) -> Vec<f64> {
        let mut draws = Secret::demo(8).stream().fork(name).draws();
        (0..rows).map(|_| draws.normal()).collect()
    }

    fn thirds(rows: usize) -> Vec<usize> {
        (0..rows).map(|row| row % 3).collect()
    }

    #[test]
    fn a_mean_per_group_and_a_slope_are_told_exactly() {
        let x = normals(90, "x");
        let groups: Vec<usize> = (0..90).map(|row| row / 3 % 4).collect();
        let target: Vec<f64> = (0..90)
            .map(|row| groups[row] as f64 * 5.0 - 2.0 * x[row])
            .collect();
        let copy: Vec<f64> = x.iter().map(|x| 3.0 * x + 1.0).collect();
        let told = held_out_r_squared(
            &target,
            Some(&groups),
            &[x, copy, vec![2.0; 90]],
            &thirds(90),
        );
        assert!((told - 1.0).abs() < 1e-12, "{told}");
    }

    #[test]
    fn the_fit_is_that_of_dummies() {
        let n = 200;
        let (x, e) = (normals(n, "x"), normals(n, "e"));
        let groups: Vec<usize> = (0..n).map(|row| row * row % 3).collect();
        let target: Vec<f64> = (0..n)
            .map(|row| x[row] + groups[row] as f64 + e[row])
            .collect();
        let dummy = |level: usize| -> Vec<f64> {
            groups.iter().map(|of| f64::from(*of == level)).collect()
        };
        let folds: Vec<usize> = (0..n).map(|row| row % 5).collect();
        let means = held_out_r_squared(&target, Some(&groups), std::slice::from_ref(&x), &folds);
        let dummies = held_out_r_squared(&target, None, &[dummy(0), dummy(1), x], &folds);
        assert!((means - dummies).abs() < 1e-12, "{means} {dummies}");
    }

    #[test]
    fn noise_is_no_better_than_the_mean() {
        let target = normals(300, "target");
        let noise: Vec<Vec<f64>> = (0..30).map(|at| normals(300, &at.to_string())).collect();
        assert!(held_out_r_squared(&target, None, &noise, &thirds(300)) < 0.0);
        assert!(held_out_r_squared::<Vec<f64>>(&target, None, &[], &thirds(300)).abs() < 0.05);
    }
}
