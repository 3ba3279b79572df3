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

/// 40966 as `40,966`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(40_966), "40,966");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
