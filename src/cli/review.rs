//! `drumlin review`

use std::path::{Path, PathBuf};

use clap::Args;
use drumlin::bundle::RoundPaths;
use drumlin::report::check_text;
use drumlin::submission::SubmissionError;
use drumlin::workflow::{ReviewError, ReviewRequest, Reviewed, check, review};

use super::bar::Bar;
use super::failure::staging_hint;
use super::output::{print_data, print_message};
use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Examples:
  drumlin review ada.zip --round hiring-2026 --candidate ada
  drumlin review submissions/ada --round hiring-2026 --candidate ada --out /tmp/look

Files that it writes, into ROUND/reviews/<id> unless --out is given:
  read.html          the report; read it first
  review.html        for each finding what the report says about it, then the numbers
  debrief.md         six questions for the interview, tied to this report
  feedback-notes.md  quotes and prompts for your own feedback to the candidate
  evidence.json      all of it, for programs (`drumlin schema evidence` describes it)

review.html has boxes for you to tick, on paper in this version. There is no score, no rank and no
recommendation.";

/// Compare a submission with the truth and prepare the interview
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// The submission: a folder or a .zip file
    submission: PathBuf,
    /// The round that the bundle belongs to
    #[arg(long, value_name = "ROUND")]
    round: PathBuf,
    /// The candidate who sent the submission
    #[arg(long, value_name = "ID")]
    candidate: String,
    /// Where to write [default: ROUND/reviews/<id>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace an existing review
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let request = ReviewRequest {
        submission: arguments.submission.clone(),
        round: arguments.round.clone(),
        candidate: arguments.candidate.clone(),
        out: arguments.out.clone(),
        force: arguments.force,
    };
    let bar = Bar::watching();
    let outcome = review(&request, &bar);
    bar.finish();
    match outcome {
        Ok(reviewed) => {
            print_files(&reviewed);
            Ok(Answer::Yes)
        }
        Err(ReviewError::Submission(SubmissionError::Problems { .. })) => {
            print_problems(&request.submission, &request.round, &request.candidate)
        }
        Err(error) => Err(error.into()),
    }
}

/// Print what `drumlin check` prints for a submission that cannot be reviewed.
pub(super) fn print_problems(
    submission: &Path,
    round: &Path,
    candidate: &str,
) -> Result<Answer, Failure> {
    let bundle = RoundPaths::new(round).bundle(candidate);
    print_data(&check_text(&check(submission, &bundle.candidate)?))?;
    Ok(Answer::No)
}

fn print_files(reviewed: &Reviewed) {
    let folder = reviewed.folder.display();
    print_message(&format!("Wrote the review to {folder}"));
    print_message("Read in this order:");
    for (file, why) in [
        ("read.html", "the report; form your own opinion first"),
        (
            "review.html",
            "what the report says about each finding, and the numbers",
        ),
        ("debrief.md", "six questions for the interview"),
        (
            "feedback-notes.md",
            "quotes and prompts for your own feedback",
        ),
    ] {
        print_message(&format!("  {folder}/{file:<18} {why}"));
    }
}

impl From<ReviewError> for Failure {
    fn from(error: ReviewError) -> Self {
        let hint = error.hint().map(str::to_owned).or_else(|| match &error {
            ReviewError::Staging(staging) => staging_hint(staging),
            ReviewError::Interrupted(_) => Some("nothing was written".to_owned()),
            _ => None,
        });
        Self::Plain {
            message: error.to_string(),
            hint,
        }
    }
}
