//! Kendall's rank correlation.

use super::complete_rows::complete;

/// Kendall's τ-b: among pairs of rows ordered by both columns, the excess of concordant over
/// discordant pairs; corrected for ties.
///
/// From −1 to 1; ±1 means that one column is a strictly monotone function of the other. Symmetric,
/// and invariant to any increasing transformation. For small tables and many ties it is easier to
/// interpret than [`crate::measure::spearman`]. Rows where either is not finite are ignored; no
/// value when fewer than two remain, or one column is constant on them.
///
/// Kendall (1945), doi:10.1093/biomet/33.3.239; computed in n log n steps, Knight (1966),
/// doi:10.1080/01621459.1966.10480879.
///
/// ```
/// let tau = drumlin::measure::kendall(&[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 4.0]).unwrap();
/// assert!((tau - 2.0 / 3.0).abs() < 1e-15);
/// ```
///
/// # Panics
/// When the columns have different lengths: the caller aligns them.
pub fn kendall(x: &[f64], y: &[f64]) -> Option<f64> {
    let (x, y) = complete(x, y);
    // `-0.0` and `0.0` are the same value, although `total_cmp` distinguishes them.
    let pairs = x.iter().zip(&y).map(|(x, y)| (x + 0.0, y + 0.0));
    let mut rows: Vec<(f64, f64)> = pairs.collect();
    rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let all = pairs_of(rows.len());
    let ties_x = tied(rows.chunk_by(|a, b| a.0 >= b.0));
    let ties_both = tied(rows.chunk_by(|a, b| a.0 >= b.0 && a.1 >= b.1 && a.1 <= b.1));
    let mut second: Vec<f64> = rows.iter().map(|row| row.1).collect();
    let swaps = sorted_with_swaps(&mut second);
    let ties_y = tied(second.chunk_by(|a, b| a >= b));
    let (ordered_x, ordered_y) = (all - ties_x, all - ties_y);
    if ordered_x == 0 || ordered_y == 0 {
        return None;
    }
    let gain = (all + ties_both) as i128 - (ties_x + ties_y + 2 * swaps) as i128;
    let scale = libm::sqrt(ordered_x as f64) * libm::sqrt(ordered_y as f64);
    Some((gain as f64 / scale).clamp(-1.0, 1.0))
}

fn pairs_of(rows: usize) -> u128 {
    let rows = rows as u128;
    rows * rows.saturating_sub(1) / 2
}

fn tied<'a, T: 'a>(runs: impl Iterator<Item = &'a [T]>) -> u128 {
    runs.map(|run| pairs_of(run.len())).sum()
}

/// Merge sort that counts inversions.
fn sorted_with_swaps(values: &mut [f64]) -> u128 {
    if values.len() < 2 {
        return 0;
    }
    let (left, right) = values.split_at_mut(values.len() / 2);
    let mut swaps = sorted_with_swaps(left) + sorted_with_swaps(right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if right[j] < left[i] {
            swaps += (left.len() - i) as u128;
            merged.push(right[j]);
            j += 1;
        } else {
            merged.push(left[i]);
            i += 1;
        }
    }
    merged.extend_from_slice(&left[i..]);
    merged.extend_from_slice(&right[j..]);
    values.copy_from_slice(&merged);
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_as_neither_and_constants_have_no_value() {
        // Of six pairs, x ties one and y another; the four ordered by both all agree.
        let tau = kendall(&[1.0, 1.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 3.0]).unwrap();
        assert!((tau - 4.0 / 5.0).abs() < 1e-15, "{tau}");
        assert_eq!(kendall(&[0.0, -0.0], &[1.0, 2.0]), None);
        assert_eq!(kendall(&[1.0, f64::NAN], &[1.0, 2.0]), None);
    }
}
