//! Valleys of the density between two peaks.

use crate::measure::stats::moments::{quantile, sd};

/// Maximum number of values used for the density.
const MOST: usize = 1500;
/// Number of points at which the density is evaluated.
const GRID: usize = 128;
/// Kernel width in standard deviations of the values: narrow enough to show a valley between
/// touching groups, wide enough that 1,500 draws from one mode show none.
const WIDTH: f64 = 0.25;
/// Values beyond these quantiles are clipped: a distant row would form its own peak.
const TAILS: [f64; 2] = [0.005, 0.995];
/// Minimum height of a peak, as a share of the highest one.
const PEAK: f64 = 0.15;
/// Distance in kernel widths beyond which a value's contribution is lost to rounding.
const REACH: f64 = 9.0;

/// Depth of the deepest valley between two peaks of the values' density: the lowest density between
/// them over that at the lower peak.
///
/// From 0 (a gap) to 1 (one mode). Gaussian kernel of a quarter of the standard deviation, on 128
/// points between the outer half-percents, from at most 1,500 of the values (evenly picked); peaks
/// below 15 % of the highest are ignored. Values that are not finite are ignored; 1 for fewer than
/// two values or when all are equal.
///
/// For 1,500 uniform draws it is about 0.8, so compare it with a null distribution.
///
/// ```
/// let values: Vec<f64> = (0..400).map(|at| (at % 2 * 9) as f64 + (at as f64 * 0.7).sin()).collect();
/// assert!(drumlin::measure::valley_depth(&values) < 0.01);
/// ```
pub fn valley_depth(values: &[f64]) -> f64 {
    let (Some(low), Some(high)) = (quantile(values, TAILS[0]), quantile(values, TAILS[1])) else {
        return 1.0;
    };
    let finite = values.iter().filter(|value| value.is_finite());
    let clipped: Vec<f64> = finite.map(|value| value.clamp(low, high)).collect();
    let picked: Vec<f64> = if clipped.len() > MOST {
        let pick = |at: usize| clipped[at * clipped.len() / MOST];
        (0..MOST).map(pick).collect()
    } else {
        clipped
    };
    match density(&picked, low, high) {
        Some(density) => deepest(&density),
        None => 1.0,
    }
}

/// The density at [`GRID`] evenly spaced points from `low` to `high`, up to a factor.
fn density(values: &[f64], low: f64, high: f64) -> Option<Vec<f64>> {
    let width = WIDTH * sd(values)?;
    if width <= 0.0 || high <= low {
        return None;
    }
    let step = (high - low) / (GRID - 1) as f64;
    // exp(−(a + js)²/2) = exp(−a²/2) · exp(−as)ʲ · exp(−(js)²/2): three exponentials per value
    // instead of one per point.
    let stride = step / width;
    let bells: Vec<f64> = (0..GRID)
        .map(|j| libm::exp(-0.5 * (j as f64 * stride).powi(2)))
        .collect();
    let reach = ((REACH / stride).ceil() as usize).min(GRID);
    let mut sums = vec![0.0; GRID];
    for value in values {
        let nearest = (((value - low) / step).round().max(0.0) as usize).min(GRID - 1);
        let away = (low + nearest as f64 * step - value) / width;
        let peak = libm::exp(-0.5 * away * away);
        let ratio = libm::exp(-away * stride);
        sums[nearest] += peak;
        let mut factor = peak;
        for (sum, bell) in sums[nearest + 1..].iter_mut().zip(&bells[1..]).take(reach) {
            factor *= ratio;
            *sum += factor * bell;
        }
        let back = 1.0 / ratio;
        factor = peak;
        for (sum, bell) in sums[..nearest]
            .iter_mut()
            .rev()
            .zip(&bells[1..])
            .take(reach)
        {
            factor *= back;
            *sum += factor * bell;
        }
    }
    Some(sums)
}

/// Smallest ratio, over pairs of peaks, of the lowest density between them to the lower peak.
fn deepest(density: &[f64]) -> f64 {
    let peaks: Vec<usize> = (1..density.len() - 1)
        .filter(|at| density[*at] > density[at - 1] && density[*at] >= density[at + 1])
        .collect();
    let most = density.iter().copied().fold(0.0, f64::max);
    let mut best = 1.0_f64;
    for (at, first) in peaks.iter().enumerate() {
        for second in &peaks[at + 1..] {
            let lower = density[*first].min(density[*second]);
            if lower > PEAK * most {
                let between = &density[*first..*second];
                let lowest = between.iter().copied().fold(f64::INFINITY, f64::min);
                best = best.min(lowest / lower);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use crate::random::Secret;

    use super::*;

    #[test]
    fn one_mode_has_no_valley_and_two_apart_have_a_deep_one() {
        let mut draws = Secret::demo(1).stream().draws();
        let one: Vec<f64> = (0..1500).map(|_| draws.normal()).collect();
        assert!(valley_depth(&one) > 0.8);
        let shift = |apart: f64| {
            let moved = one
                .iter()
                .enumerate()
                .map(move |(at, x)| x + apart * (at % 2) as f64);
            moved.collect::<Vec<f64>>()
        };
        assert!(valley_depth(&shift(6.0)) < 0.15);
        let middle = valley_depth(&shift(3.0));
        assert!((0.3..0.95).contains(&middle), "{middle}");
    }

    #[test]
    fn constants_and_missing_values_have_no_valley() {
        for values in [vec![], vec![1.0], vec![3.0; 9], vec![f64::NAN, 1.0, 1.0]] {
            assert!((valley_depth(&values) - 1.0).abs() < 1e-15);
        }
    }
}
