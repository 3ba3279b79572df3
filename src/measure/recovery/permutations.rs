//! Random answers of the same shape.

use crate::random::Stream;

use super::influence::RowContribution;

/// Number of random permutations behind every chance level.
/// The standard error of the mean of 40 is a sixth of their spread, which is small compared with
/// any notable recovery; their 99 % quantile is just below the largest of them.
pub const PERMUTATIONS: usize = 40;

/// Maximum number of rows in a recovery; of more, a sample is drawn from the stream.
///
/// A recovery at 20,000 rows has a standard error under 0.01, and a review computes hundreds.
pub const WORKING_ROWS: usize = 20_000;

/// Of these rows, those to use: all, or a sorted sample of [`WORKING_ROWS`].
pub(super) fn working_rows(rows: Vec<usize>, stream: &Stream) -> Vec<usize> {
    sampled_rows(rows, WORKING_ROWS, stream)
}

/// Of these rows all, or a sorted sample of `most`.
pub(super) fn sampled_rows(rows: Vec<usize>, most: usize, stream: &Stream) -> Vec<usize> {
    if rows.len() <= most {
        return rows;
    }
    let mut draws = stream.fork("working rows").draws();
    let mut sample = draws.sample(rows.len(), most);
    sample.sort_unstable();
    sample.into_iter().map(|at| rows[at]).collect()
}

/// A statistic under random permutations of `answer`.
///
/// Callers first sort truth and answer (by value, by group size), so that the null distribution
/// depends on the contents and not on the order of rows or labels.
pub(super) fn permuted<T: Copy>(
    answer: &[T],
    stream: &Stream,
    mut statistic: impl FnMut(&[T]) -> f64,
) -> Vec<f64> {
    let stream = stream.fork("permutations");
    (0..PERMUTATIONS)
        .map(|number| {
            let mut draws = stream.block(number as u64).draws();
            let order = draws.sample(answer.len(), answer.len());
            let shuffled: Vec<T> = order.into_iter().map(|at| answer[at]).collect();
            statistic(&shuffled)
        })
        .collect()
}

/// The information of an answer about a structure, before correcting for chance.
pub(super) struct Information {
    /// Of the answer.
    pub(super) found: f64,
    /// Of a perfect answer.
    pub(super) everything: f64,
    /// Of random answers of the same shape, one per permutation.
    pub(super) null: Vec<f64>,
    /// Each row's contribution to found and everything; their means are those values.
    pub(super) parts: Vec<RowContribution>,
}

/// Groups by size: the nonzero sizes, largest first, and the rank of each group.
pub(super) struct BySize {
    pub(super) sizes: Vec<u64>,
    pub(super) places: Vec<usize>,
}

impl BySize {
    pub(super) fn new(sizes: &[u64]) -> Self {
        let mut order: Vec<usize> = (0..sizes.len()).collect();
        order.sort_by_key(|group| std::cmp::Reverse(sizes[*group]));
        let mut places = vec![0; sizes.len()];
        for (place, group) in order.iter().enumerate() {
            places[*group] = place;
        }
        Self {
            sizes: order
                .into_iter()
                .map(|group| sizes[group])
                .filter(|size| *size > 0)
                .collect(),
            places,
        }
    }

    /// The rank of each row's group, row after row, sorted by size.
    pub(super) fn expanded(&self) -> Vec<usize> {
        let runs = self.sizes.iter().enumerate();
        runs.flat_map(|(place, size)| std::iter::repeat_n(place, *size as usize))
            .collect()
    }
}
