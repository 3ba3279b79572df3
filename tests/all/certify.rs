//! The certificate's engine: verdicts of designs whose verdict is known, edges, sameness of bits.

use drumlin::certify::{CertifyError, Depth, Kind, Statistics, Thresholds, Truth, judge, measure};
use drumlin::random::{Secret, Stream};
use ndarray::{Array2, array};

fn stream(name: &str) -> Stream {
    Secret::demo(11).stream().fork(name)
}

fn normals(rows: usize, columns: usize, name: &str) -> Array2<f64> {
    let mut draws = stream(name).draws();
    Array2::from_shape_simple_fn((rows, columns), || draws.normal())
}

fn light(view: &Array2<f64>) -> Statistics {
    measure(view.view(), None, Depth::Light, &stream("certificate")).unwrap()
}

fn kind(view: &Array2<f64>) -> Option<Kind> {
    judge(&light(view), &Thresholds::default()).kind()
}

/// Clouds around random centres, `apart` the centres' spread.
fn blobs(rows: usize, groups: usize, apart: f64) -> Array2<f64> {
    let centres = normals(groups, 12, "centres") * apart;
    let mut view = normals(rows, 12, "blobs");
    for (row, mut values) in view.rows_mut().into_iter().enumerate() {
        values += &centres.row(row % groups);
    }
    view
}

/// Two factors enter twelve columns with random weights; nothing else does.
fn linear(rows: usize) -> Array2<f64> {
    normals(rows, 2, "factors").dot(&normals(2, 12, "weights")) + normals(rows, 12, "noise")
}

#[test]
fn six_blobs_are_too_clear_outright_and_two_columns_show_it() {
    let statistics = light(&blobs(2000, 6, 3.0));
    let verdict = judge(&statistics, &Thresholds::default());
    assert_eq!(verdict.kind(), Some(Kind::TooClear));
    for reason in ["separation.silhouette", "consensus", "pairs.clear"] {
        assert!(
            verdict
                .reasons
                .iter()
                .any(|found| found.statistic == reason),
            "{reason}"
        );
    }
    assert!(statistics.separation.valley < 0.05);
}

#[test]
fn independent_columns_are_meaningless_and_linear_factors_dull() {
    assert_eq!(kind(&normals(2500, 12, "cloud")), Some(Kind::Meaningless));
    let mut draws = stream("even").draws();
    let even = Array2::from_shape_simple_fn((2500, 12), || draws.uniform());
    assert_eq!(kind(&even), Some(Kind::Meaningless));
    assert_eq!(kind(&linear(4000)), Some(Kind::Dull));
}

#[test]
fn few_rows_are_no_verdict_unless_groups_lie_apart_outright() {
    assert_eq!(kind(&linear(120)), Some(Kind::TooFewRows));
    assert_eq!(kind(&blobs(120, 3, 4.0)), Some(Kind::TooClear));
}

#[test]
fn a_group_under_five_percent_does_not_vote() {
    let mut view = linear(2500);
    for mut row in view.rows_mut().into_iter().step_by(40) {
        row += 12.0;
    }
    assert_ne!(kind(&view), Some(Kind::TooClear));
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let stream = stream("certificate");
    let refused =
        |view: &Array2<f64>| measure(view.view(), None, Depth::Light, &stream).unwrap_err();
    let mut missing = normals(100, 3, "cloud");
    missing[[7, 2]] = f64::NAN;
    assert!(matches!(refused(&missing), CertifyError::Cluster(_)));
    assert!(refused(&missing).to_string().contains("row 7, column 2"));
    for little in [
        normals(10, 5, "cloud"),
        normals(100, 1, "cloud"),
        array![[]],
        Array2::zeros((100, 4)),
    ] {
        assert!(matches!(refused(&little), CertifyError::TooLittle { .. }));
    }
    let view = normals(100, 3, "cloud");
    let factors = normals(99, 1, "factors");
    let truth = Truth {
        factors: factors.view(),
        sampled: None,
    };
    let found = measure(view.view(), Some(truth), Depth::Light, &stream);
    assert_eq!(
        found,
        Err(CertifyError::Truth {
            expected: 100,
            found: 99
        })
    );
}

#[test]
fn constants_copies_ties_and_few_distinct_rows_are_measured_without_a_panic() {
    let mut odd = normals(60, 6, "cloud");
    odd.column_mut(1).fill(4.0);
    let copy = odd.column(0).to_owned();
    odd.column_mut(2).assign(&copy);
    odd.column_mut(3).mapv_inplace(f64::round);
    odd.column_mut(4).mapv_inplace(|x| x * 1e9);
    let ties = Array2::from_shape_fn((80, 3), |(row, column)| ((row + column) % 2) as f64);
    // Eight distinct rows of forty are not jittered.
    let few = Array2::from_shape_fn((40, 2), |(row, column)| (row % 8 * (column + 1)) as f64);
    let labels: Vec<u32> = (0..60).map(|row| row % 3).collect();
    let factors = Array2::from_elem((60, 2), 1.0);
    let truth = Truth {
        factors: factors.view(),
        sampled: Some(&labels),
    };
    for depth in [Depth::Light, Depth::Full] {
        let found = measure(odd.view(), Some(truth), depth, &stream("odd")).unwrap();
        assert_eq!(found.columns, 5);
        assert_eq!(found.oracle.unwrap().cost, None);
        assert!(measure(ties.view(), None, depth, &stream("ties")).is_ok());
        assert!(measure(few.view(), None, depth, &stream("few")).is_ok());
        assert!(
            measure(
                normals(40, 2, "small").view(),
                None,
                depth,
                &stream("small")
            )
            .is_ok()
        );
    }
}

#[test]
fn one_thread_and_four_give_the_same_bits() {
    let view = blobs(600, 4, 0.8);
    let factors = normals(600, 2, "factors");
    let labels: Vec<u32> = (0..600).map(|row| row % 4).collect();
    let truth = Truth {
        factors: factors.view(),
        sampled: Some(&labels),
    };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let found =
            pool.install(|| measure(view.view(), Some(truth), Depth::Full, &stream("bits")));
        serde_json::to_string(&found.unwrap()).unwrap()
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn statistics_and_verdicts_go_to_json_and_back() {
    let statistics = light(&blobs(300, 3, 3.0));
    let text = serde_json::to_string(&statistics).unwrap();
    assert_eq!(
        serde_json::from_str::<Statistics>(&text).unwrap(),
        statistics
    );
    let thresholds: Thresholds = serde_json::from_str(r#"{ "silhouette": 2.0 }"#).unwrap();
    let verdict = judge(&statistics, &thresholds);
    assert!(
        verdict
            .reasons
            .iter()
            .all(|reason| reason.statistic != "separation.silhouette")
    );
    assert!(serde_json::from_str::<Thresholds>(r#"{ "silhuette": 2.0 }"#).is_err());
}
