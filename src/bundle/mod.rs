//! What is handed out, and the key that is not.
//!
//! This layer takes finished tables, texts and pages and knows where each goes, what commits to
//! what, and who may read it. It makes no page and draws no number.

mod archive;
mod brief;
mod commitment;
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
pub use formats::Formats;
pub use key::{ChildRows, InstanceCount, Key, KeyError, read_json};
pub use ledger::{Standing, latents_table, removed_table, rowmap_table, rows_table, touched_table};
pub use manifest::Manifest;
pub use misleading_clustering::{MisleadingClustering, PartialRecovery};
pub use parity::{BandComparison, DifficultyBand, DifficultyMeasure};
pub use paths::{BundlePaths, RoundPaths, check_id};
pub use round::{Candidate, RoundError, RoundKey, RoundNotes, round_schema};
pub use world_selection::{Attempt, WorldSelection};

/// Version of the round's file formats.
pub const FORMAT: u32 = 1;

/// Stands in everything that was made with a demo seed.
pub const DEMO_MARK: &str = "DEMO: not for hiring";
