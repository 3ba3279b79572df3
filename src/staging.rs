//! Output that is complete or absent.
//!
//! Everything is written into a temporary sibling of its destination and renamed at the end. A
//! failure or an interruption on the way drops the sibling; the destination is never half-written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use thiserror::Error;

/// A folder being written.
#[derive(Debug)]
pub struct Staging {
    folder: TempDir,
    destination: PathBuf,
    replace: bool,
}

/// Why output could not be written.
#[derive(Debug, Error)]
pub enum StagingError {
    /// The destination exists, and replacing was not requested.
    #[error("{} exists already", .path.display())]
    Exists {
        /// The destination.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot write {}: {why}", .path.display())]
    Io {
        /// What was being written.
        path: PathBuf,
        /// The error of the operating system.
        why: io::Error,
    },
}

impl StagingError {
    /// For `map_err`: the operating system's error, with the path it concerns.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |why| Self::Io {
            path: path.to_owned(),
            why,
        }
    }
}

/// Who may read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Anyone with access to the folder.
    Usual,
    /// Its owner only: keys.
    OwnerOnly,
}

impl Staging {
    /// Begins a folder that will be moved to `destination`. Parents are created as needed.
    pub fn folder(destination: &Path, replace: bool) -> Result<Self, StagingError> {
        if destination.file_name().is_none() {
            // The current folder cannot be renamed; say so now, not after hours of work.
            let why = "give the folder a name, not only `.`, `..` or `/`";
            let why = io::Error::new(io::ErrorKind::InvalidInput, why);
            return Err(StagingError::at(destination)(why));
        }
        if !replace && destination.symlink_metadata().is_ok() {
            return Err(StagingError::Exists {
                path: destination.to_owned(),
            });
        }
        // In the nearest existing folder: missing ones are created at the end, so that a failure
        // leaves none of them behind.
        let room = nearest_existing(destination);
        let folder = tempfile::Builder::new()
            .prefix(".drumlin-")
            .tempdir_in(&room)
            .map_err(StagingError::at(destination))?;
        Ok(Self {
            folder,
            destination: destination.to_owned(),
            replace,
        })
    }

    /// Where to write until then.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Moves the folder to its destination. An existing one is replaced only if that was requested.
    pub fn commit(self, privacy: Privacy) -> Result<(), StagingError> {
        let destination = self.destination;
        set_permissions(self.folder.path(), privacy)?;
        let above = parent(&destination);
        fs::create_dir_all(&above).map_err(StagingError::at(&above))?;
        if self.replace && destination.symlink_metadata().is_ok() {
            let aside = tempfile::Builder::new()
                .prefix(".drumlin-old-")
                .tempdir_in(parent(&destination))
                .map_err(StagingError::at(&destination))?;
            let old = aside.path().join("old");
            fs::rename(&destination, &old).map_err(StagingError::at(&destination))?;
            if let Err(why) = fs::rename(self.folder.path(), &destination) {
                // Restore the previous output, which is better than none.
                let _ = fs::rename(&old, &destination);
                return Err(StagingError::at(&destination)(why));
            }
        } else {
            fs::rename(self.folder.path(), &destination).map_err(StagingError::at(&destination))?;
        }
        // The folder was renamed, so nothing is left for the guard to remove.
        let _ = self.folder.keep();
        Ok(())
    }
}

/// Writes one file atomically: a temporary sibling is renamed to `path`.
pub fn write_file(path: &Path, bytes: &[u8], privacy: Privacy) -> Result<(), StagingError> {
    let parent = parent(path);
    fs::create_dir_all(&parent).map_err(StagingError::at(&parent))?;
    let mut file = tempfile::Builder::new()
        .prefix(".drumlin-")
        .tempfile_in(&parent)
        .map_err(StagingError::at(path))?;
    io::Write::write_all(&mut file, bytes).map_err(StagingError::at(path))?;
    set_permissions(file.path(), privacy)?;
    file.persist(path)
        .map_err(|refused| StagingError::at(path)(refused.error))?;
    Ok(())
}

/// Writes one file atomically: `make` writes a temporary sibling, which is renamed to `path`.
pub fn write_with<E: From<StagingError>>(
    path: &Path,
    privacy: Privacy,
    make: impl FnOnce(&Path) -> Result<(), E>,
) -> Result<(), E> {
    let parent = parent(path);
    fs::create_dir_all(&parent).map_err(StagingError::at(&parent))?;
    let file = tempfile::Builder::new()
        .prefix(".drumlin-")
        .tempfile_in(&parent)
        .map_err(StagingError::at(path))?;
    make(file.path())?;
    set_permissions(file.path(), privacy).map_err(E::from)?;
    file.persist(path)
        .map_err(|refused| StagingError::at(path)(refused.error))?;
    Ok(())
}

/// Writes an indented JSON file atomically.
pub fn write_json<T: serde::Serialize>(
    path: &Path,
    value: &T,
    privacy: Privacy,
) -> Result<(), StagingError> {
    // Plain data with text keys can always be serialised.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    write_file(path, text.as_bytes(), privacy)
}

/// Whether `path` is an empty folder.
pub fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Let only the owner read a folder and everything in it.
pub fn restrict(folder: &Path) -> Result<(), StagingError> {
    for entry in fs::read_dir(folder).map_err(StagingError::at(folder))? {
        let path = entry.map_err(StagingError::at(folder))?.path();
        if path.is_dir() {
            restrict(&path)?;
        } else {
            set_permissions(&path, Privacy::OwnerOnly)?;
        }
    }
    set_permissions(folder, Privacy::OwnerOnly)
}

/// Temporary files are private at first; set their final permissions.
#[cfg(unix)]
fn set_permissions(path: &Path, privacy: Privacy) -> Result<(), StagingError> {
    use std::os::unix::fs::PermissionsExt;
    let folder = path.is_dir();
    let mode = match (privacy, folder) {
        (Privacy::OwnerOnly, true) => 0o700,
        (Privacy::OwnerOnly, false) => 0o600,
        (Privacy::Usual, true) => 0o755,
        (Privacy::Usual, false) => 0o644,
    };
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(StagingError::at(path))
}

#[cfg(not(unix))]
fn set_permissions(_path: &Path, _privacy: Privacy) -> Result<(), StagingError> {
    Ok(())
}

/// The nearest existing folder above `path`.
fn nearest_existing(path: &Path) -> PathBuf {
    let mut above = parent(path);
    while !above.exists() {
        above = parent(&above);
    }
    above
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_folder_leaves_nothing() {
        let room = tempfile::tempdir().unwrap();
        let staging = Staging::folder(&room.path().join("out"), false).unwrap();
        fs::write(staging.path().join("half"), "x").unwrap();
        drop(staging);
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_without_a_name_is_refused_before_the_work() {
        for nameless in [".", "..", "/", "a/.."] {
            assert!(Staging::folder(Path::new(nameless), true).is_err());
        }
    }

    #[test]
    fn a_folder_that_exists_is_kept_unless_replacing_was_asked_for() {
        let room = tempfile::tempdir().unwrap();
        let out = room.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("old"), "x").unwrap();
        assert!(matches!(
            Staging::folder(&out, false),
            Err(StagingError::Exists { .. })
        ));
        let staging = Staging::folder(&out, true).unwrap();
        fs::write(staging.path().join("new"), "y").unwrap();
        staging.commit(Privacy::Usual).unwrap();
        assert!(out.join("new").exists());
        assert!(!out.join("old").exists());
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
    }
}
