//! The standard normal distribution, value-stable on every platform.

// Digits as printed in the paper.
#![expect(
    clippy::excessive_precision,
    clippy::unreadable_literal,
    reason = "coefficients are kept as printed in AS 241"
)]

use std::f64::consts::FRAC_1_SQRT_2;

/// Distribution function: the probability of a standard normal below `x`.
///
/// ```
/// assert!((drumlin::random::normal_cdf(1.959963984540054) - 0.975).abs() < 1e-15);
/// ```
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Quantile function: the `x` with probability `p` below it; infinite at 0 and 1, NaN outside.
///
/// Wichura (1988), algorithm AS 241 (PPND16), about 16 digits. doi:10.2307/2347330
///
/// ```
/// assert!((drumlin::random::normal_quantile(0.975) - 1.959963984540054).abs() < 1e-14);
/// ```
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(r, &CENTRE_TOP, &CENTRE_BOTTOM);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return if q < 0.0 {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
    }
    let r = libm::sqrt(-libm::log(tail));
    let x = if r <= 5.0 {
        ratio(r - 1.6, &MIDDLE_TOP, &MIDDLE_BOTTOM)
    } else {
        ratio(r - 5.0, &FAR_TOP, &FAR_BOTTOM)
    };
    if q < 0.0 { -x } else { x }
}

fn ratio(r: f64, top: &[f64; 8], bottom: &[f64; 8]) -> f64 {
    let horner = |coefficients: &[f64; 8]| {
        coefficients
            .iter()
            .rev()
            .fold(0.0, |sum, coefficient| sum * r + coefficient)
    };
    horner(top) / horner(bottom)
}

const CENTRE_TOP: [f64; 8] = [
    3.3871328727963666080e0,
    1.3314166789178437745e+2,
    1.9715909503065514427e+3,
    1.3731693765509461125e+4,
    4.5921953931549871457e+4,
    6.7265770927008700853e+4,
    3.3430575583588128105e+4,
    2.5090809287301226727e+3,
];
const CENTRE_BOTTOM: [f64; 8] = [
    1.0,
    4.2313330701600911252e+1,
    6.8718700749205790830e+2,
    5.3941960214247511077e+3,
    2.1213794301586595867e+4,
    3.9307895800092710610e+4,
    2.8729085735721942674e+4,
    5.2264952788528545610e+3,
];
const MIDDLE_TOP: [f64; 8] = [
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
];
const MIDDLE_BOTTOM: [f64; 8] = [
    1.0,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
];
const FAR_TOP: [f64; 8] = [
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_agrees_with_scipy() {
        // scipy 1.14 stats.norm.ppf
        for (p, x) in [
            (1e-300, -37.0471_f64),
            (1e-10, -6.361340902404056),
            (0.01, -2.3263478740408408),
            (0.3, -0.5244005127080409),
            (0.5, 0.0),
            (0.999, 3.090232306167813),
        ] {
            assert!(
                (normal_quantile(p) - x).abs() < 1e-4 * x.abs().max(1e-8),
                "{p}"
            );
        }
        assert!((normal_quantile(1e-10) + 6.361340902404056).abs() < 1e-12);
    }

    #[test]
    fn quantile_and_distribution_are_inverse() {
        for step in 1..1000 {
            let p = f64::from(step) / 1000.0;
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-14);
        }
        assert!(normal_quantile(0.0).is_infinite());
        assert!(normal_quantile(-0.1).is_nan());
    }
}
