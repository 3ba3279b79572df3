//! Fields from the bytes of a CSV.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::super::read::line_of;
use super::super::{TableError, Text};
use super::facts::{IrregularLine, LineEnds, TextFacts};

/// Irregular lines that are listed.
const NAMED: usize = 5;
/// Possible separators; of two equally frequent ones, the first wins.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A text and its encoding.
pub(super) struct Decoded<'a> {
    text: Cow<'a, str>,
    encoding: &'static str,
    byte_order_mark: bool,
}

/// Decodes a file by its byte-order mark, else as UTF-8, else as Windows-1252, which decodes any bytes.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let mark = Encoding::for_bom(bytes);
    let bytes = mark.map_or(bytes, |(_, length)| &bytes[length..]);
    let (encoding, text) = match mark {
        Some((encoding, _)) if encoding != UTF_8 => {
            (encoding, encoding.decode_without_bom_handling(bytes).0)
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (UTF_8, Cow::Borrowed(text)),
            Err(_) => (
                WINDOWS_1252,
                WINDOWS_1252.decode_without_bom_handling(bytes).0,
            ),
        },
    };
    Decoded {
        text,
        encoding: match encoding.name() {
            "windows-1252" => "Windows-1252",
            name => name,
        },
        byte_order_mark: mark.is_some(),
    }
}

/// Decodes records as UTF-8 if they are valid, else as Windows-1252.
pub(super) fn decode_as(bytes: &[u8], valid: bool) -> Decoded<'_> {
    if valid {
        return decode(bytes);
    }
    Decoded {
        text: WINDOWS_1252.decode_without_bom_handling(bytes).0,
        encoding: "Windows-1252",
        byte_order_mark: false,
    }
}

/// A CSV by column.
pub(super) struct Fields {
    /// Unique names of the columns.
    pub(super) names: Vec<String>,
    /// Their fields; empty ones are missing.
    pub(super) columns: Vec<Vec<Option<Text>>>,
    pub(super) facts: TextFacts,
}

pub(super) fn fields(path: &Path, decoded: &Decoded<'_>) -> Result<Fields, TableError> {
    let text = decoded.text.as_ref();
    let separator = separator(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let more = |reader: &mut csv::Reader<&[u8]>, record: &mut ByteRecord| {
        let read = reader.read_byte_record(record);
        read.map_err(|why| TableError::Damaged {
            path: path.to_owned(),
            why: why.to_string(),
        })
    };
    if !more(&mut reader, &mut record)? {
        return Err(TableError::Empty {
            path: path.to_owned(),
        });
    }
    let header = record.clone();
    let mut columns: Vec<Vec<Option<Text>>> = vec![Vec::new(); header.len()];
    let line_ends = LineEnds::of(text.as_bytes());
    let mut facts = TextFacts {
        encoding: decoded.encoding,
        byte_order_mark: decoded.byte_order_mark,
        separator: char::from(separator),
        line_ends,
        irregular_lines: 0,
        irregular: Vec::new(),
        repeated_headers: 0,
        empty_lines: 0,
        open_quote: text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1,
    };
    while more(&mut reader, &mut record)? {
        if record == header {
            facts.repeated_headers += 1;
            continue;
        }
        if record.len() != header.len() {
            facts.irregular_lines += 1;
            if facts.irregular.len() < NAMED {
                facts.irregular.push(IrregularLine {
                    line: record
                        .position()
                        .map_or(0, |position| line_of(text.as_bytes(), position)),
                    fields: record.len(),
                });
            }
        }
        for (at, column) in columns.iter_mut().enumerate() {
            let field = record.get(at).filter(|field| !field.is_empty());
            // A quoted field ends at a quotation mark, so cutting valid text there leaves valid
            // text.
            column.push(field.map(|field| Text::from(String::from_utf8_lossy(field))));
        }
    }
    facts.empty_lines = empty_lines(text);
    Ok(Fields {
        names: names(&header),
        columns,
        facts,
    })
}

/// The most frequent separator in the first line.
pub(super) fn separator(text: &str) -> u8 {
    let first = text
        .lines()
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let often = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    let most = SEPARATORS.into_iter().map(often).max().unwrap_or(0);
    let found = SEPARATORS.into_iter().find(|one| often(*one) == most);
    found.unwrap_or(b',')
}

/// Empty lines outside quotes.
fn empty_lines(text: &str) -> usize {
    let mut quoted = false;
    let mut found = 0;
    for line in text.lines() {
        found += usize::from(line.is_empty() && !quoted);
        quoted ^= line.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    }
    found
}

/// Unique names: empty ones become `column 3`, repeated ones get a number.
fn names(header: &ByteRecord) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut named = Vec::with_capacity(header.len());
    for (at, field) in header.iter().enumerate() {
        let own = String::from_utf8_lossy(field).into_owned();
        let own = if own.is_empty() {
            format!("column {}", at + 1)
        } else {
            own
        };
        let mut name = own.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{own} ({number})");
            number += 1;
        }
        named.push(name);
    }
    named
}
