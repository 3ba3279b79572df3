//! Counts of how one defect was treated in the cleaned data.

use super::super::{RepairError, Share};
use super::cells::number;
use super::cleaned_columns::CleanedColumn;
use crate::measure::{Detection, rmse, wilson};
use crate::scenario::{DefectOperation, KindRecord, Repair};
use crate::table::Cell;
use crate::text::thousands;

/// How much of a defect was repaired and acted on.
#[derive(Default)]
pub(super) struct RepairCounts {
    pub(super) repaired: u64,
    pub(super) acted_on: u64,
    pub(super) of: u64,
    /// Delivered rows whose cells were counted.
    pub(super) rows: Vec<usize>,
    /// Acting on the defect as a detection of it; none if single cells or rows do not show it.
    flagged: Option<Detection>,
    /// Values of touched cells in standard deviations of their clean columns.
    errors: Errors,
}

/// Numbers with their clean values.
#[derive(Default)]
struct Errors {
    cleaned: ComparedValues,
    delivered: ComparedValues,
}

/// Values with their correct values.
#[derive(Default)]
struct ComparedValues {
    found: Vec<f64>,
    clean: Vec<f64>,
}

impl ComparedValues {
    fn push(&mut self, found: f64, clean: f64) {
        self.found.push(found);
        self.clean.push(clean);
    }

    fn error(&self) -> Option<f64> {
        rmse(&self.clean, &self.found)
    }
}

impl RepairCounts {
    /// What was counted, in words; often several cells of a row are counted.
    pub(super) fn counted(&self, record: &KindRecord) -> String {
        let named = |one: &str, many: &str| {
            let of = thousands(self.of as usize);
            format!("{of} {}", if self.of == 1 { one } else { many })
        };
        match record.operation {
            effect if effect.adds_rows() => named("group of copies", "groups of copies"),
            DefectOperation::Override => named("row", "rows"),
            _ if record.repair == Repair::DropColumn => named("column", "columns"),
            _ => {
                let mut rows = self.rows.clone();
                rows.sort_unstable();
                rows.dedup();
                match rows.len() as u64 {
                    few if few == self.of => named("cell", "cells"),
                    1 => format!("{} in one row", named("cell", "cells")),
                    few => format!(
                        "{} in {} rows",
                        named("cell", "cells"),
                        thousands(few as usize)
                    ),
                }
            }
        }
    }

    pub(super) fn add(&mut self, repaired: bool, acted_on: bool) {
        self.repaired += u64::from(repaired);
        self.acted_on += u64::from(acted_on);
        self.of += 1;
    }

    /// Count cells or rows: acted on correctly (`found`), acted on without need, and not acted on.
    pub(super) fn flag(&mut self, found: u64, false_alarms: u64, missed: u64) {
        let flagged = self.flagged.get_or_insert_default();
        flagged.found += found;
        flagged.false_alarms += false_alarms;
        flagged.missed += missed;
    }

    /// A touched cell of `column`: delivered, cleaned and clean value.
    pub(super) fn beside(
        &mut self,
        column: &CleanedColumn<'_>,
        [delivered, cleaned, clean]: [&Cell; 3],
    ) {
        let Some(deviation) = column.deviation.filter(|deviation| *deviation > 0.0) else {
            return;
        };
        let Some((cleaned, clean)) = number(cleaned).zip(number(clean)) else {
            return;
        };
        self.errors
            .cleaned
            .push(cleaned / deviation, clean / deviation);
        if let Some(delivered) = number(delivered) {
            self.errors
                .delivered
                .push(delivered / deviation, clean / deviation);
        }
    }

    /// Precision: share of what was acted on that the defect touched.
    pub(super) fn precision(&self) -> Option<Share> {
        let Detection {
            found,
            false_alarms,
            ..
        } = self.flagged?;
        (self.of > 0).then(|| share(found, found + false_alarms))
    }

    /// See [`Detection::f1`].
    pub(super) fn f1(&self) -> Option<f64> {
        self.flagged.filter(|_| self.of > 0)?.f1()
    }

    /// Error of its numbers.
    pub(super) fn error(&self) -> Option<RepairError> {
        Some(RepairError {
            cells: self.errors.cleaned.found.len() as u64,
            delivered: self.errors.delivered.error(),
            cleaned: self.errors.cleaned.error()?,
        })
    }
}

/// A share with its interval.
pub(super) fn share(count: u64, of: u64) -> Share {
    Share {
        count,
        of,
        interval: wilson(count, of),
    }
}
