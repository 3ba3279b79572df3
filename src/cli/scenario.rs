//! `drumlin scenario`

mod check;
mod defects;
mod list;
mod new;
mod preview;
mod show;

use clap::{Args, Subcommand};

use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Write your own in an afternoon:
  drumlin scenario new bakery                  write a commented file that works as it is
  drumlin scenario defects                     list the kinds of defect and what each needs
  drumlin scenario check bakery.toml           list every mistake, and see how far guessing gets
  drumlin scenario preview bakery.toml         write a page about one world the file can draw
  drumlin generate bakery.toml --out try --demo-seed 1";

/// List, show, write and check scenarios
///
/// A scenario is a TOML file with a story, columns, and pools of structures and defects that a secret
/// draws from. It cannot run code or read files.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Arguments),
    Show(show::Arguments),
    New(new::Arguments),
    Check(check::Arguments),
    Defects(defects::Arguments),
    Preview(preview::Arguments),
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    match &arguments.command {
        Command::List(arguments) => list::run(arguments),
        Command::Show(arguments) => show::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Defects(arguments) => defects::run(arguments),
        Command::Preview(arguments) => preview::run(arguments),
    }
}
