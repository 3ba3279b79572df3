//! Distances between rows and to their neighbours, compared with tables whose columns are shuffled.

use ndarray::Array2;
use rayon::prelude::*;

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::measure::{neighbour_distances, pairwise_distances, permuted};
use crate::random::Stream;
use crate::text::thousands;

/// Tables with shuffled columns.
const SHUFFLED: u64 = 10;
/// Rank of the neighbour whose distance is measured.
const NEIGHBOUR: usize = 10;
/// Bins of the distances.
const BINS: usize = 48;

/// Distances of all pairs of rows.
pub(super) fn distances(points: &Array2<f64>, stream: &Stream) -> Option<Chart> {
    let title = "Distances between rows";
    let says = format!("All pairs of {} rows, Euclidean", thousands(points.nrows()));
    let of = |points: &Array2<f64>| Some(pairwise_distances(points.view()));
    distance_chart((title, &says, "% of pairs"), points, stream, of)
}

/// Distances of each row to its tenth neighbour.
pub(super) fn neighbours(points: &Array2<f64>, stream: &Stream) -> Option<Chart> {
    let title = "Distances to the tenth neighbour";
    let says = format!("Each of {} rows, Euclidean", thousands(points.nrows()));
    let of = |points: &Array2<f64>| neighbour_distances(points.view(), NEIGHBOUR);
    distance_chart((title, &says, "% of rows"), points, stream, of)
}

/// Statistics from `of` for the table, with the range that shuffled tables give.
fn distance_chart(
    (title, says, label): (&str, &str, &str),
    points: &Array2<f64>,
    stream: &Stream,
    of: impl Fn(&Array2<f64>) -> Option<Vec<f64>> + Sync,
) -> Option<Chart> {
    let own = of(points)?;
    let shuffled: Vec<Vec<f64>> = (0..SHUFFLED)
        .into_par_iter()
        .filter_map(|at| of(&permuted(points.view(), &mut stream.block(at).draws())))
        .collect();
    let all = shuffled.iter().chain([&own]).flatten();
    let most = all.copied().fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let nulls: Vec<Vec<f64>> = shuffled.iter().map(|one| shares(one, most)).collect();
    let middle = |cell: usize| (cell as f64 + 0.5) * most / BINS as f64;
    let band = (0..BINS).map(|cell| {
        let values = nulls.iter().map(|null| null[cell]);
        let ends = values.fold((f64::INFINITY, 0.0_f64), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        (middle(cell), ends.0, ends.1)
    });
    let points = shares(&own, most).into_iter().enumerate();
    Some(Chart {
        title: title.to_owned(),
        says: format!("{says}. Band: range over {SHUFFLED} tables with shuffled columns."),
        x: Axis::named("distance, in standard deviations"),
        y: Axis::named(label),
        marks: vec![
            Marks::Band {
                name: "columns shuffled".to_owned(),
                points: band.collect(),
                tone: Tone::Quiet,
            },
            Marks::Line {
                name: "this table".to_owned(),
                points: points.map(|(cell, share)| (middle(cell), share)).collect(),
                tone: Tone::First,
            },
        ],
    })
}

/// Percentage of the distances in each of the bins from 0 to `most`.
fn shares(lengths: &[f64], most: f64) -> Vec<f64> {
    let mut counts = vec![0.0; BINS];
    for length in lengths {
        let cell = (length / most * BINS as f64) as usize;
        counts[cell.min(BINS - 1)] += 100.0 / lengths.len() as f64;
    }
    counts
}
