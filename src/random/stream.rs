//! Streams forked by name, and draws from them.

use std::fmt;

use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha12Rng;

use super::interpolated::{drawn_normal, normal_quantiles};

/// A source of independent streams: forked by name or by block, never by use.
#[derive(Clone)]
pub struct Stream([u8; 32]);

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As secret as the secret it was forked from.
        f.write_str("Stream(hidden)")
    }
}

impl Stream {
    pub(super) fn root(secret: &[u8; 32]) -> Self {
        Self(blake3::derive_key("drumlin 2026-11 root stream", secret))
    }

    /// The stream called `name` under this one.
    #[must_use]
    pub fn fork(&self, name: &str) -> Self {
        Self::derive("drumlin 2026-11 fork by name", &self.0, name.as_bytes())
    }

    /// The stream of block `number` under this one.
    #[must_use]
    pub fn block(&self, number: u64) -> Self {
        Self::derive(
            "drumlin 2026-11 fork by block",
            &self.0,
            &number.to_le_bytes(),
        )
    }

    /// Draws from the start of this stream.
    pub fn draws(&self) -> Draws {
        Draws(ChaCha12Rng::from_seed(self.0))
    }

    fn derive(context: &str, parent: &[u8; 32], name: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(context);
        hasher.update(parent);
        hasher.update(name);
        Self(*hasher.finalize().as_bytes())
    }
}

/// Random numbers in order. Also a generator for crates that need one (linfa).
#[derive(Debug, Clone)]
pub struct Draws(ChaCha12Rng);

impl Draws {
    /// Uniform on the open interval (0, 1): 53 random bits, at the centres of their cells.
    pub fn uniform(&mut self) -> f64 {
        unit(self.0.next_u64())
    }

    /// Standard normal, by inversion: one uniform gives one normal.
    pub fn normal(&mut self) -> f64 {
        drawn_normal(self.uniform())
    }

    /// Fills `values` with uniforms, the same as one by one.
    pub fn fill_uniforms(&mut self, values: &mut [f64]) {
        const BATCH: usize = 64;
        let mut bytes = [[0_u8; 8]; BATCH];
        for batch in values.chunks_mut(BATCH) {
            let bytes = &mut bytes[..batch.len()];
            self.0.fill_bytes(bytes.as_flattened_mut());
            for (value, bytes) in batch.iter_mut().zip(bytes.iter()) {
                *value = unit(u64::from_le_bytes(*bytes));
            }
        }
    }

    /// Fills `values` with standard normals, the same as one by one.
    pub fn fill_normals(&mut self, values: &mut [f64]) {
        self.fill_uniforms(values);
        normal_quantiles(values);
    }

    /// Uniform on `low..high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// A position in `0..n`; 0 when `n` is 0.
    pub fn index(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// A position drawn with the given weights; the last one when all are zero.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        self.weighted_of(weights, weights.iter().sum())
    }

    /// As [`Draws::weighted`], for a known sum of the weights.
    pub fn weighted_of(&mut self, weights: &[f64], total: f64) -> usize {
        let mut left = self.uniform() * total;
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return at;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// `count` distinct positions of `0..n` in random order (all of them when `count >= n`).
    pub fn sample(&mut self, n: usize, count: usize) -> Vec<usize> {
        let mut positions: Vec<usize> = (0..n).collect();
        let count = count.min(n);
        for at in 0..count {
            let other = at + self.index(n - at);
            positions.swap(at, other);
        }
        positions.truncate(count);
        positions
    }
}

/// From 64 random bits to the open interval (0, 1).
fn unit(bits: u64) -> f64 {
    const CELL: f64 = 1.0 / (1_u64 << 53) as f64;
    // The middle of the last cell has more than 53 bits and would round to 1.
    const LAST: f64 = 1.0 - f64::EPSILON / 2.0;
    (((bits >> 11) as f64 + 0.5) * CELL).min(LAST)
}

impl RngCore for Draws {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn fill_bytes(&mut self, dest: &mut [u8]) {
        self.0.fill_bytes(dest);
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), rand::Error> {
        self.0.try_fill_bytes(dest)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Secret;
    use super::*;

    #[test]
    fn a_fork_does_not_depend_on_earlier_draws() {
        let stream = Secret::demo(1).stream();
        let before = stream.fork("noise").draws().next_u64();
        let mut draws = stream.draws();
        for _ in 0..100 {
            draws.uniform();
        }
        assert_eq!(before, stream.fork("noise").draws().next_u64());
    }

    #[test]
    fn names_and_blocks_give_streams_of_their_own() {
        let stream = Secret::demo(1).stream();
        let first = |stream: &Stream| stream.draws().next_u64();
        assert_ne!(first(&stream.fork("a")), first(&stream.fork("b")));
        assert_ne!(first(&stream.block(0)), first(&stream.block(1)));
        assert_ne!(
            first(&stream.fork("a").fork("b")),
            first(&stream.fork("ab"))
        );
    }

    #[test]
    fn draws_keep_their_values_from_version_to_version() {
        let mut draws = Secret::demo(7).stream().fork("stability").draws();
        let values: Vec<String> = (0..3).map(|_| format!("{:.12}", draws.normal())).collect();
        assert_eq!(
            values,
            ["-0.652648825017", "0.169366323683", "-0.878021999313"]
        );
    }

    #[test]
    fn many_draws_are_the_same_as_one_by_one() {
        let stream = Secret::demo(3).stream();
        let (mut one, mut many) = (stream.draws(), stream.draws());
        // Batches that end inside the generator's own.
        for room in [1, 7, 64, 65, 200] {
            let mut values = vec![0.0; room];
            many.fill_normals(&mut values);
            for value in values {
                assert_eq!(value.to_bits(), one.normal().to_bits());
            }
            assert_eq!(one.uniform().to_bits(), many.uniform().to_bits());
        }
    }

    #[test]
    fn normals_have_the_moments_of_a_normal() {
        let mut draws = Secret::demo(2).stream().draws();
        let n = 200_000;
        let values: Vec<f64> = (0..n).map(|_| draws.normal()).collect();
        let mean = values.iter().sum::<f64>() / f64::from(n);
        let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n);
        // Four standard errors: 1/sqrt(n) for the mean, sqrt(2/n) for the variance.
        assert!(mean.abs() < 4.0 / f64::from(n).sqrt());
        assert!((variance - 1.0).abs() < 4.0 * (2.0 / f64::from(n)).sqrt());
    }

    #[test]
    fn a_sample_has_no_position_twice() {
        let mut draws = Secret::demo(2).stream().draws();
        let mut positions = draws.sample(50, 20);
        assert_eq!(positions.len(), 20);
        positions.sort_unstable();
        positions.dedup();
        assert_eq!(positions.len(), 20);
        assert_eq!(draws.sample(3, 9).len(), 3);
    }
}
