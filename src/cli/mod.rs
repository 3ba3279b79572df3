//! The command line: turns arguments into requests, and results into lines of output.
//!
//! The only code that parses arguments and prints. Data goes to stdout, messages go to stderr.

mod bar;
mod baseline;
mod certify;
mod check;
mod completions;
mod demo;
mod explore;
mod failure;
mod generate;
mod man;
mod output;
mod review;
mod scenario;
mod schema;
mod shard;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

const AFTER_HELP: &str = "\
Start here:
  drumlin demo                                  a small round, two submissions and their reviews
  drumlin explore data.csv --out page.html      look at any table in your browser
  drumlin certify data.csv                      should I cluster this table at all?

Hiring manager:
  drumlin scenario list
  drumlin generate assistant-prompts --out R --candidate ada
Candidate:
  drumlin check MY_SUBMISSION --bundle R/candidate/ada
Reviewer:
  drumlin review ada.zip --round R --candidate ada

Exit codes: 0 done, 1 the answer is no (a check failed), 2 could not be done.";

/// Take-homes for data intuition: generate ambiguous data with a sealed truth, and prepare the interview
#[derive(Debug, Parser)]
#[command(name = "drumlin", version, about, after_help = AFTER_HELP, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Arguments),
    Explore(explore::Arguments),
    Certify(certify::Arguments),
    Scenario(scenario::Arguments),
    Generate(generate::Arguments),
    Shard(shard::Arguments),
    Check(check::Arguments),
    Review(review::Arguments),
    Baseline(baseline::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// Run the command on the command line.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Explore(arguments) => explore::run(&arguments),
        Command::Certify(arguments) => certify::run(&arguments),
        Command::Scenario(arguments) => scenario::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Shard(arguments) => shard::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Baseline(arguments) => baseline::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    };
    match outcome {
        // A broken pipe: the reader has closed the output.
        Ok(Answer::Yes) | Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(failure) => {
            failure.print();
            ExitCode::from(2)
        }
    }
}

/// The outcome of a command that completed.
enum Answer {
    /// Done, or the check passed.
    Yes,
    /// The check did not pass.
    No,
}
