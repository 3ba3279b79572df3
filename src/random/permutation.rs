//! A keyed permutation: unique ids without coordination.

use std::fmt;

use rand::RngCore;

use super::Stream;

/// A keyed permutation of `0..2^40`, by a Feistel network of eight rounds.
///
/// Row ids are its values, written as text: unique in a table of any size without coordination
/// between blocks, and revealing nothing about the row's position. Hiding order from statistics and
/// eyes is all an id has to do; it is not a cipher for messages.
#[derive(Clone)]
pub struct Permutation {
    keys: [u64; 8],
}

impl fmt::Debug for Permutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Anyone with the keys can restore the order of rows.
        f.write_str("Permutation(hidden)")
    }
}

/// Half of the width of the permuted numbers.
const HALF_BITS: u32 = 20;
const HALF_MASK: u64 = (1 << HALF_BITS) - 1;

impl Permutation {
    /// Number of values that are permuted.
    pub const SIZE: u64 = 1 << (2 * HALF_BITS);

    /// The permutation that belongs to `stream`.
    pub fn new(stream: &Stream) -> Self {
        let mut draws = stream.draws();
        Self {
            keys: std::array::from_fn(|_| draws.next_u64()),
        }
    }

    /// The image of `index` (taken modulo [`Permutation::SIZE`]).
    pub fn apply(&self, index: u64) -> u64 {
        let mut left = (index >> HALF_BITS) & HALF_MASK;
        let mut right = index & HALF_MASK;
        for key in self.keys {
            (left, right) = (right, left ^ (mix(right ^ key) & HALF_MASK));
        }
        (left << HALF_BITS) | right
    }

    /// The image of `index`, as eight lower-case letters and digits (Crockford's base 32).
    pub fn text(&self, index: u64) -> String {
        let mut text = String::with_capacity(8);
        self.write(index, &mut text);
        text
    }

    /// Append [`Permutation::text`] to `text`.
    pub fn write(&self, index: u64, text: &mut String) {
        // All at once: letter by letter, the text would check its capacity eight times.
        text.push_str(std::str::from_utf8(&self.digits(index)).unwrap_or_default());
    }

    /// The letters of [`Permutation::text`].
    pub(crate) fn digits(&self, index: u64) -> [u8; 8] {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let value = self.apply(index);
        std::array::from_fn(|at| DIGITS[(value >> (5 * (7 - at))) as usize & 31])
    }
}

/// Steele, Lea and Flood's finaliser (`SplitMix64`): every input bit reaches every output bit.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::Secret;
    use super::*;

    #[test]
    fn no_two_indices_share_a_text() {
        let ids = Permutation::new(&Secret::demo(1).stream().fork("ids"));
        let texts: BTreeSet<String> = (0..50_000).map(|index| ids.text(index)).collect();
        assert_eq!(texts.len(), 50_000);
        assert!(texts.iter().all(|text| text.len() == 8));
    }

    #[test]
    fn values_do_not_follow_the_index() {
        let ids = Permutation::new(&Secret::demo(1).stream().fork("ids"));
        let n = 20_000_u32;
        let half = Permutation::SIZE / 2;
        let ups = (0..u64::from(n)).filter(|i| ids.apply(*i) > half).count();
        let rises = (0..u64::from(n))
            .filter(|i| ids.apply(i + 1) > ids.apply(*i))
            .count();
        // Five standard deviations of a fair coin.
        let slack = 5.0 * (f64::from(n) / 4.0).sqrt();
        assert!((ups as f64 - f64::from(n) / 2.0).abs() < slack);
        assert!((rises as f64 - f64::from(n) / 2.0).abs() < slack);
    }
}
