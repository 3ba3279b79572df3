//! The view of a drawn table, with what is true of its rows.

use ndarray::Array2;

use crate::generate::{Block, Setup, SourceBlock};
use crate::random::Stream;
use crate::scenario::{Kind, Repair, record_of};
use crate::table::{Cell, Column, Table};

use super::error::CertifyError;
use super::view::View;

/// A view with what is true of its rows.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The view of the best-repaired table.
    pub view: View,
    /// The latents: rows × latents.
    pub factors: Array2<f64>,
    /// The archetype that each row was drawn from.
    pub sampled: Vec<u32>,
}

impl Reference {
    /// From rows as drawn (`source`) and as delivered (`block`): what the best of analysts could
    /// make of the delivered table. Rows that a defect added are gone, cells that only the source
    /// could repair are missing, everything else is as it was before; rows that a defect took away
    /// stay away. Columns with a measurement of the row: no ids, dates, texts, categories, flags,
    /// derived columns, and no numbers of entities, which repeat.
    ///
    /// # Errors
    /// When too few rows or columns are left.
    pub fn of(
        setup: &Setup,
        source: &SourceBlock,
        block: &Block,
        stream: &Stream,
    ) -> Result<Self, CertifyError> {
        let mut delivered: Vec<(usize, usize)> = Vec::new();
        for (row, origin) in block.origins.iter().enumerate() {
            if let (Some(at), None) = (origin.source, origin.added_by) {
                delivered.push((row, (at - source.first) as usize));
            }
        }
        let rows: Vec<usize> = delivered.iter().map(|(_, at)| *at).collect();
        let mut columns: Vec<Column> = measured(setup, &source.surface)
            .into_iter()
            .map(|column| Column {
                name: column.name.clone(),
                cells: column.cells.pick(&rows),
            })
            .collect();
        // Where each delivered row stands among those that are kept.
        let mut places = vec![None; block.table.rows()];
        for (place, (row, _)) in delivered.iter().enumerate() {
            places[*row] = Some(place);
        }
        let lost: Vec<bool> = setup
            .world
            .instances
            .iter()
            .map(|instance| record_of(instance.kind).repair == Repair::Flag)
            .collect();
        for touch in &block.touches {
            let gone = touch.instances.iter().any(|one| lost[usize::from(*one)]);
            let name = block.table.columns().get(touch.column).map(|one| &one.name);
            let column = columns.iter_mut().find(|one| Some(&one.name) == name);
            if let (true, Some(place), Some(column)) = (gone, places[touch.row], column) {
                column.cells.set(place, Cell::Missing);
            }
        }
        // Names are the table's, and every column has one cell per row.
        let table = Table::new(columns).unwrap_or_default();
        let view = View::of(&table, stream)?;
        let at = |row: usize| rows[view.rows[row]];
        let latents = &source.latents;
        Ok(Self {
            factors: Array2::from_shape_fn(
                (view.rows.len(), latents.factors.len()),
                |(row, latent)| latents.factors[latent][at(row)],
            ),
            sampled: (0..view.rows.len())
                .map(|row| latents.sampled[at(row)])
                .collect(),
            view,
        })
    }
}

/// The columns that measure a row.
fn measured<'t>(setup: &Setup, table: &'t Table) -> Vec<&'t Column> {
    let mut columns = Vec::new();
    for plan in &setup.scenario.columns {
        let numbers = matches!(
            plan.kind,
            Kind::Real(_) | Kind::Count(_) | Kind::Fraction(_)
        );
        if numbers && plan.held.is_none() {
            columns.extend(table.columns().iter().find(|one| one.name == plan.name));
        }
        if let Kind::Embedding { width, .. } = plan.kind {
            for at in 0..width {
                let name = format!("{}_{at}", plan.name);
                columns.extend(table.columns().iter().find(|one| one.name == name));
            }
        }
    }
    columns
}
