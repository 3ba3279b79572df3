//! Zip archives of strangers: read entry by entry in memory, never unpacked to disk.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;

use zip::ZipArchive;

use super::Problem;
use super::files::{Place, is_clutter, too_much};
use super::remarks::Remarks;
use crate::text::truncate;

/// Entries that grow more than this are bombs once they are large: a column of equal labels
/// shrinks to a two-hundredth, deflate's own limit is a thousandth.
const MAX_GROWTH: u64 = 500;

/// Below this size growth does no harm: 64 MiB.
const HARMLESS: u64 = 64 << 20;

/// An archive whose entries may be read.
pub(super) struct ZipFile {
    archive: ZipArchive<File>,
}

/// List the entries of an archive. An archive with one unsafe entry is refused as a whole.
pub(super) fn open(
    file: File,
    remarks: &mut Remarks,
) -> (Option<ZipFile>, BTreeMap<String, Place>) {
    match list(file) {
        Ok((zip, names)) => (Some(zip), names),
        Err(problem) => {
            remarks.problem(problem);
            (None, BTreeMap::new())
        }
    }
}

const ARCHIVE: &str = "the archive";

fn list(file: File) -> Result<(ZipFile, BTreeMap<String, Place>), Problem> {
    let damaged = |why: zip::result::ZipError| {
        Problem::new(
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
            return Err(Problem::new(
                ARCHIVE,
                found,
                "names of files inside the archive",
            ));
        }
        if entry.is_symlink() {
            let found = format!("a symbolic link: \"{}\"", truncate(&name, 61));
            return Err(Problem::new(ARCHIVE, found, "files").hint("put the file itself in"));
        }
        bytes = bytes.saturating_add(entry.size());
        if let Some(problem) = too_much(ARCHIVE, place + 1, bytes) {
            return Err(problem);
        }
        if entry.size() > HARMLESS && entry.size() / entry.compressed_size().max(1) > MAX_GROWTH {
            let found = format!(
                "an entry that grows without end: \"{}\"",
                truncate(&name, 61)
            );
            return Err(Problem::new(ARCHIVE, found, "files of their usual size"));
        }
        if !name.ends_with('/') && !is_clutter(&name) {
            names.insert(name, Place::Entry(place));
        }
    }
    Ok((ZipFile { archive }, names))
}

/// How a name would lead out of the archive, if it does.
fn escapes(name: &str) -> Option<&'static str> {
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || drive {
        Some("an absolute path")
    } else if name.split('/').any(|part| part == "..") {
        Some("a path that leads out of the archive")
    } else if name.contains('\0') || name.is_empty() {
        Some("a name that is none")
    } else {
        None
    }
}

impl ZipFile {
    /// The bytes of an entry; in words why not.
    pub(super) fn read(&mut self, entry: usize) -> Result<Vec<u8>, String> {
        let entry = self.archive.by_index(entry).map_err(|why| match why {
            zip::result::ZipError::CompressionMethodNotSupported(_) => {
                "packed in an unusual way: zip it again with the usual settings".to_owned()
            }
            why => why.to_string(),
        })?;
        let declared = entry.size();
        let mut bytes = Vec::new();
        // The directory may lie about sizes: one byte past the promise is enough to know.
        entry
            .take(declared + 1)
            .read_to_end(&mut bytes)
            .map_err(|why| format!("damaged in the archive: {why}"))?;
        if bytes.len() as u64 > declared {
            return Err("larger than the archive says".to_owned());
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_are_known() {
        for bad in ["/etc/passwd", "C:/x", "a/../../b", "..", "a\0b", ""] {
            assert!(escapes(bad).is_some(), "{bad}");
        }
        for good in ["a/b.csv", "..a", "a..b/c", "é.md"] {
            assert!(escapes(good).is_none(), "{good}");
        }
    }
}
