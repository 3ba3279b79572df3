//! Paths in a round folder.

use std::path::{Path, PathBuf};

/// The folder of one round.
#[derive(Debug, Clone)]
pub struct RoundPaths {
    root: PathBuf,
}

/// The paths of one candidate's bundle in a round.
#[derive(Debug, Clone)]
pub struct BundlePaths {
    /// The folder that is sent.
    pub candidate: PathBuf,
    /// The same as one file.
    pub archive: PathBuf,
    /// The folder that is never sent.
    pub key: PathBuf,
}

impl RoundPaths {
    /// A round at `root`.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Visible to the team.
    pub fn notes(&self) -> PathBuf {
        self.root.join("round.toml")
    }

    /// The certificate of the round's world, as `html` or `json`: for the team, never sent.
    pub fn certificate(&self, ending: &str) -> PathBuf {
        self.root
            .join("certificate")
            .join(format!("world.{ending}"))
    }

    /// Folder of everything that is never sent.
    pub fn keys(&self) -> PathBuf {
        self.root.join("key")
    }

    /// The round secret and everything derived from it.
    pub fn round_key(&self) -> PathBuf {
        self.keys().join("round.json")
    }

    /// Reviews of one candidate's submission.
    pub fn review(&self, candidate: &str) -> PathBuf {
        self.root.join("reviews").join(candidate)
    }

    /// Baselines that the team added, with their results and pages.
    pub fn baselines(&self) -> PathBuf {
        self.root.join("baselines")
    }

    /// The bundle of one candidate.
    pub fn bundle(&self, candidate: &str) -> BundlePaths {
        let folder = self.root.join("candidate");
        BundlePaths {
            candidate: folder.join(candidate),
            archive: folder.join(format!("{candidate}.zip")),
            key: self.keys().join(candidate),
        }
    }
}

/// Check a candidate's id, which becomes the name of folders and files.
///
/// # Errors
/// The expected form, as a sentence.
pub fn check_id(id: &str) -> Result<(), String> {
    let fine = !id.is_empty()
        && id.len() <= 64
        && id != "round.json"
        && !id.starts_with('.')
        // The archive of candidate `a` is next to the folders and is called `a.zip`.
        && !id.to_ascii_lowercase().ends_with(".zip")
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if fine {
        Ok(())
    } else {
        Err(format!(
            "`{id}` is no usable candidate id: expected 1 to 64 letters, digits, `-`, `_` or `.`, not starting with `.` and not ending in `.zip`"
        ))
    }
}
