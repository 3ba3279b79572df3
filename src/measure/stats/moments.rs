//! Means, spreads and quantiles of the finite values of a slice.

/// The arithmetic mean of the finite values; no value without one.
///
/// ```
/// assert_eq!(drumlin::measure::mean(&[1.0, f64::NAN, 4.0]), Some(2.5));
/// ```
pub fn mean(values: &[f64]) -> Option<f64> {
    let (count, sum) = finite(values).fold((0_u64, 0.0), |(n, sum), value| (n + 1, sum + value));
    (count > 0).then(|| sum / count as f64)
}

/// The standard deviation of a sample (divided by n − 1); no value for fewer than two finite
/// values.
///
/// Two passes, since the one-pass formula loses all precision when the mean is large.
///
/// ```
/// let sd = drumlin::measure::sd(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).unwrap();
/// assert!((sd - (32.0_f64 / 7.0).sqrt()).abs() < 1e-15);
/// ```
pub fn sd(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    let (count, squares) = finite(values).fold((0_u64, 0.0), |(n, sum), value| {
        (n + 1, sum + (value - mean) * (value - mean))
    });
    (count > 1).then(|| libm::sqrt(squares / (count - 1) as f64))
}

/// The middle of the finite values: the quantile at one half.
///
/// ```
/// assert_eq!(drumlin::measure::median(&[3.0, 1.0, 10.0, 2.0]), Some(2.5));
/// ```
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The quantile at `p` of the finite values, linear between order statistics (type 7, as R,
/// `NumPy` and pandas by default); `p` outside 0 to 1 is taken as the nearer end. No value
/// without a finite value, or when `p` is NaN.
///
/// Hyndman & Fan (1996), doi:10.1080/00031305.1996.10473566.
///
/// ```
/// assert_eq!(drumlin::measure::quantile(&[4.0, 1.0, 3.0, 2.0], 0.25), Some(1.75));
/// ```
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted: Vec<f64> = finite(values).collect();
    if sorted.is_empty() || p.is_nan() {
        return None;
    }
    sorted.sort_unstable_by(f64::total_cmp);
    quantile_of_sorted(&sorted, p)
}

/// [`quantile`] of values that are already finite and sorted.
pub fn quantile_of_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    let at = p.clamp(0.0, 1.0) * sorted.len().checked_sub(1)? as f64;
    let low = sorted[at.floor() as usize];
    let high = sorted[at.ceil() as usize];
    Some(low + (high - low) * at.fract())
}

/// A sum that does not depend on the order of values: smallest first.
pub(in crate::measure) fn ordered_sum(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.iter().sum()
}

/// x ln x, and 0 at 0 (its limit).
pub(in crate::measure) fn x_ln_x(x: f64) -> f64 {
    if x > 0.0 { x * libm::log(x) } else { 0.0 }
}

/// Whether all values are equal (true when there are none).
pub(in crate::measure) fn constant(values: &[f64]) -> bool {
    values
        .windows(2)
        .all(|pair| pair[0].total_cmp(&pair[1]).is_eq())
}

fn finite(values: &[f64]) -> impl Iterator<Item = f64> {
    values.iter().copied().filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_not_finite_are_missing() {
        assert_eq!(mean(&[f64::NAN, f64::INFINITY]), None);
        assert_eq!(sd(&[1.0, f64::NAN]), None);
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn quantiles_reach_both_ends() {
        let values = [5.0, 1.0, 9.0];
        assert_eq!(quantile(&values, 0.0), Some(1.0));
        assert_eq!(quantile(&values, 1.0), Some(9.0));
        assert_eq!(quantile(&values, 7.0), Some(9.0));
    }

    #[test]
    fn a_large_offset_does_not_eat_the_spread() {
        let far = [1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0];
        assert!((sd(&far).unwrap() - 1.0).abs() < 1e-9);
    }
}
