//! The Rand index, adjusted under other models of a random partition.

use super::contingency::Contingency;
use super::pairs::pair_counts;
use super::pairs::rand_index;

/// A model of random partitions. [`crate::measure::adjusted_rand`] permutes the answer, which keeps
/// its group sizes; these models keep less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RandomModel {
    /// Both sides are drawn from all partitions with their numbers of groups.
    SameNumber,
    /// The truth is fixed; the answer is drawn from all partitions with its number of groups.
    SameNumberOneSided,
    /// Both sides are drawn from all partitions.
    All,
    /// The truth is fixed; the answer is drawn from all partitions.
    AllOneSided,
}

/// The Rand index adjusted under a random model: (R − E) / (1 − E).
///
/// At most 1, which means the same partition; 0 is the average of random answers. The two-sided
/// models are symmetric. Where the model leaves nothing to chance and the sides agree (both one
/// group, both all singletons, a single row), the value is 1 (the reference package gives 0). A
/// single group on one side is no special case: these models do not keep group sizes, so it is not
/// at chance level automatically. No value without a row, or for more than a few thousand groups in
/// [`RandomModel::SameNumber`], whose Stirling numbers would take too long.
///
/// Gates & Ahn (2017), <https://jmlr.org/papers/v18/17-039.html>; their "num" and "all" models.
///
/// ```
/// use drumlin::{labels::Partition, measure::{adjusted_rand_under, Contingency, RandomModel}};
/// let truth = Partition::from_labels(&["a", "a", "a"].map(Some));
/// let alone = Partition::from_labels(&["x", "y", "z"].map(Some));
/// let table = Contingency::new(&truth, &alone);
/// let value = adjusted_rand_under(&table, RandomModel::All).unwrap();
/// // Two of the five partitions of three rows put a given pair together.
/// assert!((value + 13.0 / 12.0).abs() < 1e-14);
/// ```
pub fn adjusted_rand_under(table: &Contingency, model: RandomModel) -> Option<f64> {
    let pairs = pair_counts(table)?;
    if table.same() {
        return Some(1.0);
    }
    let all = pairs.both + pairs.truth_only + pairs.answer_only + pairs.neither;
    let number = |sizes: &[u64]| sizes.iter().filter(|size| **size > 0).count() as u64;
    let rows = table.rows();
    let truth = match model {
        RandomModel::SameNumber => together_in_groups(rows, number(table.truth_sizes()))?,
        RandomModel::All => together_in_any(rows),
        RandomModel::SameNumberOneSided | RandomModel::AllOneSided => {
            (pairs.both + pairs.truth_only) as f64 / all as f64
        }
    };
    let answer = match model {
        RandomModel::SameNumber | RandomModel::SameNumberOneSided => {
            together_in_groups(rows, number(table.answer_sizes()))?
        }
        RandomModel::All | RandomModel::AllOneSided => together_in_any(rows),
    };
    let chance = truth * answer + (1.0 - truth) * (1.0 - answer);
    let scale = 1.0 - chance;
    (scale > 0.0).then_some(())?;
    Some((rand_index(table)? - chance) / scale)
}

/// Number of steps of the recurrence below that take about a second.
const MOST_STEPS: u64 = 200_000_000;

/// The share of partitions of `n` rows into `k` groups that put a given pair together:
/// S(n − 1, k) / S(n, k), with Stirling numbers of the second kind.
///
/// By the ratios t(m, j) = S(m, j − 1) / S(m, j), which neither overflow nor cancel: from
/// S(m + 1, j) = j S(m, j) + S(m, j − 1) follow S(m + 1, j) / S(m, j) = j + t(m, j) and the next
/// t. They vanish for large m, where every row falls into one of the k groups evenly.
fn together_in_groups(n: u64, k: u64) -> Option<f64> {
    if k >= n {
        return Some(0.0);
    }
    if k <= 1 {
        return Some(1.0);
    }
    let mut ratios = vec![0.0; k as usize + 1];
    let mut steps = 0;
    for m in 1..n - 1 {
        let filled = m.min(k);
        steps += filled;
        if steps > MOST_STEPS {
            return None;
        }
        for j in (2..=filled as usize).rev() {
            let (groups, before) = (j as f64, ratios[j - 1]);
            ratios[j] *= (groups - 1.0 + before) / (groups + ratios[j]);
        }
        if m < k {
            ratios[m as usize + 1] = (m + 1) as f64 * m as f64 / 2.0;
        } else if ratios[k as usize] < f64::EPSILON * f64::EPSILON {
            break;
        }
    }
    Some(1.0 / (k as f64 + ratios[k as usize]))
}

/// The share of all partitions of `n` rows that put a given pair together: B(n − 1) / B(n), with
/// Bell numbers, each as Dobinski's sum Σ kⁿ / k!, taken relative to its largest term.
fn together_in_any(n: u64) -> f64 {
    /// Terms below this share of the largest are lost to rounding.
    const NEGLIGIBLE: f64 = 1e-20;
    if n < 2 {
        return 1.0;
    }
    let power = (n - 1) as f64;
    // ln of k^(n−1) / k! over that of k − 1, positive up to the largest term.
    let step = |k: f64| -power * libm::log1p(-1.0 / k) - libm::log(k);
    let mut peak = 1.0_f64;
    while step(2.0 * peak) > 0.0 {
        peak *= 2.0;
    }
    let mut width = peak / 2.0;
    while width >= 1.0 {
        if step(peak + width) > 0.0 {
            peak += width;
        }
        width /= 2.0;
    }
    let peak = peak.floor();
    let (mut fewer, mut more) = (1.0, peak);
    let mut add = |k: f64, log: f64| {
        let weight = libm::exp(log);
        fewer += weight;
        more += weight * k;
        weight > NEGLIGIBLE
    };
    let (mut k, mut log) = (peak, 0.0);
    loop {
        k += 1.0;
        log += step(k);
        if !add(k, log) {
            break;
        }
    }
    let (mut k, mut log) = (peak, 0.0);
    while k > 1.0 {
        log -= step(k);
        k -= 1.0;
        if !add(k, log) {
            break;
        }
    }
    fewer / more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_agree_with_stirling_and_bell_numbers() {
        // S(4, 2) = 7, S(5, 2) = 15; S(9, 5) = 6951, S(10, 5) = 42525.
        assert!((together_in_groups(5, 2).unwrap() - 7.0 / 15.0).abs() < 1e-15);
        assert!((together_in_groups(10, 5).unwrap() - 6951.0 / 42525.0).abs() < 1e-15);
        assert_eq!(together_in_groups(4, 4), Some(0.0));
        // B(2) = 2, B(3) = 5; B(9) = 21147, B(10) = 115975.
        assert!((together_in_any(3) - 0.4).abs() < 1e-14);
        assert!((together_in_any(10) - 21147.0 / 115_975.0).abs() < 1e-14);
    }

    #[test]
    fn many_rows_come_to_an_end() {
        let groups = together_in_groups(10_000_000, 100).unwrap();
        assert!((groups - 0.01).abs() < 1e-15);
        assert!(together_in_groups(1_000_000_000, 500_000).is_none());
        // ln n − ln ln n over n, to first order.
        let any = together_in_any(1_000_000);
        assert!(any > 1.0e-5 && any < 1.4e-5, "{any}");
    }
}
