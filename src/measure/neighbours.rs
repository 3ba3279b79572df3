//! How far the nearest rows are.

use ndarray::ArrayView2;
use rayon::prelude::*;

/// Euclidean distance of each row to its `k`-th nearest other row; `k` = 1 is the nearest.
///
/// From 0 up: small where rows crowd (copies, bots), large where a row stands alone. The row
/// itself does not count, an equal row at distance 0 does. No value when `k` is 0, when there are
/// not more than `k` rows, or when a coordinate is not finite: distances to such rows have no
/// order. The cost grows with the square of the rows: meant for a few thousand.
///
/// As `NearestNeighbors(n_neighbors=k)` of scikit-learn, asked without rows; Ramaswamy et al.
/// (2000), doi:10.1145/342009.335437, on rows that stand out by it.
///
/// ```
/// let points = ndarray::array![[0.0], [1.0], [10.0]];
/// let far = drumlin::measure::neighbour_distances(points.view(), 1).unwrap();
/// assert_eq!(far, vec![1.0, 1.0, 9.0]);
/// ```
pub fn neighbour_distances(points: ArrayView2<'_, f64>, k: usize) -> Option<Vec<f64>> {
    let (rows, width) = points.dim();
    if k == 0 || rows <= k || points.iter().any(|value| !value.is_finite()) {
        return None;
    }
    // One slice, rows behind one another: the inner loop reads straight through memory.
    let flat: Vec<f64> = points.iter().copied().collect();
    let row = |at: usize| &flat[at * width..(at + 1) * width];
    let found = (0..rows).into_par_iter().map(|from| {
        let mut nearest = vec![f64::INFINITY; k];
        for to in (0..rows).filter(|to| *to != from) {
            let limit = nearest[k - 1];
            if let Some(square) = square_below(row(from), row(to), limit) {
                let place = nearest.partition_point(|other| *other <= square);
                nearest[place..].rotate_right(1);
                nearest[place] = square;
            }
        }
        libm::sqrt(nearest[k - 1])
    });
    Some(found.collect())
}

/// The squared distance, given up as soon as it reaches `limit`: most pairs are far apart, and
/// the first coordinates tell.
fn square_below(from: &[f64], to: &[f64], limit: f64) -> Option<f64> {
    const STEP: usize = 8;
    let mut square = 0.0;
    for (from, to) in from.chunks(STEP).zip(to.chunks(STEP)) {
        for (a, b) in from.iter().zip(to) {
            square += (a - b) * (a - b);
        }
        if square >= limit {
            return None;
        }
    }
    Some(square)
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    #[test]
    fn equal_rows_are_neighbours_at_no_distance() {
        let points = array![[1.0, 2.0], [1.0, 2.0], [4.0, 6.0]];
        let nearest = neighbour_distances(points.view(), 1).unwrap();
        assert_eq!(nearest, vec![0.0, 0.0, 5.0]);
        let second = neighbour_distances(points.view(), 2).unwrap();
        assert_eq!(second, vec![5.0, 5.0, 5.0]);
    }

    #[test]
    fn too_few_rows_and_rows_without_a_place_have_no_neighbours() {
        assert_eq!(neighbour_distances(array![[1.0]].view(), 1), None);
        assert_eq!(neighbour_distances(array![[1.0], [2.0]].view(), 0), None);
        assert_eq!(
            neighbour_distances(array![[1.0], [f64::NAN]].view(), 1),
            None
        );
        assert_eq!(neighbour_distances(Array2::zeros((0, 3)).view(), 1), None);
    }
}
