//! The files of a submission, from a folder or a zip archive.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::problem::examples;
use super::remarks::Remarks;
use super::zip_file::{self, ZipFile};
use super::{Problem, SubmissionError};
use crate::text::quantity;

/// More bytes than this, all files together, are not read: 2 GiB.
pub(super) const MAX_BYTES: u64 = 2 << 30;

/// More files and folders than this are not a submission.
pub(super) const MAX_ENTRIES: usize = 10_000;

/// Folders inside folders: deeper ones hold environments, not reports.
const MAX_DEPTH: usize = 8;

/// Names of files, and a way to read each.
pub(super) struct Files {
    source: Source,
    /// Name inside the submission → where its bytes are.
    names: BTreeMap<String, Place>,
}

enum Source {
    Folder,
    Zip(ZipFile),
}

/// Where the bytes of a file are.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Disk(PathBuf),
    Entry(usize),
}

impl Files {
    /// List the files. What must not be read is remarked and not listed.
    pub(super) fn open(path: &Path, remarks: &mut Remarks) -> Result<Self, SubmissionError> {
        let refused = |why| SubmissionError::Open {
            path: path.to_owned(),
            why,
        };
        let about = fs::metadata(path).map_err(refused)?;
        let is_zip = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        let (source, names) = if about.is_dir() {
            (Source::Folder, folder(path, remarks).map_err(refused)?)
        } else if is_zip {
            let file = fs::File::open(path).map_err(refused)?;
            let (zip, names) = zip_file::open(file, remarks);
            (zip.map_or(Source::Folder, Source::Zip), names)
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

    /// The bytes of a file. Nothing when they cannot be read; why is remarked.
    pub(super) fn read(&mut self, name: &str, remarks: &mut Remarks) -> Option<Vec<u8>> {
        let bytes = match (self.names.get(name)?, &mut self.source) {
            (Place::Entry(entry), Source::Zip(zip)) => zip.read(*entry),
            (Place::Disk(path), _) => disk(path).map_err(|why| why.to_string()),
            (Place::Entry(_), Source::Folder) => return None,
        };
        match bytes {
            Ok(bytes) => Some(bytes),
            Err(why) => {
                remarks.problem(Problem::new(name, why, "a file that can be read"));
                None
            }
        }
    }
}

/// Whether a name is of the system's making, not the candidate's.
pub(super) fn is_clutter(name: &str) -> bool {
    name.split('/').any(|part| {
        part.starts_with('.') || matches!(part, "__MACOSX" | "Thumbs.db" | "desktop.ini")
    })
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

fn folder(path: &Path, remarks: &mut Remarks) -> io::Result<BTreeMap<String, Place>> {
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
                names.insert(name, Place::Disk(entry.path()));
            }
            if let Some(problem) = too_much("the folder", entries, bytes) {
                remarks.problem(problem);
                return Ok(BTreeMap::new());
            }
        }
    }
    if !links.is_empty() {
        links.sort();
        let links = examples(&links);
        remarks.note(
            "the folder",
            format!("symbolic links are not followed: {links}"),
        );
    }
    Ok(names)
}

/// A submission larger than any report with its files.
pub(super) fn too_much(file: &str, entries: usize, bytes: u64) -> Option<Problem> {
    if entries > MAX_ENTRIES {
        let found = format!("more than {}", quantity(MAX_ENTRIES, "file"));
        let problem = Problem::new(file, found, "a report and a few files beside it");
        return Some(problem.hint("leave environments and caches out"));
    }
    (bytes > MAX_BYTES).then(|| {
        Problem::new(file, "more than 2 GiB of files", "at most 2 GiB")
            .hint("leave copies of the data out")
    })
}

/// Archives of a folder hold everything in that folder: see past it.
fn without_wrapping(mut names: BTreeMap<String, Place>) -> BTreeMap<String, Place> {
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
