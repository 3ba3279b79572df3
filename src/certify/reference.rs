//! The view of a drawn table, with the truth of its rows.

use ndarray::Array2;

use crate::generate::{Block, BundleContext, SourceBlock};
use crate::random::Stream;
use crate::scenario::{ColumnKind, Repair, record_of};
use crate::table::{Cell, Column, Table};

use super::statistics::{Declared, levels};

use super::error::CertifyError;
use super::view::View;

/// A view with the truth of its rows.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The view of the best-repaired table.
    pub view: View,
    /// The latents: rows × latents.
    pub factors: Array2<f64>,
    /// What each of them means, in words.
    pub names: Vec<String>,
    /// The archetype that each row was drawn from.
    pub sampled: Vec<u32>,
    /// Declared groups: the largest levels of each category, and both sides of a change.
    pub declared: Vec<Declared>,
}

impl Reference {
    /// From rows as drawn (`source`) and as delivered (`block`): the best possible repair of the
    /// delivered table. Rows added by a defect are removed, cells that only the source could repair
    /// are missing, and everything else is as before the defects. Rows that a defect removed stay
    /// removed, and so do rows of the rare group, which is real and may be named. Includes columns
    /// that measure the row: no ids, dates, texts, categories, flags or derived columns, and no
    /// numeric attributes of entities, which repeat.
    ///
    /// # Errors
    /// When too few rows or columns remain.
    pub fn of(
        context: &BundleContext,
        source: &SourceBlock,
        block: &Block,
        stream: &Stream,
    ) -> Result<Self, CertifyError> {
        let mut delivered: Vec<(usize, usize)> = Vec::new();
        for (row, origin) in block.origins.iter().enumerate() {
            if let (Some(at), None) = (origin.source, origin.added_by) {
                let at = (at - source.first) as usize;
                if !source.latents.rare[at] {
                    delivered.push((row, at));
                }
            }
        }
        let rows: Vec<usize> = delivered.iter().map(|(_, at)| *at).collect();
        let mut columns: Vec<Column> = measured(context, &source.clean)
            .into_iter()
            .map(|column| Column {
                name: column.name.clone(),
                cells: column.cells.pick(&rows),
            })
            .collect();
        // Position of each delivered row among the rows that are kept.
        let mut places = vec![None; block.table.rows()];
        for (place, (row, _)) in delivered.iter().enumerate() {
            places[*row] = Some(place);
        }
        let lost: Vec<bool> = context
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
        // Names are those of the table, and every column has one cell per row.
        let table = Table::new(columns).unwrap_or_default();
        let view = View::of(&table, stream)?;
        let latents = &source.latents;
        let drawn: Vec<usize> = view.rows.iter().map(|row| rows[*row]).collect();
        Ok(Self {
            names: context
                .world
                .latents
                .iter()
                .map(|one| one.about.clone())
                .collect(),
            factors: Array2::from_shape_fn(
                (view.rows.len(), latents.factors.len()),
                |(row, latent)| latents.factors[latent][drawn[row]],
            ),
            sampled: drawn.iter().map(|at| latents.sampled[*at]).collect(),
            declared: declared(context, source, &drawn),
            view,
        })
    }
}

/// Declared groups among the rows drawn as `rows`.
fn declared(context: &BundleContext, source: &SourceBlock, rows: &[usize]) -> Vec<Declared> {
    let plans = context.scenario.columns.iter();
    let categories = plans.filter(|plan| matches!(plan.kind, ColumnKind::Category { .. }));
    let mut declared: Vec<Declared> = categories
        .filter_map(|plan| source.clean.column(&plan.name))
        .flat_map(|column| levels(column, rows))
        .collect();
    if let Some(regime) = &context.world.change {
        let side = |name: &str, within: &dyn Fn(f64) -> bool| Declared {
            name: format!("date is {name} the change `{}`", regime.name),
            rows: (0..rows.len())
                .filter(|place| within(source.latents.change[rows[*place]]))
                .collect(),
        };
        declared.push(side("before", &|come| come <= 0.0));
        declared.push(side("after", &|come| come >= 1.0));
    }
    declared
}

/// Columns that measure a row.
fn measured<'t>(context: &BundleContext, table: &'t Table) -> Vec<&'t Column> {
    let mut columns = Vec::new();
    for plan in &context.scenario.columns {
        let numbers = matches!(
            plan.kind,
            ColumnKind::Real(_) | ColumnKind::Count(_) | ColumnKind::Fraction(_)
        );
        if numbers && plan.entity_level.is_none() {
            columns.extend(table.columns().iter().find(|one| one.name == plan.name));
        }
        if let ColumnKind::Embedding { width, .. } = plan.kind {
            for at in 0..width {
                let name = format!("{}_{at}", plan.name);
                columns.extend(table.columns().iter().find(|one| one.name == name));
            }
        }
    }
    columns
}
