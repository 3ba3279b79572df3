//! Install new bundles in an existing round.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::bundle::RoundPaths;
use crate::staging::StagingError;

use crate::workflow::error::GenerateError;

/// Install new bundles: keys first, so that no bundle is without one. Existing ones are set aside,
/// and restored if anything fails.
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
    // The notes, which contain the commitments, come last: a round always has notes, and never old
    // ones with new bundles.
    fs::rename(stage.notes(), round.notes()).map_err(|why| {
        undo(&moves);
        StagingError::at(&round.notes())(why).into()
    })
}

/// Move `from` to `to`; what was there is moved to `old`.
fn swap(from: &Path, to: &Path, old: &Path) -> io::Result<()> {
    let there = to.symlink_metadata().is_ok();
    if there {
        fs::rename(to, old)?;
    }
    fs::rename(from, to).inspect_err(|_| {
        if there {
            // The old bundle is better than none; if this fails, too, there is nothing more to do.
            let _ = fs::rename(old, to);
        }
    })
}

/// Undo one [`swap`] as far as possible; an error is already being returned.
fn put_back(to: &Path, old: &Path, aside: &Path) {
    let _ = fs::rename(to, aside.join("undone")).and_then(|()| fs::rename(old, to));
    let _ =
        fs::remove_dir_all(aside.join("undone")).or_else(|_| fs::remove_file(aside.join("undone")));
}
