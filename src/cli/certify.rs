//! `drumlin certify`

use std::path::PathBuf;

use clap::Args;
use drumlin::certify::Depth;
use drumlin::render::certificate_page;
use drumlin::report::certificate_text;
use drumlin::staging::{Privacy, StagingError, write_file};
use drumlin::workflow::{CertifyRequest, certify, write_view};

use super::bar::Bar;
use super::output::{print_data, print_message};
use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Examples:
  drumlin certify data.csv                      should I cluster this table at all?
  drumlin certify R                             fresh rows of a round's world, compared with its key
  drumlin certify R/candidate/a                 the main table of a bundle, as delivered
  drumlin certify data.parquet --json | jq .verdict
  drumlin certify data.csv --out page.html      also a page with plots
  drumlin certify data.csv --view view.parquet  also the measured numbers, to recompute them elsewhere

Exit codes: 0 the table is ambiguous and meaningful, 1 it is not, 2 could not be done.";

/// Test whether a table has one correct clustering, and whether its columns carry signal
///
/// Reads any CSV or Parquet file and measures up to 5,000 rows; the same table always gives the same
/// answer. For a round, it draws rows that no candidate gets, repairs them as well as an analyst could,
/// and compares the result with the truth.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// A .csv or .parquet file, a folder candidate/<id>, or the folder of a round
    #[arg(value_name = "TABLE|CANDIDATE_DIR|ROUND")]
    table: PathBuf,
    /// The round's scenario file, if the scenario is not a shipped one
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,
    /// Also write a page with plots to this file
    #[arg(long, value_name = "PAGE")]
    out: Option<PathBuf>,
    /// Print the certificate as JSON
    #[arg(long)]
    json: bool,
    /// Also write the measured numbers to this file, as Parquet
    #[arg(long, value_name = "FILE")]
    view: Option<PathBuf>,
    /// Measure less: fewer numbers of clusters, fewer repeats
    #[arg(long)]
    light: bool,
    /// Seed for the sample of rows and the repeats
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Replace existing files
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    // Checked first: minutes of measuring should not end in "exists already".
    let written: Vec<&PathBuf> = arguments.out.iter().chain(&arguments.view).collect();
    if !arguments.force
        && let Some(path) = written.iter().find(|path| path.symlink_metadata().is_ok())
    {
        let path = (*path).clone();
        return Err(StagingError::Exists { path }.into());
    }
    let bar = Bar::watching();
    let depth = if arguments.light {
        Depth::Light
    } else {
        Depth::Full
    };
    let request = CertifyRequest {
        table: &arguments.table,
        depth,
        seed: arguments.seed,
        scenario: arguments.scenario.as_deref(),
    };
    let certificate = certify(&request, &bar);
    bar.finish();
    let certificate = certificate?;
    if let Some(view) = &arguments.view {
        write_view(&certificate.view, view)?;
    }
    if let Some(out) = &arguments.out {
        write_file(
            out,
            certificate_page(&certificate).as_bytes(),
            Privacy::Usual,
        )?;
    }
    if arguments.json {
        // Plain data with text keys can always be serialised.
        print_data(&serde_json::to_string_pretty(&certificate).unwrap_or_default())?;
    } else {
        print_data(&certificate_text(&certificate))?;
    }
    for path in written {
        print_message(&format!("Wrote {}", path.display()));
    }
    Ok(if certificate.verdict.accepted() {
        Answer::Yes
    } else {
        Answer::No
    })
}
