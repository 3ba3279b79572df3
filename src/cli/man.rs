//! `drumlin man`

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::output::print_data;
use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Examples:
  drumlin man > drumlin.1
  drumlin man scenario check > drumlin-scenario-check.1
  drumlin man generate | man -l -";

/// Print the manual page of drumlin, or of one of its commands
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// The command, such as `generate` or `scenario check`
    command: Vec<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let mut root = super::Arguments::command();
    root.build();
    let mut command = &root;
    for name in &arguments.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            Failure::hinted(
                format!("`{}` is not a command", arguments.command.join(" ")),
                "`drumlin --help` lists the commands",
            )
        })?;
    }
    let mut page = Vec::new();
    Man::new(command.clone())
        .render(&mut page)
        .map_err(|why| Failure::plain(format!("cannot write the manual page: {why}")))?;
    print_data(&String::from_utf8_lossy(&page))?;
    Ok(Answer::Yes)
}
