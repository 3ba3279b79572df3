//! The `drumlin` command: makes take-homes, and prepares the talk about them.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
