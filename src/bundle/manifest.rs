//! `manifest.json`: the contents of a candidate's folder, so that anyone can verify it later.

use serde::{Deserialize, Serialize};

use super::commitment::FileHash;

/// The manifest of one candidate's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the format.
    pub format: u32,
    /// Identifies this bundle; random, so it reveals nothing.
    pub bundle: String,
    /// Set when the bundle was made with a demo seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// SHA-256 of every other file of the folder, sorted by path.
    pub files: Vec<FileHash>,
    /// The commitment to the key: see `commitment` in the documentation.
    pub commitment: String,
}
