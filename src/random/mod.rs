//! Secrets, named streams of random numbers, and the few samplers whose output reaches a bundle.
//!
//! Randomness is an argument named by its purpose: `stream.fork("observe/latency_ms")`. A fork
//! depends on the name alone, never on earlier draws, so a draw added to one stage leaves every
//! other stage as it was. Nothing here reads a clock or a thread-local generator.
//!
//! Everything is value-stable across versions and platforms: the generator is `ChaCha12`,
//! transcendental functions come from the `libm` crate, and the samplers are ours.

mod interpolated;
mod normal;
mod permutation;
mod secret;
mod stream;

pub use normal::{normal_cdf, normal_quantile};
pub use permutation::Permutation;
pub use secret::{Secret, SecretError, hex};
pub use stream::{Draws, Stream};
