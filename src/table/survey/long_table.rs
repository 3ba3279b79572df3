//! Tables that do not fit in memory: all rows are counted, a sample is kept.

mod lines;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};

use super::super::read::{open, parquet_groups, parquet_rows};
use super::super::{Table, TableError};
use super::accumulator::{FullTable, TableAccumulator};
use super::facts::{FileFacts, IrregularLine, Survey, TextFacts};
use super::{column_types, text};
use lines::{CHUNK, Lines};

/// Up to this many rows, a table is read completely; of a longer one, about `KEPT_ROWS` are kept.
const MOST_ROWS: usize = 1_000_000;
const KEPT_ROWS: usize = 250_000;
/// Records read while the previous ones are counted.
const BATCH: usize = 8_192;
/// Irregular lines that are listed.
const NAMED: usize = 5;

/// Chooses about `KEPT_ROWS` rows by row number alone, the same every time.
struct RowSampler {
    below: u64,
}

impl RowSampler {
    fn of(rows: usize) -> Self {
        let share = KEPT_ROWS as f64 / rows.max(1) as f64;
        Self {
            below: (share.min(1.0) * u64::MAX as f64) as u64,
        }
    }

    /// Steele, Lea & Flood (2014), doi:10.1145/2660193.2660195: `SplitMix64` of the row's number.
    fn row(&self, row: usize) -> bool {
        let mut x = (row as u64)
            .wrapping_add(1)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31) < self.below
    }
}

/// The survey of a CSV that has more than a million lines; none if it has fewer, or is in UTF-16, which is read
/// completely.
pub(super) fn csv(path: &Path) -> Result<Option<Survey>, TableError> {
    let mut file = File::open(path).map_err(open(path))?;
    let bytes = file.metadata().map_err(open(path))?.len();
    // A line has at least two bytes.
    if bytes < 2 * MOST_ROWS as u64 {
        return Ok(None);
    }
    let lines = Lines::of(&mut file).map_err(open(path))?;
    let ends = &lines.ends;
    // The header is not a row.
    if ends.lf + ends.crlf + ends.cr <= MOST_ROWS + 1 || lines.wide {
        return Ok(None);
    }
    survey_long_csv(path, file, bytes, &lines).map(Some)
}

fn survey_long_csv(
    path: &Path,
    mut file: File,
    bytes: u64,
    lines: &Lines,
) -> Result<Survey, TableError> {
    let again = file.seek(SeekFrom::Start(lines.mark as u64));
    again.map_err(open(path))?;
    let mut reader = BufReader::with_capacity(CHUNK, file);
    let first = reader.fill_buf().map_err(open(path))?;
    let separator = text::separator(&String::from_utf8_lossy(first));
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .from_reader(reader);
    let damaged = |why: csv::Error| TableError::Damaged {
        path: path.to_owned(),
        why: why.to_string(),
    };
    let mut header = ByteRecord::new();
    if !reader.read_byte_record(&mut header).map_err(damaged)? {
        return Err(TableError::Empty {
            path: path.to_owned(),
        });
    }
    let ends = lines.ends.lf + lines.ends.crlf + lines.ends.cr;
    let mut counted = CsvAccumulator::of(&header, RowSampler::of(ends), separator);
    // The next batch is read while this one is counted.
    let [mut now, mut next] = [(); 2].map(|()| vec![ByteRecord::new(); BATCH]);
    let mut read = fill(&mut reader, &mut now).map_err(damaged)?;
    while read > 0 {
        let (filled, ()) = rayon::join(
            || fill(&mut reader, &mut next),
            || now[..read].iter().for_each(|record| counted.record(record)),
        );
        read = filled.map_err(damaged)?;
        std::mem::swap(&mut now, &mut next);
    }
    let facts = TextFacts {
        encoding: if counted.valid {
            "UTF-8"
        } else {
            "Windows-1252"
        },
        byte_order_mark: lines.mark > 0,
        separator: char::from(separator),
        line_ends: lines.ends,
        irregular_lines: counted.irregular_lines,
        irregular: line_numbers(path, lines.mark, &counted.listed).map_err(open(path))?,
        repeated_headers: counted.repeated_headers,
        empty_lines: lines.empty,
        open_quote: lines.quoted,
    };
    counted.survey(path, bytes, facts)
}

fn fill<R: Read>(reader: &mut csv::Reader<R>, batch: &mut [ByteRecord]) -> csv::Result<usize> {
    for (at, record) in batch.iter_mut().enumerate() {
        if !reader.read_byte_record(record)? {
            return Ok(at);
        }
    }
    Ok(batch.len())
}

/// Counts of records, and the sample as a CSV.
struct CsvAccumulator {
    header: ByteRecord,
    keep: RowSampler,
    table: TableAccumulator,
    kept: Vec<u32>,
    sample: csv::Writer<Vec<u8>>,
    valid: bool,
    irregular_lines: usize,
    listed: Vec<(u64, usize)>,
    repeated_headers: usize,
}

impl CsvAccumulator {
    fn of(header: &ByteRecord, keep: RowSampler, separator: u8) -> Self {
        let mut writer = csv::WriterBuilder::new();
        writer.delimiter(separator).flexible(true);
        let mut sample = writer.from_writer(Vec::new());
        // Writing to a vector cannot fail.
        let _ = sample.write_byte_record(header);
        Self {
            header: header.clone(),
            keep,
            table: TableAccumulator::of(header.len()),
            kept: Vec::new(),
            sample,
            valid: std::str::from_utf8(header.as_slice()).is_ok(),
            irregular_lines: 0,
            listed: Vec::new(),
            repeated_headers: 0,
        }
    }

    fn record(&mut self, record: &ByteRecord) {
        if *record == self.header {
            self.repeated_headers += 1;
            return;
        }
        if record.len() != self.header.len() {
            self.irregular_lines += 1;
            if self.listed.len() < NAMED {
                let at = record.position().map_or(0, csv::Position::byte);
                self.listed.push((at, record.len()));
            }
        }
        self.valid &= std::str::from_utf8(record.as_slice()).is_ok();
        if self.keep.row(self.table.rows()) {
            self.kept.push(self.table.rows() as u32);
            let _ = self.sample.write_byte_record(record);
        }
        self.table.record(record);
    }

    fn survey(self, path: &Path, bytes: u64, facts: TextFacts) -> Result<Survey, TableError> {
        let sample = self.sample.into_inner().unwrap_or_default();
        let decoded = text::decode_as(&sample, self.valid);
        let found = text::fields(path, &decoded)?;
        let (table, unread) = column_types::typed(found.names, found.columns);
        Ok(Survey {
            table,
            wrong_type: unread,
            file: Some(FileFacts {
                format: "CSV",
                bytes,
                text: Some(facts),
            }),
            full_table: Some(self.table.full_table(self.kept)),
        })
    }
}

/// The line numbers of byte positions.
fn line_numbers(
    path: &Path,
    mark: usize,
    listed: &[(u64, usize)],
) -> std::io::Result<Vec<IrregularLine>> {
    let mut reader = BufReader::with_capacity(CHUNK, File::open(path)?);
    reader.seek_relative(mark as i64)?;
    let (mut at, mut line) = (0_u64, 1_u64);
    let mut found = Vec::new();
    for (place, fields) in listed {
        let mut left = place.saturating_sub(at);
        while left > 0 {
            let chunk = reader.fill_buf()?;
            let here = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if here == 0 {
                break;
            }
            line += chunk[..here].split(|byte| *byte == b'\n').count() as u64 - 1;
            reader.consume(here);
            left -= here as u64;
        }
        at = *place;
        // Empty lines come before the record.
        let rest = reader.fill_buf()?;
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let before = ends.filter(|byte| **byte == b'\n').count() as u64;
        found.push(IrregularLine {
            line: line + before,
            fields: *fields,
        });
    }
    Ok(found)
}

/// The survey of a Parquet file with more than a million rows, group by group; none if it has fewer.
pub(super) fn parquet(path: &Path) -> Result<Option<Survey>, TableError> {
    let groups = parquet_groups(path)?;
    let rows: usize = groups.iter().sum();
    if rows <= MOST_ROWS {
        return Ok(None);
    }
    let keep = RowSampler::of(rows);
    let mut sample = Table::default();
    let mut tally: Option<TableAccumulator> = None;
    let mut kept: Vec<u32> = Vec::new();
    let mut from = 0;
    for group in groups {
        let part = parquet_rows(path, from, group)?;
        let here: Vec<usize> = (0..part.rows())
            .filter(|row| keep.row(from + row))
            .collect();
        kept.extend(here.iter().map(|row| (from + row) as u32));
        let columns = part.columns().len();
        tally
            .get_or_insert_with(|| TableAccumulator::of(columns))
            .table(&part);
        if !sample.append(part.pick(&here)) {
            return Err(TableError::Damaged {
                path: path.to_owned(),
                why: "its row groups differ in their columns".to_owned(),
            });
        }
        from += group;
    }
    let full_table: Option<FullTable> = tally.map(|tally| tally.full_table(kept));
    Ok(Some(Survey {
        full_table,
        ..Survey::of(sample)
    }))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn rows_are_kept_evenly_and_the_same_each_time() {
        let keep = RowSampler::of(4 * KEPT_ROWS);
        let kept = (0..100_000).filter(|row| keep.row(*row)).count();
        assert!((24_000..26_000).contains(&kept), "{kept}");
        assert!((0..500).all(|row| RowSampler::of(10).row(row)));
    }

    #[test]
    fn a_long_csv_is_counted_whole_and_kept_in_part() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("t.csv");
        let mut text = "n,word\n".to_owned();
        for row in 0..1_000_100 {
            let word = ["a", "b", ""][row % 3];
            let _ = writeln!(text, "{row},{word}");
            if row == 700_000 {
                text.push_str("7\r\n\r\nn,word\n8,9,10\n");
            }
        }
        text.push_str("5,c\n5,c\n");
        std::fs::write(&path, &text).unwrap();
        let found = csv(&path).unwrap().unwrap();
        let whole = found.full_table.as_ref().unwrap();
        assert_eq!(whole.rows, 1_000_104);
        let numbers = whole.columns[0].numbers.unwrap();
        assert_eq!(
            (numbers.count, numbers.min, numbers.max),
            (1_000_104, 0.0, 1_000_099.0)
        );
        assert_eq!(whole.columns[1].missing, 333_366 + 1);
        assert_eq!(whole.columns[1].distinct, 4);
        assert!(whole.columns[0].estimated && !whole.columns[1].estimated);
        // The kept rows are those of the file.
        assert_eq!(found.table.rows(), whole.kept.len());
        assert!((240_000..260_000).contains(&whole.kept.len()));
        for (at, row) in whole.kept.iter().enumerate().step_by(1_000) {
            let shift = if *row > 700_000 { 2 } else { 0 };
            if *row < 700_000 || (*row > 700_002 && *row < 1_000_100) {
                assert_eq!(found.table.cell("n", at).show(), (row - shift).to_string());
            }
        }
        let facts = found.file.unwrap().text.unwrap();
        let held = super::super::survey_csv(&path, text.as_bytes()).unwrap();
        assert_eq!(facts, held.file.unwrap().text.unwrap());
        // A short one is kept completely.
        std::fs::write(&path, "a\n1\n").unwrap();
        assert!(csv(&path).unwrap().is_none());
    }
}
