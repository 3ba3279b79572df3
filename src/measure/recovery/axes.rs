//! Recovery of a continuous factor by numeric axes.

use crate::random::Stream;

use super::influence::Influence;
use super::permutations::{permuted, working_rows};
use super::result::{AnswerShape, Recovery};
use crate::measure::linalg::{dot, orthonormal};
use crate::measure::partition::contingency::Trivial;
use crate::measure::stats::correlation::unit;

/// How much of a continuous factor numeric axes explain together: adjusted R² of least squares.
///
/// 1 − (1 − R²)(n − 1)/(n − p − 1), with R² from regressing the factor on the axes with an
/// intercept; p counts the axes that are neither constant nor a combination of earlier ones. 1
/// means that the factor is a linear function of the axes; 0 is the average of unrelated axes
/// (Ezekiel 1930, *Methods of Correlation Analysis*). One-sided; invariant to rotation, shift and
/// scale of the axes; deterministic in `stream`. Rows where the factor or any axis is not finite
/// are ignored. A constant factor, or no axis that varies, is trivial; if chance, p / (n − 1), is
/// above one half, the answer is too fine.
///
/// ```
/// use drumlin::{measure::recover_factor_by_axes, random::Secret};
/// let axes = [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0, -1.0, 1.0, -1.0, 1.0, -1.0]];
/// let factor: Vec<f64> = (0..6).map(|row| 3.0 * axes[0][row] - 7.0 * axes[1][row]).collect();
/// let recovery = recover_factor_by_axes(&factor, &axes, &Secret::demo(1).stream()).0;
/// assert!((recovery.value.unwrap() - 1.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When an axis and the factor differ in length: the caller aligns them by row id.
pub fn recover_factor_by_axes<A: AsRef<[f64]>>(
    factor: &[f64],
    axes: &[A],
    stream: &Stream,
) -> (Recovery, Influence) {
    for axis in axes {
        assert_eq!(
            factor.len(),
            axis.as_ref().len(),
            "truth and axes of other rows"
        );
    }
    let complete = |row: &usize| axes.iter().all(|axis| axis.as_ref()[*row].is_finite());
    let rows: Vec<usize> = (0..factor.len())
        .filter(|row| factor[*row].is_finite() && complete(row))
        .collect();
    if rows.is_empty() || axes.is_empty() {
        return Recovery::empty().without_interval();
    }
    let mut rows = working_rows(rows, stream);
    // Sorted by value, so that the null distribution does not depend on the order of rows.
    rows.sort_by(|left, right| factor[*left].total_cmp(&factor[*right]));
    let pick = |values: &[f64]| rows.iter().map(|row| values[*row]).collect::<Vec<f64>>();
    let units = axes.iter().filter_map(|axis| unit(&pick(axis.as_ref())));
    let basis = orthonormal(units);
    let (n, p) = (rows.len(), basis.len());

    let target = unit(&pick(factor));
    let which = Trivial::of(target.is_none(), p == 0);
    let Some(target) = target.filter(|_| which == Trivial::Neither) else {
        return Recovery::trivial(which, n, p).without_interval();
    };
    if n <= p + 1 {
        return Recovery::too_fine(n, p).without_interval();
    }
    let adjusted = |target: &[f64]| {
        let r2: f64 = basis.iter().map(|axis| dot(axis, target).powi(2)).sum();
        1.0 - (1.0 - r2.min(1.0)) * (n - 1) as f64 / (n - p - 1) as f64
    };
    let value = adjusted(&target);
    let null = permuted(&target, stream, adjusted);
    let fine = Recovery::chance_finds_most(p as f64 / (n - 1) as f64);
    let shape = AnswerShape {
        rows: n,
        groups: p,
        median_size: None,
    };
    let mut residuals = target.clone();
    for axis in &basis {
        let along = dot(axis, &target);
        for (left, direction) in residuals.iter_mut().zip(axis) {
            *left -= along * direction;
        }
    }
    Recovery::with_chance(value, &null, fine, shape).with_interval_of(Influence::of_residuals(
        value, &rows, &target, &residuals, &null,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Reading, pearson};
    use crate::random::Secret;

    fn normals(rows: usize, name: &str) -> Vec<f64> {
        let mut draws = Secret::demo(6).stream().fork(name).draws();
        (0..rows).map(|_| draws.normal()).collect()
    }

    fn recover(factor: &[f64], axes: &[Vec<f64>]) -> Recovery {
        recover_factor_by_axes(factor, axes, &Secret::demo(1).stream()).0
    }

    #[test]
    fn one_axis_gives_its_adjusted_squared_correlation() {
        let x = normals(500, "x");
        let factor: Vec<f64> = x
            .iter()
            .zip(normals(500, "e"))
            .map(|(x, e)| x + e)
            .collect();
        let r = pearson(&factor, &x).unwrap();
        let value = recover(&factor, &[x]).value.unwrap();
        assert!((value - (1.0 - (1.0 - r * r) * 499.0 / 498.0)).abs() < 1e-12);
    }

    #[test]
    fn constant_and_collinear_axes_count_for_nothing() {
        let (x, y) = (normals(300, "x"), normals(300, "y"));
        let factor: Vec<f64> = x
            .iter()
            .zip(normals(300, "e"))
            .map(|(x, e)| x + e)
            .collect();
        let plain = recover(&factor, &[x.clone(), y.clone()]);
        let sum = x.iter().zip(&y).map(|(x, y)| 1e6 + x - 2.0 * y).collect();
        let padded = recover(&factor, &[x, vec![5.0; 300], y, sum]);
        assert_eq!(padded.groups, 2);
        assert!((plain.value.unwrap() - padded.value.unwrap()).abs() < 1e-9);
    }

    #[test]
    fn unrelated_axes_stay_at_chance() {
        let axes: Vec<Vec<f64>> = (0..10).map(|a| normals(2000, &a.to_string())).collect();
        let recovery = recover(&normals(2000, "factor"), &axes);
        let slack = 4.0 * 20_f64.sqrt() / 2000.0;
        assert!(recovery.value.unwrap().abs() < slack && recovery.chance.unwrap() < slack);
    }

    #[test]
    fn edge_cases_follow_the_policy() {
        let x = normals(40, "x");
        assert_eq!(recover(&x, &[vec![1.0; 40]]).reading, Reading::Trivial);
        assert_eq!(recover(&[2.0; 40], &[vec![1.0; 40]]).value, Some(1.0));
        assert_eq!(recover(&x, &[vec![f64::NAN; 40]]).reading, Reading::Empty);
        assert_eq!(recover(&x, &[]).reading, Reading::Empty);
        let many: Vec<Vec<f64>> = (0..30).map(|a| normals(40, &a.to_string())).collect();
        assert_eq!(recover(&x, &many).reading, Reading::TooFine);
    }
}
