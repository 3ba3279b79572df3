//! A sample of a bundle with its aligned truth, from which figures and pilots are made.

use std::collections::BTreeMap;

use crate::bundle::latents_table;
use crate::generate::{BLOCK_ROWS, Block, BundleContext, SourceBlock, Touch};
use crate::table::Table;

/// Source rows of a bundle with what happened to them: whole originals with all their copies.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// The rows before defects.
    pub surface: Table,
    /// The truth of each of those rows: the columns of `rows.parquet`.
    pub truth: Table,
    /// The delivered rows.
    pub delivered: Table,
    /// Per delivered row, its row in `surface` (of its original, for an added row).
    pub base: Vec<usize>,
    /// Per delivered row, the instance (by number) that added it.
    pub added_by: Vec<Option<u16>>,
    /// Changed cells of the delivered rows.
    pub touches: Vec<Touch>,
    /// By name, a sample of each child table with defects; its truth has the latents only.
    pub children: BTreeMap<String, Sample>,
    /// Sampling stride over source rows; 0 until the first block.
    stride: u64,
}

impl Sample {
    /// A sample has at most about this many source rows.
    pub const ROWS: u64 = 40_000;

    /// The stride for a bundle of `rows` source rows.
    pub fn stride(rows: u64) -> u64 {
        rows.div_ceil(Self::ROWS).max(1)
    }

    /// Take every n-th source row of a block, so that the whole bundle gives [`Sample::ROWS`].
    /// `truth` is the block's `rows.parquet`.
    pub fn add(
        &mut self,
        context: &BundleContext,
        source: &SourceBlock,
        truth: &Table,
        block: &Block,
    ) {
        self.stride = Self::stride(context.rows);
        self.take(source, truth, block);
    }

    /// The same of child table `at`.
    pub fn add_child(
        &mut self,
        context: &BundleContext,
        at: usize,
        source: &SourceBlock,
        block: &Block,
    ) {
        let name = &context.scenario.children[at].name;
        let child = self.children.entry(name.clone()).or_default();
        if child.stride == 0 {
            // As many events as expected from the first block.
            let events = source.clean.rows() as u64;
            let blocks = context.rows as f64 / BLOCK_ROWS.min(context.rows.max(1)) as f64;
            child.stride = Self::stride((events as f64 * blocks) as u64);
        }
        child.take(source, &latents_table(context, source), block);
    }

    fn take(&mut self, source: &SourceBlock, truth: &Table, block: &Block) {
        let stride = self.stride;
        let rows = source.clean.rows();
        let taken: Vec<usize> = (0..rows)
            .filter(|row| (source.first + *row as u64).is_multiple_of(stride))
            .collect();
        let mut place = vec![None; rows];
        for (at, row) in taken.iter().enumerate() {
            place[*row] = Some(self.surface.rows() + at);
        }
        let mut delivered = Vec::new();
        let mut new_row = vec![None; block.table.rows()];
        for (row, origin) in block.origins.iter().enumerate() {
            let Some(position) = origin.source.or(origin.group) else {
                continue;
            };
            if let Some(base) = place[(position - source.first) as usize] {
                new_row[row] = Some(self.base.len());
                delivered.push(row);
                self.base.push(base);
                self.added_by.push(origin.added_by);
            }
        }
        for touch in &block.touches {
            if let Some(row) = new_row[touch.row] {
                self.touches.push(Touch {
                    row,
                    column: touch.column,
                    instances: touch.instances.clone(),
                });
            }
        }
        self.surface.append(source.clean.pick(&taken));
        self.truth.append(truth.pick(&taken));
        self.delivered.append(block.table.pick(&delivered));
    }

    /// Per delivered row, whether instance `number` touched or added it.
    pub fn marked(&self, number: usize) -> Vec<bool> {
        let mut marked: Vec<bool> = self
            .added_by
            .iter()
            .map(|added| *added == Some(number as u16))
            .collect();
        for touch in &self.touches {
            if touch.instances.contains(&(number as u16)) {
                marked[touch.row] = true;
            }
        }
        marked
    }
}
