//! The data dictionary of a scenario, with examples from the delivered rows.

use crate::scenario::{Kind, Scenario};
use crate::table::{Cell, Dictionary, DictionaryEntry, Table};

/// One line per delivered column; the example is the first value that is there.
pub(super) fn dictionary(scenario: &Scenario, delivered: &Table) -> Dictionary {
    let mut entries = Vec::new();
    for plan in &scenario.columns {
        let names = match plan.kind {
            Kind::Embedding { width, .. } => {
                (0..width).map(|at| format!("{}_{at}", plan.name)).collect()
            }
            _ => vec![plan.name.clone()],
        };
        for name in names {
            let cells = delivered.cells(&name);
            let example = (0..delivered.rows())
                .map(|row| delivered.cell(&name, row))
                .find(|cell| *cell != Cell::Missing);
            entries.push(DictionaryEntry {
                table: scenario.name.clone(),
                kind: plan.kind.word().to_owned(),
                stored_as: cells.map_or("text", |cells| cells.stored_as()).to_owned(),
                unit: plan.unit.clone(),
                description: plan.description.clone(),
                example: example.map_or_else(String::new, |cell| cell.show()),
                column: name,
            });
        }
    }
    Dictionary { entries }
}
