//! Rows per second of each stage of `generate`, and the time of a certificate: `cargo bench`.
//!
//! One block of 65,536 source rows of `assistant-prompts` (32 columns). divan prints items per
//! second; peak memory of whole runs is measured by `benches/memory`.

use std::sync::Arc;

use divan::Bencher;
use divan::counter::ItemsCount;
use drumlin::bundle::{Standing, rowmap_table, rows_table, touched_table};
use drumlin::certify::{Depth, compute_statistics};
use drumlin::generate::{BLOCK_ROWS, BundleContext, FrozenWorld, deliver, latents, source};
use drumlin::random::Secret;
use drumlin::scenario::load;
use drumlin::table::{CsvFile, write_parquet};
use ndarray::Array2;

fn main() {
    divan::main();
}

fn context() -> BundleContext {
    context_of("assistant-prompts")
}

fn context_of(scenario: &str) -> BundleContext {
    let scenario = Arc::new(load(scenario).expect("the scenario is there"));
    let stream = Secret::demo(35).stream();
    FrozenWorld::draw(scenario, &stream).bundle(Secret::demo(1).stream(), 4 * BLOCK_ROWS)
}

#[divan::bench]
fn latent(bencher: Bencher<'_, '_>) {
    let context = context();
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| latents(&context, 1));
}

#[divan::bench]
fn latent_and_surface(bencher: Bencher<'_, '_>) {
    let context = context();
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| source(&context, 1));
}

/// Columns of every kind but embeddings, two of them text.
#[divan::bench]
fn latent_and_surface_of_26_mixed_columns(bencher: Bencher<'_, '_>) {
    let context = context_of("tests/all/structures.toml");
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| source(&context, 1));
}

/// The table that `benches/side-by-side` makes.
#[divan::bench]
fn latent_and_surface_of_twenty_columns(bencher: Bencher<'_, '_>) {
    let context = context_of("benches/twenty-columns.toml");
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| source(&context, 1));
}

#[divan::bench]
fn defects_of_twenty_columns(bencher: Bencher<'_, '_>) {
    let context = context_of("benches/twenty-columns.toml");
    let block = source(&context, 1);
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| deliver(&context, 1, &block));
}

#[divan::bench]
fn defects(bencher: Bencher<'_, '_>) {
    let context = context();
    let block = source(&context, 1);
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| deliver(&context, 1, &block));
}

#[divan::bench]
fn ledger_and_truth(bencher: Bencher<'_, '_>) {
    let context = context();
    let source = source(&context, 1);
    let block = deliver(&context, 1, &source);
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| {
            (
                rows_table(&context, &source),
                rowmap_table(&context, &block, Standing::default()),
                touched_table(&context, &source, &block, 0),
            )
        });
}

#[divan::bench]
fn write_as_parquet(bencher: Bencher<'_, '_>) {
    let context = context();
    let block = deliver(&context, 1, &source(&context, 1));
    let room = tempfile::tempdir().expect("a temporary folder");
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| {
            write_parquet(&room.path().join("t.parquet"), &block.table)
                .expect("a file that can be written");
        });
}

#[divan::bench]
fn write_as_csv(bencher: Bencher<'_, '_>) {
    let context = context();
    let block = deliver(&context, 1, &source(&context, 1));
    let room = tempfile::tempdir().expect("a temporary folder");
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| {
            let path = room.path().join("t.csv");
            let mut file =
                CsvFile::create(&path, &block.table).expect("a file that can be written");
            file.append(&block.table)
                .expect("a file that can be written");
            file.finish().expect("a file that can be written");
        });
}

/// 5,000 rows of twelve columns: two factors, their product, noise.
#[divan::bench(args = [Depth::Light, Depth::Full], sample_count = 3)]
fn certificate(bencher: Bencher<'_, '_>, depth: Depth) {
    let stream = Secret::demo(2).stream();
    let mut draws = stream.fork("view").draws();
    let mut view = Array2::from_shape_simple_fn((5000, 12), || draws.normal());
    for mut row in view.rows_mut() {
        let (f, g) = (draws.normal(), draws.normal());
        for (column, value) in row.iter_mut().enumerate() {
            *value += [f, g, f * g][column % 3];
        }
    }
    bencher.bench_local(|| {
        compute_statistics(view.view(), None, depth, &stream.fork("certificate"))
            .expect("a certificate")
    });
}
