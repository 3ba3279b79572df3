//! Writing CSV, whole or block by block.

use std::fs::File;
use std::path::{Path, PathBuf};

use polars::prelude::{CsvWriter, SerWriter};

use super::arrays::Reals;
use super::frame::{schema, to_frame};
use super::{Table, TableError};

/// A CSV file being written: blocks of one schema, in order. Missing values are empty fields.
pub struct CsvFile {
    path: PathBuf,
    /// Unbuffered: polars writes many rows at a time and never flushes, so a buffer would be
    /// dropped with its last kilobytes unwritten and its error unnoticed.
    writer: polars::io::csv::write::BatchedWriter<File>,
}

impl CsvFile {
    /// Begin a file for blocks that have the columns of `like`.
    pub fn create(path: &Path, like: &Table) -> Result<Self, TableError> {
        Self::begin(path, like, true)
    }

    /// The same without a header: for a file that is appended to another one.
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

    /// Append a block.
    pub fn append(&mut self, block: &Table) -> Result<(), TableError> {
        to_frame(block)
            .and_then(|frame| self.writer.write_batch(&frame))
            .map_err(|why| TableError::write(&self.path, &why))
    }

    /// Write what remains.
    pub fn finish(mut self) -> Result<(), TableError> {
        self.writer
            .finish()
            .map_err(|why| TableError::write(&self.path, &why))
    }
}

fn create(path: &Path) -> Result<File, TableError> {
    File::create(path).map_err(|why| TableError::write(path, &why))
}
