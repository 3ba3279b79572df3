//! Tests of whether two distributions differ.

/// A statistic and its p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TestResult {
    /// How large the difference is; its unit depends on the test.
    pub statistic: f64,
    /// The p-value, 0 to 1, if rows are independent. Rows of one entity are not, so interpret a
    /// small one with care.
    pub p_value: f64,
}

/// The Kolmogorov–Smirnov distance of two samples: the largest gap between their cumulative
/// shares.
///
/// The statistic is from 0 (equal) to 1 (no overlap), symmetric, and invariant to any increasing
/// transformation of both. The p-value is that of Kolmogorov's limiting distribution at
/// √(n m / (n + m)) · D: accurate from a few hundred values on, and conservative with ties. Values that are
/// not finite are ignored; no value when a sample is empty.
///
/// Smirnov (1948), doi:10.1214/aoms/1177730256.
///
/// ```
/// let test = drumlin::measure::kolmogorov_smirnov(&[1.0, 2.0, 3.0], &[2.5, 3.5, 4.5]).unwrap();
/// assert!((test.statistic - 2.0 / 3.0).abs() < 1e-15);
/// ```
pub fn kolmogorov_smirnov(x: &[f64], y: &[f64]) -> Option<TestResult> {
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
    Some(TestResult {
        statistic: distance,
        p_value: kolmogorov_tail(distance * libm::sqrt(n * m / (n + m))),
    })
}

/// The tail of Kolmogorov's limiting distribution beyond `at`.
///
/// Two series of one function: Kolmogorov's converges fast above about 1, its theta transformation
/// below. Marsaglia, Tsang & Wang (2003), doi:10.18637/jss.v008.i18.
fn kolmogorov_tail(at: f64) -> f64 {
    /// The fifth term of either series is below 1e-20 on its side of the switch.
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
}
