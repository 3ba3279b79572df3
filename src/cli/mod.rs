//! The command line: arguments as typed become requests as meant, results become lines.
//!
//! Only here are arguments parsed and lines printed. stdout is data, stderr is talk.

mod bar;
mod certify;
mod check;
mod demo;
mod explore;
mod failure;
mod generate;
mod output;
mod review;
mod scenario;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

const AFTER_HELP: &str = "\
Exit codes: 0 done; 1 the answer is no (a check failed); 2 could not be done.

Start here:
  drumlin demo                                  all of it in one go, in seconds
  drumlin scenario list                         what there is to generate
  drumlin generate assistant-prompts --out R --candidate a
  drumlin explore R/candidate/a --out page.html
  drumlin certify data.csv                      should I cluster this at all?
  drumlin check MY_SUBMISSION --bundle R/candidate/a
  drumlin review MY_SUBMISSION --round R --candidate a";

/// Data-intuition take-homes: ambiguous data with real meaning, and a review that prepares the
/// talk.
#[derive(Debug, Parser)]
#[command(name = "drumlin", version, about, after_help = AFTER_HELP, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Arguments),
    Generate(generate::Arguments),
    Explore(explore::Arguments),
    Check(check::Arguments),
    Review(review::Arguments),
    Certify(certify::Arguments),
    Scenario(scenario::Arguments),
}

/// Run the command that was typed.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Explore(arguments) => explore::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Certify(arguments) => certify::run(&arguments),
        Command::Scenario(arguments) => scenario::run(&arguments),
    };
    match outcome {
        // A broken pipe: whoever reads our output has read enough.
        Ok(Answer::Yes) | Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(failure) => {
            failure.tell();
            ExitCode::from(2)
        }
    }
}

/// What a command that could be done has to say.
enum Answer {
    /// Done, or the check passed.
    Yes,
    /// The check did not pass.
    No,
}
