//! A hiring round: one scenario and world, with any number of bundles.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::certify::Depth;
use crate::generate::{Calibration, Decoy, Variant, World};
use crate::random::{Secret, SecretError};
use crate::scenario::TunedParameters;

use super::brief::Brief;
use super::format::{FORMAT, other_format};
use super::formats::Formats;
use super::key::{KeyError, read_json};
use super::misleading_clustering::MisleadingClustering;
use super::parity::DifficultyBand;
use super::world_selection::WorldSelection;

/// `round.toml`: visible to the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoundNotes {
    /// Version of the format.
    pub format: u32,
    /// Version of the tool that created the round.
    pub tool: String,
    /// Set when the round was made with a demo seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Identifies the round; random, so it reveals nothing.
    pub round: String,
    /// Name of the scenario.
    pub scenario: String,
    /// BLAKE3 of the scenario file.
    pub scenario_hash: String,
    /// Rows of each bundle before defects.
    pub rows: u64,
    /// Whether candidates get the same rows.
    pub variant: Variant,
    /// File formats of the tables.
    #[serde(default)]
    pub formats: Formats,
    /// Whether the tables have no defects: for demonstrations and teaching.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_defects: bool,
    /// Whether bundles come without `explore.html`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_explorer: bool,
    /// Depth of the certificate; none in a round that was not certified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certified: Option<Depth>,
    /// The team's part of the brief; also used for candidates added later.
    #[serde(default)]
    pub brief: Brief,
    /// Candidates, in the order in which they were added.
    #[serde(default)]
    pub candidate: Vec<Candidate>,
}

/// One candidate of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Id, as on the command line.
    pub id: String,
    /// Commitment to the key.
    pub commitment: String,
    /// Which draw was accepted; 1 unless the bundle was redrawn.
    pub attempt: u32,
}

/// `key/round.json`: never sent. Its `Debug` form shows no secret.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundKey {
    /// Version of the format.
    pub format: u32,
    /// Identifies the round.
    pub round: String,
    /// Set when the round was made with a demo seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// The round secret, as hexadecimal digits.
    pub secret: String,
    /// The world.
    pub world: World,
    /// Measured on the calibration draw.
    pub calibration: Calibration,
    /// Decoy strength of each defect, measured on reference rows.
    #[serde(default)]
    pub decoys: Vec<Decoy>,
    /// How far parameters were tuned from those of the scenario.
    #[serde(default, skip_serializing_if = "TunedParameters::is_default")]
    pub tuning: TunedParameters,
    /// The most misleading clusterings of reference rows. Empty in a round that was not certified.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misleading_clusterings: Vec<MisleadingClustering>,
    /// Difficulty bands for bundles. Empty in a round that was not certified.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parity: Vec<DifficultyBand>,
    /// How the world was chosen; none in a round that was not certified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub world_selection: Option<WorldSelection>,
}

/// The JSON Schema of `round.toml`.
pub fn round_schema() -> String {
    // A schema is plain data with text keys and can always be serialised.
    serde_json::to_string_pretty(&schemars::schema_for!(RoundNotes)).unwrap_or_default()
}

/// Why a round cannot be used.
#[derive(Debug, Error)]
pub enum RoundError {
    /// The folder exists but is not a round.
    #[error("{} exists and is not a round folder", .path.display())]
    NotARound {
        /// The folder.
        path: PathBuf,
    },
    /// `round.toml` cannot be read.
    #[error("{}: {why}", .path.display())]
    Notes {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The round secret cannot be read.
    #[error("the round key has no usable secret: {0}")]
    Secret(#[from] SecretError),
    /// The request differs from the round.
    #[error("the round has {what} {found}, and you asked for {asked}")]
    Differs {
        /// The setting that differs.
        what: &'static str,
        /// In the round.
        found: String,
        /// On the command line.
        asked: String,
    },
    /// The round key does not match the scenario: it was edited.
    #[error("{}: its world does not match the scenario; the file was edited, or the scenario is another version", .path.display())]
    Altered {
        /// The file.
        path: PathBuf,
    },
    /// The candidate already has a bundle.
    #[error("candidate `{id}` already has a bundle in this round")]
    Taken {
        /// The candidate.
        id: String,
    },
    /// The candidate has no bundle.
    #[error("the round has no candidate `{id}`; it has {known}")]
    Unknown {
        /// The candidate.
        id: String,
        /// The candidates that have one.
        known: String,
    },
}

impl RoundNotes {
    /// Read `round.toml`.
    pub fn read(path: &Path) -> Result<Self, RoundError> {
        let wrong = |why: String| RoundError::Notes {
            path: path.to_owned(),
            why,
        };
        let text = fs::read_to_string(path).map_err(|why| wrong(why.to_string()))?;
        let notes: Self = toml::from_str(&text).map_err(|why| wrong(why.to_string()))?;
        if notes.format == FORMAT {
            Ok(notes)
        } else {
            Err(wrong(other_format(notes.format.into())))
        }
    }

    /// As the text of `round.toml`.
    pub fn to_toml(&self) -> String {
        // Plain strings and numbers can always be serialised.
        let body = toml::to_string_pretty(self).unwrap_or_default();
        format!("# A drumlin round. Public to the team; the keys are in key/.\n{body}")
    }
}

impl fmt::Debug for RoundKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The secret determines the world and everything else, so neither is shown.
        f.debug_struct("RoundKey")
            .field("round", &self.round)
            .finish_non_exhaustive()
    }
}

impl RoundKey {
    /// Read `key/round.json`.
    pub fn read(path: &Path) -> Result<Self, RoundError> {
        Ok(read_json(path)?)
    }

    /// The round secret.
    pub fn secret(&self) -> Result<Secret, RoundError> {
        Ok(Secret::from_hex(&self.secret)?)
    }
}
