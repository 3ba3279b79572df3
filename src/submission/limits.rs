//! What is read of a submission, and how much.

use std::path::PathBuf;

use super::FileProblem;
use crate::text::quantity;

/// More bytes than this, all files together, are not read: 2 GiB.
pub(super) const MAX_BYTES: u64 = 2 << 30;

/// More files and folders than this are not a submission.
const MAX_ENTRIES: usize = 10_000;

/// Where the bytes of a file are.
#[derive(Debug, Clone)]
pub(super) enum FileLocation {
    Disk(PathBuf),
    Entry(usize),
}

/// Whether the operating system made the file, not the candidate.
pub(super) fn is_clutter(name: &str) -> bool {
    name.split('/').any(|part| {
        part.starts_with('.') || matches!(part, "__MACOSX" | "Thumbs.db" | "desktop.ini")
    })
}

/// A problem where a submission is larger than any report with its files.
pub(super) fn too_much(file: &str, entries: usize, bytes: u64) -> Option<FileProblem> {
    if entries > MAX_ENTRIES {
        let found = format!("more than {}", quantity(MAX_ENTRIES, "file"));
        let problem = FileProblem::new(file, found, "a report and a few other files");
        return Some(problem.hint("remove virtual environments and caches"));
    }
    (bytes > MAX_BYTES).then(|| {
        FileProblem::new(file, "more than 2 GiB of files", "at most 2 GiB")
            .hint("remove copies of the data")
    })
}
