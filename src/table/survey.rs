//! Reads any table for a first look.
//!
//! Malformed files, which [`read_table`](super::read_table) refuses, are read anyway: short and long lines, repeated
//! headers, bytes that are not UTF-8 and values of the wrong type are counted and reported.

mod accumulator;
mod column_types;
mod facts;
mod long_table;
mod text;

use std::fs;
use std::path::Path;

use super::read::open;
use super::{TableError, read_parquet};

pub use accumulator::{Extremes, FullColumn, FullTable};
pub use facts::{FileFacts, IrregularLine, LineEnds, Survey, TextFacts};

/// Survey a `.csv` or `.parquet` file.
///
/// A CSV may be separated by commas, semicolons, tabs or bars (the most frequent one in its first line) and encoded in
/// UTF-8, UTF-16 with a byte-order mark, or Windows-1252. Repeated column names get a number. A column has the narrowest
/// type that more than half of its values parse as. Of more than a million rows, all are counted and a sample is kept, so
/// that memory is bounded; only UTF-16 is read completely.
///
/// # Errors
/// When the file cannot be opened, is empty, damaged, or of another type.
pub fn survey(path: &Path) -> Result<Survey, TableError> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("csv" | "tsv" | "txt") => {
            if let Some(long) = long_table::csv(path)? {
                return Ok(long);
            }
            let bytes = fs::read(path).map_err(open(path))?;
            survey_csv(path, &bytes)
        }
        Some("parquet") => {
            let bytes = fs::metadata(path).map_err(open(path))?.len();
            let file = FileFacts {
                format: "Parquet",
                bytes,
                text: None,
            };
            let found = match long_table::parquet(path)? {
                Some(long) => long,
                None => Survey::of(read_parquet(path)?),
            };
            Ok(Survey {
                file: Some(file),
                ..found
            })
        }
        _ => super::read_table(path).map(Survey::of),
    }
}

/// As [`survey`], from the bytes of a CSV; `path` is its name in errors.
pub fn survey_csv(path: &Path, bytes: &[u8]) -> Result<Survey, TableError> {
    let decoded = text::decode(bytes);
    let text::Fields {
        names,
        columns,
        facts,
    } = text::fields(path, &decoded)?;
    let (table, unread) = column_types::typed(names, columns);
    Ok(Survey {
        table,
        full_table: None,
        file: Some(FileFacts {
            format: "CSV",
            bytes: bytes.len() as u64,
            text: Some(facts),
        }),
        wrong_type: unread,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Cells, Text};
    use super::*;

    fn of(bytes: &[u8]) -> Survey {
        survey_csv(Path::new("t.csv"), bytes).unwrap()
    }

    fn facts(survey: &Survey) -> &TextFacts {
        survey.file.as_ref().unwrap().text.as_ref().unwrap()
    }

    #[test]
    fn a_plain_file_reads_as_it_does_elsewhere() {
        let bytes =
            b"a,b,c,d,e\n1,1.5,true,2026-01-02,007\n,,,,\n-3,2,false,2026-01-03T10:00:00,010\n";
        let found = of(bytes);
        let strict = super::super::parse_csv(Path::new("t.csv"), bytes).unwrap();
        assert_eq!(found.table, strict);
        assert!(found.wrong_type.iter().all(Vec::is_empty));
        let facts = facts(&found);
        assert_eq!(
            (facts.encoding, facts.byte_order_mark, facts.separator),
            ("UTF-8", false, ',')
        );
        assert_eq!((facts.line_ends.lf, facts.line_ends.crlf), (4, 0));
        assert_eq!((facts.irregular_lines, facts.repeated_headers), (0, 0));
    }

    #[test]
    fn irregular_lines_and_headers_in_the_middle_are_counted() {
        let found = of(b"\xef\xbb\xbfa;b\r\n1;x\r\n2\r\na;b\r\n\r\n3;y;z\r\n4;w\r\n");
        assert_eq!(found.table.rows(), 4);
        assert_eq!(
            found.table.cells("a").unwrap(),
            &Cells::Whole(vec![Some(1), Some(2), Some(3), Some(4)])
        );
        let facts = facts(&found);
        assert_eq!((facts.separator, facts.byte_order_mark), (';', true));
        assert_eq!(facts.line_ends.crlf, 7);
        assert_eq!(
            (
                facts.irregular_lines,
                facts.repeated_headers,
                facts.empty_lines
            ),
            (2, 1, 1)
        );
        let odd: Vec<(u64, usize)> = facts
            .irregular
            .iter()
            .map(|odd| (odd.line, odd.fields))
            .collect();
        assert_eq!(odd, [(3, 1), (6, 3)]);
    }

    #[test]
    fn what_most_values_read_as_is_the_type_and_the_rest_is_told() {
        let found = of(b"n,zip,mixed\n1,01234,a\n2,02345,1\n\"2,5\",12345,b\n\"2,5\",23456,2\n5,34567,c\n6,45678,d\n");
        let Cells::Whole(values) = found.table.cells("n").unwrap() else {
            panic!("{:?}", found.table);
        };
        assert_eq!(values.iter().flatten().count(), 4);
        assert_eq!(found.wrong_type[0], [(Text::from("2,5"), 2)]);
        assert_eq!(found.wrong_type_values(0), 2);
        // Codes with leading zeros are not numbers, nor are the other values of their column.
        assert_eq!(found.table.cells("zip").unwrap().stored_as(), "text");
        assert_eq!(found.table.cells("mixed").unwrap().stored_as(), "text");
        assert!(found.wrong_type[1].is_empty() && found.wrong_type[2].is_empty());
    }

    #[test]
    fn other_encodings_are_read_and_named() {
        let latin = of(b"a,b\n1,caf\xe9\n");
        assert_eq!(facts(&latin).encoding, "Windows-1252");
        assert_eq!(latin.table.cell("b", 0).show(), "café");
        let wide: Vec<u8> = "a,b\n1,é\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let wide = of(&[b"\xff\xfe".as_slice(), &wide].concat());
        assert_eq!(
            (facts(&wide).encoding, facts(&wide).byte_order_mark),
            ("UTF-16LE", true)
        );
        assert_eq!(wide.table.cell("b", 0).show(), "é");
    }

    #[test]
    fn names_are_made_different_and_nothing_is_refused_but_nothing() {
        let found = of(b"a,a,,a (2)\n1,2,3,4\n");
        let names: Vec<&str> = found.table.names().collect();
        assert_eq!(names, ["a", "a (2)", "column 3", "a (2) (2)"]);
        assert_eq!(of(b"a\n").table.rows(), 0);
        assert!(matches!(
            survey_csv(Path::new("t.csv"), b""),
            Err(TableError::Empty { .. })
        ));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(0_u8..=255, 0..300)) {
            let _ = survey_csv(Path::new("t.csv"), &bytes);
        }

        #[test]
        fn no_text_panics(text in "[a,;\"\n\r\t 0-9.é-]{0,120}") {
            if let Ok(found) = survey_csv(Path::new("t.csv"), text.as_bytes()) {
                proptest::prop_assert_eq!(found.wrong_type.len(), found.table.columns().len());
            }
        }
    }
}
