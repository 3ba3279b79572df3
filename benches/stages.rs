//! Rows per second of each stage of `generate`, and seconds of a certificate: `cargo bench --bench stages`.
//!
//! One block of 65,536 rows of `assistant-prompts` (32 columns), median of several runs.
//! `benches/memory` measures the peak memory of whole processes.

#![expect(clippy::print_stdout, reason = "the results")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use drumlin::bundle::{Standing, rowmap_table, rows_table, touched_table};
use drumlin::certify::{Depth, compute_statistics};
use drumlin::generate::{BLOCK_ROWS, BundleContext, FrozenWorld, deliver, latents, source};
use drumlin::random::Secret;
use drumlin::scenario::load;
use drumlin::table::{CsvFile, write_parquet};
use ndarray::Array2;

fn main() {
    stages("assistant-prompts", "assistant-prompts");
    // The table that `benches/compare-generators` generates.
    stages("twenty columns", "benches/twenty-columns.toml");
    // Columns of every kind but embeddings, two of them text.
    stages("26 mixed columns", "tests/all/structures.toml");
    for (name, depth) in [("light", Depth::Light), ("full", Depth::Full)] {
        let seconds = median_seconds(3, || certificate(depth));
        println!("certificate, {name}: {seconds:.2} s");
    }
}

fn stages(name: &str, scenario: &str) {
    let context = context(scenario);
    let clean = source(&context, 1);
    let block = deliver(&context, 1, &clean);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let report = |stage: &str, seconds: f64| {
        let rows = BLOCK_ROWS as f64 / seconds;
        println!("{name}, {stage}: {rows:.0} rows per second");
    };
    report("latents", median_seconds(9, || latents(&context, 1)));
    report(
        "latents and columns",
        median_seconds(9, || source(&context, 1)),
    );
    report(
        "defects",
        median_seconds(9, || deliver(&context, 1, &clean)),
    );
    let ledger = || {
        (
            rows_table(&context, &clean),
            rowmap_table(&context, &block, Standing::default()),
            touched_table(&context, &clean, &block, 0),
        )
    };
    report("ledger and row truth", median_seconds(9, ledger));
    let parquet = || {
        let path = folder.path().join("t.parquet");
        write_parquet(&path, &block.table).expect("a file that can be written");
    };
    report("writing Parquet", median_seconds(9, parquet));
    let csv = || {
        let path = folder.path().join("t.csv");
        let mut file = CsvFile::create(&path, &block.table).expect("a file that can be written");
        file.append(&block.table)
            .expect("a file that can be written");
        file.finish().expect("a file that can be written");
    };
    report("writing CSV", median_seconds(9, csv));
}

fn context(scenario: &str) -> BundleContext {
    let scenario = Arc::new(load(scenario).expect("a valid scenario"));
    let stream = Secret::demo(35).stream();
    FrozenWorld::draw(scenario, &stream).bundle(Secret::demo(1).stream(), 4 * BLOCK_ROWS)
}

/// 5,000 rows of twelve columns: two factors, their product, noise.
fn certificate(depth: Depth) -> impl Sized {
    let stream = Secret::demo(2).stream();
    let mut draws = stream.fork("view").draws();
    let mut view = Array2::from_shape_simple_fn((5000, 12), || draws.normal());
    for mut row in view.rows_mut() {
        let (f, g) = (draws.normal(), draws.normal());
        for (column, value) in row.iter_mut().enumerate() {
            *value += [f, g, f * g][column % 3];
        }
    }
    compute_statistics(view.view(), None, depth, &stream.fork("certificate"))
        .expect("a certificate")
}

#[expect(clippy::disallowed_methods, reason = "a benchmark times things")]
fn median_seconds<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let mut seconds: Vec<f64> = (0..runs)
        .map(|_| {
            let begin = Instant::now();
            black_box(work());
            begin.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[runs / 2]
}
