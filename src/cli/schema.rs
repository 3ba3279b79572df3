//! `drumlin schema`

use clap::{Args, ValueEnum};
use drumlin::bundle::round_schema;
use drumlin::review::evidence_schema;
use drumlin::scenario::schema as scenario_schema;
use drumlin::submission::CLAIMS_SCHEMA;

use super::output::print_data;
use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Examples:
  drumlin schema evidence > evidence.schema.json   for programs that read reviews
  drumlin schema scenario > scenario.schema.json   for editors

An editor that knows TOML checks a scenario against its schema when the first line of the file is
  #:schema ./scenario.schema.json";

/// Print the JSON Schema of a file that drumlin reads or writes
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// Which file
    #[arg(value_enum)]
    file: SchemaFile,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SchemaFile {
    /// A review's evidence.json
    Evidence,
    /// A scenario file
    Scenario,
    /// A submission's claims.toml
    Claims,
    /// A round's round.toml
    Round,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    match arguments.file {
        SchemaFile::Evidence => print_data(&evidence_schema())?,
        SchemaFile::Scenario => print_data(&scenario_schema())?,
        SchemaFile::Claims => print_data(CLAIMS_SCHEMA)?,
        SchemaFile::Round => print_data(&round_schema())?,
    }
    Ok(Answer::Yes)
}
