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

/// The default, 3, takes a fifth longer for one byte in a hundred.
const ZSTD_LEVEL: i32 = 1;

/// A Parquet file in the making: blocks of one schema, in order.
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

    /// The same for a large file of measures that stays here and is seldom read: real numbers have
    /// 32 bits, and it is packed with less work.
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
            // No least and greatest values of row groups: nobody asks for them, and a file's
            // metadata should tell no more than its cells.
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

    /// Add a block below.
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

    /// Write the end of the file.
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
    // No column of ours is nested, so there is one of them.
    let pages = columns.into_iter().flatten();
    let pages =
        pages.map(|page| page.map_err(|why| ParquetError::FeatureNotSupported(why.to_string())));
    let pages = Compressor::new_from_vec(DynIter::new(pages), options.compression, Vec::new());
    Ok(DynStreamingIterator::new(pages.map_err(PolarsError::from)))
}
