//! Writing tables, whole or block by block.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{CsvWriter, ParquetCompression, ParquetWriter, SerWriter, StatisticsOptions};

use super::frame::{Reals, schema, to_frame};
use super::{Table, TableError};

/// The default, 3, takes a fifth longer for one byte in a hundred.
const ZSTD_LEVEL: i32 = 1;

/// A Parquet file in the making: blocks of one schema, in order.
pub struct ParquetFile {
    path: PathBuf,
    reals: Reals,
    writer: polars::io::parquet::write::BatchedWriter<BufWriter<File>>,
}

/// A CSV file in the making: blocks of one schema, in order. Missing values are empty fields.
pub struct CsvFile {
    path: PathBuf,
    /// Straight to the file: polars writes many rows at a time and never flushes, so a buffer of
    /// ours would be dropped with its last kilobytes unwritten and its error unseen.
    writer: polars::io::csv::write::BatchedWriter<File>,
}

impl ParquetFile {
    /// Begin a file for blocks that have the columns of `like`.
    pub fn create(path: &Path, like: &Table) -> Result<Self, TableError> {
        let level = ZstdLevel::try_new(ZSTD_LEVEL).ok();
        Self::begin(path, like, ParquetCompression::Zstd(level), Reals::Double)
    }

    /// The same for a large file of measures that stays here and is seldom read: real numbers have
    /// 32 bits, and it is packed with less work.
    pub fn create_quick(path: &Path, like: &Table) -> Result<Self, TableError> {
        Self::begin(path, like, ParquetCompression::Lz4Raw, Reals::Single)
    }

    fn begin(
        path: &Path,
        like: &Table,
        compression: ParquetCompression,
        reals: Reals,
    ) -> Result<Self, TableError> {
        let file = BufWriter::new(create(path)?);
        let writer = ParquetWriter::new(file)
            .with_compression(compression)
            // No least and greatest values of row groups: nobody asks for them, and a file's
            // metadata should tell no more than its cells.
            .with_statistics(StatisticsOptions::empty())
            // Files and blocks are written side by side already.
            .set_parallel(false)
            .batched(&schema(like, reals))
            .map_err(|why| TableError::write(path, &why))?;
        Ok(Self {
            path: path.to_owned(),
            reals,
            writer,
        })
    }

    /// Add a block below.
    pub fn append(&mut self, block: &Table) -> Result<(), TableError> {
        to_frame(block, self.reals)
            .and_then(|frame| self.writer.write_batch(&frame))
            .map_err(|why| TableError::write(&self.path, &why))
    }

    /// Write the end of the file.
    pub fn finish(self) -> Result<(), TableError> {
        self.writer
            .finish()
            .map(|_| ())
            .map_err(|why| TableError::write(&self.path, &why))
    }
}

impl CsvFile {
    /// Begin a file for blocks that have the columns of `like`.
    pub fn create(path: &Path, like: &Table) -> Result<Self, TableError> {
        Self::begin(path, like, true)
    }

    /// The same without a line of names: what follows another file and makes one with it.
    pub fn continued(path: &Path, like: &Table) -> Result<Self, TableError> {
        Self::begin(path, like, false)
    }

    fn begin(path: &Path, like: &Table, names: bool) -> Result<Self, TableError> {
        let writer = CsvWriter::new(create(path)?)
            .include_header(names)
            .with_datetime_format(Some("%Y-%m-%dT%H:%M:%S%.3f".into()))
            .batched(&schema(like, Reals::Double))
            .map_err(|why| TableError::write(path, &why))?;
        Ok(Self {
            path: path.to_owned(),
            writer,
        })
    }

    /// Add a block below.
    pub fn append(&mut self, block: &Table) -> Result<(), TableError> {
        to_frame(block, Reals::Double)
            .and_then(|frame| self.writer.write_batch(&frame))
            .map_err(|why| TableError::write(&self.path, &why))
    }

    /// Write what is left.
    pub fn finish(mut self) -> Result<(), TableError> {
        self.writer
            .finish()
            .map_err(|why| TableError::write(&self.path, &why))
    }
}

/// Write a whole table as Parquet.
pub fn write_parquet(path: &Path, table: &Table) -> Result<(), TableError> {
    let mut file = ParquetFile::create(path, table)?;
    file.append(table)?;
    file.finish()
}

/// Write a whole table as CSV.
pub fn write_csv(path: &Path, table: &Table) -> Result<(), TableError> {
    let mut file = CsvFile::create(path, table)?;
    file.append(table)?;
    file.finish()
}

fn create(path: &Path) -> Result<File, TableError> {
    File::create(path).map_err(|why| TableError::write(path, &why))
}
