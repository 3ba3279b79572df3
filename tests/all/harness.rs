//! Running the binary as a person does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A temporary folder to run commands in.
pub(crate) struct Room {
    folder: TempDir,
}

/// What a command did.
pub(crate) struct Ran {
    output: Output,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Write a file, with its folders.
    pub(crate) fn file(&self, inside: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The command, ready to run here.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drumlin"));
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    /// Run a command; rounds are made without a certificate, which takes seconds and has tests of its
    /// own ([`Room::run_as_typed`]).
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut arguments = arguments.to_vec();
        if arguments.first() == Some(&"generate") {
            arguments.push("--no-certify");
            arguments.push("--no-explorer");
        }
        self.run_as_typed(&arguments)
    }

    /// Run a command exactly as it is.
    pub(crate) fn run_as_typed(&self, arguments: &[&str]) -> Ran {
        Ran {
            output: self.command(arguments).output().unwrap(),
        }
    }

    /// Make a small demo round `R` with the candidates given.
    pub(crate) fn round(&self, rows: u64, candidates: &[&str]) -> Ran {
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

    /// Names at the top of the folder, hidden ones too.
    pub(crate) fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

/// Names in a folder, sorted, hidden ones too.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

impl Ran {
    /// Hold the exit code.
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

    /// Hold that stderr says every one of these.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.stderr().contains(word),
                "stderr lacks `{word}`:\n{}",
                self.stderr()
            );
        }
        self
    }

    /// Hold that stdout has every one of these.
    #[track_caller]
    pub(crate) fn puts(self, words: &[&str]) -> Self {
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
