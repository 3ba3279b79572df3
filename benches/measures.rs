//! Measures of partitions, timed one by one: `cargo bench --bench measures -- [rows] [groups]`.
//!
//! Prints one JSON object per line: measure, value, and median seconds of five runs from labels to value, each
//! of which counts the contingency table. `benches/compare-scikit-learn` compares these with scikit-learn.

use std::io::Write;
use std::time::Instant;

use drumlin::labels::Partition;
use drumlin::measure::{
    Contingency, adjusted_rand, element_similarity, mutual_information, rand_index, recover_groups,
};
use drumlin::random::Secret;

const RUNS: usize = 5;

type Measure = fn(&Contingency) -> Option<f64>;

fn main() {
    let numbers: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let rows = numbers.first().copied().unwrap_or(1_000_000);
    let groups = numbers.get(1).copied().unwrap_or(10) as u32;
    let truth = coins(1, groups, rows);
    let noise = coins(2, 10, rows);
    let other = coins(3, groups, rows);
    // Seven rows of ten agree.
    let answer: Vec<u32> = (0..rows)
        .map(|row| {
            if noise[row] < 7 {
                truth[row]
            } else {
                other[row]
            }
        })
        .collect();
    let (truth, answer) = (partition(truth, groups), partition(answer, groups));
    let stream = Secret::demo(1).stream();
    let measures: [(&str, Measure); 4] = [
        ("adjusted_rand_score", adjusted_rand),
        ("rand_score", rand_index),
        ("mutual_info_score", mutual_information),
        ("element_similarity", element_similarity),
    ];
    for (name, measure) in measures {
        measure_time(name, &|| measure(&Contingency::new(&truth, &answer)));
    }
    measure_time("recovery", &|| {
        recover_groups(&truth, &answer, &stream).0.value
    });
}

/// A number from 0 below `sides` for each row: a hash of the row's number.
fn coins(salt: u64, sides: u32, rows: usize) -> Vec<u32> {
    let hash = |row: usize| {
        let mut x = (row as u64 + salt * 1_000_003) as u32;
        x ^= x >> 16;
        x = x.wrapping_mul(0x7FEB_352D);
        x ^= x >> 15;
        x = x.wrapping_mul(0x846C_A68B);
        x ^= x >> 16;
        x % sides
    };
    (0..rows).map(hash).collect()
}

fn partition(codes: Vec<u32>, groups: u32) -> Partition {
    let names = (0..groups).map(|group| group.to_string()).collect();
    Partition::from_codes(codes.into_iter().map(Some).collect(), names)
}

#[expect(clippy::disallowed_methods, reason = "a benchmark times things")]
fn measure_time(name: &str, measure: &dyn Fn() -> Option<f64>) {
    let mut value = None;
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            value = measure();
            begin.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let line = serde_json::json!({
        "measure": name, "value": value, "seconds": seconds[RUNS / 2],
    });
    let _ = writeln!(std::io::stdout(), "{line}");
}
