//! Make one range of a table's blocks; the shards, concatenated, are the table.

use std::path::{Path, PathBuf};

use crate::bundle::{Brief, RoundPaths, check_id};
use crate::generate::blocks_of;
use crate::progress::Progress;
use crate::scenario::load;
use crate::staging::{Privacy, Staging, is_empty_folder, restrict};

use super::error::GenerateError;
use super::generate::checked_rows;
use super::request::{GenerateRequest, SecretSource, ShardPart};
use super::round::Round;
use super::tables::{TableOutput, write_tables};

/// One finished shard.
#[derive(Debug, Clone)]
pub struct WrittenShard {
    /// Its folder: `data/`, and `key/`, which is never sent.
    pub folder: PathBuf,
    /// Blocks of the whole table.
    pub blocks: u64,
    /// Rows delivered.
    pub rows: u64,
}

/// Make a part of the table that `request` would make for its first candidate, and write it to the
/// new folder `out`. The round is the existing one in `request.out`, or that of its demo seed.
///
/// Delivered positions in the ledger count from the shard's first row; source positions are those
/// of the whole table. Only the CSV of the first shard has a header, so that concatenating the
/// files gives the file of the whole table byte for byte.
pub fn shard(
    request: &GenerateRequest,
    part: ShardPart,
    out: &Path,
    progress: &dyn Progress,
) -> Result<WrittenShard, GenerateError> {
    let scenario = load(&request.scenario)?;
    checked_rows(request, &scenario)?;
    let candidate = request.candidates.first().map_or("", String::as_str);
    check_id(candidate).map_err(GenerateError::Id)?;
    let not_drawn = || GenerateError::NotDrawn {
        candidate: candidate.to_owned(),
    };
    if !RoundPaths::new(&request.out).notes().is_file() {
        // With a secret of its own, the part would fit no other, and the secret would be lost
        // afterwards.
        if request.origin == SecretSource::System {
            return Err(GenerateError::NoRound {
                path: request.out.clone(),
            });
        }
        if request.certify.is_some() {
            return Err(not_drawn());
        }
    }
    let round = Round::open(request, scenario, Brief::default(), progress)?;
    let blocks = blocks_of(round.notes.rows);
    if part.number < 1 || part.number > part.of || part.of > blocks {
        return Err(GenerateError::Part { part, blocks });
    }
    let attempt = round.attempt(candidate).ok_or_else(not_drawn)?;
    let context = round.context(&round.candidate_secret(candidate, attempt));
    // The folder may contain anything, so only an empty one is replaced.
    let staging = Staging::folder(out, is_empty_folder(out))?;
    let (data, key) = (staging.path().join("data"), staging.path().join("key"));
    let output = TableOutput {
        data: &data,
        key: &key,
        formats: request.formats.unwrap_or(round.notes.formats),
        blocks: blocks * (part.number - 1) / part.of..blocks * part.number / part.of,
    };
    let written = write_tables(&context, &output, progress)?;
    restrict(&key)?;
    staging.commit(Privacy::Usual)?;
    Ok(WrittenShard {
        folder: out.to_owned(),
        blocks,
        rows: written.delivered_rows,
    })
}
