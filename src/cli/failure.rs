//! Errors as shown to the user: what went wrong, and what to do about it.

use std::io;
use std::path::Path;

use drumlin::bundle::RoundError;
use drumlin::scenario::ScenarioError;
use drumlin::staging::StagingError;
use drumlin::workflow::{
    CertifyJobError, ExploreError, GenerateError, RevealError, ScenarioJobError,
};

use super::output::print_message;

/// Why a command failed.
pub(super) enum Failure {
    /// The reader of the output closed the pipe.
    BrokenPipe,
    /// Mistakes in a scenario file, shown with their lines.
    Scenario(Box<ScenarioError>),
    /// Anything else: one sentence, and a hint if there is one.
    Plain {
        /// What went wrong.
        message: String,
        /// What to do.
        hint: Option<String>,
    },
}

impl Failure {
    /// A sentence without a hint.
    pub(super) fn plain(message: impl Into<String>) -> Self {
        Self::Plain {
            message: message.into(),
            hint: None,
        }
    }

    /// A sentence with a hint.
    pub(super) fn hinted(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Plain {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }

    /// Print it to stderr.
    pub(super) fn print(self) {
        match self {
            Self::BrokenPipe => {}
            Self::Scenario(error) => {
                print_message(format!("{:?}", miette::Report::new(*error)).trim_end());
            }
            Self::Plain { message, hint } => {
                print_message(&format!("drumlin: {message}"));
                if let Some(hint) = hint {
                    print_message(&format!("\nhint: {hint}"));
                }
            }
        }
    }
}

/// Errors of printing to stdout: nothing else in this program returns a bare [`io::Error`].
impl From<io::Error> for Failure {
    fn from(why: io::Error) -> Self {
        match why.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::plain(format!("cannot write to standard output: {why}")),
        }
    }
}

impl From<GenerateError> for Failure {
    fn from(error: GenerateError) -> Self {
        let hint = match &error {
            GenerateError::Round(round) => round_hint(round),
            GenerateError::Staging(staging) => staging_hint(staging),
            GenerateError::Table(table) => table.hint().map(str::to_owned),
            GenerateError::Explore(why) => why.hint(),
            GenerateError::Brief(_) => {
                Some("`drumlin generate --help` lists the fields of a brief".to_owned())
            }
            GenerateError::NoRound { .. } => Some(
                "make the round first, or give --demo-seed to try parts without one".to_owned(),
            ),
            GenerateError::NoWorld { entry, .. } => {
                Some(format!("{entry}; or accept any world with --no-certify"))
            }
            GenerateError::Interrupted(_) => Some("nothing was written".to_owned()),
            _ => None,
        };
        match error {
            GenerateError::Scenario(scenario) => Self::Scenario(Box::new(scenario)),
            other => Self::Plain {
                message: other.to_string(),
                hint,
            },
        }
    }
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Self {
        Self::Scenario(Box::new(error))
    }
}

impl From<ScenarioJobError> for Failure {
    fn from(error: ScenarioJobError) -> Self {
        match error {
            ScenarioJobError::Scenario(scenario) => scenario.into(),
            interrupted @ ScenarioJobError::Interrupted(_) => Self::plain(interrupted.to_string()),
        }
    }
}

impl From<RevealError> for Failure {
    fn from(error: RevealError) -> Self {
        let hint = match &error {
            RevealError::Explore(why) => why.hint(),
            RevealError::Table(why) => why.hint().map(str::to_owned),
            RevealError::Key(_) => Some("give --reveal the folder key/<id> of a round".to_owned()),
            RevealError::Other { .. } => Some(
                "give --reveal the key of the same bundle: key/<id> for candidate/<id>".to_owned(),
            ),
            RevealError::Truth(_) | RevealError::Names => None,
        };
        Self::Plain {
            hint,
            message: error.to_string(),
        }
    }
}

impl From<ExploreError> for Failure {
    fn from(error: ExploreError) -> Self {
        Self::Plain {
            hint: error.hint(),
            message: error.to_string(),
        }
    }
}

impl From<CertifyJobError> for Failure {
    fn from(error: CertifyJobError) -> Self {
        Self::Plain {
            hint: error.hint(),
            message: error.to_string(),
        }
    }
}

impl From<StagingError> for Failure {
    fn from(error: StagingError) -> Self {
        Self::Plain {
            hint: staging_hint(&error),
            message: error.to_string(),
        }
    }
}

/// What to do about an unusable round.
fn round_hint(error: &RoundError) -> Option<String> {
    match error {
        RoundError::NotARound { .. } => {
            Some("choose a new folder, or one made by `drumlin generate`".to_owned())
        }
        RoundError::Differs { .. } => Some(
            "a round keeps its scenario, rows and secret; choose a new folder for another round"
                .to_owned(),
        ),
        RoundError::Taken { .. } => Some(
            "choose another id, or add --force to regenerate this bundle: same rows, new brief"
                .to_owned(),
        ),
        _ => None,
    }
}

/// What to do about a path that cannot be written.
pub(super) fn staging_hint(error: &StagingError) -> Option<String> {
    match error {
        StagingError::Exists { .. } => {
            Some("choose another path, or add --force to replace it".to_owned())
        }
        StagingError::Io { path, why } => match why.kind() {
            io::ErrorKind::StorageFull => {
                Some("the disk is full; no partial output was left behind".to_owned())
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Some(format!(
                "you have no permission to write in {}",
                folder_of(path)
            )),
            _ => None,
        },
    }
}

fn folder_of(path: &Path) -> String {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .map_or_else(|| ".".to_owned(), |parent| parent.display().to_string())
}
