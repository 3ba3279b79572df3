//! The truth of one bundle, aligned to the delivered rows.

use std::collections::HashMap;

use crate::bundle::Key;
use crate::generate::{RowOrigin, Touch};
use crate::labels::Partition;
use crate::table::{Cell, Table};

use super::error::{TruthError, column, same_number, whole, wrong};
use super::restore::restore;
use super::sample::Sample;

/// The tables of one bundle, as read.
#[derive(Debug, Clone, Default)]
pub struct TruthTables {
    /// The delivered table.
    pub delivered: Table,
    /// `removed.parquet`: the rows that were not delivered, before defects.
    pub removed: Table,
    /// `rows.parquet`: the truth of each source row.
    pub rows: Table,
    /// `rowmap.parquet`: where each delivered row comes from.
    pub rowmap: Table,
    /// `touched.parquet`: every changed cell, with its value before.
    pub touched: Table,
}

/// The truth of one bundle: its key, with its tables aligned.
#[derive(Debug, Clone)]
pub struct BundleTruth {
    /// The key.
    pub key: Key,
    /// The delivered rows.
    pub delivered: Table,
    /// The rows before defects, by source position.
    pub surface: Table,
    /// Name of the child table that this truth is about; none for the main one.
    pub table: Option<String>,
    /// The child tables of which cleaned data were submitted.
    pub children: Vec<BundleTruth>,
    rows: Table,
    origins: Vec<RowOrigin>,
    touches: Vec<Touch>,
    base: Vec<usize>,
    originals: Vec<usize>,
}

impl BundleTruth {
    /// Combine the tables of a bundle. Fails if they do not belong together.
    pub fn new(key: Key, tables: TruthTables) -> Result<Self, TruthError> {
        let rows = tables.rows.rows();
        Self::build(key, None, rows, tables)
    }

    /// The same for the child table called `name`, whose ids are in `row_id`. The key has no truth
    /// of its rows, so `rows` is empty.
    pub fn of_child(
        key: &Key,
        name: &str,
        row_id: &str,
        tables: TruthTables,
    ) -> Result<Self, TruthError> {
        let key = Key {
            row_id: row_id.to_owned(),
            ..key.clone()
        };
        let mut children = key.children.iter();
        let child = children.find(|child| child.name == name);
        let rows = child.map_or(0, |child| child.source_rows as usize);
        Self::build(key, Some(name.to_owned()), rows, tables)
    }

    /// `source_rows` is the number of rows before defects.
    fn build(
        key: Key,
        table: Option<String>,
        source_rows: usize,
        tables: TruthTables,
    ) -> Result<Self, TruthError> {
        let TruthTables {
            delivered,
            removed,
            rows,
            rowmap,
            touched,
        } = tables;
        let origins = origins(&key, &rowmap)?;
        same_number("rowmap.parquet", origins.len(), delivered.rows())?;
        let (touches, surface) = rayon::join(
            || touches(&key, &delivered, &touched),
            || restore(&delivered, &removed, &rowmap, &touched, source_rows),
        );
        let (touches, surface) = (touches?, surface?);
        let base: Option<Vec<usize>> = origins
            .iter()
            .map(|origin| Some(origin.source.or(origin.group)? as usize))
            .collect();
        let base = base.ok_or_else(|| wrong("rowmap.parquet", "has a row from nowhere"))?;
        if base.iter().any(|base| *base >= surface.rows()) {
            return Err(wrong("rowmap.parquet", "names a row that is not there"));
        }
        let originals = (0..origins.len()).filter(|row| origins[*row].source.is_some());
        Ok(Self {
            originals: originals.collect(),
            key,
            delivered,
            surface,
            table,
            children: Vec::new(),
            rows,
            origins,
            touches,
            base,
        })
    }

    /// The truth of a sample of a bundle's main table; of the whole table if the bundle is small.
    pub fn of_sample(key: Key, sample: &Sample) -> Self {
        let rows = sample.base.iter().zip(&sample.added_by);
        let origins: Vec<RowOrigin> = rows
            .map(|(base, added_by)| RowOrigin {
                source: added_by.is_none().then_some(*base as u64),
                group: Some(*base as u64),
                added_by: *added_by,
            })
            .collect();
        let originals = (0..origins.len()).filter(|row| origins[*row].source.is_some());
        Self {
            originals: originals.collect(),
            key,
            delivered: sample.delivered.clone(),
            surface: sample.surface.clone(),
            table: None,
            children: Vec::new(),
            rows: sample.truth.clone(),
            touches: sample.touches.clone(),
            base: sample.base.clone(),
            origins,
        }
    }

    /// Delivered positions of the rows that no defect added: the rows that comparisons use, so that
    /// a row counts once however often it was delivered.
    pub fn originals(&self) -> &[usize] {
        &self.originals
    }

    /// Where each delivered row comes from.
    pub fn origins(&self) -> &[RowOrigin] {
        &self.origins
    }

    /// Changed cells of delivered rows, by row and column.
    pub fn touches(&self) -> &[Touch] {
        &self.touches
    }

    /// Source position of a delivered row (of its original, for an added row).
    pub fn base(&self, delivered: usize) -> usize {
        self.base[delivered]
    }

    /// Number of the planted defect called `id`.
    pub fn instance(&self, id: &str) -> Option<u16> {
        let mut instances = self.key.world.instances.iter();
        let place = instances.position(|instance| instance.id == id)?;
        Some(place as u16)
    }

    /// The entity of each original row, as a number, before any defect; a row without an entity is
    /// a unit of its own. None if the key names no column of entities.
    pub fn entities(&self) -> Option<Vec<u32>> {
        let texts = self.surface.cells(self.key.entity.as_ref()?)?.texts();
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut last = 0;
        let mut fresh = || {
            last += 1;
            last
        };
        let each = self
            .originals
            .iter()
            .map(|row| match &texts[self.base[*row]] {
                Some(name) => *numbers.entry(name).or_insert_with(&mut fresh),
                None => fresh(),
            });
        Some(each.collect())
    }

    /// A latent of the original rows; none when the key has no such column.
    pub fn latent(&self, column: &str) -> Option<Vec<f64>> {
        let numbers = self.rows.cells(column)?.numbers()?;
        let at = |row: &usize| numbers[self.base[*row]].unwrap_or(f64::NAN);
        Some(self.originals.iter().map(at).collect())
    }

    /// A grouping of the original rows; none when the key has no such column.
    pub fn grouping(&self, column: &str) -> Option<Partition> {
        let texts = self.rows.cells(column)?.texts();
        let at = |row: &usize| texts[self.base[*row]].clone();
        let labels: Vec<_> = self.originals.iter().map(at).collect();
        Some(Partition::from_labels(&labels))
    }

    /// The truth of each delivered row, in the columns of `rows.parquet`; an added row has that of
    /// its original.
    pub fn described(&self) -> Table {
        self.rows.pick(&self.base)
    }

    /// Per delivered row, whether a planted defect changed a cell of it or added it.
    pub fn struck(&self, instance: u16) -> Vec<bool> {
        let origins = self.origins.iter();
        let mut struck: Vec<bool> = origins
            .map(|origin| origin.added_by == Some(instance))
            .collect();
        for touch in &self.touches {
            struck[touch.row] |= touch.instances.contains(&instance);
        }
        struck
    }

    /// Per original row, whether a planted defect changed a cell of it or added copies of it.
    pub fn marked(&self, instance: u16) -> Vec<bool> {
        let mut sources = vec![false; self.surface.rows()];
        for (row, origin) in self.origins.iter().enumerate() {
            if origin.added_by == Some(instance) {
                sources[self.base[row]] = true;
            }
        }
        for touch in &self.touches {
            // Cells of an added row do not concern its original.
            if self.origins[touch.row].source.is_some() && touch.instances.contains(&instance) {
                sources[self.base[touch.row]] = true;
            }
        }
        let originals = self.originals.iter();
        originals.map(|row| sources[self.base[*row]]).collect()
    }
}

fn origins(key: &Key, rowmap: &Table) -> Result<Vec<RowOrigin>, TruthError> {
    let delivered = whole("rowmap.parquet", rowmap, "delivered")?;
    let source = whole("rowmap.parquet", rowmap, "source")?;
    let group = whole("rowmap.parquet", rowmap, "duplicate_group")?;
    let added = column("rowmap.parquet", rowmap, "added_by")?;
    // Removed rows have no delivered position and are not compared.
    (0..rowmap.rows())
        .filter(|row| delivered[*row].is_some())
        .map(|row| {
            let added_by = match added.cell(row) {
                Cell::Text(id) => Some(number("rowmap.parquet", key, &id)?),
                _ => None,
            };
            Ok(RowOrigin {
                source: source[row].map(|at| at as u64),
                group: group[row].map(|at| at as u64),
                added_by,
            })
        })
        .collect()
}

fn touches(key: &Key, delivered: &Table, touched: &Table) -> Result<Vec<Touch>, TruthError> {
    const FILE: &str = "touched.parquet";
    let rows = whole(FILE, touched, "delivered")?;
    let columns = column(FILE, touched, "column")?;
    let instances = column(FILE, touched, "instances")?;
    let mut touches = Vec::with_capacity(touched.rows());
    for (at, row) in rows.iter().enumerate() {
        let row = row.map(|row| row as usize);
        let column = delivered.position(&columns.cell(at).show());
        let (Some(row), Some(column)) = (row.filter(|row| *row < delivered.rows()), column) else {
            return Err(wrong(FILE, "names a cell that was not delivered"));
        };
        let names = instances.cell(at).show();
        let numbers = names.split(' ').map(|name| number(FILE, key, name));
        touches.push(Touch {
            row,
            column,
            instances: numbers.collect::<Result<_, _>>()?,
        });
    }
    touches.sort_by_key(|touch| (touch.row, touch.column));
    Ok(touches)
}

fn number(table: &'static str, key: &Key, id: &str) -> Result<u16, TruthError> {
    let mut instances = key.world.instances.iter();
    let place = instances.position(|instance| instance.id == id);
    place
        .map(|place| place as u16)
        .ok_or_else(|| wrong(table, format!("names a defect `{id}` that the key has not")))
}
