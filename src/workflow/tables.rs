//! Writing the tables of one bundle, block by block, with flat memory.

use std::fs;
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;

use crate::bundle::{Formats, InstanceCount, rowmap_table, rows_table, touched_table};
use crate::generate::{BLOCK_ROWS, Block, Setup, SourceBlock, deliver, source};
use crate::progress::Progress;
use crate::review::Sample;
use crate::staging::StagingError;
use crate::table::{CsvFile, ParquetFile, Table};

use super::GenerateError;

/// What was written.
pub(super) struct Written {
    pub(super) delivered_rows: u64,
    pub(super) counts: Vec<InstanceCount>,
    pub(super) sample: Sample,
}

/// Where tables go, and which part of them.
pub(super) struct Output<'a> {
    /// Folder of the delivered tables.
    pub(super) data: &'a Path,
    /// Folder of the truth and the ledger.
    pub(super) key: &'a Path,
    pub(super) formats: Formats,
    /// Blocks to make.
    pub(super) blocks: Range<u64>,
}

/// Files of one bundle, each open until the last block.
struct Files {
    parquet: Option<ParquetFile>,
    csv: Option<CsvFile>,
    surface: ParquetFile,
    rows: ParquetFile,
    rowmap: ParquetFile,
    touched: ParquetFile,
}

/// Make every block and write it: delivered tables into `data`, the rest into `key`.
pub(super) fn write_tables(
    setup: &Setup,
    output: &Output<'_>,
    progress: &dyn Progress,
) -> Result<Written, GenerateError> {
    for folder in [output.data, output.key] {
        fs::create_dir_all(folder).map_err(StagingError::at(folder))?;
    }
    let instances = setup.world.instances.iter();
    let mut written = Written {
        delivered_rows: 0,
        counts: instances.map(|one| InstanceCount::none(&one.id)).collect(),
        sample: Sample::default(),
    };
    let mut files: Option<Files> = None;
    let Range { start, end } = output.blocks;
    let rows = (end * BLOCK_ROWS).min(setup.rows) - (start * BLOCK_ROWS).min(setup.rows);
    progress.stage("rows", rows);
    // A window of blocks at a time: as many as there are threads, so memory does not grow with
    // the table; collected in order, so threads do not show in the output.
    let window = rayon::current_num_threads().max(1) as u64;
    for first in (start..end).step_by(window as usize) {
        let made: Vec<(SourceBlock, Block)> = (first..(first + window).min(end))
            .into_par_iter()
            .map(|number| {
                let source = source(setup, number);
                let block = deliver(setup, number, &source);
                (source, block)
            })
            .collect();
        for (source, block) in made {
            let truth = rows_table(setup, &source);
            let rowmap = rowmap_table(setup, &block, written.delivered_rows);
            let touched = touched_table(setup, &block, written.delivered_rows);
            if files.is_none() {
                files = Some(open(
                    setup,
                    output,
                    &block,
                    &source,
                    [&truth, &rowmap, &touched],
                )?);
            }
            if let Some(files) = &mut files {
                if let Some(parquet) = &mut files.parquet {
                    parquet.append(&block.table)?;
                }
                if let Some(csv) = &mut files.csv {
                    csv.append(&block.table)?;
                }
                files.surface.append(&source.surface)?;
                files.rows.append(&truth)?;
                files.rowmap.append(&rowmap)?;
                files.touched.append(&touched)?;
            }
            count(&mut written.counts, &block);
            written.delivered_rows += block.table.rows() as u64;
            written.sample.add(setup, &source, &truth, &block);
            progress.advance(source.surface.rows() as u64)?;
        }
    }
    if let Some(files) = files {
        if let Some(parquet) = files.parquet {
            parquet.finish()?;
        }
        if let Some(csv) = files.csv {
            csv.finish()?;
        }
        files.surface.finish()?;
        files.rows.finish()?;
        files.rowmap.finish()?;
        files.touched.finish()?;
    }
    Ok(written)
}

fn open(
    setup: &Setup,
    output: &Output<'_>,
    block: &Block,
    source: &SourceBlock,
    [truth, rowmap, touched]: [&Table; 3],
) -> Result<Files, GenerateError> {
    let name = &setup.scenario.name;
    let (formats, key) = (output.formats, output.key);
    let parquet = output.data.join(format!("{name}.parquet"));
    let csv = output.data.join(format!("{name}.csv"));
    // Shards, one after the other, are the table: only the first one names the columns.
    let csv_file = if output.blocks.start == 0 {
        CsvFile::create
    } else {
        CsvFile::continued
    };
    let wanted = |wanted: bool| wanted.then_some(());
    Ok(Files {
        parquet: wanted(formats.parquet)
            .map(|()| ParquetFile::create(&parquet, &block.table))
            .transpose()?,
        csv: wanted(formats.csv)
            .map(|()| csv_file(&csv, &block.table))
            .transpose()?,
        surface: ParquetFile::create(&key.join("surface.parquet"), &source.surface)?,
        rows: ParquetFile::create(&key.join("rows.parquet"), truth)?,
        rowmap: ParquetFile::create(&key.join("rowmap.parquet"), rowmap)?,
        touched: ParquetFile::create(&key.join("touched.parquet"), touched)?,
    })
}

pub(super) fn count(counts: &mut [InstanceCount], block: &Block) {
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
