//! `key.json`: the truth of one bundle.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::generate::{Decoy, Finding, World};

use super::format::{FORMAT, other_format};
use super::parity::BandComparison;

/// The truth of one bundle; its tables are separate files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Version of the format.
    pub format: u32,
    /// Version of the tool that wrote it.
    pub tool: String,
    /// Identifies the bundle, as in its manifest.
    pub bundle: String,
    /// Set when the bundle was made with a demo seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// The candidate.
    pub candidate: String,
    /// Which draw of the candidate's secret this is; 1 unless it was redrawn.
    pub attempt: u32,
    /// 32 random bytes, so that the commitment reveals nothing.
    pub nonce: String,
    /// Name of the scenario, and of the main table.
    pub scenario: String,
    /// Name of the row id column.
    pub row_id: String,
    /// The column that names the entity of a row: rows of one entity are not independent of each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Rows before defects.
    pub source_rows: u64,
    /// Rows delivered.
    pub delivered_rows: u64,
    /// Rows of the child tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<ChildRows>,
    /// SHA-256 of the delivered Parquet and CSV.
    pub delivered: Vec<super::FileHash>,
    /// The findings.
    pub findings: Vec<Finding>,
    /// What each planted defect did.
    pub instances: Vec<InstanceCount>,
    /// Decoy strength of each of them, measured once for the round.
    #[serde(default)]
    pub decoys: Vec<Decoy>,
    /// Difficulty, compared with reference tables of the round. Empty in a round that was not certified.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parity: Vec<BandComparison>,
    /// The world.
    pub world: World,
}

/// Rows of one child table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChildRows {
    /// Its name in the scenario.
    pub name: String,
    /// Rows before defects.
    pub source_rows: u64,
    /// Rows delivered.
    pub delivered_rows: u64,
}

/// What one planted defect did to this bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InstanceCount {
    /// The instance.
    pub id: String,
    /// Delivered rows that it touched or added.
    pub rows: u64,
    /// Cells that it changed.
    pub cells: u64,
    /// Rows that it added.
    pub added: u64,
    /// Rows that it removed.
    pub removed: u64,
}

impl InstanceCount {
    /// Counts of zero.
    pub fn none(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            rows: 0,
            cells: 0,
            added: 0,
            removed: 0,
        }
    }
}

/// Why a key cannot be read.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The file cannot be opened.
    #[error("cannot read {}: {why}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        why: io::Error,
    },
    /// The file is damaged or of another kind.
    #[error("cannot use {}: {why}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

impl Key {
    /// Read `key.json`.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        read_json(path)
    }

    /// Rows delivered of a child table, or of the main one.
    pub fn rows_of(&self, table: Option<&str>) -> u64 {
        table.map_or(self.delivered_rows, |name| {
            let child = self.children.iter().find(|child| child.name == name);
            child.map_or(0, |child| child.delivered_rows)
        })
    }

    /// Rows before defects of a child table, or of the main one.
    pub fn source_rows_of(&self, table: Option<&str>) -> u64 {
        table.map_or(self.source_rows, |name| {
            let child = self.children.iter().find(|child| child.name == name);
            child.map_or(0, |child| child.source_rows)
        })
    }

    /// The finding called `id`.
    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }
}

/// Read a JSON file with a format version; other versions are refused.
pub fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, KeyError> {
    let text = fs::read_to_string(path).map_err(|why| KeyError::Open {
        path: path.to_owned(),
        why,
    })?;
    let damaged = |why: String| KeyError::Damaged {
        path: path.to_owned(),
        why,
    };
    let value: serde_json::Value =
        serde_json::from_str(&text).map_err(|why| damaged(why.to_string()))?;
    match value.get("format").and_then(serde_json::Value::as_u64) {
        Some(found) if found == u64::from(FORMAT) => {}
        Some(found) => return Err(damaged(other_format(found))),
        None => return Err(damaged("it has no field `format`".to_owned())),
    }
    serde_json::from_value(value).map_err(|why| damaged(why.to_string()))
}
