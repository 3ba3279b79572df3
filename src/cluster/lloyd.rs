//! Fast k-means for repeated fits: stability, gaps and null tables need hundreds of them.

use ndarray::{Array2, ArrayView2};

use crate::random::Draws;

use super::error::{ClusterError, check};

/// Maximum number of iterations per start.
const ROUNDS: usize = 100;
/// Squared movement of the centres, relative to the mean variance of the columns, below which a
/// start has converged: scikit-learn's default.
const STILL: f64 = 1e-4;
/// Number of centres whose distances are computed together.
const LANES: usize = 4;

/// A k-means fit, with what is needed to compare fits and to label other rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Lloyd {
    /// A label from 0 for each row.
    pub labels: Vec<u32>,
    /// Sum of squared distances to the centres.
    pub inertia: f64,
    /// The centres, one row each.
    pub centres: Array2<f64>,
}

impl Lloyd {
    /// The best of `starts` fits of `k` groups to `points` (rows × columns, any scale).
    ///
    /// Greedy k-means++ starts and Lloyd's iteration; an empty group restarts at the row farthest
    /// from its centre. Several times faster than linfa's k-means; a test compares their inertia.
    ///
    /// Lloyd (1982), doi:10.1109/TIT.1982.1056489; Arthur & Vassilvitskii (2007), *k-means++*.
    ///
    /// # Errors
    /// When there is no row or column, a value is not finite, or `k` is 0 or above the number of
    /// rows.
    pub fn fit(
        points: ArrayView2<'_, f64>,
        k: usize,
        starts: usize,
        draws: &mut Draws,
    ) -> Result<Self, ClusterError> {
        check(points)?;
        let (n, d) = points.dim();
        if k == 0 || k > n {
            return Err(ClusterError::Groups { groups: k, rows: n });
        }
        let rows = RowMajor::of(points);
        let still = STILL * rows.variance();
        let mut best: Option<(f64, Vec<u32>, Vec<f64>)> = None;
        for _ in 0..starts {
            let mut centres = rows.start(k, draws);
            let (mut labels, mut nearest) = (vec![0; n], vec![0.0; n]);
            for _ in 0..ROUNDS {
                let same = !rows.assign(&centres, &mut labels, &mut nearest);
                let moved = rows.centre(&mut labels, &mut nearest, &mut centres);
                if same || moved <= still {
                    break;
                }
            }
            rows.assign(&centres, &mut labels, &mut nearest);
            let inertia = nearest.iter().sum();
            if best.as_ref().is_none_or(|(least, ..)| inertia < *least) {
                best = Some((inertia, labels, centres));
            }
        }
        let (inertia, labels, centres) = best.ok_or(ClusterError::NoStart)?;
        let centres = Array2::from_shape_vec((k, d), centres)
            .map_err(|why| ClusterError::NoFit(why.to_string()))?;
        Ok(Self {
            labels,
            inertia,
            centres,
        })
    }

    /// The label of the nearest centre for each row of other points with the same number of
    /// columns.
    ///
    /// # Errors
    /// When the number of columns differs, or a value is not finite.
    pub fn predict(&self, points: ArrayView2<'_, f64>) -> Result<Vec<u32>, ClusterError> {
        let (expected, found) = (self.centres.ncols(), points.ncols());
        if expected != found {
            return Err(ClusterError::Columns { expected, found });
        }
        if points.nrows() == 0 {
            return Ok(Vec::new());
        }
        check(points)?;
        let rows = RowMajor::of(points);
        let centres: Vec<f64> = self.centres.iter().copied().collect();
        let (mut labels, mut nearest) = (vec![0; rows.n], vec![0.0; rows.n]);
        rows.assign(&centres, &mut labels, &mut nearest);
        Ok(labels)
    }
}

/// Points in one contiguous row-major array.
struct RowMajor {
    values: Vec<f64>,
    n: usize,
    d: usize,
}

impl RowMajor {
    fn of(points: ArrayView2<'_, f64>) -> Self {
        Self {
            values: points.iter().copied().collect(),
            n: points.nrows(),
            d: points.ncols(),
        }
    }

    fn row(&self, at: usize) -> &[f64] {
        &self.values[at * self.d..(at + 1) * self.d]
    }

    /// Mean variance of the columns.
    fn variance(&self) -> f64 {
        let mut means = vec![0.0; self.d];
        for row in self.values.chunks_exact(self.d) {
            for (mean, value) in means.iter_mut().zip(row) {
                *mean += value / self.n as f64;
            }
        }
        let squares = self.values.chunks_exact(self.d).flat_map(|row| {
            let pairs = row.iter().zip(&means);
            pairs.map(|(value, mean)| (value - mean) * (value - mean))
        });
        squares.sum::<f64>() / self.values.len() as f64
    }

    /// Greedy k-means++: draws a few candidates in proportion to squared distance and keeps the one
    /// that leaves the smallest inertia.
    fn start(&self, k: usize, draws: &mut Draws) -> Vec<f64> {
        let trials = 2 + libm::log(k as f64) as usize;
        let mut centres = self.row(draws.index(self.n)).to_vec();
        let mut nearest: Vec<f64> = (0..self.n)
            .map(|at| square(self.row(at), &centres))
            .collect();
        for _ in 1..k {
            let mut best: Option<(f64, usize, Vec<f64>)> = None;
            for _ in 0..trials {
                let total: f64 = nearest.iter().sum();
                // Every row coincides with a centre: any row will do.
                let at = if total > 0.0 {
                    draws.weighted_of(&nearest, total)
                } else {
                    draws.index(self.n)
                };
                let left: Vec<f64> = (0..self.n)
                    .zip(&nearest)
                    .map(|(other, near)| near.min(square(self.row(other), self.row(at))))
                    .collect();
                let sum = left.iter().sum();
                if best.as_ref().is_none_or(|(least, ..)| sum < *least) {
                    best = Some((sum, at, left));
                }
            }
            if let Some((_, at, left)) = best {
                centres.extend_from_slice(self.row(at));
                nearest = left;
            }
        }
        centres
    }

    /// Label each row by its nearest centre (ties go to the first) and return whether any label
    /// changed.
    ///
    /// Works on four centres at once: each distance is summed in column order, so results do not
    /// depend on the lanes, while the processor still vectorises.
    fn assign(&self, centres: &[f64], labels: &mut [u32], nearest: &mut [f64]) -> bool {
        let k = centres.len() / self.d;
        let blocks: Vec<Vec<[f64; LANES]>> = (0..k.div_ceil(LANES))
            .map(|block| {
                let lane = |at: usize, column: usize| {
                    let group = (block * LANES + at).min(k - 1);
                    centres[group * self.d + column]
                };
                let columns = 0..self.d;
                columns
                    .map(|column| std::array::from_fn(|at| lane(at, column)))
                    .collect()
            })
            .collect();
        let mut changed = false;
        for (at, row) in self.values.chunks_exact(self.d).enumerate() {
            let mut best = (0, f64::INFINITY);
            for (block, centres) in blocks.iter().enumerate() {
                let mut squares = [0.0; LANES];
                for (value, centre) in row.iter().zip(centres) {
                    for (square, centre) in squares.iter_mut().zip(centre) {
                        *square += (value - centre) * (value - centre);
                    }
                }
                // A block's spare lanes repeat the last centre, which never wins because ties go to
                // the first.
                for (lane, square) in squares.into_iter().enumerate() {
                    if square < best.1 {
                        best = ((block * LANES + lane) as u32, square);
                    }
                }
            }
            changed |= labels[at] != best.0;
            (labels[at], nearest[at]) = best;
        }
        changed
    }

    /// Move each centre to the mean of its rows and return the squared movement.
    fn centre(&self, labels: &mut [u32], nearest: &mut [f64], centres: &mut [f64]) -> f64 {
        let k = centres.len() / self.d;
        let mut sizes = vec![0_usize; k];
        for label in labels.iter() {
            sizes[*label as usize] += 1;
        }
        for empty in 0..k {
            if sizes[empty] > 0 {
                continue;
            }
            let far = (0..self.n)
                .filter(|at| sizes[labels[*at] as usize] > 1)
                .max_by(|a, b| nearest[*a].total_cmp(&nearest[*b]));
            if let Some(far) = far {
                sizes[labels[far] as usize] -= 1;
                (labels[far], nearest[far], sizes[empty]) = (empty as u32, 0.0, 1);
            }
        }
        let mut sums = vec![0.0; centres.len()];
        for (row, label) in self.values.chunks_exact(self.d).zip(labels.iter()) {
            let from = *label as usize * self.d;
            for (sum, value) in sums[from..from + self.d].iter_mut().zip(row) {
                *sum += value;
            }
        }
        let mut moved = 0.0;
        for (at, (centre, sum)) in centres.iter_mut().zip(sums).enumerate() {
            let size = sizes[at / self.d];
            if size > 0 {
                let mean = sum / size as f64;
                moved += (mean - *centre) * (mean - *centre);
                *centre = mean;
            }
        }
        moved
    }
}

fn square(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use crate::random::Secret;

    use super::super::KMeansModel;
    use super::*;

    fn clouds(rows: usize, columns: usize, groups: usize, apart: f64) -> Array2<f64> {
        let mut draws = Secret::demo(4).stream().fork("clouds").draws();
        Array2::from_shape_fn((rows, columns), |(row, column)| {
            let away = if (row % groups) == column { apart } else { 0.0 };
            away + draws.normal()
        })
    }

    #[test]
    fn inertia_equals_that_of_linfa() {
        for (groups, apart) in [(3, 8.0), (5, 6.0), (4, 2.0)] {
            let points = clouds(600, 6, groups, apart);
            let stream = Secret::demo(5).stream();
            let ours = Lloyd::fit(points.view(), groups, 10, &mut stream.draws()).unwrap();
            let linfa = KMeansModel::fit(points.view(), groups, 10, stream.draws()).unwrap();
            let labels = linfa.predict(points.view()).unwrap();
            let centres = linfa.centres();
            let theirs: f64 = (0..600)
                .map(|row| {
                    let away = &points.row(row) - &centres.row(labels[row] as usize);
                    away.dot(&away)
                })
                .sum();
            // Both stop slightly before the optimum on overlapping clusters.
            assert!((ours.inertia / theirs - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn fewer_places_than_groups_are_no_trouble() {
        let points = Array2::from_shape_fn((20, 3), |(row, _)| f64::from(u8::from(row < 10)));
        let fit = Lloyd::fit(points.view(), 6, 2, &mut Secret::demo(1).stream().draws()).unwrap();
        assert!(fit.inertia.abs() < 1e-12);
        assert!(Lloyd::fit(points.view(), 21, 2, &mut Secret::demo(1).stream().draws()).is_err());
        let none = Array2::from_elem((5, 2), f64::NAN);
        assert!(Lloyd::fit(none.view(), 2, 2, &mut Secret::demo(1).stream().draws()).is_err());
    }

    #[test]
    fn rows_of_the_fit_keep_their_labels() {
        let points = clouds(300, 4, 4, 3.0);
        let fit = Lloyd::fit(points.view(), 4, 3, &mut Secret::demo(1).stream().draws()).unwrap();
        assert_eq!(fit.predict(points.view()).unwrap(), fit.labels);
        assert!(fit.predict(clouds(3, 5, 2, 1.0).view()).is_err());
    }
}
