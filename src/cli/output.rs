//! The only place that prints.

use std::io::{self, Write};

use super::Failure;

/// Data for stdout. A reader that goes away ends the command without fuss.
pub(super) fn print_data(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    write!(out, "{text}{newline}")
        .and_then(|()| out.flush())
        .map_err(|why| match why.kind() {
            io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
            _ => Failure::plain(format!("cannot write to standard output: {why}")),
        })
}

/// Talk for stderr.
#[expect(clippy::print_stderr, reason = "this is the place that talks")]
pub(super) fn print_message(text: &str) {
    eprintln!("{text}");
}
