//! Reading tables, with errors that name the file, the line, what was found and what was expected.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use polars::prelude::{ParquetReader, PolarsResult, SerReader};
use polars_parquet::read::RowGroupMetadata;
use rayon::prelude::*;
use thiserror::Error;

use super::frame::from_frame;
use super::kinds::typed;
use super::{Cells, Column, Table, Text};

/// Why a table could not be read or written.
#[derive(Debug, Error)]
pub enum TableError {
    /// The file cannot be opened or read.
    #[error("cannot read {}: {why}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        why: io::Error,
    },
    /// The file cannot be written.
    #[error("cannot write {}: {why}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The reason.
        why: String,
    },
    /// The file is empty, or has only a header where rows are needed.
    #[error("{} is empty: expected a header line and rows", .path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file type is not supported.
    #[error("{} is neither .csv nor .parquet", .path.display())]
    Kind {
        /// The file.
        path: PathBuf,
    },
    /// A line of a CSV has a different number of fields from the header.
    #[error("{} line {line}: found {found} fields, expected {expected} as in the header", .path.display())]
    Ragged {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: u64,
        /// Fields found.
        found: u64,
        /// Fields expected.
        expected: u64,
    },
    /// A line of a CSV is not UTF-8.
    #[error("{} line {line}: not UTF-8 text", .path.display())]
    Encoding {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: u64,
    },
    /// Two columns have the same name.
    #[error("{}: two columns are called `{name}`", .path.display())]
    Repeated {
        /// The file.
        path: PathBuf,
        /// The name.
        name: String,
    },
    /// The file is damaged, or not of the type its name suggests.
    #[error("{}: {why}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The error of the reader.
        why: String,
    },
}

impl TableError {
    pub(super) fn write(path: &Path, why: &dyn std::fmt::Display) -> Self {
        Self::Write {
            path: path.to_owned(),
            why: why.to_string(),
        }
    }

    /// What the user can do about it, if known.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Kind { .. } => Some(
                "give a file whose name ends in .csv or .parquet, or an unpacked candidate folder",
            ),
            Self::Ragged { .. } => Some("a field with a comma or a line break needs double quotes"),
            Self::Encoding { .. } => {
                Some("save the file as UTF-8, for example with `iconv -t utf-8`")
            }
            Self::Repeated { .. } => Some("rename one of them"),
            _ => None,
        }
    }
}

/// Read a `.csv` or `.parquet` file.
pub fn read_table(path: &Path) -> Result<Table, TableError> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => read_csv(path),
        Some("parquet") => read_parquet(path),
        _ if !path.exists() => Err(TableError::Open {
            path: path.to_owned(),
            why: io::Error::from(io::ErrorKind::NotFound),
        }),
        _ => Err(TableError::Kind {
            path: path.to_owned(),
        }),
    }
}

/// Read a Parquet file.
pub fn read_parquet(path: &Path) -> Result<Table, TableError> {
    parquet_from(path, File::open(path).map_err(open(path))?)
}

/// Read the bytes of a Parquet file; `path` is its name in errors.
pub fn parse_parquet(path: &Path, bytes: Vec<u8>) -> Result<Table, TableError> {
    parquet_from(path, io::Cursor::new(bytes))
}

/// Read `count` rows of a Parquet file from row `from` on.
pub(super) fn parquet_rows(path: &Path, from: usize, count: usize) -> Result<Table, TableError> {
    let file = File::open(path).map_err(open(path))?;
    parquet_slice(path, file, Some((from, count)))
}

/// The rows of each row group of a Parquet file.
pub(super) fn parquet_groups(path: &Path) -> Result<Vec<usize>, TableError> {
    let file = File::open(path).map_err(open(path))?;
    let read = std::panic::catch_unwind(|| {
        let mut reader = ParquetReader::new(file);
        let metadata = reader.get_metadata()?;
        let groups = metadata.row_groups.iter();
        PolarsResult::Ok(groups.map(RowGroupMetadata::num_rows).collect())
    });
    let why = match read {
        Ok(Ok(groups)) => return Ok(groups),
        Ok(Err(why)) => format!("not a readable Parquet file ({why})"),
        Err(_) => "not a readable Parquet file".to_owned(),
    };
    Err(TableError::Damaged {
        path: path.to_owned(),
        why,
    })
}

fn parquet_from<R>(path: &Path, source: R) -> Result<Table, TableError>
where
    R: polars::io::mmap::MmapBytesReader + std::panic::UnwindSafe,
{
    parquet_slice(path, source, None)
}

fn parquet_slice<R>(
    path: &Path,
    source: R,
    rows: Option<(usize, usize)>,
) -> Result<Table, TableError>
where
    R: polars::io::mmap::MmapBytesReader + std::panic::UnwindSafe,
{
    let damaged = |why: String| TableError::Damaged {
        path: path.to_owned(),
        why,
    };
    // polars trusts a file's metadata more than a file from a stranger deserves.
    let read = std::panic::catch_unwind(|| {
        ParquetReader::new(source)
            .with_slice(rows)
            .finish()
            .and_then(|frame| from_frame(&frame))
    });
    match read {
        Ok(Ok(Some(table))) => Ok(table),
        Ok(Ok(None)) => Err(damaged("two columns have one name".to_owned())),
        Ok(Err(why)) => Err(damaged(format!("not a readable Parquet file ({why})"))),
        Err(_) => Err(damaged("not a readable Parquet file".to_owned())),
    }
}

/// Read a CSV file and detect each column's type: flag, integer, floating-point number, time, or
/// text. Empty fields are missing.
pub fn read_csv(path: &Path) -> Result<Table, TableError> {
    parse_csv(path, &fs::read(path).map_err(open(path))?)
}

/// As [`read_csv`], from the bytes of the file; `path` is its name in errors.
pub fn parse_csv(path: &Path, bytes: &[u8]) -> Result<Table, TableError> {
    let columns = parse_csv_text(path, bytes)?
        .into_columns()
        .into_par_iter()
        .map(|column| Column {
            name: column.name,
            cells: typed(column.cells),
        });
    Ok(Table::new(columns.collect()).unwrap_or_default())
}

/// Read the bytes of a CSV file with every field as text; empty fields are missing. `path` is its
/// name in errors.
pub fn parse_csv_text(path: &Path, bytes: &[u8]) -> Result<Table, TableError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let header = reader
        .headers()
        .map_err(|why| explain(path, bytes, why))?
        .clone();
    if header.is_empty() {
        return Err(TableError::Empty {
            path: path.to_owned(),
        });
    }
    let mut seen = BTreeSet::new();
    for name in &header {
        if !seen.insert(name) {
            return Err(TableError::Repeated {
                path: path.to_owned(),
                name: name.to_owned(),
            });
        }
    }
    let mut fields: Vec<Vec<Option<Text>>> = vec![Vec::new(); header.len()];
    let mut record = csv::StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|why| explain(path, bytes, why))?
    {
        for (column, field) in fields.iter_mut().zip(&record) {
            column.push((!field.is_empty()).then(|| Text::from(field)));
        }
    }
    let columns = header.iter().zip(fields).map(|(name, values)| Column {
        name: name.to_owned(),
        cells: Cells::Text(values),
    });
    Ok(Table::new(columns.collect()).unwrap_or_default())
}

pub(super) fn open(path: &Path) -> impl FnOnce(io::Error) -> TableError + '_ {
    move |why| TableError::Open {
        path: path.to_owned(),
        why,
    }
}

fn explain(path: &Path, bytes: &[u8], why: csv::Error) -> TableError {
    let path = path.to_owned();
    let line = why
        .position()
        .map_or(1, |position| line_of(bytes, position));
    match why.into_kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => TableError::Ragged {
            path,
            line,
            found: len,
            expected: expected_len,
        },
        csv::ErrorKind::Utf8 { .. } => TableError::Encoding { path, line },
        csv::ErrorKind::Io(why) => TableError::Open { path, why },
        other => TableError::Damaged {
            path,
            why: format!("line {line}: {other:?}"),
        },
    }
}

/// The line of a record, from 1. Its position is the end of the record before it, which precedes
/// the line feed of a CR LF and empty lines.
pub(super) fn line_of(bytes: &[u8], position: &csv::Position) -> u64 {
    let rest = bytes.get(position.byte() as usize..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + ends.filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::super::{CsvFile, write_parquet};
    use super::*;

    fn file(name: &str, content: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join(name);
        fs::write(&path, content).unwrap();
        (room, path)
    }

    #[test]
    fn types_are_found_and_codes_stay_text() {
        let (_room, path) = file(
            "t.csv",
            b"\xef\xbb\xbfa,b,c,d,e\n1,1.5,true,2026-01-02,007\n,,,,\n-3,2,false,2026-01-03T10:00:00,010\n",
        );
        let table = read_csv(&path).unwrap();
        let kinds: Vec<&str> = table
            .columns()
            .iter()
            .map(|c| c.cells.stored_as())
            .collect();
        assert_eq!(kinds, ["whole", "real", "flag", "timestamp", "text"]);
        assert_eq!(table.rows(), 3);
        assert_eq!(table.columns()[0].cells.missing(), 1);
    }

    #[test]
    fn a_ragged_line_is_named() {
        let (_room, path) = file("t.csv", b"a,b\n1,2\n3\n");
        let error = read_csv(&path).unwrap_err().to_string();
        assert!(
            error.ends_with("line 3: found 1 fields, expected 2 as in the header"),
            "{error}"
        );
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for (content, line) in [
            (b"a,b\r\n1,2\r\n3\r\n".as_slice(), 3),
            (b"a,b\n\n\n1,2\n\n3\n", 6),
            (b"a,b\r\n1,\"2\r\n\"\r\n3\r\n", 4),
        ] {
            let (_room, path) = file("t.csv", content);
            let error = read_csv(&path).unwrap_err().to_string();
            assert!(
                error.contains(&format!("line {line}: found 1 fields")),
                "{error}"
            );
        }
    }

    #[test]
    fn a_wrong_encoding_is_named() {
        let (_room, path) = file("t.csv", b"a,b\n1,caf\xe9\n");
        let error = read_csv(&path).unwrap_err().to_string();
        assert!(error.ends_with("line 2: not UTF-8 text"), "{error}");
    }

    #[test]
    fn empty_and_foreign_files_are_refused() {
        let (_room, path) = file("t.csv", b"");
        assert!(matches!(read_csv(&path), Err(TableError::Empty { .. })));
        let (_room, path) = file("t.parquet", b"PAR1 but not really PAR1");
        assert!(matches!(
            read_parquet(&path),
            Err(TableError::Damaged { .. })
        ));
        let (_room, path) = file("t.csv", b"a,a\n1,2\n");
        assert!(matches!(read_csv(&path), Err(TableError::Repeated { .. })));
    }

    #[test]
    fn every_type_survives_parquet_and_csv() {
        let column = |name: &str, cells| Column {
            name: name.to_owned(),
            cells,
        };
        let table = Table::new(vec![
            column("r", Cells::Real(vec![Some(0.1), None, Some(-2.5e-7)])),
            column("w", Cells::Whole(vec![Some(1), None, Some(-7)])),
            column("f", Cells::Flag(vec![Some(true), None, Some(false)])),
            column(
                "t",
                Cells::Time(vec![Some(1_772_356_500_250), None, Some(0)]),
            ),
            column(
                "x",
                Cells::Text(vec![Some("a,\"b\"\nc".into()), None, Some("ü".into())]),
            ),
        ])
        .unwrap();
        let room = tempfile::tempdir().unwrap();
        let parquet = room.path().join("t.parquet");
        let csv = room.path().join("t.csv");
        write_parquet(&parquet, &table).unwrap();
        let mut file = CsvFile::create(&csv, &table).unwrap();
        file.append(&table).unwrap();
        file.finish().unwrap();
        assert_eq!(read_table(&parquet).unwrap(), table);
        assert_eq!(read_table(&csv).unwrap(), table);
    }
}
