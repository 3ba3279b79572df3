//! Reference rows of a world, which no candidate gets.

use crate::random::Stream;

use super::block::{BLOCK_ROWS, Block, SourceBlock};
use super::context::BundleContext;
use super::frozen::FrozenWorld;
use super::stages::{deliver, source};

/// Rows of a world that no candidate gets, before and after defects.
#[derive(Debug, Clone)]
pub struct ReferenceBundle {
    pub context: BundleContext,
    pub source: SourceBlock,
    pub block: Block,
}

impl ReferenceBundle {
    /// Draw at most one block of rows.
    pub fn draw(frozen: &FrozenWorld, stream: Stream, rows: u64) -> Self {
        let context = frozen.bundle(stream, rows.min(BLOCK_ROWS));
        let source = source(&context, 0);
        let block = deliver(&context, 0, &source);
        Self {
            context,
            source,
            block,
        }
    }
}
