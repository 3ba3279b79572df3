//! Density-based clustering: HDBSCAN with relative validity. None of the crates in use has both.

use ndarray::ArrayView2;

use super::condense::{Edge, chosen};
use super::error::{ClusterError, check};

/// Clusters of dense rows; all other rows are noise.
#[derive(Debug, Clone, PartialEq)]
pub struct DenseGroups {
    /// A label from 0 for each row; `None` is noise.
    pub labels: Vec<Option<u32>>,
    /// Number of groups.
    pub groups: usize,
    /// How much sparser the gaps around clusters are than the clusters themselves, −1 to 1,
    /// weighted by size. Noise counts as 0; without clusters the value is 0.
    ///
    /// The `relative_validity_` of the package hdbscan: an approximation, on the spanning tree, of
    /// the density-based validity (DBCV) of Moulavi et al. (2014), doi:10.1137/1.9781611973440.96.
    pub validity: f64,
}

impl DenseGroups {
    /// Share of the rows that are noise, 0 to 1.
    pub fn noise(&self) -> f64 {
        let noise = self.labels.iter().filter(|label| label.is_none()).count();
        noise as f64 / self.labels.len().max(1) as f64
    }
}

/// The spanning tree of mutual reachability, from which clusters of any minimum size are derived.
#[derive(Debug, Clone, PartialEq)]
pub struct DensityTree {
    /// Two rows and the reachability between them, shortest first.
    edges: Vec<Edge>,
    rows: usize,
}

impl DensityTree {
    /// The tree of `points` (rows × columns). A row's core distance is the distance to its
    /// `samples`-th nearest other row. All pairs of rows are compared: meant for samples of a few
    /// thousand.
    ///
    /// Campello, Moulavi & Sander (2013), doi:10.1007/978-3-642-37456-2_14.
    ///
    /// # Errors
    /// When values are not finite, or there are not more rows than `samples`.
    pub fn new(points: ArrayView2<'_, f64>, samples: usize) -> Result<Self, ClusterError> {
        check(points)?;
        let n = points.nrows();
        if samples == 0 || samples >= n {
            return Err(ClusterError::Groups {
                groups: samples,
                rows: n,
            });
        }
        let rows = PointRows {
            values: points.iter().copied().collect(),
            d: points.ncols(),
        };
        let mut edges = spanning_tree(&rows, &core_distances(&rows, n, samples));
        edges.sort_by(|a, b| a.2.total_cmp(&b.2));
        Ok(Self { edges, rows: n })
    }

    /// Groups of at least `least` rows (2 or more), chosen by excess of mass. All rows are never
    /// returned as one group.
    pub fn groups(&self, least: usize) -> DenseGroups {
        let labels = chosen(&self.edges, self.rows, least.max(2));
        let groups = labels
            .iter()
            .flatten()
            .max()
            .map_or(0, |most| *most as usize + 1);
        DenseGroups {
            validity: validity(&self.edges, &labels, groups),
            labels,
            groups,
        }
    }
}

/// Relative validity, as the package hdbscan computes it.
fn validity(edges: &[Edge], labels: &[Option<u32>], groups: usize) -> f64 {
    let mut inside = vec![0.0_f64; groups];
    let mut between = vec![f64::INFINITY; groups];
    let mut sizes = vec![0_usize; groups];
    for label in labels.iter().flatten() {
        sizes[*label as usize] += 1;
    }
    let mut longest = 0.0_f64;
    for (from, to, length) in edges {
        longest = longest.max(*length);
        if let (Some(from), Some(to)) = (labels[*from], labels[*to]) {
            let (from, to) = (from as usize, to as usize);
            if from == to {
                inside[from] = inside[from].max(*length);
            } else {
                between[from] = between[from].min(*length);
                between[to] = between[to].min(*length);
            }
        }
    }
    let mut whole = 0.0;
    for group in 0..groups {
        // A group surrounded only by noise is far from every other group.
        let gap = if between[group].is_finite() {
            between[group]
        } else {
            2.0 * longest
        };
        let scale = gap.max(inside[group]);
        if scale > 0.0 {
            whole += sizes[group] as f64 * (gap - inside[group]) / scale;
        }
    }
    whole / labels.len().max(1) as f64
}

/// Points in one contiguous row-major array.
struct PointRows {
    values: Vec<f64>,
    d: usize,
}

impl PointRows {
    fn distance(&self, a: usize, b: usize) -> f64 {
        let row = |at: usize| &self.values[at * self.d..(at + 1) * self.d];
        let pairs = row(a).iter().zip(row(b));
        libm::sqrt(pairs.map(|(a, b)| (a - b) * (a - b)).sum())
    }
}

/// Distance of each row to its `samples`-th nearest other row.
fn core_distances(rows: &PointRows, n: usize, samples: usize) -> Vec<f64> {
    (0..n)
        .map(|row| {
            let mut all: Vec<f64> = (0..n).map(|other| rows.distance(row, other)).collect();
            // The nearest row is the row itself.
            *all.select_nth_unstable_by(samples, f64::total_cmp).1
        })
        .collect()
}

/// Prim's minimum spanning tree of mutual reachability: the largest of the distance and both core
/// distances.
fn spanning_tree(rows: &PointRows, cores: &[f64]) -> Vec<Edge> {
    let n = cores.len();
    let mut nearest = vec![(f64::INFINITY, 0); n];
    let mut outside: Vec<usize> = (1..n).collect();
    let mut edges = Vec::with_capacity(n.saturating_sub(1));
    let mut last = 0;
    while !outside.is_empty() {
        let mut best = (f64::INFINITY, 0);
        for (place, row) in outside.iter().enumerate() {
            let reach = rows.distance(last, *row).max(cores[last]).max(cores[*row]);
            if reach < nearest[*row].0 {
                nearest[*row] = (reach, last);
            }
            if nearest[*row].0 < best.0 {
                best = (nearest[*row].0, place);
            }
        }
        last = outside.swap_remove(best.1);
        edges.push((nearest[last].1, last, nearest[last].0));
    }
    edges
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use crate::random::Secret;

    use super::*;

    #[test]
    fn two_dense_clouds_are_found_and_one_is_no_group() {
        let mut draws = Secret::demo(2).stream().draws();
        let mut cloud = |apart: f64| {
            Array2::from_shape_fn((200, 2), |(row, _)| {
                draws.normal() + if row % 2 == 0 { apart } else { 0.0 }
            })
        };
        let two = DensityTree::new(cloud(20.0).view(), 10).unwrap().groups(25);
        assert_eq!(two.groups, 2);
        assert!(two.validity > 0.5, "{}", two.validity);
        let one = DensityTree::new(cloud(0.0).view(), 10).unwrap().groups(75);
        assert!(one.groups == 0 && one.validity.abs() < 1e-12 && one.noise() > 0.999);
    }

    #[test]
    fn equal_rows_are_no_trouble() {
        let tree = DensityTree::new(Array2::zeros((60, 2)).view(), 10).unwrap();
        assert!(tree.groups(25).validity.is_finite());
        assert!(DensityTree::new(Array2::zeros((5, 2)).view(), 10).is_err());
    }
}
