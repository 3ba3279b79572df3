//! `drumlin demo`

use std::path::PathBuf;

use clap::Args;
use drumlin::bundle::DEMO_MARK;
use drumlin::workflow::{DemoError, DemoRequest, demo};

use super::bar::Bar;
use super::output::{print_data, print_message};
use super::{Answer, Failure};
use drumlin::text::thousands;

const AFTER_HELP: &str = "\
Examples:
  drumlin demo                  writes to drumlin-demo/ and lists the pages to open
  drumlin demo --out /tmp/demo";

/// Generate a small round and review two submissions
///
/// The round uses a public demo seed, so its key is not secret.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// Where to write it
    #[arg(long, value_name = "DIR", default_value = "drumlin-demo")]
    out: PathBuf,
    /// Replace an existing demo
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let bar = Bar::watching();
    let shown = demo(
        &DemoRequest {
            out: arguments.out.clone(),
            force: arguments.force,
        },
        &bar,
    )?;
    bar.finish();
    print_message(&format!(
        "Made a round with two candidates in {} ({DEMO_MARK}). The first table has {} rows.",
        arguments.out.display(),
        thousands(shown.rows)
    ));
    print_message("Open these, in this order:\n");
    for step in &shown.steps {
        print_data(&format!("{}\n    {}", step.file.display(), step.look))?;
    }
    print_message("\nNext: drumlin generate assistant-prompts --out my-round --candidate someone");
    Ok(Answer::Yes)
}

impl From<DemoError> for Failure {
    fn from(error: DemoError) -> Self {
        match error {
            DemoError::Generate(error) => error.into(),
            DemoError::Review(error) => error.into(),
            DemoError::Check(error) => error.into(),
            DemoError::Explore(error) => error.into(),
            DemoError::Staging(error) => error.into(),
            error @ DemoError::NotADemo { .. } => {
                Self::hinted(error.to_string(), "choose another folder with --out")
            }
            DemoError::Cluster(error) => Self::plain(error.to_string()),
        }
    }
}
