//! Writing Parquet, block by block: each block is a row group.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{CompatLevel, PolarsError, PolarsResult, SchemaExt};
use polars_parquet::read::ParquetError;
use polars_parquet::write::{
    CompressedPage, CompressionOptions, Compressor, DynIter, DynStreamingIterator,
    FallibleStreamingIterator, FileWriter, ParquetType, StatisticsOptions, Version, WriteOptions,
    array_to_columns,
};

use super::arrays::{Reals, to_array};
use super::frame::schema;
use super::{Cells, Table, TableError};

/// The default, level 3, takes a fifth longer and saves one per cent.
const ZSTD_LEVEL: i32 = 1;

/// A Parquet file being written: blocks of one schema, in order.
pub struct ParquetFile {
    path: PathBuf,
    reals: Reals,
    options: WriteOptions,
    fields: Vec<ParquetType>,
    writer: FileWriter<BufWriter<File>>,
}

impl ParquetFile {
    /// Begin a file for blocks that have the columns of `like`.
    pub fn create(path: &Path, like: &Table) -> Result<Self, TableError> {
        let level = ZstdLevel::try_new(ZSTD_LEVEL).ok();
        Self::begin(path, like, CompressionOptions::Zstd(level), Reals::Double)
    }

    /// The same for a large file of measures that stays local and is rarely read: floating-point
    /// numbers have 32 bits, and compression is faster.
    pub fn create_quick(path: &Path, like: &Table) -> Result<Self, TableError> {
        Self::begin(path, like, CompressionOptions::Lz4Raw, Reals::Single)
    }

    fn begin(
        path: &Path,
        like: &Table,
        compression: CompressionOptions,
        reals: Reals,
    ) -> Result<Self, TableError> {
        let file = File::create(path).map_err(|why| TableError::write(path, &why))?;
        let schema = schema(like, reals).to_arrow(CompatLevel::newest());
        let options = WriteOptions {
            // No minimum and maximum of row groups: nothing uses them, and metadata should reveal
            // no more than the cells.
            statistics: StatisticsOptions::empty(),
            version: Version::V1,
            compression,
            data_page_size: None,
        };
        let writer = FileWriter::try_new(BufWriter::new(file), schema, options)
            .map_err(|why| TableError::write(path, &why))?;
        Ok(Self {
            path: path.to_owned(),
            reals,
            options,
            fields: writer.parquet_schema().fields().to_vec(),
            writer,
        })
    }

    /// Append a block.
    pub fn append(&mut self, block: &Table) -> Result<(), TableError> {
        if block.rows() == 0 {
            return Ok(());
        }
        let (reals, options) = (self.reals, self.options);
        let columns = block.columns().iter().zip(&self.fields);
        let columns = columns.map(|(column, field)| pages(&column.cells, field, reals, options));
        self.writer
            .write(block.rows() as u64, DynIter::new(columns))
            .map_err(|why| TableError::write(&self.path, &why))
    }

    /// Finish the file.
    pub fn finish(mut self) -> Result<(), TableError> {
        self.writer
            .end(None)
            .map(|_| ())
            .map_err(|why| TableError::write(&self.path, &why))
    }
}

/// Write a whole table as Parquet.
pub fn write_parquet(path: &Path, table: &Table) -> Result<(), TableError> {
    let mut file = ParquetFile::create(path, table)?;
    file.append(table)?;
    file.finish()
}

type Pages = DynStreamingIterator<'static, CompressedPage, PolarsError>;

/// The pages of one column of a block.
fn pages(
    cells: &Cells,
    field: &ParquetType,
    reals: Reals,
    options: WriteOptions,
) -> PolarsResult<Pages> {
    let (array, encoding) = to_array(cells, reals)?;
    let columns = array_to_columns(array, field.clone(), options, &[encoding])?;
    // Columns are never nested, so there is exactly one.
    let pages = columns.into_iter().flatten();
    let pages =
        pages.map(|page| page.map_err(|why| ParquetError::FeatureNotSupported(why.to_string())));
    let pages = Compressor::new_from_vec(DynIter::new(pages), options.compression, Vec::new());
    Ok(DynStreamingIterator::new(pages.map_err(PolarsError::from)))
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Text, read_parquet};
    use super::*;

    /// More rows than are used to judge a column, some of them missing if `holes`.
    fn table(holes: bool) -> Table {
        const ROWS: i64 = 3000;
        fn with<T>(holes: bool, value: impl Fn(i64) -> T) -> Vec<Option<T>> {
            let there = |row: &i64| !holes || row % 7 != 3;
            let value = |row| Some(row).filter(there).map(&value);
            (0..ROWS).map(value).collect()
        }
        let whole = |modulo: i64| with(holes, move |row| row.pow(2) % modulo);
        let text = |modulo: i64| with(holes, move |row| Text::from(format!("t{}", row % modulo)));
        let cells = [
            ("varied", Cells::Real(with(holes, |row| row as f64 / 8.0))),
            ("few", Cells::Real(with(holes, |row| (row % 5) as f64))),
            ("wholes", Cells::Whole(whole(1 << 40))),
            ("counts", Cells::Whole(whole(9))),
            ("moments", Cells::Time(whole(1 << 40))),
            ("flags", Cells::Flag(with(holes, |row| row % 3 == 0))),
            ("ids", Cells::Text(text(ROWS))),
            ("levels", Cells::Text(text(4))),
            // Varied only after the rows used to judge it, and vice versa.
            (
                "late",
                Cells::Text(with(holes, |row| Text::from(row.max(1100).to_string()))),
            ),
            (
                "early",
                Cells::Text(with(holes, |row| Text::from(row.min(1900).to_string()))),
            ),
            ("nothing", Cells::Text(vec![None; ROWS as usize])),
        ];
        let columns = cells.into_iter().map(|(name, cells)| Column {
            name: name.to_owned(),
            cells,
        });
        Table::new(columns.collect()).unwrap()
    }

    #[test]
    fn blocks_read_back_however_they_repeat_and_whatever_is_missing() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("t.parquet");
        let mut whole = table(false);
        let mut file = ParquetFile::create(&path, &whole).unwrap();
        for block in [table(false), table(false).pick(&[]), table(true)] {
            file.append(&block).unwrap();
        }
        file.finish().unwrap();
        whole.append(table(true));
        assert_eq!(read_parquet(&path).unwrap(), whole);
    }

    #[test]
    fn quick_files_keep_seven_digits() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("t.parquet");
        let cells = Cells::Real(vec![Some(0.123_456_789), None, Some(-2.5)]);
        let column = Column {
            name: "x".to_owned(),
            cells,
        };
        let table = Table::new(vec![column]).unwrap();
        let mut file = ParquetFile::create_quick(&path, &table).unwrap();
        file.append(&table).unwrap();
        file.finish().unwrap();
        let read = read_parquet(&path).unwrap();
        let numbers = read.cells("x").and_then(Cells::numbers).unwrap();
        assert!((numbers[0].unwrap() - 0.123_456_789).abs() < 1e-8);
        assert_eq!(numbers[1..], [None, Some(-2.5)]);
    }
}
