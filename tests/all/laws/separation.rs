//! Laws of measures of separated clusters, and of null tables.

use drumlin::measure::{
    Boundary, Gap, adjusted_rand_of_labels, boundaries, dip, jittered, pairwise_distances,
    silhouette,
};
use drumlin::random::{Draws, Secret};
use ndarray::{Array2, ArrayView2};
use proptest::prelude::*;

use super::{close, for_all};

type Points<'a> = ArrayView2<'a, f64>;
type OfPoints = fn(Points<'_>, &[u32]) -> Option<f64>;

const SLACK: f64 = 1e-9;

/// Rows of two columns on a coarse grid, each with a group.
fn points() -> impl Strategy<Value = (Array2<f64>, Vec<u32>)> {
    prop::collection::vec((-9..9_i32, -9..9_i32, 0..4_u32), 4..60).prop_map(|rows| {
        let values = rows
            .iter()
            .flat_map(|(x, y, _)| [f64::from(*x), f64::from(*y)]);
        let points = Array2::from_shape_vec((rows.len(), 2), values.collect()).unwrap();
        (points, rows.into_iter().map(|row| row.2).collect())
    })
}

/// Numbers with ties.
fn column() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-400..400_i32, 1..120)
        .prop_map(|values| values.into_iter().map(|x| f64::from(x / 3) / 8.0).collect())
}

/// By powers of two, so that nothing is rounded.
fn shifted_and_scaled(values: &[f64]) -> Vec<f64> {
    values.iter().map(|x| 4.0 * x - 64.0).collect()
}

fn other_names(labels: &[u32]) -> Vec<u32> {
    labels.iter().map(|label| 7 - label).collect()
}

fn inside(value: f64, low: f64, high: f64) -> bool {
    (low - SLACK..=high + SLACK).contains(&value)
}

fn near(left: Option<f64>, right: Option<f64>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => (left - right).abs() <= SLACK * left.abs().max(1.0),
        (left, right) => left.is_none() == right.is_none(),
    }
}

fn draws() -> Draws {
    Secret::demo(1).stream().draws()
}

pub(super) fn of_distances(distances: fn(Points<'_>) -> Vec<f64>) {
    for_all(points(), |(points, _)| {
        let found = distances(points.view());
        let rows = points.nrows();
        prop_assert_eq!(found.len(), rows * (rows - 1) / 2);
        prop_assert!(found.iter().all(|distance| *distance >= 0.0));
        let far = distances((&points * 2.0).view());
        prop_assert!(
            found
                .iter()
                .zip(far)
                .all(|(near, far)| (far - 2.0 * near).abs() < SLACK)
        );
        Ok(())
    });
}

pub(super) fn of_neighbours(neighbours: fn(Points<'_>, usize) -> Option<Vec<f64>>) {
    for_all((points(), 1..4_usize), |((points, _), k)| {
        let (near, far) = (
            neighbours(points.view(), k),
            neighbours(points.view(), k + 1),
        );
        if let (Some(near), Some(far)) = (&near, &far) {
            prop_assert!(near.iter().zip(far).all(|(near, far)| near <= far));
            let distances = pairwise_distances(points.view());
            let nearest = distances.iter().copied().fold(f64::INFINITY, f64::min);
            prop_assert!(near.iter().all(|near| *near >= nearest));
        }
        Ok(())
    });
}

pub(super) fn of_silhouettes(silhouette: fn(&[f64], &[u32]) -> Option<f64>) {
    for_all(points(), |(points, labels)| {
        let distances = pairwise_distances(points.view());
        let value = silhouette(&distances, &labels);
        prop_assert!(value.is_none_or(|value| (-1.0..=1.0).contains(&value)));
        prop_assert!(close(value, silhouette(&distances, &other_names(&labels))));
        Ok(())
    });
}

pub(super) fn of_each_silhouette(silhouettes: fn(&[f64], &[u32]) -> Option<Vec<f64>>) {
    for_all(points(), |(points, labels)| {
        let distances = pairwise_distances(points.view());
        let each = silhouettes(&distances, &labels);
        prop_assert_eq!(each.is_some(), silhouette(&distances, &labels).is_some());
        prop_assert!(
            each.iter()
                .flatten()
                .all(|value| (-1.0..=1.0).contains(value))
        );
        Ok(())
    });
}

pub(super) fn of_positive_indices(index: OfPoints) {
    for_all(points(), |(points, labels)| {
        let value = index(points.view(), &labels);
        prop_assert!(near(value, index(points.view(), &other_names(&labels))));
        prop_assert!(value.is_none_or(|value| value >= -SLACK));
        Ok(())
    });
}

pub(super) fn of_shares(eta_squared: fn(&[f64], &[u32]) -> Option<f64>) {
    for_all(points(), |(points, labels)| {
        let column = points.column(0).to_vec();
        let value = eta_squared(&column, &labels);
        prop_assert!(near(value, eta_squared(&column, &other_names(&labels))));
        prop_assert!(near(
            value,
            eta_squared(&shifted_and_scaled(&column), &labels)
        ));
        prop_assert!(value.is_none_or(|value| inside(value, 0.0, 1.0)));
        Ok(())
    });
}

pub(super) fn of_boundaries(boundaries: fn(Points<'_>, &[u32], usize) -> Vec<Boundary>) {
    for_all(points(), |(points, labels)| {
        let found = boundaries(points.view(), &labels, 5);
        prop_assert!(found.iter().all(|one| inside(one.dip_p, 0.0, 1.0)));
        prop_assert!(found.iter().all(|one| inside(one.valley, 0.0, 1.0)));
        Ok(())
    });
}

pub(super) fn of_median_valleys(median_valley: fn(&[Boundary]) -> f64) {
    assert!(
        (median_valley(&[]) - 1.0).abs() < SLACK,
        "without a boundary"
    );
    for_all(points(), |(points, labels)| {
        let found = boundaries(points.view(), &labels, 5);
        prop_assert!(inside(median_valley(&found), 0.0, 1.0));
        Ok(())
    });
}

pub(super) fn of_valleys(depth: fn(&[f64]) -> f64) {
    for_all(column(), |values| {
        prop_assert!(inside(depth(&values), 0.0, 1.0));
        let moved = shifted_and_scaled(&values);
        prop_assert!((depth(&values) - depth(&moved)).abs() < 1e-6);
        Ok(())
    });
}

pub(super) fn of_dips(dip: fn(&[f64]) -> f64) {
    for_all(column(), |values| {
        prop_assert!(inside(dip(&values), 0.0, 0.25));
        let moved = shifted_and_scaled(&values);
        prop_assert!((dip(&values) - dip(&moved)).abs() < SLACK);
        Ok(())
    });
}

pub(super) fn of_dip_p_values(p_value: fn(f64, usize) -> f64) {
    for_all(column(), |values| {
        let (found, n) = (dip(&values), values.len());
        prop_assert!(inside(p_value(found, n), 0.0, 1.0));
        prop_assert!(p_value(found * 0.5, n) >= p_value(found, n) - SLACK);
        Ok(())
    });
}

pub(super) fn of_hopkins(hopkins: fn(Points<'_>, usize, &mut Draws) -> Option<f64>) {
    for_all(points(), |(points, _)| {
        let spread = jittered(points.view(), &mut draws());
        let value = hopkins(spread.view(), 20, &mut draws());
        prop_assert!(value.is_none_or(|value| inside(value, 0.0, 1.0)));
        Ok(())
    });
}

pub(super) fn of_prediction_strength(strength: fn(&[u32], &[u32]) -> Option<f64>) {
    for_all((points(), 0..3_u32), |((_, labels), shift)| {
        let other: Vec<u32> = labels.iter().map(|label| (label + shift) % 4).collect();
        let own = strength(&labels, &labels);
        prop_assert!(own.is_none_or(|own| inside(own, 1.0, 1.0)));
        prop_assert!(near(own, strength(&labels, &other)), "other names");
        let halves: Vec<u32> = (0..labels.len()).map(|row| row as u32 % 2).collect();
        prop_assert!(strength(&halves, &labels).is_none_or(|value| inside(value, 0.0, 1.0)));
        Ok(())
    });
}

type OfLabels = fn(&Vec<u32>, &Vec<u32>) -> Option<f64>;

pub(super) fn of_medians(median: fn(&[Vec<u32>], OfLabels) -> Option<f64>) {
    for_all(points(), |(_, labels)| {
        let halves: Vec<u32> = (0..labels.len()).map(|row| row as u32 % 2).collect();
        let items = [labels.clone(), halves, labels];
        let value = median(&items, |a, b| adjusted_rand_of_labels(a, b)).unwrap();
        prop_assert!(inside(value, -0.5, 1.0));
        Ok(())
    });
}

pub(super) fn of_gaps(gap_statistic: fn(&[f64], &[Vec<f64>]) -> Option<Gap>) {
    for_all(prop::collection::vec(0.1..99.0_f64, 1..8), |inertias| {
        let gap = gap_statistic(&inertias, &[inertias.clone(), inertias.clone()]).unwrap();
        prop_assert!(gap.gaps.iter().all(|gap| gap.abs() < SLACK));
        prop_assert_eq!(gap.k, 1);
        Ok(())
    });
}

type Null = fn(Points<'_>, &mut Draws) -> Array2<f64>;

pub(super) fn keeps_column_values(null: Null) {
    for_all(points(), |(points, _)| {
        let sorted = |table: &Array2<f64>, column: usize| {
            let mut values = table.column(column).to_vec();
            values.sort_by(f64::total_cmp);
            values
        };
        let null = null(points.view(), &mut draws());
        for column in 0..2 {
            prop_assert_eq!(sorted(&null, column), sorted(&points, column));
        }
        Ok(())
    });
}

pub(super) fn stays_in_the_box(null: Null) {
    for_all(points(), |(points, _)| {
        let even = null(points.view(), &mut draws());
        prop_assert!(even.iter().all(|value| value.abs() <= 9.0));
        Ok(())
    });
}

pub(super) fn moves_by_half_a_step(jittered: Null) {
    for_all(points(), |(points, _)| {
        let spread = jittered(points.view(), &mut draws());
        // A step is at most the width of the grid.
        prop_assert!((&spread - &points).iter().all(|away| away.abs() <= 9.0));
        Ok(())
    });
}

pub(super) fn of_scores(normal_scores: fn(Points<'_>) -> Array2<f64>) {
    for_all(points(), |(points, _)| {
        let scores = normal_scores(points.view());
        prop_assert!(scores.iter().all(|score| score.is_finite()));
        prop_assert_eq!(&scores, &normal_scores((&points * 4.0).view()));
        Ok(())
    });
}

pub(super) fn of_standardised(standardised: fn(Points<'_>) -> Array2<f64>) {
    for_all(points(), |(points, _)| {
        for column in standardised(points.view()).columns() {
            prop_assert!(column.sum().abs() < 1e-6);
            let squares: f64 = column.iter().map(|x| x * x).sum();
            prop_assert!(squares < 1e-12 || (squares / column.len() as f64 - 1.0).abs() < 1e-6);
        }
        Ok(())
    });
}
