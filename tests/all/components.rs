//! Principal components of arbitrary points.

use drumlin::cluster::{ClusterError, PrincipalComponents};
use drumlin::random::Secret;
use ndarray::{Array2, Axis, Slice, array};

fn five() -> Array2<f64> {
    array![
        [1., 2., 0.5],
        [2., 1., 0.4],
        [3., 5., 0.9],
        [4., 3., 0.1],
        [5., 6., 1.3]
    ]
}

fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-12,
        "{found} instead of {expected}"
    );
}

#[test]
fn variances_and_loadings_agree_with_numpy() {
    // numpy 2.4 linalg.eigh of cov and corrcoef
    let plain = PrincipalComponents::fit(five().view(), false).unwrap();
    near(plain.variances[0], 6.171_516_125_659_48);
    near(plain.loadings[[1, 0]], 0.813_032_969_383_763_6);
    near(plain.loadings[[0, 1]], 0.813_824_589_305_378_7);
    let scaled = PrincipalComponents::fit(five().view(), true).unwrap();
    near(scaled.variances[2], 0.088_475_563_805_694_48);
    near(scaled.loadings[[2, 0]], 0.554_073_546_956_759_7);
    near(scaled.shares().iter().sum(), 1.0);
}

#[test]
fn scores_have_the_variances_of_their_components() {
    let components = PrincipalComponents::fit(five().view(), true).unwrap();
    let scores = components.scores(five().view(), 9).unwrap();
    assert_eq!(scores.dim(), (5, 3));
    for (component, variance) in components.variances.iter().enumerate() {
        near(scores.column(component).var(1.0), *variance);
    }
}

#[test]
fn constant_columns_and_single_rows_are_no_trouble() {
    let mut points = Array2::from_elem((5, 4), 1e6 / 3.0);
    points
        .slice_axis_mut(Axis(1), Slice::from(..3))
        .assign(&five());
    let components = PrincipalComponents::fit(points.view(), true).unwrap();
    near(components.variances[3], 0.0);
    near(components.loadings[[3, 0]], 0.0);
    let one = PrincipalComponents::fit(array![[1.0, 2.0]].view(), true).unwrap();
    assert_eq!(one.variances, vec![0.0, 0.0]);
    assert_eq!(one.shares(), vec![0.0, 0.0]);
}

#[test]
fn more_columns_than_rows_and_copies_of_columns_come_to_an_end() {
    let mut draws = Secret::demo(2).stream().draws();
    for (rows, columns) in [(2, 1), (3, 8), (10, 30), (60, 20)] {
        let rank = (columns / 2).max(1);
        let base = Array2::from_shape_fn((rows, rank), |_| draws.normal());
        let copied = Array2::from_shape_fn((rows, columns), |(r, c)| base[[r, c % rank]]);
        let components = PrincipalComponents::fit(copied.view(), true).unwrap();
        let total: f64 = components.variances.iter().sum();
        assert!((total - columns as f64).abs() < 1e-9);
        let gram = components.loadings.t().dot(&components.loadings);
        let off = (gram - Array2::<f64>::eye(columns)).mapv(f64::abs).sum();
        assert!(off < 1e-9, "{rows} × {columns}: {off}");
    }
}

#[test]
fn other_columns_are_refused_and_missing_values_stay_missing() {
    let components = PrincipalComponents::fit(five().view(), true).unwrap();
    let refused = components.scores(array![[1.0]].view(), 2);
    assert_eq!(
        refused,
        Err(ClusterError::Columns {
            expected: 3,
            found: 1
        })
    );
    let scores = components.scores(array![[f64::NAN, 1., 1.], [1., 1., 1.]].view(), 2);
    let scores = scores.unwrap();
    assert!(scores[[0, 0]].is_nan() && scores[[1, 0]].is_finite());
    assert!(PrincipalComponents::fit(array![[f64::NAN]].view(), true).is_err());
}
