//! Blocks of rows: a pure function of the bundle context and the number.

use crate::table::Table;

use super::context::BundleContext;
use super::defects::plant;
use super::ground::Ground;
use super::latent::Latents;
use super::surface::observe;

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
    pub surface: Table,
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

/// What the rows of block `number` really are.
pub fn latents(context: &BundleContext, number: u64) -> Latents {
    let first = number * BLOCK_ROWS;
    let rows = BLOCK_ROWS.min(context.rows.saturating_sub(first));
    let quantiles = (
        first as f64 / context.rows as f64,
        (first + rows) as f64 / context.rows as f64,
    );
    Latents::draw(
        &context.world,
        &context.clock,
        &context.entities,
        &context.stream.block(number),
        rows as usize,
        quantiles,
    )
}

/// The rows of block `number` before defects.
pub fn source(context: &BundleContext, number: u64) -> SourceBlock {
    let first = number * BLOCK_ROWS;
    let latents = latents(context, number);
    let surface = observe(context, &context.stream.block(number), &latents, first);
    SourceBlock {
        first,
        latents,
        surface,
    }
}

/// The rows of block `number` with their defects.
pub fn deliver(context: &BundleContext, number: u64, source: &SourceBlock) -> Block {
    plant(
        &Ground::main(context, source),
        &context.stream.block(number),
    )
}
