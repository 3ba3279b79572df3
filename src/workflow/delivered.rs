//! The files of one bundle, each open until the last block.

use std::path::Path;

use crate::bundle::{Formats, removed_table, rowmap_table, rows_table, touched_table};
use crate::generate::{Block, Setup, SourceBlock};
use crate::table::{CsvFile, ParquetFile, Table, TableError};

use super::tables::Output;

/// One delivered table, in the formats that were asked for.
pub(super) struct Delivered {
    parquet: Option<ParquetFile>,
    csv: Option<CsvFile>,
}

impl Delivered {
    /// Begin `data/<name>.*`. Shards, one after the other, are the table: only the first one names
    /// the columns.
    fn create(
        data: &Path,
        name: &str,
        like: &Table,
        formats: Formats,
        first: bool,
    ) -> Result<Self, TableError> {
        let parquet = data.join(format!("{name}.parquet"));
        let csv = data.join(format!("{name}.csv"));
        let begin = if first {
            CsvFile::create
        } else {
            CsvFile::continued
        };
        Ok(Self {
            parquet: if formats.parquet {
                Some(ParquetFile::create(&parquet, like)?)
            } else {
                None
            },
            csv: if formats.csv {
                Some(begin(&csv, like)?)
            } else {
                None
            },
        })
    }

    fn append(&mut self, block: &Table) -> Result<(), TableError> {
        let (parquet, csv) = (&mut self.parquet, &mut self.csv);
        let (one, other) = rayon::join(
            || parquet.as_mut().map_or(Ok(()), |file| file.append(block)),
            || csv.as_mut().map_or(Ok(()), |file| file.append(block)),
        );
        one.and(other)
    }

    fn finish(self) -> Result<(), TableError> {
        self.parquet.map_or(Ok(()), ParquetFile::finish)?;
        self.csv.map_or(Ok(()), CsvFile::finish)
    }
}

/// The delivered tables, and the key's.
pub(super) struct Files {
    main: Delivered,
    children: Vec<Delivered>,
    rows: ParquetFile,
    rowmap: ParquetFile,
    touched: ParquetFile,
    removed: ParquetFile,
}

/// One block with everything that is written of it.
pub(super) struct Made {
    pub(super) source: SourceBlock,
    pub(super) block: Block,
    pub(super) children: Vec<Table>,
    /// `rows.parquet` of it.
    pub(super) truth: Table,
}

impl Made {
    pub(super) fn new(
        setup: &Setup,
        source: SourceBlock,
        block: Block,
        children: Vec<Table>,
    ) -> Self {
        Self {
            truth: rows_table(setup, &source),
            source,
            block,
            children,
        }
    }
}

impl Files {
    /// Begin every file; `made` is the first block.
    pub(super) fn create(
        setup: &Setup,
        output: &Output<'_>,
        made: &Made,
    ) -> Result<Self, TableError> {
        let scenario = &setup.scenario;
        let first = output.blocks.start == 0;
        let delivered = |name: &str, like: &Table| {
            Delivered::create(output.data, name, like, output.formats, first)
        };
        let children = scenario.children.iter().zip(&made.children);
        let key = |name: &str, like: &Table| ParquetFile::create(&output.key.join(name), like);
        Ok(Self {
            main: delivered(&scenario.name, &made.block.table)?,
            children: children
                .map(|(plan, child)| delivered(&scenario.child_table(plan), child))
                .collect::<Result<_, _>>()?,
            rows: ParquetFile::create_quick(&output.key.join("rows.parquet"), &made.truth)?,
            rowmap: key("rowmap.parquet", &rowmap_table(setup, &made.block, 0))?,
            touched: key(
                "touched.parquet",
                &touched_table(setup, &made.source, &made.block, 0),
            )?,
            removed: key("removed.parquet", &removed_table(&made.source, &made.block))?,
        })
    }

    /// Add a block below; `delivered` rows stand above it.
    pub(super) fn append(
        &mut self,
        setup: &Setup,
        made: &Made,
        delivered: u64,
    ) -> Result<(), TableError> {
        let Self {
            main,
            children,
            rows,
            rowmap,
            touched,
            removed,
        } = self;
        // Files do not wait for one another; what is in each does not depend on that.
        let (tables, key) = rayon::join(
            || main.append(&made.block.table),
            || {
                rows.append(&made.truth)?;
                rowmap.append(&rowmap_table(setup, &made.block, delivered))?;
                touched.append(&touched_table(setup, &made.source, &made.block, delivered))?;
                removed.append(&removed_table(&made.source, &made.block))
            },
        );
        tables.and(key)?;
        for (file, child) in children.iter_mut().zip(&made.children) {
            file.append(child)?;
        }
        Ok(())
    }

    /// Write the ends of the files.
    pub(super) fn finish(self) -> Result<(), TableError> {
        self.main.finish()?;
        for child in self.children {
            child.finish()?;
        }
        for file in [self.rows, self.rowmap, self.touched, self.removed] {
            file.finish()?;
        }
        Ok(())
    }
}
