//! The ledger of changes and the truth of rows, as tables.

use crate::generate::{Block, BundleContext, Latents, Removal, SourceBlock};
use crate::scenario::ColumnKind;
use crate::table::{Cell, Cells, Column, Table, Text};

/// Positions of the first row of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// In the delivered table.
    pub delivered: u64,
    /// Offset from source positions in the block to rows of the clean table: 0 for the main table;
    /// negative for a child table, whose positions have gaps.
    pub shift: i64,
}

/// `rowmap.parquet` of one block: delivered position or null, source position or null, duplicate
/// group, and the instance that added or removed the row. Removed rows are at the end of their
/// block.
pub fn rowmap_table(context: &BundleContext, block: &Block, standing: Standing) -> Table {
    let name = |number: u16| instance_name(context, number);
    let first_delivered = standing.delivered;
    let place = |at: u64| at as i64 + standing.shift;
    let (rows, gone) = (&block.origins, &block.removed);
    let delivered = (0..rows.len()).map(|row| Some((first_delivered + row as u64) as i64));
    let source = rows.iter().map(|row| row.source.map(place));
    let removed = gone.iter().map(|row| Some(place(row.source)));
    let group = rows.iter().map(|row| row.group.map(place));
    let added_by = rows.iter().map(|row| row.added_by.map(name));
    let removed_by = gone.iter().map(|row| Some(name(row.by)));
    build(vec![
        column(
            "delivered",
            Cells::Whole(delivered.chain(gone.iter().map(|_| None)).collect()),
        ),
        column("source", Cells::Whole(source.chain(removed).collect())),
        column(
            "duplicate_group",
            Cells::Whole(group.chain(gone.iter().map(|_| None)).collect()),
        ),
        column(
            "added_by",
            Cells::Text(added_by.chain(gone.iter().map(|_| None)).collect()),
        ),
        column(
            "removed_by",
            Cells::Text(rows.iter().map(|_| None).chain(removed_by).collect()),
        ),
    ])
}

/// `touched.parquet` of one block: delivered position, column, instance ids in order, and the value
/// before: the cell of the row's source (of its original, for an added row), as in the CSV, null if
/// it was missing.
///
/// A delivered cell that is not listed here equals the clean one. Together with `removed.parquet`
/// and the delivered table this gives the clean table, which is not stored separately.
pub fn touched_table(
    context: &BundleContext,
    source: &SourceBlock,
    block: &Block,
    first_delivered: u64,
) -> Table {
    let touches = &block.touches;
    let columns = block.table.columns();
    let names: Vec<Text> = columns
        .iter()
        .map(|column| Text::from(column.name.as_str()))
        .collect();
    // The same few lists recur: each is formatted once.
    let mut lists: Vec<(&[u16], Text)> = Vec::new();
    let instances = touches.iter().map(|touch| {
        let known = lists.iter().find(|(list, _)| *list == touch.instances);
        if let Some((_, text)) = known {
            return Some(text.clone());
        }
        let ids: Vec<Text> = touch
            .instances
            .iter()
            .map(|number| instance_name(context, *number))
            .collect();
        let text = Text::from(ids.join(" "));
        lists.push((&touch.instances, text.clone()));
        Some(text)
    });
    let before = touches.iter().map(|touch| {
        let origin = &block.origins[touch.row];
        let row = (origin.source.or(origin.group)? - source.first) as usize;
        let cell = source.clean.columns()[touch.column].cells.cell(row);
        (cell != Cell::Missing).then(|| cell.into_text())
    });
    build(vec![
        column(
            "delivered",
            Cells::Whole(
                touches
                    .iter()
                    .map(|touch| Some((first_delivered + touch.row as u64) as i64))
                    .collect(),
            ),
        ),
        column(
            "column",
            Cells::Text(
                touches
                    .iter()
                    .map(|touch| Some(names[touch.column].clone()))
                    .collect(),
            ),
        ),
        column("instances", Cells::Text(instances.collect())),
        column("before", Cells::Text(before.collect())),
    ])
}

/// `removed.parquet` of one block: the clean rows that were not delivered, in the order of the row
/// map. Columns and types are those of the clean table, even if no row was removed.
pub fn removed_table(source: &SourceBlock, block: &Block) -> Table {
    let row = |removal: &Removal| (removal.source - source.first) as usize;
    let rows: Vec<usize> = block.removed.iter().map(row).collect();
    source.clean.pick(&rows)
}

/// `rows.parquet` of one block: the truth of each source row. Floating-point numbers are stored
/// with seven digits.
pub fn rows_table(context: &BundleContext, block: &SourceBlock) -> Table {
    let latents: &Latents = &block.latents;
    let world = &context.world;
    let mut columns = Vec::new();
    for plan in &context.scenario.columns {
        let name = match plan.kind {
            ColumnKind::Identifier { .. } => "row_id",
            ColumnKind::Reference { .. } => plan.name.as_str(),
            _ => continue,
        };
        if let Some(cells) = block.clean.cells(&plan.name) {
            columns.push(column(name, cells.clone()));
        }
    }
    columns.extend(factors(context, latents));
    for (k, values) in latents.members.iter().enumerate() {
        columns.push(column(&world.member_column(k), reals(values)));
    }
    for (k, parts) in latents.nested.iter().enumerate() {
        for (j, values) in parts.iter().enumerate() {
            let name = world.nested_member_column(k, j);
            columns.push(column(&name, reals(values)));
        }
    }
    let codes = |values: &[u32]| Cells::Whole(values.iter().map(|v| Some(i64::from(*v))).collect());
    columns.push(column(&world.sampled_column(), codes(&latents.sampled)));
    for (at, sides) in latents.sides.iter().enumerate() {
        columns.push(column(&world.split_column(at), codes(sides)));
    }
    if let Some(change) = &world.change {
        columns.push(column(&change.column(), reals(&latents.change)));
    }
    if let Some(rare) = &world.rare {
        let flags = latents.rare.iter().copied().map(Some).collect();
        columns.push(column(&rare.column(), Cells::Flag(flags)));
    }
    build(columns)
}

/// The truth of a child table's events: the continuous latents of their rows.
pub fn latents_table(context: &BundleContext, block: &SourceBlock) -> Table {
    build(factors(context, &block.latents).collect())
}

fn factors<'a>(
    context: &'a BundleContext,
    latents: &'a Latents,
) -> impl Iterator<Item = Column> + 'a {
    let values = latents.factors.iter().enumerate();
    values.map(|(at, values)| column(&context.world.latent_column(at), reals(values)))
}

fn reals(values: &[f64]) -> Cells {
    Cells::Real(values.iter().copied().map(Some).collect())
}

fn instance_name(context: &BundleContext, number: u16) -> Text {
    context.world.instances.get(number as usize).map_or_else(
        || Text::from(""),
        |instance| Text::from(instance.id.as_str()),
    )
}

fn column(name: &str, cells: Cells) -> Column {
    Column {
        name: name.to_owned(),
        cells,
    }
}

/// Columns of one block have equal lengths and unique names.
fn build(columns: Vec<Column>) -> Table {
    Table::new(columns).unwrap_or_default()
}
