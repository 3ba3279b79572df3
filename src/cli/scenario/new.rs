//! `drumlin scenario new`

use std::path::{Path, PathBuf};

use clap::Args;
use drumlin::scenario::template;
use drumlin::staging::{Privacy, StagingError, write_file};

use crate::cli::output::print_message;
use crate::cli::{Answer, Failure};

/// Write a commented scenario file to start from; it works as it is
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Name of the scenario: letters, digits, `-` and `_`
    name: String,
    /// Where to write it [default: NAME.toml]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    // Other commands take the file name; here it means the scenario in the file.
    let name = arguments.name.strip_suffix(".toml");
    let name = name.unwrap_or(&arguments.name);
    let Some(text) = template(name) else {
        return Err(Failure::hinted(
            format!("`{name}` is not a valid scenario name"),
            "use letters, digits, `-` and `_`: the table and its files get this name",
        ));
    };
    let default = Path::new(name).with_extension("toml");
    let out = arguments.out.clone().unwrap_or(default);
    if !arguments.force && out.symlink_metadata().is_ok() {
        return Err(StagingError::Exists { path: out }.into());
    }
    write_file(&out, text.as_bytes(), Privacy::Usual)?;
    let out = out.display();
    print_message(&format!(
        "Wrote {out}. Next:\n  drumlin scenario check {out}\n  drumlin scenario preview {out}\n  \
         drumlin generate {out} --out try --demo-seed 1"
    ));
    Ok(Answer::Yes)
}
