//! `drumlin scenario preview`

use std::path::PathBuf;

use clap::Args;
use drumlin::scenario::load;
use drumlin::staging::{Privacy, StagingError, write_file};
use drumlin::workflow::preview;

use crate::cli::bar::Bar;
use crate::cli::output::print_message;
use crate::cli::{Answer, Failure};

/// Write a page about one world that a scenario can draw: its structures, its defects, and its
/// columns as requested and as generated
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A scenario file, or the name of a shipped scenario
    #[arg(value_name = "FILE")]
    scenario: String,
    /// Which world to draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    demo_seed: u64,
    /// Where to write the page [default: NAME-preview.html]
    #[arg(long, value_name = "PAGE")]
    out: Option<PathBuf>,
    /// Overwrite an existing page
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let name = load(&arguments.scenario)?.name;
    let default = PathBuf::from(format!("{name}-preview.html"));
    let out = arguments.out.clone().unwrap_or(default);
    if !arguments.force && out.symlink_metadata().is_ok() {
        return Err(StagingError::Exists { path: out }.into());
    }
    let bar = Bar::watching();
    let page = preview(&arguments.scenario, arguments.demo_seed, &bar)?;
    bar.finish();
    write_file(&out, page.as_bytes(), Privacy::Usual)?;
    print_message(&format!("Wrote {}", out.display()));
    Ok(Answer::Yes)
}
