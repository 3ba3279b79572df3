//! How two soft partitions treat pairs of rows.

use crate::labels::Memberships;

use super::super::contingency::Trivial;
use super::super::moments::ordered_sum;
use super::contingency::answered;

/// The concordance of two soft partitions (NDC): 1 less the mean difference of how much each puts
/// a pair of rows together, E = 1 − ½ Σ |uᵢ − uⱼ|.
///
/// From 0 to 1; crisp memberships give the Rand index. 1 means that both treat every pair alike,
/// which for soft memberships does not need the same groups. Symmetric, and blind to labels; not
/// corrected for chance: [`adjusted_soft_concordance`] is. The cost grows with the square of the rows:
/// meant for a few thousand. Rows left out on either side do not count; a single row has no pair
/// to be treated differently, 1; no row: no value.
///
/// Hüllermeier, Rifqi, Henzgen & Senge (2012), doi:10.1109/TFUZZ.2011.2179303.
///
/// ```
/// use drumlin::{labels::Memberships, measure::soft_concordance};
/// let p = Memberships::from_weights(2, vec![1.0, 0.0, 0.5, 0.5]).unwrap();
/// let q = Memberships::from_weights(2, vec![1.0, 0.0, 0.0, 1.0]).unwrap();
/// assert_eq!(soft_concordance(&p, &q), Some(0.5));
/// ```
///
/// # Panics
/// When the sides have different numbers of rows: the caller aligns them by row id.
pub fn soft_concordance(p: &Memberships, q: &Memberships) -> Option<f64> {
    Pairs::of(p, q).map(|pairs| pairs.concordance())
}

/// The mean of [`soft_concordance`] over all permutations of the rows of one side, exactly.
///
/// From 0 to 1: a permutation brings any pair of the one side to any pair of the other, so it is 1
/// less the mean difference of *all* pairs of pairs, found by sorting. Symmetric. Rows as in
/// [`soft_concordance`].
///
/// The chance term of D'Ambrosio et al. (2021), doi:10.1007/s00357-020-09367-0, who draw it.
///
/// ```
/// use drumlin::{labels::Memberships, measure::expected_soft_concordance};
/// let halves = vec![1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0];
/// let p = Memberships::from_weights(2, halves).unwrap();
/// let mean = expected_soft_concordance(&p, &p).unwrap();
/// assert!((mean - 5.0 / 9.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the sides have different numbers of rows: the caller aligns them by row id.
pub fn expected_soft_concordance(p: &Memberships, q: &Memberships) -> Option<f64> {
    Pairs::of(p, q).map(|pairs| pairs.expected())
}

/// The adjusted concordance index (ACI): [`soft_concordance`], corrected for chance by
/// [`expected_soft_concordance`].
///
/// (NDC − E) / (1 − E): at most 1, which means that both treat every pair alike; 0 is a random
/// order of rows on average. Crisp memberships give the adjusted Rand index. Symmetric. Both sides
/// trivial (the same memberships for every row): 1. One side trivial: 0. Rows as in
/// [`soft_concordance`].
///
/// D'Ambrosio, Amodio, Iorio, Pandolfo & Siciliano (2021), doi:10.1007/s00357-020-09367-0; the
/// chance term exact instead of drawn.
///
/// ```
/// use drumlin::{labels::Memberships, measure::adjusted_soft_concordance};
/// let p = Memberships::from_weights(2, vec![1.0, 0.0, 0.7, 0.3, 0.0, 1.0]).unwrap();
/// assert_eq!(adjusted_soft_concordance(&p, &p), Some(1.0));
/// ```
///
/// # Panics
/// When the sides have different numbers of rows: the caller aligns them by row id.
pub fn adjusted_soft_concordance(p: &Memberships, q: &Memberships) -> Option<f64> {
    let pairs = Pairs::of(p, q)?;
    match pairs.trivial {
        Trivial::Both => return Some(1.0),
        Trivial::One => return Some(0.0),
        Trivial::Neither => {}
    }
    let (found, chance) = (pairs.concordance(), pairs.expected());
    Some(if chance < 1.0 {
        (found - chance) / (1.0 - chance)
    } else {
        1.0
    })
}

/// The adjusted Rand index with products of memberships in the place of "together": J = Σ uᵢ uⱼ.
///
/// (Σ J J′ − E) / (½ (Σ J² + Σ J′²) − E) over pairs, E = Σ J Σ J′ / pairs. At most 1; 0 is chance;
/// crisp memberships give the adjusted Rand index. Symmetric. Two equal sides reach 1. Its cost
/// grows with the rows alone, so it serves large tables where [`adjusted_soft_concordance`] does not.
/// Both sides trivial: 1. One side trivial: 0. No row: no value.
///
/// Brouwer (2009), doi:10.1007/s10844-008-0054-7, with Hubert & Arabie's correction.
///
/// ```
/// use drumlin::{labels::Memberships, measure::pair_product_adjusted_rand};
/// let halves = Memberships::from_weights(2, vec![1.0, 0.0, 1.0, 0.0, 0.0, 1.0]).unwrap();
/// let value = pair_product_adjusted_rand(&halves, &halves).unwrap();
/// assert!((value - 1.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the sides have different numbers of rows: the caller aligns them by row id.
pub fn pair_product_adjusted_rand(p: &Memberships, q: &Memberships) -> Option<f64> {
    let rows = shared(p, q);
    if rows.is_empty() {
        return None;
    }
    match trivial(p, q, &rows) {
        Trivial::Both => return Some(1.0),
        Trivial::One => return Some(0.0),
        Trivial::Neither => {}
    }
    let n = rows.len() as f64;
    let pairs = n * (n - 1.0) / 2.0;
    let (jp, jq) = (together(p, &rows), together(q, &rows));
    let [both, of_p, of_q] = [(p, q), (p, p), (q, q)].map(|(l, r)| products(l, r, &rows));
    let chance = jp * jq / pairs;
    let scale = f64::midpoint(of_p, of_q) - chance;
    Some(if scale > f64::EPSILON * f64::midpoint(of_p, of_q) {
        (both - chance) / scale
    } else {
        1.0
    })
}

/// Σ J over pairs: half of (Σ u)² − Σ u².
fn together(p: &Memberships, rows: &[usize]) -> f64 {
    let sizes = (0..p.groups()).map(|group| ordered_sum(rows.iter().map(|row| p.row(*row)[group])));
    let own = rows.iter().map(|row| square(p.row(*row)));
    (ordered_sum(sizes.map(|size| size * size)) - ordered_sum(own)) / 2.0
}

/// Σ J J′ over pairs: the squares of the table of shares, less each row with itself.
fn products(p: &Memberships, q: &Memberships, rows: &[usize]) -> f64 {
    let mut cells = vec![0.0; p.groups() * q.groups()];
    let mut own = 0.0;
    for row in rows {
        let (left, right) = (p.row(*row), q.row(*row));
        for (cells, share) in cells.chunks_mut(q.groups()).zip(left) {
            for (cell, other) in cells.iter_mut().zip(right) {
                *cell += share * other;
            }
        }
        own += square(left) * square(right);
    }
    (ordered_sum(cells.iter().map(|cell| cell * cell)) - own) / 2.0
}

fn square(shares: &[f64]) -> f64 {
    shares.iter().map(|share| share * share).sum()
}

/// How much each side puts every pair together, in the order of pairs.
struct Pairs {
    p: Vec<f64>,
    q: Vec<f64>,
    trivial: Trivial,
}

impl Pairs {
    fn of(p: &Memberships, q: &Memberships) -> Option<Self> {
        let rows = shared(p, q);
        let of = |side: &Memberships| {
            let firsts = rows.iter().enumerate();
            firsts
                .flat_map(|(at, first)| {
                    let rest = rows[at + 1..].iter();
                    rest.map(move |second| {
                        let sides = side.row(*first).iter().zip(side.row(*second));
                        1.0 - sides.map(|(l, r)| (l - r).abs()).sum::<f64>() / 2.0
                    })
                })
                .collect::<Vec<f64>>()
        };
        (!rows.is_empty()).then(|| Self {
            p: of(p),
            q: of(q),
            trivial: trivial(p, q, &rows),
        })
    }

    fn concordance(&self) -> f64 {
        if self.p.is_empty() {
            return 1.0;
        }
        let gaps = self.p.iter().zip(&self.q).map(|(p, q)| (p - q).abs());
        1.0 - ordered_sum(gaps) / self.p.len() as f64
    }

    /// Σ |p − q| over all pairs of values, from the two sorted lists: going up, each value is above
    /// all that the other list had so far.
    fn expected(&self) -> f64 {
        if self.p.is_empty() {
            return 1.0;
        }
        let sorted = |values: &[f64]| {
            let mut values = values.to_vec();
            values.sort_unstable_by(f64::total_cmp);
            values
        };
        let (p, q) = (sorted(&self.p), sorted(&self.q));
        let one_way = |high: &[f64], low: &[f64]| -> f64 {
            let (mut at, mut sum, mut gaps) = (0, 0.0, 0.0);
            for value in high {
                while at < low.len() && low[at] < *value {
                    sum += low[at];
                    at += 1;
                }
                gaps += at as f64 * value - sum;
            }
            gaps
        };
        let (up, down) = (one_way(&p, &q), one_way(&q, &p));
        let pairs = (self.p.len() as f64) * (self.p.len() as f64);
        1.0 - (up.max(down) + up.min(down)) / pairs
    }
}

/// The rows that both sides answered.
fn shared(p: &Memberships, q: &Memberships) -> Vec<usize> {
    assert_eq!(p.rows(), q.rows(), "two sides of other rows");
    let both = |row: &usize| answered(p.row(*row)) && answered(q.row(*row));
    (0..p.rows()).filter(both).collect()
}

/// Which sides say the same of every row, up to rounding.
fn trivial(p: &Memberships, q: &Memberships, rows: &[usize]) -> Trivial {
    const ROUNDING: f64 = 1e-12;
    let flat = |side: &Memberships| {
        rows.iter().all(|row| {
            let sides = side.row(*row).iter().zip(side.row(rows[0]));
            sides.map(|(l, r)| (l - r).abs()).sum::<f64>() <= ROUNDING
        })
    };
    Trivial::of(flat(p), flat(q))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trivial_sides_follow_the_policy() {
        let flat = Memberships::from_weights(2, vec![0.3, 0.7, 0.3, 0.7, 0.3, 0.7]).unwrap();
        let soft = Memberships::from_weights(2, vec![0.3, 0.7, 0.6, 0.4, 0.3, 0.7]).unwrap();
        let nobody = Memberships::from_weights(2, vec![f64::NAN; 6]).unwrap();
        for of in [adjusted_soft_concordance, pair_product_adjusted_rand] {
            assert_eq!(of(&flat, &flat), Some(1.0));
            assert_eq!(of(&flat, &soft), Some(0.0));
            assert_eq!(of(&nobody, &soft), None);
        }
        assert_eq!(soft_concordance(&nobody, &soft), None);
        assert_eq!(
            soft_concordance(&flat.pick(&[0]), &soft.pick(&[0])),
            Some(1.0)
        );
        assert_eq!(expected_soft_concordance(&flat, &flat), Some(1.0));
    }
}
