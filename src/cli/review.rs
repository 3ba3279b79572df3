//! `drumlin review`

use std::path::{Path, PathBuf};

use clap::Args;
use drumlin::bundle::RoundPaths;
use drumlin::review::evidence_schema;
use drumlin::submission::SubmissionError;
use drumlin::workflow::{
    AddBaselineError, AddBaselineRequest, ReviewError, ReviewRequest, Reviewed, add_baseline,
    check, review,
};

use super::bar::Bar;
use super::failure::staging_hint;
use super::output::{print_data, print_message};
use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Examples:
  drumlin review ada.zip --round hiring-2026 --candidate ada
  drumlin review submissions/ada --round hiring-2026 --candidate ada --out /tmp/look
  drumlin review --baseline agent/ --round hiring-2026 --candidate spare
  drumlin review --schema > evidence.schema.json         for programs that read evidence.json

What it writes (into ROUND/reviews/<id> unless --out says otherwise):
  read.html          the report itself; read it first
  review.html        per finding the passages that bear on it, then the numbers
  debrief.md         six questions for the talk, tied to this report
  feedback-notes.md  quotes and prompts with blanks, for your own feedback
  evidence.json      everything above, for programs

The states in review.html are boxes for you to tick, on paper in this version; they start empty.
There is no total, no rank and no recommendation.";

/// Hold a submission against what is known to be there, and prepare the talk
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// The submission: a folder or a .zip
    #[arg(required_unless_present_any = ["baseline", "schema"])]
    submission: Option<PathBuf>,
    /// Review nothing, but add this submission (an agent's, say, that you ran on a spare bundle) to what
    /// is free in the round: reviews and ROUND/baselines/<id>/truth.html then say what it reaches
    #[arg(long, value_name = "DIR", conflicts_with_all = ["submission", "out"])]
    baseline: Option<PathBuf>,
    /// The scenario file that the round was made of, unless it is a shipped one
    #[arg(long, value_name = "FILE", requires = "baseline")]
    scenario: Option<String>,
    /// The round that the bundle is of
    #[arg(long, value_name = "ROUND", required_unless_present = "schema")]
    round: Option<PathBuf>,
    /// The candidate whose bundle it answers
    #[arg(long, value_name = "ID", required_unless_present = "schema")]
    candidate: Option<String>,
    /// Where to write [default: ROUND/reviews/<id>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace a review that is there
    #[arg(long)]
    force: bool,
    /// Review nothing, but print the JSON Schema of evidence.json
    #[arg(long, exclusive = true)]
    schema: bool,
}

impl Arguments {
    // Without these two, clap asks for them.
    fn round(&self) -> PathBuf {
        self.round.clone().unwrap_or_default()
    }

    fn candidate(&self) -> String {
        self.candidate.clone().unwrap_or_default()
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    if arguments.schema {
        print_data(&evidence_schema())?;
        return Ok(Answer::Yes);
    }
    if let Some(baseline) = &arguments.baseline {
        return add(arguments, baseline);
    }
    let request = ReviewRequest {
        // Without it, clap asks for a baseline.
        submission: arguments.submission.clone().unwrap_or_default(),
        round: arguments.round(),
        candidate: arguments.candidate(),
        out: arguments.out.clone(),
        force: arguments.force,
    };
    let bar = Bar::watching();
    let outcome = review(&request, &bar);
    bar.finish();
    match outcome {
        Ok(reviewed) => {
            tell(&reviewed);
            Ok(Answer::Yes)
        }
        // The same answer as from `check`, on the reviewer's side.
        Err(ReviewError::Submission(SubmissionError::Problems { .. })) => {
            let bundle = RoundPaths::new(&request.round).bundle(&request.candidate);
            print_data(&check(&request.submission, &bundle.candidate)?.text())?;
            Ok(Answer::No)
        }
        Err(error) => Err(error.into()),
    }
}

fn add(arguments: &Arguments, baseline: &Path) -> Result<Answer, Failure> {
    let request = AddBaselineRequest {
        submission: baseline.to_owned(),
        round: arguments.round(),
        candidate: arguments.candidate(),
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
            print_message(&format!("  {}", added.result.says));
            print_message(&format!("  all that is free: {}", added.page.display()));
            Ok(Answer::Yes)
        }
        Err(AddBaselineError::Review(ReviewError::Submission(SubmissionError::Problems {
            ..
        }))) => {
            let bundle = RoundPaths::new(&request.round).bundle(&request.candidate);
            print_data(&check(&request.submission, &bundle.candidate)?.text())?;
            Ok(Answer::No)
        }
        Err(error) => Err(error.into()),
    }
}

fn tell(reviewed: &Reviewed) {
    let folder = reviewed.folder.display();
    print_message(&format!("Wrote the review to {folder}"));
    print_message("Read in this order:");
    for (file, why) in [
        ("read.html", "the report itself; make up your mind"),
        (
            "review.html",
            "what it says about each thing that is there, and the numbers",
        ),
        ("debrief.md", "six questions for the talk"),
        ("feedback-notes.md", "for your own words to the candidate"),
    ] {
        print_message(&format!("  {folder}/{file:<18} {why}"));
    }
}

impl From<AddBaselineError> for Failure {
    fn from(error: AddBaselineError) -> Self {
        match error {
            AddBaselineError::Review(error) => error.into(),
            AddBaselineError::Generate(error) => error.into(),
            error => Self::Plain {
                hint: error.hint().map(str::to_owned),
                says: error.to_string(),
            },
        }
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
            says: error.to_string(),
            hint,
        }
    }
}
