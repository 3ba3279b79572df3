//! Designs whose verdict is known, and a sweep of separation against noise, in full depth.
//!
//! `cargo bench --bench known_cases > benches/known-cases.md` draws every design for five seeds,
//! 5,000 rows of twelve columns each, and prints the verdicts as a report; it exits with 1 when a
//! verdict is not as expected. 170 tables take about a quarter of an hour on two cores. The truth
//! of rows is used where it exists: it alone shows whether clustering reaches its ceiling.
//!
//! Seeds differ near the thresholds. The reference protocol (with its own draws, five seeds)
//! rejects one of them as too clear at separation 0 and noise 0.4, and all five at separation 1 and
//! noise 0.4.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the report")]
#![expect(
    clippy::unwrap_used,
    reason = "a table that cannot be measured ends it"
)]

use std::collections::BTreeMap;
use std::process::ExitCode;

use drumlin::certify::{Depth, Statistics, compute_statistics, judge};
use drumlin::random::{Draws, Secret, Stream};
use drumlin::scenario::Thresholds;
use ndarray::Array2;

#[path = "../tests/all/design.rs"]
mod design;

use design::{Design, ROWS};

const SEEDS: std::ops::RangeInclusive<u64> = 1..=5;
const COLUMNS: usize = 12;
const SEPARATIONS: [f64; 6] = [0.0, 1.0, 2.0, 3.0, 4.0, 6.0];
const NOISES: [f64; 4] = [0.4, 1.0, 2.0, 4.0];

/// How a table is drawn and measured.
type Case = fn(&Stream) -> Statistics;

const CASES: [(&str, &str, Case); 10] = [
    ("six separated blobs", "too clear", |s| {
        alone(&blobs(6, 2.5, s), s)
    }),
    ("five overlapping blobs", "too clear", |s| {
        alone(&blobs(5, 1.0, s), s)
    }),
    ("two moons in twelve columns", "too clear", |s| {
        alone(&moons(s), s)
    }),
    ("uniform noise", "meaningless", |s| {
        alone(&filled(s, Draws::uniform), s)
    }),
    ("independent normal columns", "meaningless", |s| {
        alone(&filled(s, Draws::normal), s)
    }),
    ("two linear factors", "dull", |s| alone(&linear(s), s)),
    (
        "factors, curve, types, split; directions unequal",
        "dull",
        |s| designed(1.0, 1.0, (false, 1.0), s),
    ),
    ("factors, curve, types, split", "accepted", |s| {
        designed(1.0, 1.0, (true, 1.0), s)
    }),
    (
        "the same, harder types pushed apart by 4",
        "too clear",
        |s| designed(4.0, 0.7, (true, 4.0), s),
    ),
    ("the same, six times the noise", "meaningless", |s| {
        designed(1.0, 6.0, (true, 1.0), s)
    }),
];

fn main() -> ExitCode {
    let mut wrong = Vec::new();
    println!("# Designs whose verdict is known\n");
    println!(
        "Written by `cargo bench --bench known_cases`: {ROWS} rows of {COLUMNS} columns, {} seeds each, \
         full depth.\n",
        SEEDS.count()
    );
    println!("| design | must be | is | two-sample area, copula | deepest valley |");
    println!("|---|---|---|---|---|");
    for (name, must, case) in CASES {
        let found: Vec<Statistics> = SEEDS.map(|seed| case(&stream(seed))).collect();
        let verdicts: Vec<&str> = found.iter().map(verdict).collect();
        println!(
            "| {name} | {must} | {} | {} | {} |",
            told(&verdicts),
            range(found.iter().map(|one| one.meaning.two_sample_copula), 3),
            range(found.iter().map(|one| one.separation.valley), 2),
        );
        wrong.extend(
            verdicts
                .iter()
                .filter(|one| **one != must)
                .map(|one| format!("{name}: {one}")),
        );
    }
    println!("\n## Separation against noise\n");
    println!(
        "| separation | {} |",
        NOISES.map(|noise| format!("noise {noise}")).join(" | ")
    );
    println!("|---|{}", "---|".repeat(NOISES.len()));
    for separation in SEPARATIONS {
        let cells = NOISES.map(|noise| {
            let found: Vec<Statistics> = SEEDS
                .map(|seed| designed(separation, noise, (true, 1.0), &stream(seed)))
                .collect();
            let verdicts: Vec<&str> = found.iter().map(verdict).collect();
            told(&verdicts)
        });
        println!("| {separation} | {} |", cells.join(" | "));
    }
    for one in &wrong {
        eprintln!("not as it must be: {one}");
    }
    ExitCode::from(u8::from(!wrong.is_empty()))
}

fn stream(seed: u64) -> Stream {
    Secret::demo(seed).stream().fork("design")
}

/// The verdict in a word.
fn verdict(found: &Statistics) -> &'static str {
    let kind = judge(found, &Thresholds::default()).kind();
    kind.map_or("accepted", |kind| kind.word())
}

/// `accepted 4, dull 1`; one word if all are equal.
fn told(verdicts: &[&str]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for verdict in verdicts {
        *counts.entry(verdict).or_default() += 1;
    }
    if counts.len() == 1 {
        return verdicts[0].to_owned();
    }
    let counts = counts
        .into_iter()
        .map(|(kind, times)| format!("{kind} {times}"));
    counts.collect::<Vec<String>>().join(", ")
}

fn range(values: impl Iterator<Item = f64> + Clone, decimals: usize) -> String {
    let least = values.clone().fold(f64::INFINITY, f64::min);
    let most = values.fold(f64::NEG_INFINITY, f64::max);
    format!("{least:.decimals$} to {most:.decimals$}")
}

fn designed(separation: f64, noise: f64, how: (bool, f64), stream: &Stream) -> Statistics {
    Design::draw(separation, noise, how, stream).measured(stream)
}

/// Statistics of rows without a truth.
fn alone(view: &Array2<f64>, stream: &Stream) -> Statistics {
    compute_statistics(view.view(), None, Depth::Full, &stream.fork("certificate")).unwrap()
}

fn filled(stream: &Stream, of: fn(&mut Draws) -> f64) -> Array2<f64> {
    let draws = &mut stream.fork("rows").draws();
    Array2::from_shape_simple_fn((ROWS, COLUMNS), || of(draws))
}

/// Normal groups around centres drawn with standard deviation `spread`.
fn blobs(groups: usize, spread: f64, stream: &Stream) -> Array2<f64> {
    let draws = &mut stream.fork("centres").draws();
    let centres = Array2::from_shape_simple_fn((groups, COLUMNS), || spread * draws.normal());
    let mut view = filled(stream, Draws::normal);
    for (row, mut values) in view.rows_mut().into_iter().enumerate() {
        values += &centres.row(row % groups);
    }
    view
}

/// Two interlocking half circles, rotated into twelve columns.
fn moons(stream: &Stream) -> Array2<f64> {
    let draws = &mut stream.fork("moons").draws();
    let mut plane = Array2::zeros((ROWS, 2));
    for (row, mut at) in plane.rows_mut().into_iter().enumerate() {
        let angle = std::f64::consts::PI * draws.uniform();
        let (x, y) = match row % 2 {
            0 => (angle.cos(), angle.sin()),
            _ => (1.0 - angle.cos(), 0.5 - angle.sin()),
        };
        at[0] = 1.15 * (x - 0.5) + 0.06 * draws.normal();
        at[1] = 2.0 * (y - 0.25) + 0.06 * draws.normal();
    }
    let turn = Array2::from_shape_simple_fn((2, COLUMNS), || draws.normal() / 3.5);
    plane.dot(&turn) + 0.1 * &filled(stream, Draws::normal)
}

/// Two normal factors that enter the columns linearly.
fn linear(stream: &Stream) -> Array2<f64> {
    let draws = &mut stream.fork("factors").draws();
    let loadings = Array2::from_shape_simple_fn((2, COLUMNS), || draws.normal());
    let factors = Array2::from_shape_simple_fn((ROWS, 2), || draws.normal());
    factors.dot(&loadings) + &filled(stream, Draws::normal)
}
