//! Writing the tables of one bundle, block by block, with flat memory.

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::bundle::{InstanceCount, rowmap_table, rows_table, touched_table};
use crate::generate::{Block, Setup, SourceBlock, blocks_of, children, deliver, source};
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
    /// The first rows of each child table.
    pub(super) children: Vec<Table>,
}

/// Rows of a child table among which its dictionary finds examples.
const EXAMPLE_ROWS: usize = 1000;

/// Files of one bundle, each open until the last block.
struct Files {
    parquet: ParquetFile,
    csv: CsvFile,
    surface: ParquetFile,
    rows: ParquetFile,
    rowmap: ParquetFile,
    touched: ParquetFile,
    children: Vec<(ParquetFile, CsvFile)>,
}

/// Make every block and write it: delivered tables into `data`, the rest into `key`.
pub(super) fn write_tables(
    setup: &Setup,
    data: &Path,
    key: &Path,
    progress: &dyn Progress,
) -> Result<Written, GenerateError> {
    for folder in [data, key] {
        fs::create_dir_all(folder).map_err(StagingError::at(folder))?;
    }
    let instances = setup.world.instances.len();
    let mut written = Written {
        delivered_rows: 0,
        counts: (0..instances).map(|at| empty(setup, at)).collect(),
        sample: Sample::default(),
        children: Vec::new(),
    };
    let mut files: Option<Files> = None;
    let blocks = blocks_of(setup.rows);
    progress.stage("rows", setup.rows);
    // A window of blocks at a time: as many as there are threads, so memory does not grow with
    // the table; collected in order, so threads do not show in the output.
    let window = rayon::current_num_threads().max(1) as u64;
    for first in (0..blocks).step_by(window as usize) {
        let made: Vec<(SourceBlock, Block, Vec<Table>)> = (first..(first + window).min(blocks))
            .into_par_iter()
            .map(|number| {
                let source = source(setup, number);
                let block = deliver(setup, number, &source);
                let children = children(setup, number, &source);
                (source, block, children)
            })
            .collect();
        for (source, block, children) in made {
            let truth = rows_table(setup, &source);
            let rowmap = rowmap_table(setup, &block, written.delivered_rows);
            let touched = touched_table(setup, &block, written.delivered_rows);
            if files.is_none() {
                files = Some(open(
                    setup,
                    data,
                    key,
                    &block,
                    &source,
                    [&truth, &rowmap, &touched],
                    &children,
                )?);
                let first = |child: &Table| {
                    let rows: Vec<usize> = (0..child.rows().min(EXAMPLE_ROWS)).collect();
                    child.pick(&rows)
                };
                written.children = children.iter().map(first).collect();
            }
            if let Some(files) = &mut files {
                files.parquet.append(&block.table)?;
                files.csv.append(&block.table)?;
                files.surface.append(&source.surface)?;
                files.rows.append(&truth)?;
                files.rowmap.append(&rowmap)?;
                files.touched.append(&touched)?;
                for ((parquet, csv), child) in files.children.iter_mut().zip(&children) {
                    parquet.append(child)?;
                    csv.append(child)?;
                }
            }
            count(&mut written.counts, &block);
            written.delivered_rows += block.table.rows() as u64;
            written.sample.add(setup, &source, &truth, &block);
            progress.advance(source.surface.rows() as u64)?;
        }
    }
    if let Some(files) = files {
        files.parquet.finish()?;
        files.csv.finish()?;
        files.surface.finish()?;
        files.rows.finish()?;
        files.rowmap.finish()?;
        files.touched.finish()?;
        for (parquet, csv) in files.children {
            parquet.finish()?;
            csv.finish()?;
        }
    }
    Ok(written)
}

fn open(
    setup: &Setup,
    data: &Path,
    key: &Path,
    block: &Block,
    source: &SourceBlock,
    [truth, rowmap, touched]: [&Table; 3],
    children: &[Table],
) -> Result<Files, GenerateError> {
    let name = &setup.scenario.name;
    let mut tables = Vec::new();
    for (plan, child) in setup.scenario.children.iter().zip(children) {
        let file = setup.scenario.child_table(plan);
        tables.push((
            ParquetFile::create(&data.join(format!("{file}.parquet")), child)?,
            CsvFile::create(&data.join(format!("{file}.csv")), child)?,
        ));
    }
    Ok(Files {
        parquet: ParquetFile::create(&data.join(format!("{name}.parquet")), &block.table)?,
        csv: CsvFile::create(&data.join(format!("{name}.csv")), &block.table)?,
        surface: ParquetFile::create(&key.join("surface.parquet"), &source.surface)?,
        rows: ParquetFile::create(&key.join("rows.parquet"), truth)?,
        rowmap: ParquetFile::create(&key.join("rowmap.parquet"), rowmap)?,
        touched: ParquetFile::create(&key.join("touched.parquet"), touched)?,
        children: tables,
    })
}

fn empty(setup: &Setup, at: usize) -> InstanceCount {
    InstanceCount {
        id: setup.world.instances[at].id.clone(),
        rows: 0,
        cells: 0,
        added: 0,
    }
}

fn count(counts: &mut [InstanceCount], block: &Block) {
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
}
