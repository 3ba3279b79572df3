//! What a candidate receives, and the key that only reviewers have.
//!
//! This layer receives finished tables, texts and pages. It decides where each file goes, which
//! file commits to which, and who may read it. It generates and renders nothing.

mod archive;
mod brief;
mod commitment;
mod format;
mod formats;
mod key;
mod ledger;
mod manifest;
mod misleading_clustering;
mod parity;
mod paths;
mod round;
mod world_selection;

pub use archive::zip_folder;
pub use brief::{Brief, BriefError, Delivery};
pub use commitment::{FileHash, commitment, hash_file, hash_files, sha256};
pub use format::FORMAT;
pub use formats::Formats;
pub use key::{ChildRows, InstanceCount, Key, KeyError, read_json};
pub use ledger::{Standing, latents_table, removed_table, rowmap_table, rows_table, touched_table};
pub use manifest::Manifest;
pub use misleading_clustering::{MisleadingClustering, PartialRecovery};
pub use parity::{BandComparison, DifficultyBand, DifficultyMeasure};
pub use paths::{BundlePaths, RoundPaths, check_id};
pub use round::{Candidate, RoundError, RoundKey, RoundNotes, round_schema};
pub use world_selection::{Attempt, WorldSelection};

/// Marks everything made with a demo seed.
pub const DEMO_MARK: &str = "DEMO: not for hiring";
