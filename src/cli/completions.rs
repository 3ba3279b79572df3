//! `drumlin completions`

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::output::print_data;
use super::{Answer, Failure};

const AFTER_HELP: &str = "\
Examples:
  drumlin completions bash > ~/.local/share/bash-completion/completions/drumlin
  drumlin completions fish > ~/.config/fish/completions/drumlin.fish
  drumlin completions zsh  > ~/.zfunc/_drumlin";

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let mut script = Vec::new();
    let mut command = super::Arguments::command();
    generate(arguments.shell, &mut command, "drumlin", &mut script);
    print_data(&String::from_utf8_lossy(&script))?;
    Ok(Answer::Yes)
}
