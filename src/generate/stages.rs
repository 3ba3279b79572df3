//! The stages of one block: a pure function of the bundle context and the block's number.

use super::block::{BLOCK_ROWS, Block, SourceBlock};
use super::clean_table::observe;
use super::context::BundleContext;
use super::defects::edit::plant;
use super::defects::target::DefectTarget;
use super::latents::draw::Latents;

/// The latents of block `number`.
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
    let clean = observe(context, &context.stream.block(number), &latents, first);
    SourceBlock {
        first,
        latents,
        clean,
    }
}

/// The rows of block `number` with their defects.
pub fn deliver(context: &BundleContext, number: u64, source: &SourceBlock) -> Block {
    plant(
        &DefectTarget::main(context, source),
        &context.stream.block(number),
    )
}
