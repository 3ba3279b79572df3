//! `drumlin scenario schema`

use clap::Args;
use drumlin::scenario::schema;

use crate::cli::output::print_data;
use crate::cli::{Answer, Failure};

const AFTER_HELP: &str = "\
Example:
  drumlin scenario schema > scenario.schema.json
and as the first line of a scenario file, for editors that read it:
  #:schema ./scenario.schema.json";

/// The JSON Schema of scenario files, for editors
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments) -> Result<Answer, Failure> {
    print_data(&schema())?;
    Ok(Answer::Yes)
}
