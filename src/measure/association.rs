//! Dependence of any form, and the difference of two samples.

use ndarray::{Array2, ArrayView2, Axis};

use super::distances::pairwise_distances;

/// Distance covariance of the rows of two tables: the (V-statistic's) root, in their own units.
///
/// From 0 up; 0 only for independent tables in the long run, and for a constant one. Symmetric;
/// blind to rotations and shifts of either side. Columns are centred first, since the distances of
/// far away points lose their digits. Rows with a value that is not finite are left out; no row: no
/// value. The cost grows with the square of the rows: meant for a few thousand.
///
/// Székely, Rizzo & Bakirov (2007), doi:10.1214/009053607000000505.
///
/// ```
/// use ndarray::array;
/// let x = array![[1.0], [2.0]];
/// let value = drumlin::measure::distance_covariance(x.view(), x.view()).unwrap();
/// assert!((value - 0.5).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the tables have different numbers of rows: the caller aligns them by row id.
pub fn distance_covariance(x: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> Option<f64> {
    let [x, y] = complete(x, y)?.map(|side| Centred::doubly(&side));
    Some(libm::sqrt(x.product(&y).max(0.0) / x.rows))
}

/// Distance correlation of the rows of two tables, from 0 to 1: dependence of any form.
///
/// 1 means that one side is the other, rotated, stretched and shifted. Symmetric. Biased: few rows
/// in many columns are high by chance; [`unbiased_distance_correlation`] is not. A constant side:
/// 0, by definition. Rows as in [`distance_covariance`].
///
/// Székely, Rizzo & Bakirov (2007), doi:10.1214/009053607000000505.
///
/// ```
/// use ndarray::array;
/// let x = array![[1.0], [2.0], [4.0]];
/// let y = array![[-2.0], [-4.0], [-8.0]];
/// let value = drumlin::measure::distance_correlation(x.view(), y.view()).unwrap();
/// assert!((value - 1.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When the tables have different numbers of rows: the caller aligns them by row id.
pub fn distance_correlation(x: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> Option<f64> {
    let [x, y] = complete(x, y)?.map(|side| Centred::doubly(&side));
    Some(libm::sqrt(x.ratio(&y).clamp(0.0, 1.0)))
}

/// The bias-corrected *squared* distance correlation of the rows of two tables.
///
/// At most 1; 0 is what independent tables get on average, so it is negative about as often as
/// not. Symmetric. A constant side: 0, by definition. Fewer than four rows: no value. Rows as in
/// [`distance_covariance`].
///
/// Székely & Rizzo (2013), doi:10.1016/j.jmva.2013.02.012.
///
/// ```
/// use ndarray::array;
/// let x = array![[1.0], [2.0], [4.0], [5.0]];
/// let value = drumlin::measure::unbiased_distance_correlation(x.view(), x.view()).unwrap();
/// assert!((value - 1.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When the tables have different numbers of rows: the caller aligns them by row id.
pub fn unbiased_distance_correlation(
    x: ArrayView2<'_, f64>,
    y: ArrayView2<'_, f64>,
) -> Option<f64> {
    let sides = complete(x, y)?;
    if sides[0].nrows() < 4 {
        return None;
    }
    let [x, y] = sides.map(|side| Centred::unbiased(&side));
    Some(x.ratio(&y).min(1.0))
}

/// The energy distance of two samples: 2 E|X − Y| − E|X − X′| − E|Y − Y′|.
///
/// From 0 (the same shares of the same values) up, in the unit of the values. Symmetric. Twice the
/// squared area between the two cumulative shares, which is how it is summed. Values that are not
/// finite are left out; an empty sample: no value.
///
/// Székely & Rizzo (2013), doi:10.1016/j.jspi.2013.03.018.
///
/// ```
/// assert_eq!(drumlin::measure::energy_distance(&[0.0, 0.0], &[1.0]), Some(2.0));
/// ```
pub fn energy_distance(x: &[f64], y: &[f64]) -> Option<f64> {
    let finite = |values: &[f64]| values.iter().filter(|value| value.is_finite()).count();
    let (n, m) = (finite(x) as f64, finite(y) as f64);
    if n < 1.0 || m < 1.0 {
        return None;
    }
    let steps = x.iter().map(|value| (*value, 1.0, 0.0));
    let steps = steps.chain(y.iter().map(|value| (*value, 0.0, 1.0)));
    let mut steps: Vec<_> = steps.filter(|step| step.0.is_finite()).collect();
    steps.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below_x, mut below_y, mut sum) = (0.0, 0.0, 0.0);
    for pair in steps.windows(2) {
        below_x += pair[0].1;
        below_y += pair[0].2;
        let gap = below_x / n - below_y / m;
        sum += 2.0 * gap * gap * (pair[1].0 - pair[0].0);
    }
    Some(sum)
}

/// The rows that are finite on both sides, with centred columns; nothing without a row.
fn complete(x: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> Option<[Array2<f64>; 2]> {
    assert_eq!(x.nrows(), y.nrows(), "two tables of other rows");
    let finite = |row: &usize| {
        let mut values = x.row(*row).into_iter().chain(y.row(*row));
        values.all(|value| value.is_finite())
    };
    let rows: Vec<usize> = (0..x.nrows()).filter(finite).collect();
    (!rows.is_empty()).then(|| {
        [
            centred(x.select(Axis(0), &rows)),
            centred(y.select(Axis(0), &rows)),
        ]
    })
}

/// Columns with mean 0, the first value taken away first: a sum of far away values loses digits.
fn centred(mut side: Array2<f64>) -> Array2<f64> {
    for mut column in side.columns_mut() {
        let first = column[0];
        column -= first;
        let mean = column.sum() / column.len() as f64;
        column -= mean;
    }
    side
}

/// Distances of rows, less what either row's distances are on average.
struct Centred {
    rows: f64,
    diagonal: Vec<f64>,
    pairs: Vec<f64>,
}

impl Centred {
    /// Every row and column has mean 0, the diagonal included.
    fn doubly(side: &Array2<f64>) -> Self {
        let n = side.nrows() as f64;
        let (pairs, sums) = distances(side);
        let mean = sums.iter().sum::<f64>() / (n * n);
        let centre = |own: f64, i: usize, j: usize| own - (sums[i] + sums[j]) / n + mean;
        Self {
            rows: n,
            diagonal: (0..sums.len()).map(|i| centre(0.0, i, i)).collect(),
            pairs: over_pairs(&pairs, sums.len(), centre),
        }
    }

    /// So that products are unbiased; the diagonal does not count.
    fn unbiased(side: &Array2<f64>) -> Self {
        let n = side.nrows() as f64;
        let (pairs, sums) = distances(side);
        let mean = sums.iter().sum::<f64>() / ((n - 1.0) * (n - 2.0));
        let centre = |own: f64, i: usize, j: usize| own - (sums[i] + sums[j]) / (n - 2.0) + mean;
        Self {
            rows: n,
            diagonal: Vec::new(),
            pairs: over_pairs(&pairs, sums.len(), centre),
        }
    }

    /// Σ over all pairs, by row.
    fn product(&self, other: &Self) -> f64 {
        let sum = |l: &[f64], r: &[f64]| l.iter().zip(r).map(|(l, r)| l * r).sum::<f64>();
        (2.0 * sum(&self.pairs, &other.pairs) + sum(&self.diagonal, &other.diagonal)) / self.rows
    }

    /// The product, as a share of what each side has with itself.
    fn ratio(&self, other: &Self) -> f64 {
        let own = libm::sqrt(self.product(self)) * libm::sqrt(other.product(other));
        if own > 0.0 {
            self.product(other) / own
        } else {
            0.0
        }
    }
}

/// Distances of all pairs, and their sum for each row.
fn distances(side: &Array2<f64>) -> (Vec<f64>, Vec<f64>) {
    let pairs = pairwise_distances(side.view());
    let mut sums = vec![0.0; side.nrows()];
    over_pairs(&pairs, side.nrows(), |own, i, j| {
        sums[i] += own;
        sums[j] += own;
    });
    (pairs, sums)
}

fn over_pairs<T>(pairs: &[f64], rows: usize, mut of: impl FnMut(f64, usize, usize) -> T) -> Vec<T> {
    let mut own = pairs.iter();
    let mut found = Vec::with_capacity(pairs.len());
    for i in 0..rows {
        for (j, own) in (i + 1..rows).zip(own.by_ref()) {
            found.push(of(*own, i, j));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_parabola_is_seen_and_a_constant_is_not() {
        let x = array![[-2.0], [-1.0], [0.0], [1.0], [2.0]];
        let y = x.mapv(|x| x * x);
        assert!(distance_correlation(x.view(), y.view()).unwrap() > 0.4);
        let flat = Array2::from_elem((5, 1), 7.0);
        assert_eq!(distance_correlation(x.view(), flat.view()), Some(0.0));
        assert_eq!(
            unbiased_distance_correlation(x.view(), flat.view()),
            Some(0.0)
        );
        assert_eq!(distance_covariance(flat.view(), flat.view()), Some(0.0));
    }

    #[test]
    fn few_rows_and_missing_ones_have_no_value() {
        let x = array![[1.0], [2.0], [3.0], [f64::NAN]];
        assert_eq!(unbiased_distance_correlation(x.view(), x.view()), None);
        let nothing = array![[f64::NAN]];
        assert_eq!(distance_correlation(nothing.view(), nothing.view()), None);
        assert_eq!(energy_distance(&[f64::NAN], &[1.0]), None);
    }
}
