//! k-means on arbitrary points.

use drumlin::cluster::{ClusterError, KMeansModel, kmeans};
use drumlin::random::{Draws, Secret};
use ndarray::{Array2, array};

fn draws(name: &str) -> Draws {
    Secret::demo(1).stream().fork(name).draws()
}

/// Three clusters around (0,0), (10,0), (0,10), in turn.
fn blobs(rows: usize, unit: f64, offset: f64) -> Array2<f64> {
    let mut noise = draws("noise");
    Array2::from_shape_fn((rows, 2), |(row, column)| {
        let centre = if row % 3 == column + 1 { 10.0 } else { 0.0 };
        offset + unit * (centre + noise.normal())
    })
}

#[test]
fn blobs_are_found_whatever_their_unit_and_offset() {
    for (unit, offset) in [(1.0, 0.0), (1e-90, 0.0), (1e90, 0.0), (1.0, 1e9)] {
        let points = blobs(300, unit, offset);
        let labels = kmeans(points.view(), 3, 5, draws("starts")).unwrap();
        for row in 3..300 {
            assert_eq!(labels[row], labels[row - 3], "unit {unit}, offset {offset}");
        }
        assert_ne!(labels[0], labels[1]);
    }
}

#[test]
fn the_same_draws_give_the_same_labels() {
    let points = blobs(200, 1.0, 0.0);
    let labels = || kmeans(points.view(), 7, 3, draws("starts")).unwrap();
    assert_eq!(labels(), labels());
}

#[test]
fn a_model_labels_rows_that_were_not_there() {
    let model = KMeansModel::fit(blobs(300, 1.0, 0.0).view(), 3, 5, draws("starts")).unwrap();
    let labels = model.predict(array![[0., 0.], [10., 1.], [9., -1.], [1., 11.]].view());
    let labels = labels.unwrap();
    assert_eq!(labels[1], labels[2]);
    assert_ne!(labels[0], labels[3]);
    assert_eq!(model.predict(Array2::zeros((0, 2)).view()), Ok(vec![]));
    let wrong = model.predict(array![[1.0]].view());
    assert_eq!(
        wrong,
        Err(ClusterError::Columns {
            expected: 2,
            found: 1
        })
    );
}

#[test]
fn what_linfa_would_panic_at_is_refused() {
    let points = array![[1.0, 2.0], [3.0, 4.0]];
    let fit =
        |points: &Array2<f64>, k, restarts| kmeans(points.view(), k, restarts, draws("starts"));
    assert_eq!(
        fit(&points, 3, 1),
        Err(ClusterError::Groups { groups: 3, rows: 2 })
    );
    assert_eq!(
        fit(&points, 0, 1),
        Err(ClusterError::Groups { groups: 0, rows: 2 })
    );
    assert_eq!(fit(&points, 1, 0), Err(ClusterError::NoStart));
    assert!(matches!(
        fit(&Array2::zeros((0, 2)), 1, 1),
        Err(ClusterError::NoPoints { .. })
    ));
    for value in [f64::NAN, f64::INFINITY, 1e200] {
        let refused = fit(&array![[1.0, value], [3.0, 4.0]], 1, 1);
        assert!(matches!(
            refused,
            Err(ClusterError::NotFinite {
                row: 0,
                column: 1,
                ..
            })
        ));
    }
}

#[test]
fn equal_rows_share_a_label_even_when_more_groups_are_asked_for() {
    let points = Array2::from_elem((10, 3), 4.2);
    let labels = kmeans(points.view(), 4, 2, draws("starts")).unwrap();
    assert!(labels.iter().all(|label| *label == labels[0]));
}
