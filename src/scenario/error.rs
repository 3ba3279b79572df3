//! What is wrong with a scenario file, with its line and a hint.

use std::fmt;
use std::path::PathBuf;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};
use thiserror::Error;

/// Why there is no scenario.
#[derive(Debug, Error)]
pub enum ScenarioError {
    /// No scenario of that name is shipped, and no such file is there.
    #[error("there is no scenario or file `{name}`")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What to do.
        hint: String,
    },
    /// The file cannot be read.
    #[error("cannot read {}: {why}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        why: std::io::Error,
    },
    /// The file is in a version of the format that is not read.
    #[error("{file}:{line}: format {found} is not supported, expected format {expected}")]
    Format {
        file: String,
        /// From 1.
        line: usize,
        found: i64,
        expected: i64,
        hint: String,
    },
    /// The file has mistakes.
    #[error("{}", count(.problems.len()))]
    Invalid {
        /// The file, to show lines of.
        source_code: NamedSource<String>,
        /// Every mistake.
        problems: Vec<ScenarioProblem>,
    },
}

/// One mistake in a scenario file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioProblem {
    /// Where it is: first byte and length.
    pub span: (usize, usize),
    /// What was found and what was expected.
    pub says: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic for ScenarioError {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        match self {
            Self::Unknown { hint, .. } | Self::Format { hint, .. } => Some(Box::new(hint)),
            _ => None,
        }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        match self {
            Self::Invalid { source_code, .. } => Some(source_code),
            _ => None,
        }
    }

    /// Each mistake with its own lines: the lines between two distant ones are not shown.
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        match self {
            Self::Invalid { problems, .. } => Some(Box::new(
                problems.iter().map(|problem| problem as &dyn Diagnostic),
            )),
            _ => None,
        }
    }
}

impl fmt::Display for ScenarioProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}

impl std::error::Error for ScenarioProblem {}

impl Diagnostic for ScenarioProblem {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let hint = self.hint.as_ref()?;
        Some(Box::new(hint))
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let here = LabeledSpan::new_with_span(None, self.span);
        Some(Box::new(std::iter::once(here)))
    }
}

fn count(problems: usize) -> String {
    match problems {
        1 => "1 mistake in the scenario file".to_owned(),
        n => format!("{n} mistakes in the scenario file"),
    }
}
