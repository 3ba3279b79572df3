//! The files of one bundle, each open until the last block.

use std::path::Path;

use crate::bundle::{ChildRows, Formats, Standing, removed_table, rowmap_table, touched_table};
use crate::generate::BundleContext;
use crate::table::{CsvFile, ParquetFile, Table, TableError};

use super::output::{BlockTables, ChildBlock, TableOutput, WrittenTables};

/// One delivered table, in the requested formats.
pub(crate) struct TableFile {
    parquet: Option<ParquetFile>,
    csv: Option<CsvFile>,
}

impl TableFile {
    /// Begin `data/<name>.*`. Shards, concatenated, are the table: only the first one has a header.
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
pub(crate) struct BundleFiles {
    main: TableFile,
    children: Vec<ChildFiles>,
    rows: ParquetFile,
    rowmap: ParquetFile,
    touched: ParquetFile,
    removed: ParquetFile,
}

/// A child table as delivered, and its part of the key if the world has defects in it.
struct ChildFiles {
    delivered: TableFile,
    ledger: Option<ChildLedger>,
}

/// A child table before defects, and what they did to it.
struct ChildLedger {
    rowmap: ParquetFile,
    touched: ParquetFile,
    removed: ParquetFile,
}

impl ChildFiles {
    fn create(
        context: &BundleContext,
        output: &TableOutput<'_>,
        at: usize,
        made: &ChildBlock,
    ) -> Result<Self, TableError> {
        let plan = &context.scenario.children[at];
        let name = context.scenario.child_table(plan);
        let first = output.blocks.start == 0;
        let key = |what: &str| output.key.join(format!("{what}_{}.parquet", plan.name));
        let ledger = made.block.as_ref().map(|block| {
            let rowmap = rowmap_table(context, block, Standing::default());
            Ok(ChildLedger {
                rowmap: ParquetFile::create(&key("rowmap"), &rowmap)?,
                touched: ParquetFile::create(
                    &key("touched"),
                    &touched_table(context, &made.source, block, 0),
                )?,
                removed: ParquetFile::create(&key("removed"), &removed_table(&made.source, block))?,
            })
        });
        Ok(Self {
            delivered: TableFile::create(
                output.data,
                &name,
                made.delivered(),
                output.formats,
                first,
            )?,
            ledger: ledger.transpose()?,
        })
    }

    /// Append a block, after the `above` rows written before.
    fn append(
        &mut self,
        context: &BundleContext,
        made: &ChildBlock,
        above: &ChildRows,
    ) -> Result<(), TableError> {
        self.delivered.append(made.delivered())?;
        if let (Some(ledger), Some(block)) = (&mut self.ledger, &made.block) {
            let standing = Standing {
                delivered: above.delivered_rows,
                shift: above.source_rows as i64 - made.source.first as i64,
            };
            ledger
                .rowmap
                .append(&rowmap_table(context, block, standing))?;
            let touched = touched_table(context, &made.source, block, standing.delivered);
            ledger.touched.append(&touched)?;
            ledger.removed.append(&removed_table(&made.source, block))?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), TableError> {
        self.delivered.finish()?;
        if let Some(ledger) = self.ledger {
            for file in [ledger.rowmap, ledger.touched, ledger.removed] {
                file.finish()?;
            }
        }
        Ok(())
    }
}

impl BundleFiles {
    /// Begin every file; `made` is the first block.
    pub(crate) fn create(
        context: &BundleContext,
        output: &TableOutput<'_>,
        made: &BlockTables,
    ) -> Result<Self, TableError> {
        let scenario = &context.scenario;
        let first = output.blocks.start == 0;
        let delivered = |name: &str, like: &Table| {
            TableFile::create(output.data, name, like, output.formats, first)
        };
        let children = made.children.iter().enumerate();
        let key = |name: &str, like: &Table| ParquetFile::create(&output.key.join(name), like);
        Ok(Self {
            main: delivered(&scenario.name, &made.block.table)?,
            children: children
                .map(|(at, child)| ChildFiles::create(context, output, at, child))
                .collect::<Result<_, _>>()?,
            rows: ParquetFile::create_quick(&output.key.join("rows.parquet"), &made.truth)?,
            rowmap: key(
                "rowmap.parquet",
                &rowmap_table(context, &made.block, Standing::default()),
            )?,
            touched: key(
                "touched.parquet",
                &touched_table(context, &made.source, &made.block, 0),
            )?,
            removed: key("removed.parquet", &removed_table(&made.source, &made.block))?,
        })
    }

    /// Append a block after those already `written`.
    pub(crate) fn append(
        &mut self,
        context: &BundleContext,
        made: &BlockTables,
        written: &WrittenTables,
    ) -> Result<(), TableError> {
        let standing = Standing {
            delivered: written.delivered_rows,
            shift: 0,
        };
        let Self {
            main,
            children,
            rows,
            rowmap,
            touched,
            removed,
        } = self;
        // Files do not wait for one another; their contents do not depend on the order.
        let (tables, key) = rayon::join(
            || main.append(&made.block.table),
            || {
                rows.append(&made.truth)?;
                rowmap.append(&rowmap_table(context, &made.block, standing))?;
                let (source, block) = (&made.source, &made.block);
                touched.append(&touched_table(context, source, block, standing.delivered))?;
                removed.append(&removed_table(source, block))
            },
        );
        tables.and(key)?;
        let made = made.children.iter().zip(&written.children);
        for (file, (child, above)) in children.iter_mut().zip(made) {
            file.append(context, child, &above.rows)?;
        }
        Ok(())
    }

    /// Finish the files.
    pub(crate) fn finish(self) -> Result<(), TableError> {
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
