//! The tables of one bundle, written block by block.

mod dictionary;
mod files;
mod ordered_pipeline;
mod output;
mod write;

pub(super) use dictionary::dictionary;
pub(super) use output::{ChildBlock, TableOutput, WrittenTables};
pub(super) use write::{child_tables, count, sampled, write_tables};
