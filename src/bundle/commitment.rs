//! Fingerprints of files, and the commitment to a key.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::random::hex;
use crate::staging::StagingError;

/// SHA-256 of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHash {
    /// Path inside the folder, with `/` as separator.
    pub path: String,
    /// SHA-256, as hexadecimal digits.
    pub sha256: String,
}

/// SHA-256 of bytes, as hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of one file, as hexadecimal digits.
pub fn hash_file(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hex(&hasher.finalize()))
}

/// SHA-256 of every file below `folder`, sorted by path.
pub fn hash_files(folder: &Path) -> Result<Vec<FileHash>, StagingError> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    let hash = |path: PathBuf| {
        let sha256 = hash_file(&path).map_err(StagingError::at(&path))?;
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        let parts: Vec<String> = inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        Ok(FileHash {
            path: parts.join("/"),
            sha256,
        })
    };
    let hashes: Result<Vec<FileHash>, StagingError> = files.into_par_iter().map(hash).collect();
    let mut hashes = hashes?;
    hashes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(hashes)
}

/// SHA-256 over the paths and hashes of all files of a key. `key.json` contains 32 random bytes, so
/// the commitment reveals nothing about the key, and no other key has the same.
pub fn commitment(files: &[FileHash]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(file.path.as_bytes());
        hasher.update([0]);
        hasher.update(file.sha256.as_bytes());
        hasher.update([b'\n']);
    }
    hex(&hasher.finalize())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), StagingError> {
    for entry in fs::read_dir(folder).map_err(StagingError::at(folder))? {
        let path = entry.map_err(StagingError::at(folder))?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
