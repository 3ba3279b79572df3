//! Laws of dependence between columns, and between sets of columns.

use drumlin::measure::{
    Correlation, adjusted_r_squared, canonical_correlations, concordance_correlation,
    disentanglement, distance_correlation, distance_covariance, energy_distance,
    factor_completeness, linear_cka, matched_mean_correlation, multiple_r_squared, pearson,
    procrustes_disparity, rmse, unbiased_distance_correlation,
};
use ndarray::Array2;
use proptest::prelude::*;

use super::{SLACK, close, columns};

type Space = Vec<Vec<f64>>;

/// Two sets of two columns of the same rows.
fn spaces() -> impl Strategy<Value = (Space, Space)> {
    let value = || prop_oneof![9 => -10.0..10.0_f64, 1 => Just(f64::NAN)];
    prop::collection::vec([value(), value(), value(), value()], 6..30).prop_map(|rows| {
        let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<f64>>();
        (vec![column(0), column(1)], vec![column(2), column(3)])
    })
}

fn table(columns: &[Vec<f64>]) -> Array2<f64> {
    Array2::from_shape_fn((columns[0].len(), columns.len()), |(row, column)| {
        columns[column][row]
    })
}

/// The same points, turned by an angle, stretched and shifted.
fn turned(columns: &[Vec<f64>], angle: f64) -> Space {
    let (s, c) = angle.sin_cos();
    let pairs = || columns[0].iter().zip(&columns[1]);
    vec![
        pairs().map(|(x, y)| 5.0 + 3.0 * (c * x - s * y)).collect(),
        pairs().map(|(x, y)| 3.0 * (s * x + c * y) - 2.0).collect(),
    ]
}

fn near(left: Option<f64>, right: Option<f64>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => (left - right).abs() < 1e-7,
        (left, right) => left.is_none() == right.is_none(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn spaces_keep_their_laws((x, y) in spaces(), angle in 0.0..6.0_f64) {
        let other = turned(&y, angle);
        for of in [linear_cka::<Vec<f64>, Vec<f64>>, procrustes_disparity, |x: &[_], y: &[_]| canonical_correlations(x, y).map(|all| all[0])] {
            let value = of(&x, &y);
            prop_assert!(value.is_none_or(|value| (0.0..=1.0).contains(&value)));
            prop_assert!(near(value, of(&y, &x)), "symmetric");
            prop_assert!(near(value, of(&x, &other)), "and turned");
        }
        if let Some(all) = canonical_correlations(&x, &y) {
            prop_assert!(all.len() <= 2 && all.windows(2).all(|pair| pair[0] >= pair[1]));
            for column in &x {
                let told = multiple_r_squared(column, &y);
                prop_assert!(told.is_none_or(|told| (0.0..=1.0).contains(&told)));
            }
        }
        prop_assert!(procrustes_disparity(&y, &other).is_none_or(|rest| rest < 1e-9));
        prop_assert!(linear_cka(&y, &other).is_none_or(|cka| cka > 1.0 - 1e-9));
    }

    #[test]
    fn matched_axes_keep_their_laws((x, y) in spaces()) {
        let flipped: Space = y.iter().rev().map(|column| column.iter().map(|y| 1.0 - 2.0 * y).collect()).collect();
        for by in [Correlation::Pearson, Correlation::Spearman, Correlation::Kendall] {
            let mean = matched_mean_correlation(&x, &y, by);
            prop_assert!(mean.is_some_and(|mean| (0.0..=1.0).contains(&mean)));
            prop_assert!(close(mean, matched_mean_correlation(&x, &flipped, by)));
            let half = matched_mean_correlation(&x, &y[..1], by);
            prop_assert!(half <= mean.map(|mean| mean + SLACK));
        }
        let told = adjusted_r_squared(&x[0], &y, Correlation::Spearman);
        let cubes: Space = y.iter().map(|column| column.iter().map(|y| y * y * y).collect()).collect();
        prop_assert!(near(told, adjusted_r_squared(&x[0], &cubes, Correlation::Spearman)));
        let more = multiple_r_squared(&x[0], &y);
        // A column with missing rows changes which rows are looked at.
        if y[1].iter().all(|y| y.is_finite()) {
            prop_assert!(multiple_r_squared(&x[0], &y[..1]) <= more.map(|more| more + SLACK));
        }
    }

    #[test]
    fn distances_of_rows_keep_their_laws((x, y) in spaces(), angle in 0.0..6.0_f64) {
        let (of_x, of_y, of_other) = (table(&x), table(&y), table(&turned(&y, angle)));
        for of in [distance_correlation, unbiased_distance_correlation] {
            let value = of(of_x.view(), of_y.view());
            prop_assert!(value.is_none_or(|value| (-1.0 - SLACK..=1.0 + SLACK).contains(&value)));
            prop_assert!(near(value, of(of_y.view(), of_x.view())), "symmetric");
            prop_assert!(near(value, of(of_x.view(), of_other.view())), "and turned");
            let own = of(of_x.view(), of_x.view());
            prop_assert!(own.is_none_or(|own| own.abs() < SLACK || (own - 1.0).abs() < 1e-9));
        }
        let stretched = distance_covariance(of_x.view(), of_other.view());
        let plain = distance_covariance(of_x.view(), of_y.view());
        prop_assert!(near(stretched, plain.map(|plain| plain * 3_f64.sqrt())));
    }

    #[test]
    fn differences_of_two_columns_keep_their_laws((x, y) in columns(), shift in -5.0..5.0_f64) {
        let moved = |values: &[f64]| values.iter().map(|value| value + shift).collect::<Vec<f64>>();
        for of in [rmse, energy_distance, concordance_correlation] {
            let value = of(&x, &y);
            prop_assert!(close(value, of(&y, &x)));
            prop_assert!(near(value.map(|value| value / 1e3), of(&moved(&x), &moved(&y)).map(|value| value / 1e3)));
        }
        prop_assert!(rmse(&x, &x).is_none_or(|error| error.abs() < SLACK));
        prop_assert!(energy_distance(&x, &x).is_none_or(|distance| distance.abs() < 1e-9));
        prop_assert!(energy_distance(&x, &y).is_none_or(|distance| distance >= 0.0));
        prop_assert!(concordance_correlation(&x, &x).is_none_or(|own| (own - 1.0).abs() < 1e-9));
        if let (Some(concordance), Some(r)) = (concordance_correlation(&x, &y), pearson(&x, &y)) {
            prop_assert!(concordance.abs() <= r.abs() + 1e-9);
        }
    }

    #[test]
    fn importances_keep_their_laws(values in prop::collection::vec(0.0..3.0_f64, 12), scale in 0.1..10.0_f64) {
        let importance = Array2::from_shape_vec((4, 3), values).unwrap();
        let found = disentanglement(importance.view());
        let turned = factor_completeness(importance.t());
        prop_assert_eq!(&found, &turned);
        if let Some(found) = found {
            prop_assert!(found.each.iter().all(|each| (0.0..=1.0).contains(each)));
            prop_assert!((-SLACK..=1.0 + SLACK).contains(&found.mean));
            let stretched = disentanglement((&importance * scale).view()).unwrap();
            prop_assert!((found.mean - stretched.mean).abs() < 1e-9);
        }
    }
}
