//! Untrusted zip archives: read entry by entry in memory, never unpacked to disk.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;

use zip::ZipArchive;

use super::FileProblem;
use super::diagnostics::Diagnostics;
use super::limits::{FileLocation, is_clutter, too_much};
use crate::text::truncate;

/// Large entries with a higher compression ratio than this are zip bombs: a column of equal labels
/// reaches 200, and deflate itself at most about 1,000.
const MAX_GROWTH: u64 = 500;

/// Below this size any compression ratio is harmless: 64 MiB.
const HARMLESS: u64 = 64 << 20;

/// An archive whose entries may be read.
pub(super) struct ZipFile {
    archive: ZipArchive<File>,
}

/// List the entries of an archive. An archive with one unsafe entry is refused as a whole.
pub(super) fn open(
    file: File,
    diagnostics: &mut Diagnostics,
) -> (Option<ZipFile>, BTreeMap<String, FileLocation>) {
    match list(file) {
        Ok((zip, names)) => (Some(zip), names),
        Err(problem) => {
            diagnostics.problem(problem);
            (None, BTreeMap::new())
        }
    }
}

const ARCHIVE: &str = "the archive";

fn list(file: File) -> Result<(ZipFile, BTreeMap<String, FileLocation>), FileProblem> {
    let damaged = |why: zip::result::ZipError| {
        FileProblem::new(
            ARCHIVE,
            format!("not a readable zip file: {why}"),
            "a zip file",
        )
    };
    let archive = ZipArchive::new(file).map_err(damaged)?;
    let mut names = BTreeMap::new();
    let mut bytes = 0u64;
    for place in 0..archive.len() {
        let entry = archive.by_index_data(place).map_err(damaged)?;
        // Some programs for Windows write backslashes.
        let name = entry.name().map_err(damaged)?.replace('\\', "/");
        if let Some(what) = escapes(&name) {
            let found = format!("{what}: \"{}\"", truncate(&name, 61));
            return Err(FileProblem::new(ARCHIVE, found, "paths inside the archive"));
        }
        if entry.is_symlink() {
            let found = format!("a symbolic link: \"{}\"", truncate(&name, 61));
            return Err(FileProblem::new(ARCHIVE, found, "files").hint("add the file itself"));
        }
        bytes = bytes.saturating_add(entry.size());
        if let Some(problem) = too_much(ARCHIVE, place + 1, bytes) {
            return Err(problem);
        }
        if entry.size() > HARMLESS && entry.size() / entry.compressed_size().max(1) > MAX_GROWTH {
            let found = format!("a zip bomb: \"{}\"", truncate(&name, 61));
            return Err(FileProblem::new(
                ARCHIVE,
                found,
                "an entry with a usual compression ratio",
            ));
        }
        if !name.ends_with('/') && !is_clutter(&name) {
            names.insert(name, FileLocation::Entry(place));
        }
    }
    Ok((ZipFile { archive }, names))
}

/// How a path leads out of the archive, if it does.
fn escapes(name: &str) -> Option<&'static str> {
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || drive {
        Some("an absolute path")
    } else if name.split('/').any(|part| part == "..") {
        Some("a path that leads out of the archive")
    } else if name.contains('\0') || name.is_empty() {
        Some("an empty or invalid name")
    } else {
        None
    }
}

impl ZipFile {
    /// The bytes of an entry, or why there are none.
    pub(super) fn read(&mut self, entry: usize) -> Result<Vec<u8>, String> {
        let entry = self.archive.by_index(entry).map_err(|why| match why {
            zip::result::ZipError::CompressionMethodNotSupported(_) => {
                "an unsupported compression method; zip it again with the default settings"
                    .to_owned()
            }
            why => why.to_string(),
        })?;
        let declared = entry.size();
        let mut bytes = Vec::new();
        // The directory may declare a wrong size: one more byte is enough to know.
        entry
            .take(declared + 1)
            .read_to_end(&mut bytes)
            .map_err(|why| format!("a damaged entry: {why}"))?;
        if bytes.len() as u64 > declared {
            return Err("an entry larger than the archive declares".to_owned());
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_out_are_recognised() {
        for bad in ["/etc/passwd", "C:/x", "a/../../b", "..", "a\0b", ""] {
            assert!(escapes(bad).is_some(), "{bad}");
        }
        for good in ["a/b.csv", "..a", "a..b/c", "é.md"] {
            assert!(escapes(good).is_none(), "{good}");
        }
    }
}
