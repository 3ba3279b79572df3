//! What to make: the request for a round, and the checks that need nothing but it.

use std::path::PathBuf;

use crate::bundle::Formats;
use crate::certify::Depth;
use crate::generate::Variant;

/// What to make.
#[derive(Debug, Clone)]
pub struct GenerateRequest {
    /// Name of a shipped scenario, or path of a file.
    pub scenario: String,
    /// The round folder.
    pub out: PathBuf,
    /// Ids of the candidates to make bundles for.
    pub candidates: Vec<String>,
    /// Rows before defects; by default the scenario's number.
    pub rows: Option<u64>,
    /// Source of a new round's secret.
    pub origin: SecretSource,
    /// File with the hiring team's part of the brief.
    pub brief: Option<PathBuf>,
    /// Whether candidates of a new round get the same rows; other rows when not given.
    pub variant: Option<Variant>,
    /// File formats of a new round's tables; both when not given.
    pub formats: Option<Formats>,
    /// No defects: for demonstrations and teaching.
    pub without_defects: bool,
    /// No `explore.html` in a new round.
    pub without_explorer: bool,
    /// Depth of a new round's certificate; without it, the round is not certified, and says so.
    pub certify: Option<Depth>,
    /// Replace an existing candidate.
    pub force: bool,
}

/// Where a round secret comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretSource {
    /// The operating system.
    System,
    /// A public number: for demos and tests.
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
