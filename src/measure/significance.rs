//! Whether a difference between distributions is more than chance.

use super::gamma::upper_gamma;

/// A statistic, and how often chance alone gives as large a one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// How large the difference is; its unit depends on the test.
    pub statistic: f64,
    /// The share of tests without a difference that reach it, 0 to 1, if rows are independent:
    /// rows of one entity are not, so read a small one with care.
    pub p_value: f64,
}

/// The Kolmogorov–Smirnov distance of two samples: the largest gap between their cumulative
/// shares.
///
/// The statistic is from 0 (equal) to 1 (no overlap), symmetric, and blind to any increasing
/// transformation of both. The p-value is that of Kolmogorov's limiting distribution at
/// √(n m / (n + m)) · D: for samples of a few hundred and more, and too careful where values tie.
/// Values that are not finite are left out; no value when a sample is empty.
///
/// Smirnov (1948), doi:10.1214/aoms/1177730256.
///
/// ```
/// let test = drumlin::measure::kolmogorov_smirnov(&[1.0, 2.0, 3.0], &[2.5, 3.5, 4.5]).unwrap();
/// assert!((test.statistic - 2.0 / 3.0).abs() < 1e-15);
/// ```
pub fn kolmogorov_smirnov(x: &[f64], y: &[f64]) -> Option<Test> {
    let (x, y) = (sorted(x), sorted(y));
    if x.is_empty() || y.is_empty() {
        return None;
    }
    let (n, m) = (x.len() as f64, y.len() as f64);
    let (mut i, mut j) = (0, 0);
    let mut distance = 0.0_f64;
    while i < x.len() && j < y.len() {
        let at = x[i].min(y[j]);
        i += x[i..].iter().take_while(|value| **value <= at).count();
        j += y[j..].iter().take_while(|value| **value <= at).count();
        distance = distance.max((i as f64 / n - j as f64 / m).abs());
    }
    Some(Test {
        statistic: distance,
        p_value: kolmogorov_tail(distance * libm::sqrt(n * m / (n + m))),
    })
}

/// Pearson's chi-squared test of counts against expected shares.
///
/// `shares` are brought to sum 1. The statistic Σ (count − expected)² / expected is from 0 up; its
/// p-value is the tail of chi-squared with one degree of freedom less than there are cells. A cell
/// without share and count does not count; a count without share makes the statistic infinite. No
/// value without a count, with fewer than two cells, or with a share that is negative or not finite.
///
/// Pearson (1900), doi:10.1080/14786440009463897.
///
/// ```
/// let test = drumlin::measure::chi_squared(&[44, 56], &[0.5, 0.5]).unwrap();
/// assert!((test.statistic - 1.44).abs() < 1e-12 && (test.p_value - 0.230_139).abs() < 1e-6);
/// ```
///
/// # Panics
/// When there are not as many shares as counts.
pub fn chi_squared(counts: &[u64], shares: &[f64]) -> Option<Test> {
    assert_eq!(counts.len(), shares.len(), "a share for each count");
    let rows: u64 = counts.iter().sum();
    let whole: f64 = shares.iter().sum();
    let wrong = shares.iter().any(|share| *share < 0.0) || !whole.is_finite();
    if rows == 0 || wrong || whole <= 0.0 {
        return None;
    }
    let (mut statistic, mut cells) = (0.0, 0_usize);
    for (count, share) in counts.iter().zip(shares) {
        let expected = share / whole * rows as f64;
        if expected > 0.0 {
            cells += 1;
            statistic += (*count as f64 - expected).powi(2) / expected;
        } else if *count > 0 {
            cells += 1;
            statistic = f64::INFINITY;
        }
    }
    let freedom = cells.checked_sub(1).filter(|freedom| *freedom > 0)?;
    Some(Test {
        statistic,
        p_value: upper_gamma(freedom as f64 / 2.0, statistic / 2.0)?,
    })
}

/// The tail of Kolmogorov's limiting distribution beyond `at`.
///
/// Two series of one function: Kolmogorov's converges fast from about 1 on, its theta
/// transformation below. Marsaglia, Tsang & Wang (2003), doi:10.18637/jss.v008.i18.
fn kolmogorov_tail(at: f64) -> f64 {
    /// The fifth term of either is below 1e-20 on its side of the switch.
    const TERMS: i32 = 6;
    const SWITCH: f64 = 1.0;
    if at <= 0.0 {
        return 1.0;
    }
    let tail = if at < SWITCH {
        let pi = std::f64::consts::PI;
        let sum: f64 = (1..=TERMS)
            .map(|k| {
                let odd = f64::from(2 * k - 1) * pi / at;
                libm::exp(-odd * odd / 8.0)
            })
            .sum();
        1.0 - libm::sqrt(2.0 * pi) / at * sum
    } else {
        let term = |k: i32| {
            let sign = if k % 2 == 1 { 2.0 } else { -2.0 };
            let k = f64::from(k);
            sign * libm::exp(-2.0 * k * k * at * at)
        };
        (1..=TERMS).map(term).sum()
    };
    tail.clamp(0.0, 1.0)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_samples_are_at_no_distance_and_apart_ones_at_one() {
        let test = kolmogorov_smirnov(&[1.0, 2.0, 2.0], &[1.0, 2.0, 2.0]).unwrap();
        assert_eq!((test.statistic, test.p_value), (0.0, 1.0));
        let apart = kolmogorov_smirnov(&[1.0, 2.0], &[3.0]).unwrap();
        assert!((apart.statistic - 1.0).abs() < 1e-15);
        assert_eq!(kolmogorov_smirnov(&[f64::NAN], &[3.0]), None);
    }

    #[test]
    fn both_series_of_the_tail_meet() {
        let (below, above) = (kolmogorov_tail(1.0 - 1e-12), kolmogorov_tail(1.0));
        assert!((below - above).abs() < 1e-11);
        // scipy 1.17.1, special.kolmogorov
        assert!((above - 0.269_999_671_677_355).abs() < 1e-12);
    }

    #[test]
    fn a_count_where_none_can_be_is_as_unlikely_as_can_be() {
        let test = chi_squared(&[5, 1], &[1.0, 0.0]).unwrap();
        assert!(test.p_value < 1e-300);
        assert_eq!(chi_squared(&[5, 0], &[1.0, 0.0]), None);
        assert_eq!(chi_squared(&[0, 0], &[0.5, 0.5]), None);
        assert_eq!(chi_squared(&[1, 1], &[0.5, f64::NAN]), None);
        assert_eq!(chi_squared(&[1, 1], &[1.5, -0.5]), None);
    }
}
