//! `drumlin shard`

use std::path::PathBuf;

use clap::Args;
use drumlin::text::thousands;
use drumlin::workflow::{GenerateRequest, SecretSource, ShardPart, shard};

use super::bar::Bar;
use super::generate::{FileFormat, formats};
use super::output::print_message;
use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Examples:
  drumlin shard assistant-prompts 2/8 --round big --candidate ada --into part-2
  drumlin shard my-world.toml 1/4 --round none --candidate a --demo-seed 7 --rows 500000 --into part-1

The CSV files of all parts, concatenated in order, are the CSV file of the whole table. Each part holds
data/ and key/. Never send key/.";

/// Generate one part of a large table, so that several machines can share the work
///
/// The candidate needs a bundle in the round. With --demo-seed no round is needed: the parts are those of
/// an uncertified round with that seed.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// Name of a shipped scenario, or path of a scenario file
    scenario: String,
    /// Which part of how many, such as 2/8
    #[arg(value_name = "I/N", value_parser = part)]
    part: ShardPart,
    /// The round folder
    #[arg(long, value_name = "ROUND")]
    round: PathBuf,
    /// Id of the candidate whose table it is
    #[arg(long, value_name = "ID")]
    candidate: String,
    /// Where the part goes: a new or empty folder
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Rows before defects [default: those of the round, or of the scenario]
    #[arg(long, value_name = "N")]
    rows: Option<u64>,
    /// Use this public seed when there is no round: for demos and tests only
    #[arg(long, value_name = "N")]
    demo_seed: Option<u64>,
    /// File formats of the tables, when there is no round [default: parquet,csv]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMATS")]
    format: Vec<FileFormat>,
    /// Plant no defects, when there is no round
    #[arg(long)]
    without_defects: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let request = GenerateRequest {
        scenario: arguments.scenario.clone(),
        out: arguments.round.clone(),
        candidates: vec![arguments.candidate.clone()],
        rows: arguments.rows,
        origin: arguments
            .demo_seed
            .map_or(SecretSource::System, SecretSource::Demo),
        brief: None,
        variant: None,
        formats: formats(&arguments.format),
        without_defects: arguments.without_defects,
        without_explorer: false,
        certify: None,
        force: false,
    };
    let bar = Bar::watching();
    let made = shard(&request, arguments.part, &arguments.into, &bar)?;
    bar.finish();
    print_message(&format!(
        "Made part {} of {} ({} rows) in {}. Never send its key/.",
        arguments.part.number,
        arguments.part.of,
        thousands(made.rows),
        made.folder.display()
    ));
    Ok(Answer::Yes)
}

/// `2/8`
fn part(text: &str) -> Result<ShardPart, String> {
    let parsed = text
        .split_once('/')
        .and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match parsed {
        Some((number, of)) if number >= 1 && number <= of => Ok(ShardPart { number, of }),
        _ => Err("expected a part and the number of parts, such as 2/8".to_owned()),
    }
}
