//! `drumlin baseline`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use drumlin::report::baseline_sentence;
use drumlin::submission::SubmissionError;
use drumlin::workflow::{AddBaselineError, AddBaselineRequest, ReviewError, add_baseline};

use super::bar::Bar;
use super::output::print_message;
use super::review::print_problems;
use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Example:
  drumlin baseline add agent/ --round hiring-2026 --candidate spare

The name of the folder or .zip becomes the name of the baseline. Reviews of this round then report it
next to the built-in baselines, and ROUND/baselines/<id>/truth.html lists all of them.";

/// Add your own baselines to a round: what a baseline finds needs no insight
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(AddArguments),
}

/// Add a submission to the baselines of a round, such as an AI agent's answer to a spare bundle
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
struct AddArguments {
    /// The submission: a folder or a .zip file
    submission: PathBuf,
    /// The round that the bundle belongs to
    #[arg(long, value_name = "ROUND")]
    round: PathBuf,
    /// The candidate whose bundle the submission answers
    #[arg(long, value_name = "ID")]
    candidate: String,
    /// The round's scenario file, if the scenario is not a shipped one
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,
    /// Replace a baseline of the same name
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    match &arguments.command {
        Command::Add(arguments) => add(arguments),
    }
}

fn add(arguments: &AddArguments) -> Result<Answer, Failure> {
    let request = AddBaselineRequest {
        submission: arguments.submission.clone(),
        round: arguments.round.clone(),
        candidate: arguments.candidate.clone(),
        scenario: arguments.scenario.clone(),
        force: arguments.force,
    };
    let bar = Bar::watching();
    let outcome = add_baseline(&request, &bar);
    bar.finish();
    match outcome {
        Ok(added) => {
            print_message(&format!(
                "Added the baseline {} to the round",
                added.result.name
            ));
            print_message(&format!("  {}", baseline_sentence(&added.result)));
            print_message(&format!("  all baselines: {}", added.page.display()));
            Ok(Answer::Yes)
        }
        Err(AddBaselineError::Review(ReviewError::Submission(SubmissionError::Problems {
            ..
        }))) => print_problems(&request.submission, &request.round, &request.candidate),
        Err(error) => Err(error.into()),
    }
}

impl From<AddBaselineError> for Failure {
    fn from(error: AddBaselineError) -> Self {
        match error {
            AddBaselineError::Review(error) => error.into(),
            AddBaselineError::Generate(error) => error.into(),
            error => Self::Plain {
                hint: error.hint().map(str::to_owned),
                message: error.to_string(),
            },
        }
    }
}
