//! Rows of a world that no candidate gets, with a key.

use crate::bundle::{FORMAT, InstanceCount, Key};
use crate::generate::{BundleContext, findings};
use crate::scenario::{ColumnKind, Scenario};

/// The key of rows that nobody gets: its findings, and what its defects did (`instances`).
pub(super) fn pilot_key(context: &BundleContext, instances: Vec<InstanceCount>) -> Key {
    Key {
        format: FORMAT,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        bundle: String::new(),
        mark: None,
        candidate: String::new(),
        attempt: 1,
        nonce: String::new(),
        scenario: context.scenario.name.clone(),
        row_id: String::new(),
        entity: entity_of(&context.scenario),
        source_rows: context.rows,
        delivered_rows: 0,
        children: Vec::new(),
        delivered: Vec::new(),
        findings: findings(context),
        instances,
        decoys: Vec::new(),
        parity: Vec::new(),
        world: (*context.world).clone(),
    }
}

/// The column of the main table that refers to the entity of its rows.
fn entity_of(scenario: &Scenario) -> Option<String> {
    let refers = |kind: &ColumnKind| matches!(kind, ColumnKind::Reference { .. });
    let column = scenario.columns.iter().find(|plan| refers(&plan.kind));
    column.map(|plan| plan.name.clone())
}
