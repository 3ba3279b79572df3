//! Damage that the cleaned data did to correct cells and rows.

use std::cmp::Reverse;

use super::super::{BundleTruth, DamagedColumn, Share};
use super::cleaned_columns::CleanedRows;
use super::repair_counts::share;

/// Shares of untouched cells that were changed: over all columns, none if there are no cells to
/// compare; and by column, the most changed first.
pub(super) fn damage(
    truth: &BundleTruth,
    rows: &CleanedRows<'_>,
) -> (Option<Share>, Vec<DamagedColumn>) {
    let comparable = || rows.shared().filter(|column| !column.transformed());
    let untouched = comparable().map(|column| column.untouched).sum();
    let changed = comparable().map(|column| column.changed).sum();
    let damaged = comparable().filter(|column| column.changed > 0);
    let mut damaged: Vec<DamagedColumn> = damaged
        .map(|column| DamagedColumn {
            table: truth.table.clone(),
            column: column.name.to_owned(),
            changed: share(column.changed, column.untouched),
        })
        .collect();
    damaged.sort_by_key(|one| Reverse(one.changed.count));
    ((untouched > 0).then(|| share(changed, untouched)), damaged)
}

/// Of the dropped rows, the share in which nothing was wrong: no cell was touched, and no defect
/// delivered the row twice.
pub(super) fn dropped(truth: &BundleTruth, rows: &CleanedRows<'_>) -> Share {
    let origins = truth.origins();
    let alone = |row: usize| origins[row].added_by.is_none() && origins[row].group.is_none();
    let mut fine: Vec<bool> = (0..origins.len()).map(alone).collect();
    for touch in truth.touches() {
        fine[touch.row] = false;
    }
    let gone = || (0..origins.len()).filter(|row| !rows.kept(*row));
    let lost = gone().filter(|row| fine[*row]).count();
    share(lost as u64, gone().count() as u64)
}
