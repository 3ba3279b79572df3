//! `drumlin check`

use std::path::PathBuf;

use clap::Args;
use drumlin::report::check_text;
use drumlin::workflow::{CheckError, check};

use super::output::print_data;
use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Examples:
  drumlin check my-submission --bundle candidate/a
  drumlin check my-submission.zip --bundle candidate/a --json

A report alone (report.md, .ipynb, .html or .pdf) is complete. Optional files:
  groups.csv   row_id and label columns, or membership shares in columns p_<name>
  axes.csv     row_id and columns of numbers
  issues.csv   column,kind,rows,action
  cleaned.csv  the data as you would use them (or cleaned.parquet; cleaned_NAME for a second table NAME)
  claims.toml  [[claim]] says = \"…\", as the page of `drumlin explore` writes them; reviewers read them,
               this command does not test them
  scope.toml   left_out = [\"…\"]   ai_use = \"…\"   hours = 4.0 (only if you like)

Exit codes: 0 the submission can be reviewed, 1 it cannot (the output says why), 2 could not be done.";

/// Check that a submission is complete and can be read, before you send it
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// The submission: a folder or a .zip file
    submission: PathBuf,
    /// The folder that you received
    #[arg(long, value_name = "CANDIDATE_DIR")]
    bundle: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let report = check(&arguments.submission, &arguments.bundle)?;
    if arguments.json {
        // Plain data with text keys can always be serialised.
        print_data(&serde_json::to_string_pretty(&report).unwrap_or_default())?;
    } else {
        print_data(&check_text(&report))?;
    }
    Ok(if report.reviewable {
        Answer::Yes
    } else {
        Answer::No
    })
}

impl From<CheckError> for Failure {
    fn from(error: CheckError) -> Self {
        Self::Plain {
            hint: error.hint().map(str::to_owned),
            message: error.to_string(),
        }
    }
}
