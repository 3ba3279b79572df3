//! How two covers agree: groups that overlap.

use std::collections::BTreeMap;

use crate::labels::Cover;

use super::moments::{ordered_sum, x_ln_x};

/// The omega index: pairs of rows that share *as many* groups on both sides, corrected for chance.
///
/// (O − E) / (1 − E). At most 1, which means that every pair shares as many groups on both sides;
/// 0 is chance. Symmetric, and blind to labels; without overlap it is the adjusted Rand index. A
/// pair that shares two groups on the one side and three on the other counts as disagreement.
/// Every pair shares as many on both sides: 1, also where chance could do no worse (a single row).
/// Rows in no group of either side do not count; no row: no value.
///
/// Collins & Dent (1988), `doi:10.1207/s15327906mbr2302_6`.
///
/// ```
/// use drumlin::{labels::Cover, measure::omega};
/// let a = Cover::from_codes(vec![vec![0], vec![0], vec![1], vec![1]]);
/// let b = Cover::from_codes(vec![vec![0], vec![1], vec![0], vec![1]]);
/// assert_eq!(omega(&a, &b), Some(-0.5));
/// ```
///
/// # Panics
/// When the covers have different numbers of rows: the caller aligns them by row id.
pub fn omega(a: &Cover, b: &Cover) -> Option<f64> {
    let kinds = kinds(a, b);
    let rows: u128 = kinds.values().map(|count| u128::from(*count)).sum();
    if rows == 0 {
        return None;
    }
    let mut levels: BTreeMap<(usize, usize), u128> = BTreeMap::new();
    let kinds: Vec<_> = kinds.into_iter().collect();
    for (at, ((in_a, in_b), count)) in kinds.iter().enumerate() {
        let count = u128::from(*count);
        *levels.entry((in_a.len(), in_b.len())).or_insert(0) += count * (count - 1) / 2;
        for ((other_a, other_b), other) in &kinds[..at] {
            let level = (common(in_a, other_a), common(in_b, other_b));
            *levels.entry(level).or_insert(0) += count * u128::from(*other);
        }
    }
    let pairs = rows * (rows - 1) / 2;
    let mut sides: BTreeMap<usize, (u128, u128)> = BTreeMap::new();
    let mut alike = 0;
    for ((in_a, in_b), count) in &levels {
        sides.entry(*in_a).or_default().0 += count;
        sides.entry(*in_b).or_default().1 += count;
        alike += if in_a == in_b { *count } else { 0 };
    }
    if alike == pairs {
        return Some(1.0);
    }
    // Whole numbers below 2¹²⁶ for up to 2³¹ rows.
    let chance: u128 = sides.values().map(|(a, b)| a * b).sum();
    let gain = (alike * pairs) as i128 - chance as i128;
    let scale = (pairs * pairs) as i128 - chance as i128;
    Some(gain as f64 / scale as f64)
}

/// How normalised mutual information of covers is scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverScale {
    /// Each group by its own entropy, then averaged: Lancichinetti, Fortunato & Kertész.
    Each,
    /// All together by the larger entropy: `McDaid`, Greene & Hurley, who found the former to
    /// flatter covers with little in common.
    Max,
}

/// Normalised mutual information of covers (ONMI): how much each group of one side tells of the
/// best fitting group of the other.
///
/// From 0 to 1; 1 means the same cover. Symmetric, and blind to labels; not corrected for chance.
/// A group that holds every row has nothing to tell: with [`CoverScale::Each`] it counts as not
/// found. Both sides hold nothing but such groups: 1. One side does: 0. Rows in no group of
/// *either* side do not count, rows in none of one side are rows of no group there. No row: no
/// value.
///
/// Lancichinetti, Fortunato & Kertész (2009), doi:10.1088/1367-2630/11/3/033015; `McDaid`, Greene
/// & Hurley (2011), arXiv:1110.2515.
///
/// ```
/// use drumlin::{labels::Cover, measure::{overlapping_mutual_information, CoverScale}};
/// let a = Cover::from_codes(vec![vec![0], vec![0, 1], vec![1], vec![1]]);
/// assert_eq!(overlapping_mutual_information(&a, &a, CoverScale::Max), Some(1.0));
/// ```
///
/// # Panics
/// When the covers have different numbers of rows: the caller aligns them by row id.
pub fn overlapping_mutual_information(a: &Cover, b: &Cover, scale: CoverScale) -> Option<f64> {
    assert_eq!(a.rows(), b.rows(), "two covers of other rows");
    let rows: Vec<usize> = (0..a.rows())
        .filter(|row| !a.row(*row).is_empty() || !b.row(*row).is_empty())
        .collect();
    let n = rows.len() as f64;
    let mut shared = vec![vec![0.0; b.groups()]; a.groups()];
    let (mut of_a, mut of_b) = (vec![0.0; a.groups()], vec![0.0; b.groups()]);
    for row in &rows {
        for group in a.row(*row) {
            of_a[*group as usize] += 1.0;
            for other in b.row(*row) {
                shared[*group as usize][*other as usize] += 1.0;
            }
        }
        for other in b.row(*row) {
            of_b[*other as usize] += 1.0;
        }
    }
    if rows.is_empty() || of_a.is_empty() || of_b.is_empty() {
        return None;
    }
    let entropies = |sizes: &[f64]| -> Vec<f64> {
        let each = sizes.iter().map(|size| plog(*size, n) + plog(n - size, n));
        each.map(|entropy| if entropy > f64::EPSILON { entropy } else { 0.0 })
            .collect()
    };
    let (ha, hb) = (entropies(&of_a), entropies(&of_b));
    let trivial = [&ha, &hb].map(|each| each.iter().all(|entropy| *entropy <= 0.0));
    match trivial {
        [true, true] => return Some(1.0),
        [true, false] | [false, true] => return Some(0.0),
        [false, false] => {}
    }
    if same(a, b, &rows) {
        return Some(1.0);
    }
    let left: Vec<f64> = (0..of_a.len())
        .map(|x| {
            unknown(
                ha[x],
                hb.iter()
                    .enumerate()
                    .map(|(y, h)| (*h, of_a[x], of_b[y], shared[x][y])),
                n,
            )
        })
        .collect();
    let right: Vec<f64> = (0..of_b.len())
        .map(|y| {
            unknown(
                hb[y],
                ha.iter()
                    .enumerate()
                    .map(|(x, h)| (*h, of_b[y], of_a[x], shared[x][y])),
                n,
            )
        })
        .collect();
    let value = match scale {
        CoverScale::Each => {
            let share = |rest: &[f64], of: &[f64]| {
                let each = rest.iter().zip(of);
                let each = each.map(|(rest, h)| if *h > 0.0 { rest / h } else { 1.0 });
                ordered_sum(each) / of.len() as f64
            };
            1.0 - f64::midpoint(share(&left, &ha), share(&right, &hb))
        }
        CoverScale::Max => {
            let sum = |values: &[f64]| ordered_sum(values.iter().copied());
            let (ha, hb) = (sum(&ha), sum(&hb));
            f64::midpoint(ha - sum(&left), hb - sum(&right)) / ha.max(hb)
        }
    };
    Some(value.clamp(0.0, 1.0))
}

/// What is left unknown of a group of entropy `own` when the best fitting other group is known.
///
/// A group that says more about the rows outside than in common (the complement, say) does not
/// count as a fit.
fn unknown(own: f64, others: impl Iterator<Item = (f64, f64, f64, f64)>, n: f64) -> f64 {
    let rest = others.map(|(entropy, size, other, both)| {
        let neither = plog(n - size - other + both, n);
        let (mine, theirs) = (plog(size - both, n), plog(other - both, n));
        let in_both = plog(both, n);
        if neither + in_both > mine + theirs {
            neither + in_both + mine + theirs - entropy
        } else {
            own
        }
    });
    rest.fold(own, f64::min).max(0.0)
}

/// −p ln p of `count` out of `n`.
fn plog(count: f64, n: f64) -> f64 {
    -x_ln_x(count / n)
}

/// Whether the two covers have the same groups.
fn same(a: &Cover, b: &Cover, rows: &[usize]) -> bool {
    let groups = |cover: &Cover| {
        let mut groups = vec![Vec::new(); cover.groups()];
        for row in rows {
            for group in cover.row(*row) {
                groups[*group as usize].push(*row);
            }
        }
        groups.sort_unstable();
        groups
    };
    a.groups() == b.groups() && groups(a) == groups(b)
}

/// How many rows that both sides answered are in each pair of sets of groups.
fn kinds<'a>(a: &'a Cover, b: &'a Cover) -> BTreeMap<(&'a [u32], &'a [u32]), u64> {
    assert_eq!(a.rows(), b.rows(), "two covers of other rows");
    let mut kinds = BTreeMap::new();
    for row in 0..a.rows() {
        if !a.row(row).is_empty() && !b.row(row).is_empty() {
            *kinds.entry((a.row(row), b.row(row))).or_insert(0) += 1;
        }
    }
    kinds
}

/// How many numbers two ascending lists share.
fn common(left: &[u32], right: &[u32]) -> usize {
    left.iter()
        .filter(|code| right.binary_search(code).is_ok())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trivial_and_empty_covers_follow_the_policy() {
        let whole = Cover::from_codes(vec![vec![0]; 3]);
        let split = Cover::from_codes(vec![vec![0], vec![0, 1], vec![1]]);
        let nobody = Cover::from_codes(vec![vec![]; 3]);
        assert_eq!(
            (omega(&whole, &whole), omega(&whole, &split)),
            (Some(1.0), Some(0.0))
        );
        assert_eq!(omega(&nobody, &split), None);
        for scale in [CoverScale::Each, CoverScale::Max] {
            let of = |a, b| overlapping_mutual_information(a, b, scale);
            assert_eq!(
                (of(&whole, &whole), of(&whole, &split)),
                (Some(1.0), Some(0.0))
            );
            assert_eq!(of(&nobody, &nobody), None);
        }
    }
}
