//! The only code that prints.

use std::io::{self, Write};

/// Print data to stdout.
pub(super) fn print_data(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    write!(out, "{text}{newline}")?;
    out.flush()
}

/// Print a message to stderr.
#[expect(
    clippy::print_stderr,
    reason = "messages are printed here and nowhere else"
)]
pub(super) fn print_message(text: &str) {
    eprintln!("{text}");
}
