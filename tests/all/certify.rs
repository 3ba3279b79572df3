//! The certificate's engine: verdicts of designs whose verdict is known, edge cases,
//! reproducibility.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use drumlin::certify::{
    Certificate, CertifyError, Depth, FactorTruth, ReasonKind, Reference, Statistics,
    compute_statistics, judge,
};
use drumlin::generate::{BundleContext, FrozenWorld, ReferenceBundle, SourceBlock, World};
use drumlin::progress::{Interrupted, Progress};
use drumlin::random::{Secret, Stream};
use drumlin::scenario::{Thresholds, load};
use drumlin::table::{Cells, Column, Table, read_table};
use ndarray::{Array2, Axis, Slice, array, concatenate};

fn stream(name: &str) -> Stream {
    Secret::demo(11).stream().fork(name)
}

fn normals(rows: usize, columns: usize, name: &str) -> Array2<f64> {
    let mut draws = stream(name).draws();
    Array2::from_shape_simple_fn((rows, columns), || draws.normal())
}

fn light(view: &Array2<f64>) -> Statistics {
    compute_statistics(view.view(), None, Depth::Light, &stream("certificate")).unwrap()
}

fn kind(view: &Array2<f64>) -> Option<ReasonKind> {
    judge(&light(view), &Thresholds::default()).kind()
}

/// Clusters around random centres; `apart` is the spread of the centres.
fn blobs(rows: usize, groups: usize, apart: f64) -> Array2<f64> {
    let centres = normals(groups, 12, "centres") * apart;
    let mut view = normals(rows, 12, "blobs");
    for (row, mut values) in view.rows_mut().into_iter().enumerate() {
        values += &centres.row(row % groups);
    }
    view
}

/// Two factors enter twelve columns with random weights, and nothing else does.
fn linear(rows: usize) -> Array2<f64> {
    normals(rows, 2, "factors").dot(&normals(2, 12, "weights")) + normals(rows, 12, "noise")
}

#[test]
fn six_blobs_are_too_clear_outright_and_two_columns_show_it() {
    let statistics = light(&blobs(2000, 6, 3.0));
    let verdict = judge(&statistics, &Thresholds::default());
    assert_eq!(verdict.kind(), Some(ReasonKind::TooClear));
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
    assert_eq!(
        kind(&normals(2500, 12, "cloud")),
        Some(ReasonKind::Meaningless)
    );
    let mut draws = stream("even").draws();
    let even = Array2::from_shape_simple_fn((2500, 12), || draws.uniform());
    assert_eq!(kind(&even), Some(ReasonKind::Meaningless));
    assert_eq!(kind(&linear(4000)), Some(ReasonKind::Dull));
}

#[test]
fn few_rows_are_no_verdict_unless_groups_lie_apart_outright() {
    assert_eq!(kind(&linear(120)), Some(ReasonKind::TooFewRows));
    assert_eq!(kind(&blobs(120, 3, 4.0)), Some(ReasonKind::TooClear));
}

/// The parts of one elongated cluster replicate, and every method finds them: stability is not
/// separation.
#[test]
fn one_long_cloud_is_not_clear() {
    let factor = normals(2000, 1, "factor");
    let long = normals(2000, 4, "noise") + factor.dot(&Array2::from_elem((1, 4), 3.0));
    assert_eq!(kind(&long), Some(ReasonKind::Dull));
}

/// The numbers of a table whose verdict is known, with `more` unrelated columns.
fn known(name: &str, more: usize) -> Array2<f64> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/tables");
    let table = read_table(&root.join(name)).unwrap();
    let columns = table
        .columns()
        .iter()
        .map(|one| one.cells.numbers().unwrap());
    let columns: Vec<f64> = columns.flatten().map(|value| value.unwrap()).collect();
    let shape = (table.columns().len(), table.rows());
    let own = Array2::from_shape_vec(shape, columns).unwrap();
    let nuisance = normals(table.rows(), more, "nuisance");
    concatenate(Axis(1), &[own.t(), nuisance.view()]).unwrap()
}

/// Unrelated columns do not change the verdict on a table.
#[test]
fn unrelated_columns_do_not_change_what_is_there_beyond_correlation() {
    let turns = Thresholds::default().two_sample_copula;
    for (name, above) in [
        ("ambiguous-1.parquet", true),
        ("two-linear-factors-1.parquet", false),
    ] {
        let [plain, more] = [0, 14].map(|more| light(&known(name, more)));
        for found in [&plain, &more] {
            let area = found.meaning.two_sample_copula;
            let spare = if above { area - turns } else { turns - area };
            assert!(spare > 0.02, "{name}: {area}");
        }
        let kinds = [&plain, &more].map(|found| judge(found, &Thresholds::default()).kind());
        assert_eq!(kinds[0], kinds[1], "{name}");
    }
}

/// A null table made from the same rows contains the same values, which once biased the area to a
/// third.
#[test]
fn few_rows_of_a_dull_table_are_told_from_their_null_by_chance_only() {
    let few = known("two-linear-factors-1.parquet", 0);
    let area = light(&few.slice_axis(Axis(0), Slice::from(..400)).to_owned())
        .meaning
        .two_sample_copula;
    // Four standard errors of a mean of nine areas that share 400 rows.
    assert!((area - 0.5).abs() < 0.07, "{area}");
}

/// The first accepted (`wanted`) world of a shipped scenario: 3,000 rows as drawn, and their
/// reference.
fn reference(wanted: fn(&World) -> bool) -> (BundleContext, SourceBlock, Reference, usize) {
    let scenario = Arc::new(load("assistant-prompts").unwrap());
    let found = (0..50).find_map(|seed| {
        let stream = Secret::demo(seed).stream();
        let world = World::draw(&scenario, &stream.fork("world"));
        wanted(&world).then_some((stream, world))
    });
    let (stream, world) = found.unwrap();
    let frozen = FrozenWorld::calibrate(scenario, world, &stream);
    let ReferenceBundle {
        context,
        source: drawn,
        block,
    } = ReferenceBundle::draw(&frozen, stream.fork("rows"), 3000);
    let reference = Reference::of(&context, &drawn, &block, &stream.fork("view")).unwrap();
    let genuine = block.origins.iter().filter(|one| one.added_by.is_none());
    let at = |source: u64| (source - drawn.first) as usize;
    let common = genuine
        .filter_map(|one| one.source)
        .filter(|source| !drawn.latents.rare[at(*source)])
        .count();
    (context, drawn, reference, common)
}

#[test]
fn rows_of_a_rare_group_are_no_reference() {
    let (_, drawn, reference, common) = reference(|world| world.rare.is_some());
    let rare = drawn.latents.rare.iter().filter(|rare| **rare).count();
    assert!(rare > 20, "{rare}");
    assert_eq!(reference.view.table_rows, common);
}

/// The largest levels of its categories, and both sides of a change.
#[test]
fn what_a_world_declares_comes_with_its_reference() {
    let (context, _, reference, common) = reference(|world| world.change.is_some());
    assert_eq!(reference.view.table_rows, common);
    let regime = context.world.change.clone().unwrap().name;
    let names: Vec<&str> = reference.declared.iter().map(|one| &*one.name).collect();
    for expected in ["plan is ", "date is before", "date is after"] {
        assert!(
            names.iter().any(|name| name.starts_with(expected)),
            "{names:?}"
        );
    }
    assert!(names.iter().any(|name| name.contains(&regime)), "{names:?}");
}

#[test]
fn a_group_under_five_percent_does_not_vote() {
    let mut view = linear(2500);
    for mut row in view.rows_mut().into_iter().step_by(40) {
        row += 12.0;
    }
    assert_ne!(kind(&view), Some(ReasonKind::TooClear));
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let stream = stream("certificate");
    let refused = |view: &Array2<f64>| {
        compute_statistics(view.view(), None, Depth::Light, &stream).unwrap_err()
    };
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
    let truth = FactorTruth {
        factors: factors.view(),
        sampled: None,
    };
    let found = compute_statistics(view.view(), Some(truth), Depth::Light, &stream);
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
    // Eight distinct rows of forty are not spread.
    let few = Array2::from_shape_fn((40, 2), |(row, column)| (row % 8 * (column + 1)) as f64);
    let labels: Vec<u32> = (0..60).map(|row| row % 3).collect();
    let factors = Array2::from_elem((60, 2), 1.0);
    let truth = FactorTruth {
        factors: factors.view(),
        sampled: Some(&labels),
    };
    for depth in [Depth::Light, Depth::Full] {
        let found = compute_statistics(odd.view(), Some(truth), depth, &stream("odd")).unwrap();
        assert_eq!(found.columns, 5);
        assert_eq!(found.oracle.unwrap().cost, None);
        assert!(compute_statistics(ties.view(), None, depth, &stream("ties")).is_ok());
        assert!(compute_statistics(few.view(), None, depth, &stream("few")).is_ok());
        assert!(
            compute_statistics(
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
fn the_control_shows_that_groups_would_be_seen() {
    let view = normals(600, 5, "cloud");
    let found = compute_statistics(view.view(), None, Depth::Full, &stream("control")).unwrap();
    let control = found.positive_control.unwrap();
    let further: Vec<f64> = control.separated.iter().map(|one| one.by).collect();
    assert!(further.is_sorted() && further.len() > 2);
    let valleys: Vec<f64> = control.separated.iter().map(|one| one.valley).collect();
    assert!(valleys.is_sorted_by(|a, b| a >= b), "{valleys:?}");
    let last = control.separated.last().unwrap();
    // A single cluster has none of these; the same rows with a gap have all of them.
    assert!(
        found.separation.valley > 0.45 && last.valley < 0.2,
        "{last:?}"
    );
    assert!(
        found.agreement.core_most < 0.7 && last.agreement > 0.9,
        "{last:?}"
    );
    assert!(last.strength > 0.9 && last.silhouette > found.separation.silhouette);
    let light = compute_statistics(view.view(), None, Depth::Light, &stream("control")).unwrap();
    assert_eq!(light.positive_control, None);
}

#[test]
fn a_key_says_what_carries_each_factor_and_what_a_grouping_keeps_of_it() {
    let noise = normals(800, 4, "noise");
    let factors = normals(800, 2, "factors");
    // The first two columns depend on the first factor; the third is a curve of the second.
    let view = Array2::from_shape_fn((800, 4), |(row, column)| {
        let (first, second) = (factors[[row, 0]], factors[[row, 1]]);
        let told = match column {
            0 | 1 => first,
            2 => 1.5 * second * second,
            _ => 0.0,
        };
        told + 0.4 * noise[[row, column]]
    });
    let truth = FactorTruth {
        factors: factors.view(),
        sampled: None,
    };
    let found =
        compute_statistics(view.view(), Some(truth), Depth::Light, &stream("carried")).unwrap();
    let oracle = found.oracle.unwrap();
    let [first, second] = oracle.carried.as_slice() else {
        panic!("{:?}", oracle.carried)
    };
    assert!(first[0] > 0.7 && first[1] > 0.7 && first[2] < 0.1 && first[3] < 0.1);
    assert!(second[2] > 0.6 && second[0] < 0.1 && second[3] < 0.1);
    assert_eq!(oracle.best_grouping_factors.len(), 2);
    let mean = oracle.best_grouping_factors.iter().sum::<f64>() / 2.0;
    assert!((mean - oracle.best_grouping).abs() < 1e-12);
    assert!(oracle.best_grouping_of.is_some_and(|(_, k)| k <= 6));
}

#[test]
fn one_thread_and_four_give_the_same_bits() {
    let view = blobs(600, 4, 0.8);
    let factors = normals(600, 2, "factors");
    let labels: Vec<u32> = (0..600).map(|row| row % 4).collect();
    let truth = FactorTruth {
        factors: factors.view(),
        sampled: Some(&labels),
    };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let found = pool
            .install(|| compute_statistics(view.view(), Some(truth), Depth::Full, &stream("bits")));
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

/// Counts the reported steps.
#[derive(Default)]
struct Steps(AtomicU64);

impl Progress for Steps {
    fn stage(&self, _name: &str, _total: u64) {}

    fn advance(&self, steps: u64) -> Result<(), Interrupted> {
        self.0.fetch_add(steps, Ordering::Relaxed);
        Ok(())
    }
}

#[test]
fn a_certificate_takes_as_many_steps_as_it_says() {
    let points = normals(400, 4, "steps");
    let columns = points.columns().into_iter().enumerate();
    let columns = columns.map(|(at, values)| Column {
        name: format!("c{at}"),
        cells: Cells::Real(values.iter().copied().map(Some).collect()),
    });
    let table = Table::new(columns.collect()).unwrap();
    let (steps, thresholds) = (Steps::default(), Thresholds::default());
    let stream = stream("steps");
    Certificate::of("normals", &table, Depth::Light, thresholds, &stream, &steps).unwrap();
    assert_eq!(steps.0.into_inner(), Certificate::STEPS);
}
