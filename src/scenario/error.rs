//! What is wrong with a scenario file, with its line and a hint.

use std::path::PathBuf;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};
use thiserror::Error;

/// Why there is no scenario.
#[derive(Debug, Error)]
pub enum ScenarioError {
    /// No scenario of that name is shipped, and no such file is there.
    #[error("there is no scenario or file called `{name}`")]
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
    /// The file has mistakes.
    #[error("{}", count(.problems.len()))]
    Invalid {
        /// The file, to show lines of.
        source_code: NamedSource<String>,
        /// Every mistake.
        problems: Vec<Problem>,
    },
}

/// One mistake in a scenario file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is: first byte and length.
    pub span: (usize, usize),
    /// What was found and what was expected.
    pub says: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic for ScenarioError {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        match self {
            Self::Unknown { hint, .. } => Some(Box::new(hint)),
            Self::Open { .. } => None,
            Self::Invalid { problems, .. } => {
                let hints: Vec<&str> = problems
                    .iter()
                    .filter_map(|problem| problem.hint.as_deref())
                    .collect();
                (!hints.is_empty())
                    .then(|| Box::new(hints.join("\n")) as Box<dyn std::fmt::Display>)
            }
        }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        match self {
            Self::Invalid { source_code, .. } => Some(source_code),
            _ => None,
        }
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        match self {
            Self::Invalid { problems, .. } => Some(Box::new(problems.iter().map(|problem| {
                LabeledSpan::new_with_span(Some(problem.says.clone()), problem.span)
            }))),
            _ => None,
        }
    }
}

fn count(problems: usize) -> String {
    match problems {
        1 => "the scenario file has a mistake".to_owned(),
        n => format!("the scenario file has {n} mistakes"),
    }
}
