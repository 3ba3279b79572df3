//! The normal quantile function of many numbers, from a table.

use std::sync::LazyLock;

use super::normal::normal_quantile;

/// Coefficients of a polynomial, from the constant up.
type Piece = [f64; TERMS];

const TERMS: usize = 6;
/// Upper bits of the mantissa that choose a piece: each power of two is cut into 32.
const CUT_BITS: u32 = 5;
const CUTS: usize = 1 << CUT_BITS;
/// Below are bits of the mantissa that say where in its piece a number is.
const INNER_BITS: u32 = f64::MANTISSA_DIGITS - 1 - CUT_BITS;
/// The bits of 2 to the -54, half of the smallest uniform number that is drawn.
const FIRST: u64 = (1023 - 54) << (f64::MANTISSA_DIGITS - 1);
/// Powers of two from there to a half.
const OCTAVES: usize = 53;
/// The bits of 1.
const ONE: u64 = 1023 << (f64::MANTISSA_DIGITS - 1);
const MANTISSA: u64 = (1 << (f64::MANTISSA_DIGITS - 1)) - 1;

static PIECES: LazyLock<Vec<Piece>> = LazyLock::new(|| {
    // One more: a half itself begins the next power of two.
    let pieces = 0..=OCTAVES * CUTS;
    pieces
        .map(|at| piece(FIRST + ((at as u64) << INNER_BITS)))
        .collect()
});

/// The quantile of each probability, in its place, to within 1e-11 of [`normal_quantile`]: the lower
/// half of the distribution in pieces of polynomials of degree 5, through its values at Chebyshev's
/// points; only additions and multiplications, and no branch.
///
/// Between 2 to the -54 and 1 less as much, which is where uniform numbers are drawn.
pub(super) fn normal_quantiles(values: &mut [f64]) {
    let pieces = &PIECES[..];
    for value in values {
        *value = at(pieces, *value);
    }
}

/// One of them.
pub(super) fn drawn_normal(p: f64) -> f64 {
    at(&PIECES, p)
}

fn at(pieces: &[Piece], p: f64) -> f64 {
    let tail = p.min(1.0 - p).to_bits();
    let at = (tail.saturating_sub(FIRST) >> INNER_BITS) as usize;
    let [a, b, c, d, e, f] = pieces[at.min(pieces.len() - 1)];
    let x = inside(tail);
    let below = a + x * (b + x * (c + x * (d + x * (e + x * f))));
    let upper = u64::from(p > 0.5) << 63;
    f64::from_bits(below.to_bits() ^ upper)
}

/// Where in its piece a number is, from the middle, in parts of its power of two.
fn inside(bits: u64) -> f64 {
    f64::from_bits(bits & MANTISSA | ONE) - f64::from_bits(middle(bits) & MANTISSA | ONE)
}

/// The middle of the piece that begins with these upper bits.
fn middle(bits: u64) -> u64 {
    (bits >> INNER_BITS << INNER_BITS) | 1 << (INNER_BITS - 1)
}

/// The polynomial of the piece that begins at the number with these bits.
fn piece(start: u64) -> Piece {
    let middle = f64::from_bits(middle(start));
    let power = f64::from_bits(start & !MANTISSA);
    let half = 0.5 / CUTS as f64;
    let places: [f64; TERMS] = std::array::from_fn(|k| {
        let angle = (2 * k + 1) as f64 / (2 * TERMS) as f64;
        half * libm::cos(std::f64::consts::PI * angle)
    });
    // Newton's divided differences, then multiplied out.
    let mut differences = places.map(|x| normal_quantile(middle + x * power));
    for level in 1..TERMS {
        for k in (level..TERMS).rev() {
            differences[k] =
                (differences[k] - differences[k - 1]) / (places[k] - places[k - level]);
        }
    }
    let mut terms = [0.0; TERMS];
    for (difference, place) in differences.iter().zip(places).rev() {
        for k in (0..TERMS).rev() {
            let lower = if k > 0 { terms[k - 1] } else { *difference };
            terms[k] = lower - place * terms[k];
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::super::Secret;
    use super::*;

    #[test]
    fn the_table_is_near_the_function_in_the_middle_and_far_out() {
        let mut draws = Secret::demo(6).stream().draws();
        let mut places: Vec<f64> = (0..100_000).map(|_| draws.uniform()).collect();
        let tails = (2..54).map(|power| 1.3 * libm::exp2(-f64::from(power)));
        places.extend(tails.flat_map(|tail| [tail, 1.0 - tail]));
        places.extend([0.25, 0.75, f64::EPSILON / 4.0, 1.0 - f64::EPSILON / 2.0]);
        let mut many = places.clone();
        normal_quantiles(&mut many);
        for (p, x) in places.iter().zip(&many) {
            assert!((normal_quantile(*p) - x).abs() < 1e-11, "{p}: {x}");
            assert_eq!(drawn_normal(*p).to_bits(), x.to_bits());
        }
        assert!(drawn_normal(0.5).abs() < 1e-11);
    }
}
