//! The 256 bits that determine a bundle.

use std::fmt::{self, Write as _};

use rand::RngCore as _;
use rand::rngs::OsRng;
use thiserror::Error;

use super::Stream;

/// 32 secret bytes. Its `Debug` form shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

/// Why there is no secret.
#[derive(Debug, Error)]
pub enum SecretError {
    /// The operating system provided no random bytes.
    #[error("the operating system gave no random bytes: {0}")]
    NoEntropy(String),
    /// A stored secret is not 64 hexadecimal digits.
    #[error("expected 64 hexadecimal digits, found {found} characters or a digit that is not one")]
    NotHex {
        /// Number of characters found.
        found: usize,
    },
}

impl Secret {
    /// A fresh secret from the operating system.
    pub fn from_system() -> Result<Self, SecretError> {
        let mut bytes = [0; 32];
        OsRng
            .try_fill_bytes(&mut bytes)
            .map_err(|why| SecretError::NoEntropy(why.to_string()))?;
        Ok(Self(bytes))
    }

    /// The public "secret" of demos, tests and documentation: anyone can reproduce it.
    pub fn demo(seed: u64) -> Self {
        Self(blake3::derive_key(
            "drumlin 2026-11 demo seed: not for hiring",
            &seed.to_le_bytes(),
        ))
    }

    /// From the hexadecimal form stored in a key.
    pub fn from_hex(hex: &str) -> Result<Self, SecretError> {
        let wrong = || SecretError::NotHex {
            found: hex.chars().count(),
        };
        if hex.len() != 64 || !hex.is_ascii() {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }

    /// The hexadecimal form, for the key only.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// The secret of one candidate's bundle: BLAKE3 `derive_key` of the round secret, round id,
    /// candidate id and attempt. Each is preceded by its length, so that no two inputs give the
    /// same bytes.
    #[must_use]
    pub fn for_candidate(&self, round: &str, candidate: &str, attempt: u32) -> Self {
        let mut material = Vec::new();
        for part in [
            &self.0[..],
            round.as_bytes(),
            candidate.as_bytes(),
            &attempt.to_le_bytes(),
        ] {
            material.extend_from_slice(&(part.len() as u64).to_le_bytes());
            material.extend_from_slice(part);
        }
        Self(blake3::derive_key(
            "drumlin 2026-11 candidate bundle",
            &material,
        ))
    }

    /// The root stream of everything drawn from this secret.
    pub fn stream(&self) -> Stream {
        Stream::root(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_goes_there_and_back() {
        let secret = Secret::demo(3);
        assert_eq!(Secret::from_hex(&secret.to_hex()).unwrap(), secret);
        assert!(Secret::from_hex("abc").is_err());
        assert!(Secret::from_hex(&"g".repeat(64)).is_err());
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::demo(1)), "Secret(hidden)");
    }

    #[test]
    fn candidates_rounds_and_attempts_have_secrets_of_their_own() {
        let round = Secret::demo(1);
        let base = round.for_candidate("r", "ab", 0);
        assert_ne!(base, round.for_candidate("ra", "b", 0));
        assert_ne!(base, round.for_candidate("r", "ab", 1));
        assert_eq!(base, round.for_candidate("r", "ab", 0));
    }
}
