//! What a candidate receives, and the key that only reviewers have.
//!
//! This layer takes finished tables, texts and pages. It knows where each file goes, what commits to
//! what, and who may read it. It generates nothing and renders nothing.

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

/// Version of the files of a round.
pub const FORMAT: u32 = 2;

/// Why a file of another format version is refused, and what to do.
fn other_format(found: u64) -> String {
    if found < u64::from(FORMAT) {
        format!(
            "this file has format {found}, and this version of drumlin reads format {FORMAT}: read it with \
             the version that wrote it, or make the round again"
        )
    } else {
        format!(
            "this file has format {found}, and this version of drumlin reads format {FORMAT}: install a \
             newer drumlin"
        )
    }
}

/// Marks everything made with a demo seed.
pub const DEMO_MARK: &str = "DEMO: not for hiring";
