//! A block of rows, before and after defects.

use crate::table::Table;

use super::latents::draw::Latents;

/// Source rows of a block; the last block may have fewer.
pub const BLOCK_ROWS: u64 = 65_536;

/// The rows of one block before defects.
#[derive(Debug, Clone)]
pub struct SourceBlock {
    /// Source position of the first row. Those of a child table have gaps between blocks: how many
    /// events a block has is known only when it is made.
    pub first: u64,
    /// What every row really is.
    pub latents: Latents,
    /// The observed columns.
    pub clean: Table,
}

/// The rows of one block as delivered, with their part of the ledger.
#[derive(Debug, Clone)]
pub struct Block {
    /// The delivered rows.
    pub table: Table,
    /// Where each delivered row comes from.
    pub origins: Vec<RowOrigin>,
    /// Source rows that were not delivered.
    pub removed: Vec<Removal>,
    /// Cells that differ from the surface, by delivered row in this block and column.
    pub touches: Vec<Touch>,
}

/// Where a delivered row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowOrigin {
    /// Source position; none for a row that a defect added.
    pub source: Option<u64>,
    /// Source position of the original, for a row that has copies or is one.
    pub group: Option<u64>,
    /// The instance (by number) that added it.
    pub added_by: Option<u16>,
}

/// A source row that a defect took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removal {
    /// Its source position.
    pub source: u64,
    /// The instance (by number) that took it.
    pub by: u16,
}

/// A cell that differs from the surface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// Delivered row, counted in its block.
    pub row: usize,
    /// Column, by place in the table.
    pub column: usize,
    /// The instances (by number) that changed it, in order.
    pub instances: Vec<u16>,
}

/// Number of blocks of a table of `rows` source rows.
pub fn blocks_of(rows: u64) -> u64 {
    rows.div_ceil(BLOCK_ROWS)
}
