//! The files of a submission, from a folder or a zip archive.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::diagnostics::Diagnostics;
use super::limits::{FileLocation, MAX_BYTES, is_clutter, too_much};
use super::problem::examples;
use super::zip_file::{self, ZipFile};
use super::{FileProblem, SubmissionError};

/// Folders inside folders: deeper ones are environments and caches, not reports.
const MAX_DEPTH: usize = 8;

/// Names of files, and a way to read each.
pub(super) struct SubmissionFiles {
    source: Container,
    /// Name inside the submission → where its bytes are.
    names: BTreeMap<String, FileLocation>,
}

enum Container {
    Folder,
    Zip(ZipFile),
}

impl SubmissionFiles {
    /// List the files. Those that must not be read get a diagnostic and are not listed.
    pub(super) fn open(
        path: &Path,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, SubmissionError> {
        let refused = |why| SubmissionError::Open {
            path: path.to_owned(),
            why,
        };
        let about = fs::metadata(path).map_err(refused)?;
        let is_zip = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        let (source, names) = if about.is_dir() {
            (
                Container::Folder,
                folder(path, diagnostics).map_err(refused)?,
            )
        } else if is_zip {
            let file = fs::File::open(path).map_err(refused)?;
            let (zip, names) = zip_file::open(file, diagnostics);
            (zip.map_or(Container::Folder, Container::Zip), names)
        } else {
            return Err(SubmissionError::Kind {
                path: path.to_owned(),
            });
        };
        Ok(Self {
            source,
            names: without_wrapping(names),
        })
    }

    /// Names of the files, in alphabetical order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The bytes of a file; none when they cannot be read.
    pub(super) fn read(&mut self, name: &str, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
        let bytes = match (self.names.get(name)?, &mut self.source) {
            (FileLocation::Entry(entry), Container::Zip(zip)) => zip.read(*entry),
            (FileLocation::Disk(path), _) => disk(path).map_err(|why| why.to_string()),
            (FileLocation::Entry(_), Container::Folder) => return None,
        };
        match bytes {
            Ok(bytes) => Some(bytes),
            Err(why) => {
                diagnostics.problem(FileProblem::new(name, why, "a readable file"));
                None
            }
        }
    }
}

fn disk(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other("more than 2 GiB"));
    }
    Ok(bytes)
}

fn folder(
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> io::Result<BTreeMap<String, FileLocation>> {
    let mut names = BTreeMap::new();
    let mut links = Vec::new();
    let mut waiting = vec![(path.to_owned(), String::new(), 0)];
    let (mut entries, mut bytes) = (0, 0);
    while let Some((folder, prefix, depth)) = waiting.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if is_clutter(&name) {
                continue;
            }
            entries += 1;
            let about = entry.metadata()?;
            if about.is_symlink() {
                // It may point anywhere on the reviewer's machine.
                links.push(name);
            } else if about.is_dir() {
                if depth < MAX_DEPTH {
                    waiting.push((entry.path(), format!("{name}/"), depth + 1));
                }
            } else if about.is_file() {
                bytes += about.len();
                names.insert(name, FileLocation::Disk(entry.path()));
            }
            if let Some(problem) = too_much("the folder", entries, bytes) {
                diagnostics.problem(problem);
                return Ok(BTreeMap::new());
            }
        }
    }
    if !links.is_empty() {
        links.sort();
        let links = examples(&links);
        diagnostics.note("the folder", format!("symbolic links are ignored: {links}"));
    }
    Ok(names)
}

/// Remove the folder that wraps everything, as in an archive of a folder.
fn without_wrapping(mut names: BTreeMap<String, FileLocation>) -> BTreeMap<String, FileLocation> {
    for _ in 0..MAX_DEPTH {
        let first = names.keys().next().and_then(|name| name.split_once('/'));
        let Some((wrapping, _)) = first else { break };
        let wrapping = format!("{wrapping}/");
        if !names.keys().all(|name| name.starts_with(&wrapping)) {
            break;
        }
        names = names
            .into_iter()
            .map(|(name, place)| (name[wrapping.len()..].to_owned(), place))
            .collect();
    }
    names
}
