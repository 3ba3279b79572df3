//! The data dictionary of a scenario, with examples from rows before defects.

use crate::scenario::{ColumnKind, ColumnPlan, Scenario};
use crate::table::{Cell, Dictionary, DictionaryEntry, Table};

use super::output::WrittenChild;

/// One line per delivered column, main table first. The example is the first value present, never
/// one written by a defect: a dictionary shows what a column should contain.
pub(crate) fn dictionary(
    scenario: &Scenario,
    delivered: &Table,
    surface: &Table,
    children: &[WrittenChild],
) -> Dictionary {
    let mut entries = of_table(&scenario.name, &scenario.columns, delivered, surface);
    for (plan, child) in scenario.children.iter().zip(children) {
        let name = scenario.child_table(plan);
        let columns = of_table(&name, &plan.columns, &child.first, &child.surface);
        entries.extend(columns);
    }
    Dictionary { entries }
}

fn of_table(
    table: &str,
    columns: &[ColumnPlan],
    delivered: &Table,
    surface: &Table,
) -> Vec<DictionaryEntry> {
    let mut entries = Vec::new();
    for plan in columns {
        let names = match plan.kind {
            ColumnKind::Embedding { width, .. } => {
                (0..width).map(|at| format!("{}_{at}", plan.name)).collect()
            }
            _ => vec![plan.name.clone()],
        };
        for name in names {
            let cells = delivered.cells(&name);
            let example = (0..surface.rows())
                .map(|row| surface.cell(&name, row))
                .find(|cell| *cell != Cell::Missing);
            entries.push(DictionaryEntry {
                table: table.to_owned(),
                kind: plan.kind.word().to_owned(),
                stored_as: cells.map_or("text", |cells| cells.stored_as()).to_owned(),
                unit: plan.unit.clone(),
                description: plan.description.clone(),
                example: example.map_or_else(String::new, |cell| cell.show()),
                column: name,
            });
        }
    }
    entries
}
