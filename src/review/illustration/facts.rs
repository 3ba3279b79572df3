//! Facts that several figures share.

use crate::generate::Instance;
use crate::text::{percent, thousands};

use super::format::rounded;
use super::picture::fact;
use super::sample_rows::SampleRows;

/// Number of examples of changed cells.
const MOST_EXAMPLES: usize = 3;
/// Number of entities named in a fact.
const MOST_ENTITIES: usize = 4;

/// Number of rows that a defect touched, added or removed.
pub(super) fn rows_touched(rows: &SampleRows<'_>, id: &str) -> Option<(String, String)> {
    let counted = rows.key.instances.iter().find(|known| known.id == id)?;
    let made = rows.key.source_rows_of(rows.table);
    let delivered = rows.key.rows_of(rows.table);
    // Removed rows are not among the delivered ones.
    let (name, number, of) = if counted.added > 0 {
        ("rows added", counted.added, delivered)
    } else if counted.removed > 0 {
        ("rows removed", counted.removed, made)
    } else {
        ("rows touched", counted.rows, delivered)
    };
    let part = percent(number as f64 / of.max(1) as f64);
    Some(fact(
        name,
        format!("{} ({part})", thousands(number as usize)),
    ))
}

/// How well one cluster matches the rows of a defect.
pub(super) fn decoy_strength(rows: &SampleRows<'_>, id: &str) -> Option<(String, String)> {
    let decoy = rows.key.decoys.iter().find(|decoy| decoy.instance == id)?;
    Some(fact(
        "best single cluster and its rows (F1), with and without the defect",
        format!("{:.2}, {:.2}", decoy.f1, decoy.control_f1),
    ))
}

/// Number of entities that an instance is limited to, and which ones.
pub(super) fn entities(rows: &SampleRows<'_>, instance: &Instance) -> String {
    let all = instance.entities.len();
    let named = instance.entities.iter().take(MOST_ENTITIES);
    let names: Vec<String> = named
        .map(|entity| rows.context.entity_name(*entity))
        .collect();
    let more = if all > MOST_ENTITIES { ", …" } else { "" };
    format!("{all}: {}{more}", names.join(", "))
}

/// A few cells before and after the defect.
pub(super) fn examples(
    rows: &SampleRows<'_>,
    instance: &Instance,
    number: usize,
) -> Vec<(String, String)> {
    let sample = rows.sample;
    let mut touches = sample.touches.iter().filter(|touch| {
        touch.instances.contains(&(number as u16)) && sample.added_by[touch.row].is_none()
    });
    let or_empty = |text: String| {
        if text.is_empty() {
            "empty".to_owned()
        } else {
            text
        }
    };
    let mut facts = Vec::new();
    while facts.len() < MOST_EXAMPLES {
        let Some(touch) = touches.next() else { break };
        let name = &sample.delivered.columns()[touch.column].name;
        let before = sample.surface.cell(name, sample.base[touch.row]).show();
        let after = sample.delivered.cell(name, touch.row).show();
        facts.push(fact(
            format!("`{name}`, before and after"),
            format!("{} → {}", or_empty(before), or_empty(after)),
        ));
        // With few columns, three rows are more informative than three cells of one row.
        if instance.columns.len() < 3 {
            let row = touch.row;
            touches.by_ref().find(|touch| touch.row != row);
        }
    }
    if let (Some(value), true) = (instance.value, facts.is_empty()) {
        facts.push(fact("planted", rounded(value)));
    }
    facts
}
