//! Tables: columns of cells that may be missing, and their files.
//!
//! Only this module reads and writes Parquet and CSV; no polars type leaves it.

mod arrays;
mod cells;
mod columns;
mod csv;
mod dictionary;
mod folder;
mod frame;
mod kinds;
mod parquet;
mod read;
mod row_hash;
mod survey;
mod times;

pub(crate) use cells::TextBuilder;
pub use cells::{Cell, Cells, Text};
pub use columns::{Column, Table};
pub use csv::CsvFile;
pub use dictionary::{Dictionary, DictionaryEntry};
pub use folder::{ChildFile, DataFolder};
pub use parquet::{ParquetFile, write_parquet};
pub use read::{
    TableError, parse_csv, parse_csv_text, parse_parquet, read_csv, read_parquet, read_table,
};
pub use survey::{
    Extremes, FileFacts, FullColumn, FullTable, IrregularLine, LineEnds, Survey, TextFacts, survey,
    survey_csv,
};
pub use times::{DAY, HOUR, in_month, parse_time, show_date, show_time};
