//! Spectral clustering on a nearest-neighbour graph. None of the crates in use has it.

use linfa_linalg::eigh::{EigSort, Eigh};
use ndarray::{Array1, Array2, ArrayView2, Axis};

use crate::random::Draws;

use super::error::{ClusterError, check};
use super::lloyd::Lloyd;

/// Restarts of the k-means on the eigenvectors.
const STARTS: usize = 10;
/// Extra vectors, so that the last one requested converges as fast as the first.
const SPARE: usize = 4;
/// Powers of the matrix that span the subspace in which the eigenvectors are computed.
const POWERS: usize = 20;

/// Leading eigenvectors of a neighbour graph; they give any number of groups up to their number.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// Rows × vectors, slowest first.
    vectors: Array2<f64>,
}

impl Spectrum {
    /// Joins each row with its `neighbours` nearest rows, itself included, and computes `most`
    /// vectors of the normalised Laplacian. Needs all pairwise distances: meant for samples of a
    /// few thousand.
    ///
    /// Ng, Jordan & Weiss (2002); von Luxburg (2007), doi:10.1007/s11222-007-9033-z; as
    /// scikit-learn's `SpectralClustering(affinity="nearest_neighbors")`.
    ///
    /// # Errors
    /// When values are not finite, or there are fewer rows than neighbours or vectors.
    pub fn new(
        points: ArrayView2<'_, f64>,
        neighbours: usize,
        most: usize,
        draws: &mut Draws,
    ) -> Result<Self, ClusterError> {
        check(points)?;
        let n = points.nrows();
        if neighbours == 0 || neighbours >= n || most + SPARE >= n || most == 0 {
            return Err(ClusterError::Groups {
                groups: most.max(neighbours),
                rows: n,
            });
        }
        let graph = Graph::of(points, neighbours);
        let size = most + SPARE;
        let mut basis: Vec<Array1<f64>> = Vec::new();
        let mut block: Vec<Array1<f64>> = (0..size)
            .map(|_| Array1::from_shape_simple_fn(n, || draws.normal()))
            .collect();
        // The smallest eigenvalues of the Laplacian are the largest of the operator applied here.
        // All powers of a block together approximate them better than the last power alone (Musco &
        // Musco 2015).
        for _ in 0..POWERS {
            let from = basis.len();
            for mut vector in block {
                if orthogonal(&basis, &mut vector) {
                    basis.push(vector);
                }
            }
            block = basis[from..].iter().map(|v| graph.apply(v)).collect();
            if block.is_empty() || basis.len() + size > n {
                break;
            }
        }
        let applied: Vec<Array1<f64>> = basis.iter().map(|v| graph.apply(v)).collect();
        let small = Array2::from_shape_fn((basis.len(), basis.len()), |(i, j)| {
            0.5 * (basis[i].dot(&applied[j]) + basis[j].dot(&applied[i]))
        });
        let (_, turned) = small
            .eigh()
            .map_err(|why| ClusterError::NoFit(why.to_string()))?
            .sort_eig_desc();
        let mut vectors = Array2::zeros((n, most.min(basis.len())));
        for (at, mut column) in vectors.columns_mut().into_iter().enumerate() {
            for (weight, vector) in turned.column(at).iter().zip(&basis) {
                column.scaled_add(*weight, vector);
            }
            column *= &graph.scales;
        }
        Ok(Self { vectors })
    }

    /// `k` groups: k-means on the first `k` vectors.
    ///
    /// # Errors
    /// When `k` is 0 or above the number of vectors.
    pub fn groups(&self, k: usize, draws: &mut Draws) -> Result<Vec<u32>, ClusterError> {
        if k > self.vectors.ncols() {
            return Err(ClusterError::Groups {
                groups: k,
                rows: self.vectors.ncols(),
            });
        }
        let first: Vec<usize> = (0..k).collect();
        let vectors = self.vectors.select(Axis(1), &first);
        Ok(Lloyd::fit(vectors.view(), k, STARTS, draws)?.labels)
    }
}

/// A symmetric graph, normalised by the square roots of its degrees.
struct Graph {
    /// Neighbours of each row, with weights.
    edges: Vec<Vec<(usize, f64)>>,
    /// One over the square root of each row's degree.
    scales: Array1<f64>,
}

impl Graph {
    /// Weight 1 where each is a neighbour of the other, ½ where only one is.
    fn of(points: ArrayView2<'_, f64>, neighbours: usize) -> Self {
        let n = points.nrows();
        let mut edges = vec![Vec::with_capacity(2 * neighbours); n];
        for (row, point) in points.outer_iter().enumerate() {
            let mut near: Vec<(f64, usize)> = points
                .outer_iter()
                .enumerate()
                .map(|(other, to)| {
                    let square = point.iter().zip(to).map(|(a, b)| (a - b) * (a - b)).sum();
                    (if other == row { -1.0 } else { square }, other)
                })
                .collect();
            near.select_nth_unstable_by(neighbours - 1, |a, b| {
                a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
            });
            for (_, other) in &near[..neighbours] {
                edges[row].push((*other, 0.5));
                edges[*other].push((row, 0.5));
            }
        }
        let mut degrees = Array1::zeros(n);
        for (row, joined) in edges.iter_mut().enumerate() {
            joined.sort_unstable_by_key(|(other, _)| *other);
            joined.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                kept.1 += if same { next.1 } else { 0.0 };
                same
            });
            // A row's edge to itself does not count towards its degree.
            joined.retain(|(other, _)| *other != row);
            degrees[row] = joined.iter().map(|(_, weight)| weight).sum();
        }
        let scales = degrees.mapv(|degree: f64| {
            if degree > 0.0 {
                1.0 / libm::sqrt(degree)
            } else {
                1.0
            }
        });
        Self { edges, scales }
    }

    /// Two minus the normalised Laplacian, so that the required eigenvectors come first.
    fn apply(&self, vector: &Array1<f64>) -> Array1<f64> {
        let scaled = vector * &self.scales;
        let rows = self.edges.iter().enumerate().map(|(row, joined)| {
            let sum: f64 = joined.iter().map(|(to, weight)| weight * scaled[*to]).sum();
            vector[row] + self.scales[row] * sum
        });
        rows.collect()
    }
}

/// Remove the projection on `basis`, twice because of rounding, and normalise to length 1. Returns
/// whether anything was left.
fn orthogonal(basis: &[Array1<f64>], vector: &mut Array1<f64>) -> bool {
    const NOTHING: f64 = 1e-8;
    let before = libm::sqrt(vector.dot(vector));
    for _ in 0..2 {
        for other in basis {
            let along = vector.dot(other);
            vector.scaled_add(-along, other);
        }
    }
    let length = libm::sqrt(vector.dot(vector));
    if length <= NOTHING * before || length <= f64::MIN_POSITIVE {
        return false;
    }
    *vector /= length;
    true
}

#[cfg(test)]
mod tests {
    use crate::random::Secret;

    use super::*;

    #[test]
    fn rings_are_told_apart() {
        let mut draws = Secret::demo(2).stream().draws();
        let points = Array2::from_shape_fn((300, 2), |(row, column)| {
            let angle = row as f64 * 0.1;
            let radius = if row % 2 == 0 { 1.0 } else { 6.0 };
            radius
                * if column == 0 {
                    angle.cos()
                } else {
                    angle.sin()
                }
                + 0.05 * draws.normal()
        });
        let spectrum = Spectrum::new(points.view(), 10, 3, &mut draws).unwrap();
        let labels = spectrum.groups(2, &mut draws).unwrap();
        assert!((0..300).all(|row| (labels[row] == labels[0]) == (row % 2 == 0)));
        assert!(spectrum.groups(4, &mut draws).is_err());
    }

    #[test]
    fn few_rows_have_no_spectrum_and_equal_rows_do_no_harm() {
        let mut draws = Secret::demo(2).stream().draws();
        assert!(Spectrum::new(Array2::zeros((12, 2)).view(), 15, 2, &mut draws).is_err());
        let equal = Spectrum::new(Array2::zeros((40, 2)).view(), 15, 3, &mut draws);
        assert!(equal.is_err() || equal.unwrap().groups(2, &mut draws).is_ok());
    }
}
