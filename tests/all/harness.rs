//! Runs the binary as a user would.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex, OnceLock};

use drumlin::table::{CsvFile, Table, TableError};
use tempfile::TempDir;

/// A temporary folder to run commands in.
pub(crate) struct TestDir {
    folder: TempDir,
}

pub(crate) struct CommandOutput {
    output: Output,
}

impl TestDir {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Write a file, creating its folders.
    pub(crate) fn file(&self, inside: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The command, ready to run in this folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drumlin"));
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    /// Run a command. `generate` gets `--no-certify --no-explorer`, since a certificate takes seconds and
    /// has its own tests ([`TestDir::run_as_typed`]).
    pub(crate) fn run(&self, arguments: &[&str]) -> CommandOutput {
        let mut arguments = arguments.to_vec();
        if arguments.first() == Some(&"generate") {
            arguments.push("--no-certify");
            arguments.push("--no-explorer");
        }
        self.run_as_typed(&arguments)
    }

    /// Run a command with exactly these arguments.
    pub(crate) fn run_as_typed(&self, arguments: &[&str]) -> CommandOutput {
        CommandOutput {
            output: self.command(arguments).output().unwrap(),
        }
    }

    /// Make a small demo round `R` with these candidates.
    ///
    /// Many tests begin with the same round, so each is generated once per run and then copied.
    pub(crate) fn round(&self, rows: u64, candidates: &[&str]) -> CommandOutput {
        static ROUNDS: Mutex<BTreeMap<String, Arc<OnceLock<Output>>>> = Mutex::new(BTreeMap::new());
        let name = format!("{rows}-{}", candidates.join("-"));
        let round = Arc::clone(ROUNDS.lock().unwrap().entry(name.clone()).or_default());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("rounds")
            .join(name);
        let output = round.get_or_init(|| {
            let _ = fs::remove_dir_all(&folder);
            let dir = Self::new();
            let made = dir.generate_round(rows, candidates);
            copy_folder(&dir.path("R"), &folder);
            made.output
        });
        copy_folder(&folder, &self.path("R"));
        CommandOutput {
            output: output.clone(),
        }
    }

    fn generate_round(&self, rows: u64, candidates: &[&str]) -> CommandOutput {
        let rows = rows.to_string();
        let mut arguments = vec![
            "generate",
            "assistant-prompts",
            "--out",
            "R",
            "--demo-seed",
            "35",
            "--rows",
            &rows,
        ];
        for candidate in candidates {
            arguments.extend(["--candidate", candidate]);
        }
        self.run(&arguments)
    }

    /// Names at the top of the folder, including hidden ones.
    pub(crate) fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

/// Copy a folder with its permissions.
fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
}

/// Sorted names in a folder, including hidden ones.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

impl CommandOutput {
    /// Assert the exit code, and that nothing panicked.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.output.status.code(),
            Some(code),
            "stdout:\n{}\nstderr:\n{}",
            self.stdout(),
            self.stderr()
        );
        assert!(!self.stderr().contains("panicked"), "{}", self.stderr());
        self
    }

    /// Assert that stderr contains all of these.
    #[track_caller]
    pub(crate) fn stderr_contains(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.stderr().contains(word),
                "stderr lacks `{word}`:\n{}",
                self.stderr()
            );
        }
        self
    }

    /// Assert that stdout contains all of these.
    #[track_caller]
    pub(crate) fn stdout_contains(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.stdout().contains(word),
                "stdout lacks `{word}`:\n{}",
                self.stdout()
            );
        }
        self
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }
}

pub(crate) fn write_csv(path: &Path, table: &Table) -> Result<(), TableError> {
    let mut file = CsvFile::create(path, table)?;
    file.append(table)?;
    file.finish()
}
