//! The gap between neighbouring groups: how deep the valley of density is.

use ndarray::{ArrayView2, Axis};

use super::dip::{dip, dip_p_value};
use super::indices::Groups;
use super::valley::valley_depth;
use crate::measure::linalg::{covariance, solve};

/// The boundary between a group and its nearest neighbour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Boundary {
    /// Label of the group.
    pub group: u32,
    /// Label of the group whose centre is nearest.
    pub neighbour: u32,
    /// Depth of the deepest valley along the discriminant of the two: 0 is a gap, 1 no valley. See
    /// [`valley_depth`].
    pub valley: f64,
    /// p-value of the dip test along that line: it shrinks with the number of rows, so it never
    /// decides.
    pub dip_p: f64,
}

/// Added to the covariances, so that a direction without variance does not dominate.
const RIDGE: f64 = 1e-2;

/// For each group of at least `least` rows, the boundary with the group whose centre is nearest.
///
/// Both groups are projected on Fisher's discriminant, whitened by the sum of their covariances.
/// The larger one is cut to the size of the smaller (its first rows), since unequal sizes would
/// fill the valley. `points` have columns of order one. Empty for fewer than two such groups.
///
/// Fisher (1936), doi:10.1111/j.1469-1809.1936.tb02137.x.
///
/// ```
/// let points = ndarray::Array2::from_shape_fn((200, 2), |(row, column)| {
///     (row % 2 * 9) as f64 + ((row * 7 + column * 3) % 11) as f64 / 5.0
/// });
/// let labels: Vec<u32> = (0..200).map(|row| row % 2).collect();
/// let found = drumlin::measure::boundaries(points.view(), &labels, 60);
/// assert!(found.len() == 2 && found[0].valley < 0.1);
/// ```
///
/// # Panics
/// When points and labels differ in number.
pub fn boundaries(points: ArrayView2<'_, f64>, labels: &[u32], least: usize) -> Vec<Boundary> {
    let mut sizes = vec![0_usize; labels.iter().max().map_or(0, |most| *most as usize + 1)];
    for label in labels {
        sizes[*label as usize] += 1;
    }
    let kept: Vec<usize> = (0..labels.len())
        .filter(|row| sizes[labels[*row] as usize] >= least.max(2))
        .collect();
    let points = points.select(Axis(0), &kept);
    let labels: Vec<u32> = kept.iter().map(|row| labels[*row]).collect();
    let Some(groups) = Groups::of(points.view(), &labels) else {
        return Vec::new();
    };
    let mut names = labels;
    names.sort_unstable();
    names.dedup();
    let members: Vec<Vec<usize>> = (0..names.len())
        .map(|group| {
            (0..kept.len())
                .filter(|row| groups.codes[*row] == group)
                .collect()
        })
        .collect();
    (0..names.len())
        .filter_map(|group| {
            let other = nearest(&groups, group)?;
            let rows = members[group].len().min(members[other].len());
            let [a, b] = [group, other].map(|of| points.select(Axis(0), &members[of][..rows]));
            let mut within = covariance(a.view()) + covariance(b.view());
            within.diag_mut().mapv_inplace(|variance| variance + RIDGE);
            let apart = &groups.centres.row(group) - &groups.centres.row(other);
            let line = solve(within.view(), &apart);
            // Alternating, so that any evenly spaced subset has both groups in balance.
            let places: Vec<f64> = (0..rows)
                .flat_map(|row| [a.row(row).dot(&line), b.row(row).dot(&line)])
                .collect();
            Some(Boundary {
                group: names[group],
                neighbour: names[other],
                valley: valley_depth(&places),
                dip_p: dip_p_value(dip(&places), places.len()),
            })
        })
        .collect()
}

/// The median valley of boundaries; 1 without any.
pub fn median_valley(boundaries: &[Boundary]) -> f64 {
    let valleys: Vec<f64> = boundaries.iter().map(|boundary| boundary.valley).collect();
    crate::measure::stats::moments::median(&valleys).unwrap_or(1.0)
}

fn nearest(groups: &Groups, group: usize) -> Option<usize> {
    let distance = |other: usize| {
        let away = &groups.centres.row(group) - &groups.centres.row(other);
        away.dot(&away)
    };
    (0..groups.sizes.len())
        .filter(|other| *other != group)
        .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use crate::random::Secret;

    use super::*;

    #[test]
    fn one_cloud_cut_in_two_has_no_valley() {
        let mut draws = Secret::demo(5).stream().draws();
        let points = Array2::from_shape_fn((600, 4), |_| draws.normal());
        let labels: Vec<u32> = points
            .column(0)
            .iter()
            .map(|x| u32::from(*x > 0.0))
            .collect();
        let found = boundaries(points.view(), &labels, 60);
        assert_eq!(found.len(), 2);
        assert!(median_valley(&found) > 0.6);
    }

    #[test]
    fn small_groups_and_constant_columns_have_no_boundary_to_speak_of() {
        let points = Array2::zeros((100, 3));
        let labels: Vec<u32> = (0..100).map(|row| u32::from(row < 10)).collect();
        assert!(boundaries(points.view(), &labels, 60).is_empty());
        assert!((median_valley(&[]) - 1.0).abs() < 1e-15);
        let found = boundaries(points.view(), &labels, 5);
        assert!(
            found
                .iter()
                .all(|boundary| (boundary.valley - 1.0).abs() < 1e-15)
        );
    }
}
