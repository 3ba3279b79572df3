//! Distances to the nearest rows.

use ndarray::ArrayView2;
use rayon::prelude::*;

/// Euclidean distance of each row to its `k`-th nearest other row; `k` = 1 is the nearest.
///
/// From 0 up: small in dense regions (copies, bots), large for an isolated row. The row itself does
/// not count, but an equal row at distance 0 does. No value when `k` is 0, when there are at most
/// `k` rows, or when a coordinate is not finite, since such distances have no order. The cost grows
/// with the square of the number of rows: meant for a few thousand.
///
/// Like `NearestNeighbors(n_neighbors=k)` of scikit-learn, queried without points; Ramaswamy et al.
/// (2000), doi:10.1145/342009.335437, use it to find outliers.
///
/// ```
/// let points = ndarray::array![[0.0], [1.0], [10.0]];
/// let far = drumlin::measure::neighbour_distances(points.view(), 1).unwrap();
/// assert_eq!(far, vec![1.0, 1.0, 9.0]);
/// ```
pub fn neighbour_distances(points: ArrayView2<'_, f64>, k: usize) -> Option<Vec<f64>> {
    let rows = points.nrows();
    if k == 0 || rows <= k || points.iter().any(|value| !value.is_finite()) {
        return None;
    }
    // Column-major: one row is compared with many at once.
    let columns: Vec<f64> = points.t().iter().copied().collect();
    let room = || (vec![0.0; rows], vec![0.0; k]);
    let found = (0..rows)
        .into_par_iter()
        .map_init(room, |(squares, nearest), from| {
            squares.fill(0.0);
            for column in columns.chunks_exact(rows) {
                let own = column[from];
                for (square, other) in squares.iter_mut().zip(column) {
                    *square += (own - other) * (own - other);
                }
            }
            squares[from] = f64::INFINITY;
            nearest.fill(f64::INFINITY);
            for square in squares.iter() {
                if *square < nearest[k - 1] {
                    let place = nearest.partition_point(|other| other <= square);
                    nearest[place..].rotate_right(1);
                    nearest[place] = *square;
                }
            }
            libm::sqrt(nearest[k - 1])
        });
    Some(found.collect())
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
