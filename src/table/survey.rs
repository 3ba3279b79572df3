//! Any table, read for a first look: nothing in it is a mistake, everything is a fact.
//!
//! Where [`read_table`](super::read_table) refuses a file with the line that is wrong, a survey reads on and
//! counts: lines with too few or too many fields, headers in the middle, bytes that are no UTF-8, values that
//! do not read as the rest of their column does.

mod columns;
mod facts;
mod large;
mod tally;
mod text;

use std::fs;
use std::path::Path;

use super::read::open;
use super::{Table, TableError, Text, read_parquet};

pub use facts::{FileFacts, LineEnds, OddLine, TextFacts};
pub use tally::{Extremes, Whole, WholeColumn};

/// A table, what its file is like, and what did not read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Survey {
    /// The table; what did not read as the type of its column is missing in it.
    pub table: Table,
    /// About the file; none for a table from elsewhere.
    pub file: Option<FileFacts>,
    /// What is known of all rows, where the table is a sample of them: about 250,000 of more than a million.
    pub whole: Option<Whole>,
    /// Per column, in order: what did not read as the rest of it does, the most frequent first.
    pub unread: Vec<Vec<(Text, usize)>>,
}

impl Survey {
    /// Of a table that is at hand: all of it has been read.
    pub fn of(table: Table) -> Self {
        Self {
            unread: vec![Vec::new(); table.columns().len()],
            file: None,
            whole: None,
            table,
        }
    }

    /// Values of column `at` that did not read as the rest of it does.
    pub fn unread_values(&self, at: usize) -> usize {
        self.unread[at].iter().map(|(_, count)| count).sum()
    }
}

/// Survey a `.csv` or `.parquet` file.
///
/// A CSV may be separated by commas, semicolons, tabs or bars (whichever its first line has most of), in
/// UTF-8, UTF-16 with its mark, or else in Windows-1252. Columns of one name get a number behind it. A column
/// is of the narrowest type that more than half of its values read as. Of more than a million rows all are counted
/// and a sample is kept, so that memory is bounded (a Parquet file is read by its row groups; UTF-16 is held whole).
///
/// # Errors
/// When the file cannot be opened, is empty, or ends in neither; when a Parquet file is damaged.
pub fn survey(path: &Path) -> Result<Survey, TableError> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("csv" | "tsv" | "txt") => {
            if let Some(long) = large::csv(path)? {
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
            let found = match large::parquet(path)? {
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
    let (table, unread) = columns::typed(names, columns);
    Ok(Survey {
        table,
        whole: None,
        file: Some(FileFacts {
            format: "CSV",
            bytes: bytes.len() as u64,
            text: Some(facts),
        }),
        unread,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Cells;
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
        assert!(found.unread.iter().all(Vec::is_empty));
        let facts = facts(&found);
        assert_eq!(
            (facts.encoding, facts.byte_order_mark, facts.separator),
            ("UTF-8", false, ',')
        );
        assert_eq!((facts.line_ends.lf, facts.line_ends.crlf), (4, 0));
        assert_eq!((facts.odd_lines, facts.repeated_headers), (0, 0));
    }

    #[test]
    fn odd_lines_and_headers_in_the_middle_are_counted() {
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
            (facts.odd_lines, facts.repeated_headers, facts.empty_lines),
            (2, 1, 1)
        );
        let odd: Vec<(u64, usize)> = facts.odd.iter().map(|odd| (odd.line, odd.fields)).collect();
        assert_eq!(odd, [(3, 1), (6, 3)]);
    }

    #[test]
    fn what_most_values_read_as_is_the_type_and_the_rest_is_told() {
        let found = of(b"n,zip,mixed\n1,01234,a\n2,02345,1\n\"2,5\",12345,b\n\"2,5\",23456,2\n5,34567,c\n6,45678,d\n");
        let Cells::Whole(values) = found.table.cells("n").unwrap() else {
            panic!("{:?}", found.table);
        };
        assert_eq!(values.iter().flatten().count(), 4);
        assert_eq!(found.unread[0], [(Text::from("2,5"), 2)]);
        assert_eq!(found.unread_values(0), 2);
        // Codes with a zero in front are no numbers, nor are their neighbours.
        assert_eq!(found.table.cells("zip").unwrap().stored_as(), "text");
        assert_eq!(found.table.cells("mixed").unwrap().stored_as(), "text");
        assert!(found.unread[1].is_empty() && found.unread[2].is_empty());
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
                proptest::prop_assert_eq!(found.unread.len(), found.table.columns().len());
            }
        }
    }
}
