//! Where tables are written, the blocks they are made of, and what was written.

use std::ops::Range;
use std::path::Path;

use crate::bundle::{ChildRows, Formats, InstanceCount, rows_table};
use crate::generate::{Block, BundleContext, SourceBlock};
use crate::review::Sample;
use crate::table::Table;

/// What was written.
pub(crate) struct WrittenTables {
    pub(crate) delivered_rows: u64,
    pub(crate) counts: Vec<InstanceCount>,
    pub(crate) sample: Sample,
    pub(crate) children: Vec<WrittenChild>,
}

/// What was written of one child table.
pub(crate) struct WrittenChild {
    pub(crate) rows: ChildRows,
    /// Its first rows, as delivered.
    pub(crate) first: Table,
    /// Its first rows, before defects.
    pub(crate) surface: Table,
}

/// Where tables are written, and which part of them.
pub(crate) struct TableOutput<'a> {
    /// Folder of the delivered tables.
    pub(crate) data: &'a Path,
    /// Folder of the truth and the ledger.
    pub(crate) key: &'a Path,
    pub(crate) formats: Formats,
    /// Which blocks to make.
    pub(crate) blocks: Range<u64>,
}

/// One child table of one block.
pub(crate) struct ChildBlock {
    pub(crate) source: SourceBlock,
    /// None if the world has no defect in it: it is delivered as generated.
    pub(crate) block: Option<Block>,
}

impl ChildBlock {
    pub(crate) fn delivered(&self) -> &Table {
        let surface = &self.source.clean;
        self.block.as_ref().map_or(surface, |block| &block.table)
    }
}

/// One block with everything that is written for it.
pub(crate) struct BlockTables {
    pub(crate) source: SourceBlock,
    pub(crate) block: Block,
    pub(crate) children: Vec<ChildBlock>,
    /// Its part of `rows.parquet`.
    pub(crate) truth: Table,
}

impl BlockTables {
    pub(crate) fn new(
        context: &BundleContext,
        source: SourceBlock,
        block: Block,
        children: Vec<ChildBlock>,
    ) -> Self {
        Self {
            truth: rows_table(context, &source),
            source,
            block,
            children,
        }
    }
}
