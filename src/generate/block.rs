//! A block of rows, before and after defects.

use crate::table::Table;

use super::latents::draw::Latents;

/// Source rows of a block; the last block may have fewer.
pub const BLOCK_ROWS: u64 = 65_536;

/// The rows of one block before defects.
#[derive(Debug, Clone)]
pub struct SourceBlock {
    /// Source position of the first row. Positions of a child table have gaps between blocks: how
    /// many events a block has is known only once it is drawn.
    pub first: u64,
    pub latents: Latents,
    pub clean: Table,
}

/// The rows of one block as delivered, with their part of the ledger.
#[derive(Debug, Clone)]
pub struct Block {
    pub table: Table,
    /// Where each delivered row comes from.
    pub origins: Vec<RowOrigin>,
    /// Source rows that were not delivered.
    pub removed: Vec<Removal>,
    /// Cells that differ from the clean table, by delivered row in this block and column.
    pub touches: Vec<Touch>,
}

/// Where a delivered row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowOrigin {
    /// Source position; none for a row that a defect added.
    pub source: Option<u64>,
    /// Source position of the original, for a row that has copies or is one.
    pub group: Option<u64>,
    /// Number of the defect that added it.
    pub added_by: Option<u16>,
}

/// A source row that a defect removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removal {
    pub source: u64,
    /// Number of the defect that removed it.
    pub by: u16,
}

/// A cell that differs from the clean table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// Delivered row, counted in its block.
    pub row: usize,
    /// Position of the column in the table.
    pub column: usize,
    /// Numbers of the defects that changed it, in order.
    pub instances: Vec<u16>,
}

/// Number of blocks of a table of `rows` source rows.
pub fn blocks_of(rows: u64) -> u64 {
    rows.div_ceil(BLOCK_ROWS)
}
