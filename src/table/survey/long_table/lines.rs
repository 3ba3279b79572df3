//! Line endings of a long file, in one pass that parses nothing else.

use std::fs::File;
use std::io::{BufRead, BufReader};

use encoding_rs::{Encoding, UTF_8};

use super::super::facts::LineEnds;

/// Bytes read at once.
pub(super) const CHUNK: usize = 1 << 20;

#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) ends: LineEnds,
    /// Empty lines outside quotes.
    pub(super) empty: usize,
    /// Whether a quotation mark is open at the end.
    pub(super) quoted: bool,
    /// Bytes of a byte-order mark.
    pub(super) mark: usize,
    /// Whether the mark means UTF-16.
    pub(super) wide: bool,
}

impl Lines {
    pub(super) fn of(file: &mut File) -> std::io::Result<Self> {
        let mut found = Self::default();
        let mut reader = BufReader::with_capacity(CHUNK, file);
        if let Some((encoding, mark)) = Encoding::for_bom(reader.fill_buf()?) {
            found.mark = mark;
            found.wide = encoding != UTF_8;
            reader.consume(mark);
        }
        // The previous byte, and whether the line is empty so far.
        let (mut before, mut bare) = (b'\n', true);
        loop {
            let chunk = reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(found);
            }
            let mut from = 0;
            let marks = chunk.iter().enumerate();
            let marks = marks.filter(|(_, byte)| matches!(byte, b'\n' | b'\r' | b'"'));
            for (at, _) in marks {
                let last = if at > 0 { chunk[at - 1] } else { before };
                bare &= at == from;
                found.mark_at(chunk[at], last, &mut bare);
                from = at + 1;
            }
            bare &= from == chunk.len();
            before = chunk[chunk.len() - 1];
            let read = chunk.len();
            reader.consume(read);
        }
    }

    /// Counts a line ending or a quotation mark after `last`; `bare`: the line is empty.
    fn mark_at(&mut self, byte: u8, last: u8, bare: &mut bool) {
        match (last, byte) {
            (_, b'"') => {
                self.quoted = !self.quoted;
                *bare = false;
                return;
            }
            (b'\r', b'\n') => {
                self.ends.cr -= 1;
                self.ends.crlf += 1;
                // Its line ended before it.
                *bare = true;
                return;
            }
            (_, b'\n') => self.ends.lf += 1,
            _ => self.ends.cr += 1,
        }
        self.empty += usize::from(*bare && !self.quoted);
        *bare = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_seen_across_chunks_as_in_one_piece() {
        let text = "a;b\r\n\r\n1;\"x\n\ny\"\n\n2;3\r4;5\n";
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("t.csv");
        std::fs::write(&path, text).unwrap();
        let found = Lines::of(&mut File::open(&path).unwrap()).unwrap();
        assert_eq!(found.ends, LineEnds::of(text.as_bytes()));
        let whole = super::super::super::survey_csv(&path, text.as_bytes()).unwrap();
        let facts = whole.file.unwrap().text.unwrap();
        assert_eq!(
            (found.empty, found.quoted),
            (facts.empty_lines, facts.open_quote)
        );
    }
}
