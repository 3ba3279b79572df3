//! `drumlin explore`

use std::path::PathBuf;

use clap::Args;
use drumlin::explore::{LevelComparison, Profile};
use drumlin::report::{column_text, level_text, profile_text};
use drumlin::staging::{Privacy, StagingError, write_file};
use drumlin::text::thousands;
use drumlin::workflow::{Exploration, ExploreRequest, explore, reveal};
use serde::Serialize;

use super::output::{print_data, print_message};
use super::{Answer, Failure};

/// Width of a profile in a pipe, and the maximum in a terminal, in characters.
const WIDTH: usize = 80;
const WIDEST: usize = 200;

fn width() -> usize {
    let size = console::Term::stdout().size_checked();
    size.map_or(WIDTH, |(_, columns)| {
        usize::from(columns).clamp(WIDTH, WIDEST)
    })
}

const AFTER_HELP: &str = "\
Examples:
  drumlin explore data.csv                       a profile that you read in a minute
  drumlin explore data.parquet --out page.html   also an interactive page
  drumlin explore R/candidate/a                  the main table of a bundle
  drumlin explore data.csv --column price        one column in detail
  drumlin explore data.csv --by plan             every column for each level of `plan`
  drumlin explore data.csv --json | jq '.columns[].name'
  drumlin explore R/candidate/a --reveal R/key/a --out open.html
                                                 for reviewers: with columns of the key

Malformed files are read anyway: short lines, repeated headers and values of the wrong type are counted and
reported.";

/// Profile a table: any CSV or Parquet file, or a candidate's folder
///
/// Facts and plots, no verdicts. The same table always gives the same page.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// A .csv or .parquet file, or a folder candidate/<id> of a round
    #[arg(value_name = "TABLE|CANDIDATE_DIR")]
    table: PathBuf,
    /// Show this column in detail; repeat for several
    #[arg(long, value_name = "NAME")]
    column: Vec<String>,
    /// Compare every column across the levels of this one
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// For reviewers: add the truth of each row from this key folder, as columns `key: …`
    #[arg(long, value_name = "KEY_DIR")]
    reveal: Option<PathBuf>,
    /// Also write an interactive page to this file
    #[arg(long, value_name = "PAGE")]
    out: Option<PathBuf>,
    /// Replace an existing page
    #[arg(long)]
    force: bool,
    /// Print the profile as JSON
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Serialize)]
struct ProfileJson<'a> {
    #[serde(flatten)]
    profile: &'a Profile,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a LevelComparison>,
}

fn text_output(arguments: &Arguments, exploration: &Exploration) -> String {
    let mut parts = Vec::new();
    if arguments.column.is_empty() && exploration.by.is_none() {
        parts.push(profile_text(&exploration.profile, width()));
    }
    if !arguments.column.is_empty() {
        let columns = exploration.profile.columns.iter();
        parts.extend(columns.map(|column| column_text(column, width())));
    }
    parts.extend(exploration.by.as_ref().map(|by| level_text(by, width())));
    parts.join("\n")
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    if let Some(out) = &arguments.out
        && let (Ok(out), Ok(table)) = (out.canonicalize(), arguments.table.canonicalize())
        && out == table
    {
        return Err(Failure::hinted(
            "the page would replace the table itself",
            "give --out another name, for example page.html",
        ));
    }
    // Checked first: a minute of reading should not end in "exists already".
    if let Some(out) = &arguments.out
        && !arguments.force
        && out.symlink_metadata().is_ok()
    {
        return Err(StagingError::Exists { path: out.clone() }.into());
    }
    let request = ExploreRequest {
        table: arguments.table.clone(),
        columns: arguments.column.clone(),
        by: arguments.by.clone(),
        with_page: arguments.out.is_some(),
    };
    let (exploration, privacy) = match &arguments.reveal {
        None => (explore(&request)?, Privacy::Usual),
        Some(key) => (reveal(&request, key)?, Privacy::OwnerOnly),
    };
    if let (Some(out), Some(page)) = (&arguments.out, &exploration.page) {
        write_file(out, page.as_bytes(), privacy)?;
    }
    if arguments.json {
        // Plain data with text keys can always be serialised.
        let profile = ProfileJson {
            profile: &exploration.profile,
            by: exploration.by.as_ref(),
        };
        print_data(&serde_json::to_string_pretty(&profile).unwrap_or_default())?;
    } else {
        print_data(&text_output(arguments, &exploration))?;
    }
    // The profile of the whole table already says so.
    if let Some(sampled) = exploration.profile.sample
        && (exploration.by.is_some() || !arguments.column.is_empty())
    {
        print_message(&format!(
            "Counts and shares come from a fixed random sample of {} of {} rows",
            thousands(sampled.rows),
            thousands(exploration.profile.rows)
        ));
    }
    for file in &exploration.beside {
        print_message(&format!(
            "The folder has another table: drumlin explore {}",
            file.display()
        ));
    }
    if let Some(out) = &arguments.out {
        print_message(&format!("Wrote {}", out.display()));
    }
    Ok(Answer::Yes)
}
