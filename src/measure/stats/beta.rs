//! The incomplete beta function and quantiles derived from it.

/// Relative size of the last step at which the iteration stops.
const PRECISION: f64 = 1e-16;
/// Maximum number of steps. They grow with the root of the larger parameter: this is enough for a
/// billion rows, and guarantees an end.
const MOST_STEPS: usize = 200_000;

/// The regularised incomplete beta function Iₓ(a, b), from 0 at x = 0 to 1 at x = 1.
///
/// By the continued fraction of DLMF 8.17.22 (<https://dlmf.nist.gov/8.17>) on the side where it
/// converges fast, with the method of Lentz (1976), doi:10.1364/AO.15.000668. For a, b > 0; no
/// value for anything else.
pub(in crate::measure) fn incomplete_beta(x: f64, a: f64, b: f64) -> Option<f64> {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && (0.0..=1.0).contains(&x)) {
        return None;
    }
    if x <= 0.0 || x >= 1.0 {
        return Some(x);
    }
    let log = a * libm::log(x) + b * libm::log1p(-x);
    let scale = libm::exp(log + libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b));
    let value = if x < (a + 1.0) / (a + b + 2.0) {
        scale * fraction(x, a, b) / a
    } else {
        1.0 - scale * fraction(1.0 - x, b, a) / b
    };
    Some(value.clamp(0.0, 1.0))
}

/// The x with Iₓ(a, b) = `p`, by bisection: slow but reliable.
pub(in crate::measure) fn beta_quantile(p: f64, a: f64, b: f64) -> Option<f64> {
    incomplete_beta(p, a, b)?;
    let (mut low, mut high) = (0.0, 1.0);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return Some(middle);
        }
        if incomplete_beta(middle, a, b)? < p {
            low = middle;
        } else {
            high = middle;
        }
        // Near 0, halving would go on for a thousand steps without improving the result.
        if high < f64::MIN_POSITIVE {
            return Some(0.0);
        }
    }
}

/// The quantile at `p` of Student's t with `freedom` degrees of freedom.
pub(in crate::measure) fn student_quantile(p: f64, freedom: f64) -> Option<f64> {
    let tail = 2.0 * p.min(1.0 - p);
    let x = beta_quantile(tail, freedom / 2.0, 0.5)?;
    let size = libm::sqrt(freedom * (1.0 - x) / x);
    Some(if p < 0.5 { -size } else { size })
}

/// The continued fraction of `incomplete_beta`.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    /// Lentz: replaces a denominator of zero.
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in 1..MOST_STEPS {
        let m = m as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut step = 1.0;
        for term in [even, odd] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            step = c * d;
            value *= step;
        }
        if (step - 1.0).abs() < PRECISION {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_come_out() {
        // I_x(1, b) = 1 − (1 − x)^b, and I_½(a, a) = ½.
        assert!((incomplete_beta(0.3, 1.0, 4.0).unwrap() - (1.0 - 0.7_f64.powi(4))).abs() < 1e-15);
        assert!((incomplete_beta(0.5, 7.5, 7.5).unwrap() - 0.5).abs() < 1e-13);
        let median = beta_quantile(0.5, 2.0, 3.0).unwrap();
        assert!((incomplete_beta(median, 2.0, 3.0).unwrap() - 0.5).abs() < 1e-15);
        // tan(0.475 π) for one degree of freedom; for ten, where the closed form of their
        // distribution is 0.975.
        assert!((student_quantile(0.975, 1.0).unwrap() - 12.706_204_736_432_1).abs() < 1e-9);
        assert!((student_quantile(0.975, 10.0).unwrap() - 2.228_138_851_986_27).abs() < 1e-12);
        assert!((student_quantile(0.025, 10.0).unwrap() + 2.228_138_851_986_27).abs() < 1e-12);
    }

    #[test]
    fn nonsense_has_no_value() {
        for (x, a, b) in [(-0.1, 1.0, 1.0), (0.5, 0.0, 1.0), (0.5, 1.0, f64::NAN)] {
            assert_eq!(incomplete_beta(x, a, b), None);
        }
        assert_eq!(beta_quantile(f64::NAN, 1.0, 1.0), None);
    }
}
