//! Rows per second of each stage of `generate`, and the time of a certificate: `cargo bench`.
//!
//! One block of 65,536 source rows of `assistant-prompts` (32 columns). divan prints items per
//! second; peak memory of whole runs is measured by `benches/memory`.

use std::sync::Arc;

use divan::Bencher;
use divan::counter::ItemsCount;
use drumlin::bundle::{Standing, rowmap_table, rows_table, touched_table};
use drumlin::certify::{Depth, measure};
use drumlin::generate::{BLOCK_ROWS, Setup, World, deliver, latents, source};
use drumlin::random::Secret;
use drumlin::scenario::load;
use drumlin::table::{CsvFile, write_parquet};
use ndarray::Array2;

fn main() {
    divan::main();
}

fn setup() -> Setup {
    setup_of("assistant-prompts")
}

fn setup_of(scenario: &str) -> Setup {
    let scenario = Arc::new(load(scenario).expect("the scenario is there"));
    let stream = Secret::demo(35).stream();
    let world = World::draw(&scenario, &stream.fork("world"));
    let calibration = Setup::calibrate(&scenario, &world, &stream);
    let bundle = Secret::demo(1).stream();
    Setup::new(
        scenario,
        Arc::new(world),
        Arc::new(calibration),
        bundle,
        4 * BLOCK_ROWS,
    )
}

#[divan::bench]
fn latent(bencher: Bencher<'_, '_>) {
    let setup = setup();
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| latents(&setup, 1));
}

#[divan::bench]
fn latent_and_surface(bencher: Bencher<'_, '_>) {
    let setup = setup();
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| source(&setup, 1));
}

/// Columns of every kind but embeddings, two of them text.
#[divan::bench]
fn latent_and_surface_of_26_mixed_columns(bencher: Bencher<'_, '_>) {
    let setup = setup_of("tests/all/structures.toml");
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| source(&setup, 1));
}

/// The table that `benches/side-by-side` makes.
#[divan::bench]
fn latent_and_surface_of_twenty_columns(bencher: Bencher<'_, '_>) {
    let setup = setup_of("benches/twenty-columns.toml");
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| source(&setup, 1));
}

#[divan::bench]
fn defects_of_twenty_columns(bencher: Bencher<'_, '_>) {
    let setup = setup_of("benches/twenty-columns.toml");
    let block = source(&setup, 1);
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| deliver(&setup, 1, &block));
}

#[divan::bench]
fn defects(bencher: Bencher<'_, '_>) {
    let setup = setup();
    let block = source(&setup, 1);
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| deliver(&setup, 1, &block));
}

#[divan::bench]
fn ledger_and_truth(bencher: Bencher<'_, '_>) {
    let setup = setup();
    let source = source(&setup, 1);
    let block = deliver(&setup, 1, &source);
    bencher
        .counter(ItemsCount::new(BLOCK_ROWS))
        .bench_local(|| {
            (
                rows_table(&setup, &source),
                rowmap_table(&setup, &block, Standing::default()),
                touched_table(&setup, &source, &block, 0),
            )
        });
}

#[divan::bench]
fn write_as_parquet(bencher: Bencher<'_, '_>) {
    let setup = setup();
    let block = deliver(&setup, 1, &source(&setup, 1));
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
    let setup = setup();
    let block = deliver(&setup, 1, &source(&setup, 1));
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
        measure(view.view(), None, depth, &stream.fork("certificate")).expect("a certificate")
    });
}
