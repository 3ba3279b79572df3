//! Distances between rows, and the silhouette of groups.

use ndarray::ArrayView2;

/// Euclidean distances of all pairs of rows: (0,1), (0,2), …, (1,2), …
///
/// n (n − 1) / 2 values: meant for samples of a few thousand rows. A pair with a NaN coordinate has
/// distance NaN.
///
/// ```
/// use ndarray::array;
/// let points = array![[0.0, 0.0], [3.0, 4.0], [0.0, 1.0]];
/// let distances = drumlin::measure::pairwise_distances(points.view());
/// assert_eq!(distances, vec![5.0, 1.0, 18_f64.sqrt()]);
/// ```
pub fn pairwise_distances(points: ArrayView2<'_, f64>) -> Vec<f64> {
    let n = points.nrows();
    let mut distances = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    // Column-major: one row is compared with all later rows at once.
    let columns: Vec<f64> = points.t().iter().copied().collect();
    for row in 0..n {
        let start = distances.len();
        distances.resize(start + n - row - 1, 0.0);
        for column in columns.chunks_exact(n) {
            let (from, others) = (column[row], &column[row + 1..]);
            for (square, to) in distances[start..].iter_mut().zip(others) {
                *square += (from - to) * (from - to);
            }
        }
        for distance in &mut distances[start..] {
            *distance = libm::sqrt(*distance);
        }
    }
    distances
}

/// Mean silhouette: how much nearer rows are to their own group than to the next one.
///
/// From −1 to 1; 0 means that groups touch, 1 that they are points far apart. It measures
/// separation, not meaning. A row alone in its group counts 0, as in scikit-learn. `distances` are
/// those of [`pairwise_distances`]. No value for fewer than two groups.
///
/// Rousseeuw (1987), doi:10.1016/0377-0427(87)90125-7.
///
/// ```
/// use drumlin::measure::{pairwise_distances, silhouette};
/// let points = ndarray::array![[0.0], [1.0], [10.0]];
/// let distances = pairwise_distances(points.view());
/// let mean = silhouette(&distances, &[0, 0, 1]).unwrap();
/// assert!((mean - (0.9 + 8.0 / 9.0) / 3.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the number of distances does not match the number of rows with a group.
pub fn silhouette(distances: &[f64], groups: &[u32]) -> Option<f64> {
    let widths = silhouettes(distances, groups)?;
    Some(widths.iter().sum::<f64>() / widths.len() as f64)
}

/// The silhouette width of each row: how much nearer it is to its own group than to the next one.
///
/// From −1 (it belongs to the other group) to 1. Arguments and edge cases as in [`silhouette`],
/// which is the mean of these.
///
/// ```
/// use drumlin::measure::{pairwise_distances, silhouettes};
/// let points = ndarray::array![[0.0], [1.0], [10.0]];
/// let widths = silhouettes(&pairwise_distances(points.view()), &[0, 0, 1]).unwrap();
/// assert_eq!(widths, vec![0.9, 8.0 / 9.0, 0.0]);
/// ```
///
/// # Panics
/// When the number of distances does not match the number of rows with a group.
pub fn silhouettes(distances: &[f64], groups: &[u32]) -> Option<Vec<f64>> {
    let n = groups.len();
    assert_eq!(
        distances.len(),
        n * n.saturating_sub(1) / 2,
        "distances of other rows"
    );
    let mut names = groups.to_vec();
    names.sort_unstable();
    names.dedup();
    if names.len() < 2 {
        return None;
    }
    let codes: Vec<usize> = groups
        .iter()
        .map(|group| names.partition_point(|name| name < group))
        .collect();
    let mut sizes = vec![0_usize; names.len()];
    for code in &codes {
        sizes[*code] += 1;
    }
    // Per row, the sum of its distances to each group; each pair counts for both rows.
    let mut sums = vec![0.0; n * sizes.len()];
    let mut pairs = distances.iter();
    for row in 0..n {
        for (other, distance) in (row + 1..n).zip(pairs.by_ref()) {
            sums[row * sizes.len() + codes[other]] += distance;
            sums[other * sizes.len() + codes[row]] += distance;
        }
    }
    let rows = codes.iter().zip(sums.chunks_exact(sizes.len()));
    let widths = rows.map(|(own, sums)| width(*own, sums, &sizes));
    Some(widths.collect())
}

/// Silhouette width of one row of group `own`, from its distances to the rows of each group.
fn width(own: usize, sums: &[f64], sizes: &[usize]) -> f64 {
    if sizes[own] == 1 {
        return 0.0;
    }
    let inside = sums[own] / (sizes[own] - 1) as f64;
    let outside = sums
        .iter()
        .zip(sizes)
        .enumerate()
        .filter(|(group, _)| *group != own)
        .map(|(_, (sum, size))| sum / *size as f64)
        .fold(f64::INFINITY, f64::min);
    let scale = inside.max(outside);
    if scale > 0.0 {
        (outside - inside) / scale
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn silhouette_agrees_with_scikit_learn_and_a_row_alone_counts_zero() {
        let points = array![[0., 0.], [1., 0.], [0., 2.], [5., 5.], [6., 5.], [9., 0.5]];
        let distances = pairwise_distances(points.view());
        // scikit-learn 1.9.1, silhouette_score
        let mean = silhouette(&distances, &[7, 7, 7, 1, 1, 30]).unwrap();
        assert!((mean - 0.644_903_141_192_440_5).abs() < 1e-12, "{mean}");
    }

    #[test]
    fn one_group_has_no_silhouette_and_equal_rows_count_zero() {
        let points = array![[1.0], [1.0], [1.0]];
        let distances = pairwise_distances(points.view());
        assert_eq!(silhouette(&distances, &[0, 0, 0]), None);
        assert_eq!(silhouette(&distances, &[0, 0, 1]), Some(0.0));
        assert_eq!(silhouette(&[], &[]), None);
    }
}
