//! Whether a clustering is reproducible: on other rows, on subsamples, against chance.

/// Prediction strength of one split: compares clusters of rows B with the labels that centres
/// fitted on rows A give B. It is the smallest share, over clusters of B, of pairs that A also puts
/// together.
///
/// From 0 to 1; at 0.8 or more the clusters replicate. With two groups of a single cloud it is
/// often above 0.8, too: any cut across the longest direction replicates. Groups of one row are
/// ignored; no value when none is larger.
///
/// Tibshirani & Walther (2005), doi:10.1198/106186005X59243.
///
/// ```
/// let strength = drumlin::measure::prediction_strength(&[0, 0, 1, 1], &[1, 1, 1, 0]);
/// assert!((strength.unwrap() - 1.0 / 3.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the sides have different numbers of rows.
pub fn prediction_strength(predicted: &[u32], found: &[u32]) -> Option<f64> {
    assert_eq!(predicted.len(), found.len(), "two sides of other rows");
    let width = |labels: &[u32]| labels.iter().max().map_or(0, |most| *most as usize + 1);
    let (p, f) = (width(predicted), width(found));
    let mut cells = vec![0_u64; p * f];
    for (predicted, found) in predicted.iter().zip(found) {
        cells[*found as usize * p + *predicted as usize] += 1;
    }
    let pairs = |count: u64| (count * count.saturating_sub(1)) as f64;
    cells
        .chunks(p.max(1))
        .filter_map(|counts| {
            let whole = pairs(counts.iter().sum());
            let together: f64 = counts.iter().map(|count| pairs(*count)).sum();
            (whole > 0.0).then(|| together / whole)
        })
        .min_by(f64::total_cmp)
}

/// How often each pair of rows was put together, over clusterings of random subsamples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoMembership {
    rows: usize,
    asked: Vec<u16>,
    together: Vec<u16>,
}

/// Below this share of clusterings a pair counts as apart, above one minus this as together; in
/// between, the clusterings disagree about it.
const DOUBT: f64 = 0.1;

impl CoMembership {
    /// For `rows` rows, before any clustering is added.
    pub fn new(rows: usize) -> Self {
        let pairs = rows * rows.saturating_sub(1) / 2;
        Self {
            rows,
            asked: vec![0; pairs],
            together: vec![0; pairs],
        }
    }

    /// Adds a clustering: positions of its rows, ascending, and their labels.
    pub fn add(&mut self, rows: &[usize], labels: &[u32]) {
        for (at, (low, label)) in rows.iter().zip(labels).enumerate() {
            // Offset of the pairs of `low`, corrected for the partners that the first row lacks.
            let from = low * (2 * self.rows - low - 1) / 2;
            for (high, other) in rows.iter().zip(labels).skip(at + 1) {
                let pair = from + high - low - 1;
                self.asked[pair] += 1;
                self.together[pair] += u16::from(label == other);
            }
        }
    }

    /// The proportion of ambiguous pairs (PAC): together in more than a tenth and less than nine
    /// tenths of the groupings that had both. From 0 (all groupings agree) to 1. No value without
    /// a pair.
    ///
    /// Șenbabaoğlu, Michailidis & Li (2014), doi:10.1038/srep06207.
    ///
    /// ```
    /// let mut seen = drumlin::measure::CoMembership::new(3);
    /// seen.add(&[0, 1, 2], &[0, 0, 1]);
    /// seen.add(&[0, 1, 2], &[0, 1, 1]);
    /// assert!((seen.ambiguity().unwrap() - 2.0 / 3.0).abs() < 1e-15);
    /// ```
    pub fn ambiguity(&self) -> Option<f64> {
        let shares = self
            .together
            .iter()
            .zip(&self.asked)
            .map(|(together, asked)| f64::from(*together) / f64::from((*asked).max(1)));
        let ambiguous = shares.filter(|share| *share > DOUBT && *share < 1.0 - DOUBT);
        let pairs = self.asked.len();
        (pairs > 0).then(|| ambiguous.count() as f64 / pairs as f64)
    }
}

/// The gap statistic over numbers of groups: how much tighter groups are than in a null table.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// For 1, 2, … groups: mean log inertia of the null tables, minus that of the table.
    pub gaps: Vec<f64>,
    /// Standard error of each, including the error from the finite number of draws.
    pub errors: Vec<f64>,
    /// The smallest number of groups that the next one does not beat by more than its error; if
    /// each beats the one before, the largest number tried.
    pub k: usize,
}

/// The gap statistic from `inertias` of the table and of each null table, for 1, 2, … groups. No
/// value without a null table or number of groups, or when an inertia is not positive.
///
/// Tibshirani, Walther & Hastie (2001), doi:10.1111/1467-9868.00293.
///
/// ```
/// let null = [vec![100.0, 60.0, 40.0], vec![110.0, 66.0, 44.0]];
/// let gap = drumlin::measure::gap_statistic(&[100.0, 10.0, 8.0], &null).unwrap();
/// assert_eq!(gap.k, 2);
/// ```
pub fn gap_statistic(inertias: &[f64], null: &[Vec<f64>]) -> Option<Gap> {
    let whole = |values: &[f64]| values.len() == inertias.len() && values.iter().all(|x| *x > 0.0);
    if inertias.is_empty() || null.is_empty() || !whole(inertias) || !null.iter().all(|x| whole(x))
    {
        return None;
    }
    let draws = null.len() as f64;
    let (mut gaps, mut errors) = (Vec::new(), Vec::new());
    for (at, inertia) in inertias.iter().enumerate() {
        let logs: Vec<f64> = null.iter().map(|draw| libm::log(draw[at])).collect();
        let mean = logs.iter().sum::<f64>() / draws;
        let variance = logs
            .iter()
            .map(|log| (log - mean) * (log - mean))
            .sum::<f64>()
            / draws;
        gaps.push(mean - libm::log(*inertia));
        errors.push(libm::sqrt(variance * (1.0 + 1.0 / draws)));
    }
    let settled = (1..gaps.len()).find(|at| gaps[at - 1] >= gaps[*at] - errors[*at]);
    Some(Gap {
        k: settled.unwrap_or(gaps.len()),
        gaps,
        errors,
    })
}

/// Median of `of` over all pairs; no value for fewer than two items.
pub fn median_of_pairs<T>(items: &[T], of: impl Fn(&T, &T) -> Option<f64>) -> Option<f64> {
    let pairs = items
        .iter()
        .enumerate()
        .flat_map(|(at, first)| items[at + 1..].iter().map(move |second| (first, second)));
    let values: Vec<f64> = pairs
        .filter_map(|(first, second)| of(first, second))
        .collect();
    crate::measure::stats::moments::median(&values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_come_back_have_strength_one_and_no_ambiguity() {
        assert_eq!(prediction_strength(&[3, 3, 1, 1], &[0, 0, 2, 2]), Some(1.0));
        assert_eq!(prediction_strength(&[0, 1], &[0, 1]), None);
        assert_eq!(prediction_strength(&[], &[]), None);
        let mut seen = CoMembership::new(5);
        seen.add(&[0, 2, 4], &[0, 1, 0]);
        seen.add(&[0, 1, 4], &[1, 0, 1]);
        assert_eq!(seen.ambiguity(), Some(0.0));
        assert_eq!(CoMembership::new(1).ambiguity(), None);
    }

    #[test]
    fn a_gap_needs_a_null_of_the_same_numbers() {
        assert_eq!(gap_statistic(&[1.0, 0.5], &[]), None);
        assert_eq!(gap_statistic(&[1.0, 0.5], &[vec![1.0]]), None);
        assert_eq!(gap_statistic(&[1.0, 0.0], &[vec![1.0, 1.0]]), None);
        assert_eq!(gap_statistic(&[1.0], &[vec![1.0]]).unwrap().k, 1);
    }
}
