//! Indices of cluster separation based on centres.

use ndarray::{Array2, ArrayView2};

/// The Calinski–Harabasz index: variance between groups over variance within, per degree of
/// freedom. From 0 up, larger is more separated. It grows with the number of rows, so compare it
/// only on the same rows. No value for fewer than two groups or one row per group; 1 when nothing
/// varies within groups, as in scikit-learn.
///
/// Caliński & Harabasz (1974), doi:10.1080/03610927408827101.
///
/// ```
/// let points = ndarray::array![[0.0], [2.0], [10.0], [12.0]];
/// let index = drumlin::measure::calinski_harabasz(points.view(), &[0, 0, 1, 1]).unwrap();
/// assert!((index - 50.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When points and labels differ in number.
pub fn calinski_harabasz(points: ArrayView2<'_, f64>, labels: &[u32]) -> Option<f64> {
    let groups = Groups::of(points, labels)?;
    let (n, k) = (points.nrows(), groups.sizes.len());
    if n <= k {
        return None;
    }
    let whole = points.mean_axis(ndarray::Axis(0))?;
    let between: f64 = groups
        .centres
        .outer_iter()
        .zip(&groups.sizes)
        .map(|(centre, size)| *size as f64 * (&centre - &whole).mapv(|x| x * x).sum())
        .sum();
    let within: f64 = points
        .outer_iter()
        .zip(&groups.codes)
        .map(|(point, code)| (&point - &groups.centres.row(*code)).mapv(|x| x * x).sum())
        .sum();
    if within <= 0.0 {
        return Some(1.0);
    }
    Some(between * (n - k) as f64 / (within * (k - 1) as f64))
}

/// The Davies–Bouldin index: for each group the worst ratio of spreads to the distance of the other
/// group, averaged. From 0 up, smaller is more separated. No value for fewer than two groups; pairs
/// of groups with the same centre are ignored, as in scikit-learn.
///
/// Davies & Bouldin (1979), doi:10.1109/TPAMI.1979.4766909.
///
/// ```
/// let points = ndarray::array![[0.0], [2.0], [10.0], [12.0]];
/// let index = drumlin::measure::davies_bouldin(points.view(), &[0, 0, 1, 1]).unwrap();
/// assert!((index - 0.2).abs() < 1e-12);
/// ```
///
/// # Panics
/// When points and labels differ in number.
pub fn davies_bouldin(points: ArrayView2<'_, f64>, labels: &[u32]) -> Option<f64> {
    let groups = Groups::of(points, labels)?;
    let k = groups.sizes.len();
    let mut spreads = vec![0.0; k];
    for (point, code) in points.outer_iter().zip(&groups.codes) {
        let away = &point - &groups.centres.row(*code);
        spreads[*code] += libm::sqrt(away.dot(&away)) / groups.sizes[*code] as f64;
    }
    let worst = |group: usize| {
        let others = (0..k).filter(|other| *other != group).map(|other| {
            let away = &groups.centres.row(group) - &groups.centres.row(other);
            let distance = libm::sqrt(away.dot(&away));
            if distance > 0.0 {
                (spreads[group] + spreads[other]) / distance
            } else {
                0.0
            }
        });
        others.fold(0.0, f64::max)
    };
    Some((0..k).map(worst).sum::<f64>() / k as f64)
}

/// The share of a column's variance that groups explain (eta squared, the correlation ratio).
///
/// From 0 to 1; 1 means that the column is constant in every group. It grows with the number of
/// groups. No value without a row or for a constant column.
///
/// Pearson (1905), *On the general theory of skew correlation and non-linear regression*.
///
/// ```
/// let share = drumlin::measure::eta_squared(&[0.0, 2.0, 10.0, 12.0], &[0, 0, 1, 1]);
/// assert!((share.unwrap() - 100.0 / 104.0).abs() < 1e-12);
/// ```
///
/// # Panics
/// When values and labels differ in number.
pub fn eta_squared(values: &[f64], labels: &[u32]) -> Option<f64> {
    assert_eq!(values.len(), labels.len(), "a label for each row");
    let k = labels.iter().max().map_or(0, |most| *most as usize + 1);
    let (mut sizes, mut sums) = (vec![0.0_f64; k], vec![0.0; k]);
    for (value, label) in values.iter().zip(labels) {
        sizes[*label as usize] += 1.0;
        sums[*label as usize] += value;
    }
    let mean = sums.iter().sum::<f64>() / values.len().max(1) as f64;
    let total: f64 = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    let within: f64 = values
        .iter()
        .zip(labels)
        .map(|(value, label)| value - sums[*label as usize] / sizes[*label as usize])
        .map(|rest| rest * rest)
        .sum();
    (total > 0.0).then(|| (1.0 - within / total).clamp(0.0, 1.0))
}

/// Groups of rows, numbered without gaps.
pub(super) struct Groups {
    pub(super) codes: Vec<usize>,
    pub(super) sizes: Vec<usize>,
    pub(super) centres: Array2<f64>,
}

impl Groups {
    /// No value for fewer than two groups.
    pub(super) fn of(points: ArrayView2<'_, f64>, labels: &[u32]) -> Option<Self> {
        assert_eq!(points.nrows(), labels.len(), "a label for each row");
        let mut names = labels.to_vec();
        names.sort_unstable();
        names.dedup();
        if names.len() < 2 {
            return None;
        }
        let codes: Vec<usize> = labels
            .iter()
            .map(|label| names.partition_point(|name| name < label))
            .collect();
        let mut sizes = vec![0; names.len()];
        let mut centres = Array2::zeros((names.len(), points.ncols()));
        for (point, code) in points.outer_iter().zip(&codes) {
            sizes[*code] += 1;
            centres.row_mut(*code).scaled_add(1.0, &point);
        }
        for (mut centre, size) in centres.rows_mut().into_iter().zip(&sizes) {
            centre /= *size as f64;
        }
        Some(Self {
            codes,
            sizes,
            centres,
        })
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn one_group_has_no_separation_and_equal_rows_do_no_harm() {
        let points = array![[1.0], [1.0], [1.0]];
        assert_eq!(calinski_harabasz(points.view(), &[3, 3, 3]), None);
        assert_eq!(davies_bouldin(points.view(), &[3, 3, 3]), None);
        assert_eq!(calinski_harabasz(points.view(), &[0, 0, 7]), Some(1.0));
        assert_eq!(davies_bouldin(points.view(), &[0, 0, 7]), Some(0.0));
        assert_eq!(eta_squared(&[1.0, 1.0], &[0, 1]), None);
        assert_eq!(eta_squared(&[], &[]), None);
    }
}
