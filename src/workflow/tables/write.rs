//! Writes the tables of one bundle, block by block, in constant memory.

use std::fs;
use std::ops::Range;

use crate::bundle::{ChildRows, InstanceCount};
use crate::generate::{
    BLOCK_ROWS, Block, BundleContext, SourceBlock, blocks_of, children, deliver, deliver_child,
    source,
};
use crate::progress::Progress;
use crate::review::Sample;
use crate::scenario::ChildPlan;
use crate::staging::StagingError;
use crate::table::Table;

use crate::workflow::error::GenerateError;

use super::files::BundleFiles;
use super::ordered_pipeline::in_order;
use super::output::{BlockTables, ChildBlock, TableOutput, WrittenChild, WrittenTables};

/// Number of rows of a child table searched for dictionary examples.
const EXAMPLE_ROWS: usize = 1000;

/// Make and write every block: delivered tables into `data`, the rest into `key`.
pub(crate) fn write_tables(
    context: &BundleContext,
    output: &TableOutput<'_>,
    progress: &dyn Progress,
) -> Result<WrittenTables, GenerateError> {
    for folder in [output.data, output.key] {
        fs::create_dir_all(folder).map_err(StagingError::at(folder))?;
    }
    let instances = context.world.instances.iter();
    let written = WrittenTables {
        delivered_rows: 0,
        counts: instances.map(|one| InstanceCount::none(&one.id)).collect(),
        sample: Sample::default(),
        children: context.scenario.children.iter().map(nothing_of).collect(),
    };
    let Range { start, end } = output.blocks;
    let rows = (end * BLOCK_ROWS).min(context.rows) - (start * BLOCK_ROWS).min(context.rows);
    progress.stage("rows", rows);
    let (written, files) = in_order(
        output.blocks.clone(),
        (written, None),
        |number| make(context, number),
        |(written, files), made| {
            let rows = made.source.clean.rows() as u64;
            write(context, output, &made, files, written)?;
            Ok::<_, GenerateError>(progress.advance(rows)?)
        },
    )?;
    if let Some(files) = files {
        files.finish()?;
    }
    Ok(written)
}

/// The sample of a bundle that was made before, with its number of delivered rows and what its
/// defects did; nothing is written.
pub(crate) fn sampled(
    context: &BundleContext,
    progress: &dyn Progress,
) -> Result<(Sample, u64, Vec<InstanceCount>), GenerateError> {
    let instances = context.world.instances.iter();
    let counts: Vec<_> = instances.map(|one| InstanceCount::none(&one.id)).collect();
    progress.stage("rows", context.rows);
    in_order(
        0..blocks_of(context.rows),
        (Sample::default(), 0, counts),
        |number| make(context, number),
        |(sample, delivered, counts), made| {
            *delivered += made.block.table.rows() as u64;
            count(counts, &made.block);
            sample.add(context, &made.source, &made.truth, &made.block);
            for (at, child) in made.children.iter().enumerate() {
                if let Some(block) = &child.block {
                    count(counts, block);
                    sample.add_child(context, at, &child.source, block);
                }
            }
            Ok::<_, GenerateError>(progress.advance(made.source.clean.rows() as u64)?)
        },
    )
}

fn make(context: &BundleContext, number: u64) -> BlockTables {
    let source = source(context, number);
    let block = deliver(context, number, &source);
    let children = child_tables(context, number, &source);
    BlockTables::new(context, source, block, children)
}

fn write(
    context: &BundleContext,
    output: &TableOutput<'_>,
    made: &BlockTables,
    files: &mut Option<BundleFiles>,
    written: &mut WrittenTables,
) -> Result<(), GenerateError> {
    if files.is_none() {
        *files = Some(BundleFiles::create(context, output, made)?);
        for (child, written) in made.children.iter().zip(&mut written.children) {
            written.first = first_rows(child.delivered());
            written.surface = first_rows(&child.source.clean);
        }
    }
    if let Some(files) = files {
        files.append(context, made, written)?;
    }
    count(&mut written.counts, &made.block);
    written.delivered_rows += made.block.table.rows() as u64;
    written
        .sample
        .add(context, &made.source, &made.truth, &made.block);
    for (at, child) in made.children.iter().enumerate() {
        let rows = &mut written.children[at].rows;
        rows.source_rows += child.source.clean.rows() as u64;
        rows.delivered_rows += child.delivered().rows() as u64;
        if let Some(block) = &child.block {
            count(&mut written.counts, block);
            written.sample.add_child(context, at, &child.source, block);
        }
    }
    Ok(())
}

/// The child tables of a block, with defects if the world has any in them.
pub(crate) fn child_tables(
    context: &BundleContext,
    number: u64,
    source: &SourceBlock,
) -> Vec<ChildBlock> {
    let children = children(context, number, source).into_iter();
    let plans = context.scenario.children.iter().enumerate();
    children
        .zip(plans)
        .map(|(source, (at, plan))| {
            let mut tables = context
                .world
                .instances
                .iter()
                .filter_map(|i| i.table.as_ref());
            let hit = tables.any(|table| *table == plan.name);
            ChildBlock {
                block: hit.then(|| deliver_child(context, at, number, &source)),
                source,
            }
        })
        .collect()
}

fn nothing_of(plan: &ChildPlan) -> WrittenChild {
    WrittenChild {
        rows: ChildRows {
            name: plan.name.clone(),
            source_rows: 0,
            delivered_rows: 0,
        },
        first: Table::default(),
        surface: Table::default(),
    }
}

fn first_rows(table: &Table) -> Table {
    let rows: Vec<usize> = (0..table.rows().min(EXAMPLE_ROWS)).collect();
    table.pick(&rows)
}

/// Add what the instances did to a block.
pub(crate) fn count(counts: &mut [InstanceCount], block: &Block) {
    let mut last = vec![None; counts.len()];
    for touch in &block.touches {
        for number in &touch.instances {
            let at = *number as usize;
            counts[at].cells += 1;
            // Touches are sorted by row: a new row is counted once, added ones below.
            if last[at] != Some(touch.row) && block.origins[touch.row].added_by != Some(*number) {
                counts[at].rows += 1;
                last[at] = Some(touch.row);
            }
        }
    }
    for origin in &block.origins {
        if let Some(number) = origin.added_by {
            counts[number as usize].added += 1;
            counts[number as usize].rows += 1;
        }
    }
    for removal in &block.removed {
        counts[removal.by as usize].removed += 1;
    }
}
