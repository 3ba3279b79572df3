//! The request for a round, and checks that need nothing else.

use std::path::PathBuf;

use crate::bundle::Formats;
use crate::certify::Depth;
use crate::generate::Variant;

/// The request for a round.
#[derive(Debug, Clone)]
pub struct GenerateRequest {
    /// Name of a shipped scenario, or path of a file.
    pub scenario: String,
    /// The round folder.
    pub out: PathBuf,
    /// Ids of the candidates to make bundles for.
    pub candidates: Vec<String>,
    /// Number of rows before defects; by default that of the scenario.
    pub rows: Option<u64>,
    /// Source of a new round's secret.
    pub origin: SecretSource,
    /// File with the part of the brief that the hiring team writes.
    pub brief: Option<PathBuf>,
    /// Whether the candidates of a new round all get the same rows; by default each gets different
    /// rows.
    pub variant: Option<Variant>,
    /// File formats of a new round's tables; both by default.
    pub formats: Option<Formats>,
    /// No defects: for demonstrations and teaching.
    pub without_defects: bool,
    /// No `explore.html` in a new round.
    pub without_explorer: bool,
    /// Depth of a new round's certificate; without it, the round is not certified, which is
    /// reported.
    pub certify: Option<Depth>,
    /// Replace an existing candidate.
    pub force: bool,
}

/// Where a round secret comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretSource {
    /// The operating system.
    System,
    /// A public seed: for demos and tests.
    Demo(u64),
}

/// One shard of a table: `number` of `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShardPart {
    /// From 1.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}
