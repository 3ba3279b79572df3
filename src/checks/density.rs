//! A smooth density of numbers, and its deepest valley.

use crate::measure::sd;

/// A valley between two peaks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Valley {
    /// Density in the valley divided by that at the lower of the two peaks: 1 is no valley, 0 an
    /// empty gap.
    pub(super) depth: f64,
    /// Its position.
    pub(super) at: f64,
    /// Positions of the peaks.
    pub(super) humps: [f64; 2],
    /// Share of the values below it, 0 to 1.
    pub(super) below: f64,
}

/// Minimum number of values: smaller samples have random peaks.
const FEWEST: usize = 200;
/// Grid points per bandwidth: finer grids draw the same curve.
const PER_BANDWIDTH: f64 = 3.0;
/// A wider range than this number of points is cut at its ends: outliers are found by another
/// check.
const MOST_POINTS: usize = 4_096;

/// The deepest valley with a share of at least `side` on both sides; `None` for too few values or
/// zero spread.
///
/// A Gaussian kernel with the bandwidth of Silverman (1986), 3.31: it is too wide for two peaks,
/// which fills shallow valleys and leaves deep ones.
pub(super) fn valley(values: &[f64], side: f64) -> Option<Valley> {
    if values.len() < FEWEST {
        return None;
    }
    // Sorted once, since this runs for every pair of columns.
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let quantile = |p: f64| sorted[(p * (sorted.len() - 1) as f64).round() as usize];
    let iqr = quantile(0.75) - quantile(0.25);
    let spread = sd(values)?.min(iqr / 1.34);
    let bandwidth = 0.9 * spread * libm::pow(values.len() as f64, -0.2);
    let (low, high) = (quantile(0.001), quantile(0.999));
    let step = bandwidth / PER_BANDWIDTH;
    let wide = (high - low) / step;
    if !(step > 0.0 && wide.is_finite() && wide < MOST_POINTS as f64) {
        return None;
    }
    let points = wide as usize + 2;
    let mut counts = vec![0.0; points];
    for value in values.iter().filter(|x| (low..=high).contains(*x)) {
        counts[((value - low) / step).round() as usize] += 1.0;
    }
    let curve = smooth(&counts);
    let peaks = |order: &mut dyn Iterator<Item = usize>| {
        let mut best = 0;
        let mut first = true;
        let mut peaks = vec![0; points];
        for at in order {
            if first || curve[at] > curve[best] {
                best = at;
                first = false;
            }
            peaks[at] = best;
        }
        peaks
    };
    let left = peaks(&mut (0..points));
    let right = peaks(&mut (0..points).rev());
    let all: f64 = counts.iter().sum();
    let mut below = 0.0;
    let mut best: Option<Valley> = None;
    for at in 0..points {
        below += counts[at];
        let share = below / all;
        if share < side || share > 1.0 - side {
            continue;
        }
        let depth = curve[at] / curve[left[at]].min(curve[right[at]]).max(f64::MIN_POSITIVE);
        if best.is_none_or(|found| depth < found.depth) {
            let place = |at: usize| low + step * at as f64;
            best = Some(Valley {
                depth,
                at: place(at),
                humps: [place(left[at]), place(right[at])],
                below: share,
            });
        }
    }
    best
}

fn smooth(counts: &[f64]) -> Vec<f64> {
    let reach = (4.0 * PER_BANDWIDTH) as usize;
    let kernel: Vec<f64> = (0..=reach)
        .map(|at| {
            let z = at as f64 / PER_BANDWIDTH;
            libm::exp(-z * z / 2.0)
        })
        .collect();
    (0..counts.len())
        .map(|at| {
            let from = at.saturating_sub(reach);
            let to = (at + reach).min(counts.len() - 1);
            (from..=to)
                .map(|other| kernel[at.abs_diff(other)] * counts[other])
                .sum()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::normal_quantile;

    fn normal(n: usize, mean: f64) -> impl Iterator<Item = f64> {
        (0..n).map(move |at| mean + normal_quantile((at as f64 + 0.5) / n as f64))
    }

    #[test]
    fn one_hump_has_no_valley_and_two_have_one_between_them() {
        let one: Vec<f64> = normal(1_000, 0.0).collect();
        assert!(valley(&one, 0.03).unwrap().depth > 0.95);
        let two: Vec<f64> = normal(900, 0.0).chain(normal(100, 7.0)).collect();
        let found = valley(&two, 0.03).unwrap();
        assert!(found.depth < 0.1, "{found:?}");
        assert!((2.5..5.0).contains(&found.at) && (found.below - 0.9).abs() < 0.01);
        assert_eq!(valley(&[1.0; 500], 0.03), None);
    }
}
