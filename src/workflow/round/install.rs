//! Install new bundles in an existing round.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::bundle::RoundPaths;
use crate::staging::StagingError;

use crate::workflow::error::GenerateError;

/// Put new bundles in place: keys first, so that no bundle is without one. What was there before is set aside,
/// and put back if anything fails.
pub(crate) fn install(
    stage: &RoundPaths,
    round: &RoundPaths,
    candidates: &[String],
) -> Result<(), GenerateError> {
    let aside = stage.root().join("replaced");
    fs::create_dir(&aside).map_err(StagingError::at(&aside))?;
    let moves: Vec<(PathBuf, PathBuf)> = candidates
        .iter()
        .flat_map(|candidate| {
            let (from, to) = (stage.bundle(candidate), round.bundle(candidate));
            [
                (from.key, to.key),
                (from.candidate, to.candidate),
                (from.archive, to.archive),
            ]
        })
        .collect();
    let undo = |placed: &[(PathBuf, PathBuf)]| {
        for (earlier, (_, to)) in placed.iter().enumerate().rev() {
            put_back(to, &aside.join(earlier.to_string()), &aside);
        }
    };
    for (at, (from, to)) in moves.iter().enumerate() {
        if let Err(why) = swap(from, to, &aside.join(at.to_string())) {
            undo(&moves[..at]);
            return Err(StagingError::at(to)(why).into());
        }
    }
    // Last the notes, which have the commitments: a round always has them, and never old ones with new
    // bundles.
    fs::rename(stage.notes(), round.notes()).map_err(|why| {
        undo(&moves);
        StagingError::at(&round.notes())(why).into()
    })
}

/// Put `from` where `to` is; what stood there goes to `old`.
fn swap(from: &Path, to: &Path, old: &Path) -> io::Result<()> {
    let there = to.symlink_metadata().is_ok();
    if there {
        fs::rename(to, old)?;
    }
    fs::rename(from, to).inspect_err(|_| {
        if there {
            // Better the old bundle than none; there is nothing more to do if this fails, too.
            let _ = fs::rename(old, to);
        }
    })
}

/// Undo one [`swap`] as far as possible; an error is being returned already.
fn put_back(to: &Path, old: &Path, aside: &Path) {
    let _ = fs::rename(to, aside.join("undone")).and_then(|()| fs::rename(old, to));
    let _ =
        fs::remove_dir_all(aside.join("undone")).or_else(|_| fs::remove_file(aside.join("undone")));
}
