//! `drumlin explore`

use std::path::PathBuf;

use clap::Args;
use drumlin::explore::terminal;
use drumlin::staging::{Privacy, StagingError, write_file};
use drumlin::workflow::explore;

use super::say::{put, say};
use super::{Answer, Failure};

/// Columns of the terminal that a profile is written for: it must read well in a pipe, too.
const WIDTH: usize = 80;

const AFTER_HELP: &str = "\
Examples:
  drumlin explore data.csv                     a profile one can read in a minute
  drumlin explore data.parquet --out page.html also a page with the first plots
  drumlin explore R/candidate/a                the main table of a take-home
  drumlin explore data.csv --json | jq '.columns[].name'";

/// Look at a table: any CSV or Parquet file, or a candidate's folder
///
/// Facts and first plots, no verdicts. The same table gives the same page.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// A .csv or .parquet file, or a folder candidate/<id> of a round
    #[arg(value_name = "TABLE|CANDIDATE_DIR")]
    table: PathBuf,
    /// Also write a page with plots here
    #[arg(long, value_name = "PAGE")]
    out: Option<PathBuf>,
    /// Replace the page if it is there
    #[arg(long)]
    force: bool,
    /// The profile as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    // Before the work: a minute of reading should not end in "exists already".
    if let Some(out) = &arguments.out
        && !arguments.force
        && out.symlink_metadata().is_ok()
    {
        return Err(StagingError::Exists { path: out.clone() }.into());
    }
    let exploration = explore(&arguments.table, arguments.out.is_some())?;
    if let (Some(out), Some(page)) = (&arguments.out, &exploration.page) {
        write_file(out, page.as_bytes(), Privacy::Usual)?;
    }
    if arguments.json {
        // Plain data with text keys always serialises.
        put(&serde_json::to_string_pretty(&exploration.profile).unwrap_or_default())?;
    } else {
        put(&terminal(&exploration.profile, WIDTH))?;
    }
    for file in &exploration.beside {
        say(&format!(
            "Another table stands beside it: drumlin explore {}",
            file.display()
        ));
    }
    if let Some(out) = &arguments.out {
        say(&format!("Wrote {}", out.display()));
    }
    Ok(Answer::Yes)
}
