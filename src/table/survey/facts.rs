//! What a survey of a file finds.

use serde::Serialize;

use super::super::{Table, Text};
use super::accumulator::FullTable;

/// A table, facts about its file, and values of the wrong type.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Survey {
    /// The table; values of the wrong type are missing in it.
    pub table: Table,
    /// None for a table that was not read from a file.
    pub file: Option<FileFacts>,
    /// Facts about all rows, if the table is a sample: about 250,000 of more than a million.
    pub full_table: Option<FullTable>,
    /// For each column: values of the wrong type and how often they occur, the most frequent first.
    pub wrong_type: Vec<Vec<(Text, usize)>>,
}

impl Survey {
    pub fn of(table: Table) -> Self {
        Self {
            wrong_type: vec![Vec::new(); table.columns().len()],
            file: None,
            full_table: None,
            table,
        }
    }

    /// Number of values of the wrong type in column `at`.
    pub fn wrong_type_values(&self, at: usize) -> usize {
        self.wrong_type[at].iter().map(|(_, count)| count).sum()
    }
}

/// Facts about a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileFacts {
    /// `CSV` or `Parquet`.
    pub format: &'static str,
    /// Size in bytes.
    pub bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<TextFacts>,
}

/// Facts about a file of text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TextFacts {
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE`, or `Windows-1252` if it is none of these.
    pub encoding: &'static str,
    /// Whether it begins with a byte-order mark.
    pub byte_order_mark: bool,
    pub separator: char,
    pub line_ends: LineEnds,
    /// Lines whose number of fields differs from the header: absent fields are missing, surplus ones are dropped.
    pub irregular_lines: usize,
    /// The first of these lines.
    pub irregular: Vec<IrregularLine>,
    /// Lines equal to the header; they are not rows.
    pub repeated_headers: usize,
    /// Empty lines; they are not rows.
    pub empty_lines: usize,
    /// Whether a quotation mark is never closed: everything after it is one field.
    pub open_quote: bool,
}

/// A line whose number of fields differs from the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct IrregularLine {
    /// Line number, from 1.
    pub line: u64,
    pub fields: usize,
}

/// Line endings, including those within quotes.
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

    /// In words: `LF`, `CR LF (LF 40 times)`.
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
    fn line_endings_are_counted() {
        let found = LineEnds::of(b"a\nb\r\nc\rd\r\r\n");
        assert_eq!((found.lf, found.crlf, found.cr), (1, 2, 2));
        assert_eq!(LineEnds::of(b"a\r\nb\r\nc\n").words(), "CR LF (LF once)");
        assert_eq!(LineEnds::of(b"a").words(), "nothing");
    }
}
