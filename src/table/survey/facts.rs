//! What a file is like, whatever it says.

use serde::Serialize;

/// Facts about a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileFacts {
    /// `CSV` or `Parquet`.
    pub format: &'static str,
    /// Its size in bytes.
    pub bytes: u64,
    /// Of files of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<TextFacts>,
}

/// Facts about a file of text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TextFacts {
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE`, or `Windows-1252` where it is none of these.
    pub encoding: &'static str,
    /// Whether it begins with a byte-order mark.
    pub byte_order_mark: bool,
    /// What stands between fields.
    pub separator: char,
    /// How lines end.
    pub line_ends: LineEnds,
    /// Lines with another number of fields than the header: what they lack is missing, what they have too
    /// much is left away.
    pub odd_lines: usize,
    /// The first of them.
    pub odd: Vec<OddLine>,
    /// Lines that say what the header says; they are no rows.
    pub repeated_headers: usize,
    /// Lines without anything; they are no rows.
    pub empty_lines: usize,
    /// Whether a quotation mark is opened and never closed: all that follows it is one field.
    pub open_quote: bool,
}

/// A line with another number of fields than the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OddLine {
    /// Its number, from 1.
    pub line: u64,
    /// How many fields it has.
    pub fields: usize,
}

/// How lines end, those within quotes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct LineEnds {
    /// Line feeds alone.
    pub lf: usize,
    /// Carriage returns with a line feed.
    pub crlf: usize,
    /// Carriage returns alone.
    pub cr: usize,
}

impl LineEnds {
    /// Counted in a text.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut found = Self::default();
        let mut before = 0;
        for byte in text {
            match (before, *byte) {
                (b'\r', b'\n') => {
                    found.cr -= 1;
                    found.crlf += 1;
                }
                (_, b'\n') => found.lf += 1,
                (_, b'\r') => found.cr += 1,
                _ => {}
            }
            before = *byte;
        }
        found
    }

    /// The ways that there are, in words: `LF`, `CR LF (LF 40 times)`.
    pub fn words(&self) -> String {
        let mut ways = [("LF", self.lf), ("CR LF", self.crlf), ("CR", self.cr)];
        ways.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let others = ways[1..].iter().filter(|(_, count)| *count > 0);
        let others: Vec<String> = others
            .map(|(way, count)| match count {
                1 => format!("{way} once"),
                count => format!("{way} {count} times"),
            })
            .collect();
        match (ways[0].1, others.is_empty()) {
            (0, _) => "nothing".to_owned(),
            (_, true) => ways[0].0.to_owned(),
            (_, false) => format!("{} ({})", ways[0].0, others.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_told_apart() {
        let found = LineEnds::of(b"a\nb\r\nc\rd\r\r\n");
        assert_eq!((found.lf, found.crlf, found.cr), (1, 2, 2));
        assert_eq!(LineEnds::of(b"a\r\nb\r\nc\n").words(), "CR LF (LF once)");
        assert_eq!(LineEnds::of(b"a").words(), "nothing");
    }
}
