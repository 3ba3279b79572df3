//! What the cleaned data repaired of each defect, and what they damaged.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{BundleTruth, CleaningEvidence, DamagedColumn, Share};
use super::cells::{near, number, same};
use super::cleaned_columns::{CleanedColumn, CleanedRows, Fate};
use super::damage::{damage, dropped};
use super::repair_counts::{RepairCounts, share};
use crate::generate::{Instance, Touch, Truth};
use crate::scenario::{DefectOperation, KindRecord, Repair, record_of};
use crate::submission::CleanedTable;
use crate::table::Cell;

/// The cleaned data compared with the truth.
pub(in super::super) struct Cleaning {
    /// Per planted defect, in the order of the findings.
    pub(in super::super) defects: Vec<CleaningEvidence>,
    /// Untouched cells that were changed, in all and column by column.
    pub(in super::super) damage: Option<Share>,
    pub(in super::super) damaged: Vec<DamagedColumn>,
    /// Rows that were dropped although nothing was wrong with them.
    pub(in super::super) dropped: Option<Share>,
    /// What could not be compared, and why.
    pub(in super::super) notes: Vec<String>,
}

/// Cleaned data with a smaller share of the delivered rows are probably a sample.
const SAMPLE: f64 = 0.5;

impl Cleaning {
    /// Nothing was submitted.
    pub(in super::super) fn none() -> Self {
        Self {
            defects: Vec::new(),
            damage: None,
            damaged: Vec::new(),
            dropped: None,
            notes: Vec::new(),
        }
    }
}

/// Share of the delivered rows in the cleaned data.
fn kept(truth: &BundleTruth, cleaned: &CleanedTable) -> f64 {
    cleaned.rows.len() as f64 / truth.delivered.rows().max(1) as f64
}

fn is_sample(truth: &BundleTruth, cleaned: &CleanedTable) -> bool {
    kept(truth, cleaned) < SAMPLE
}

/// Compare cleaned data with the ledger of their table.
pub(in super::super) fn compare_cleaned(truth: &BundleTruth, cleaned: &CleanedTable) -> Cleaning {
    let rows = CleanedRows::new(truth, cleaned);
    let dropped = dropped(truth, &rows);
    let defects = truth.key.findings.iter().filter_map(|finding| {
        let Truth::Defect { instance, .. } = &finding.truth else {
            return None;
        };
        let planted = truth.instance(instance)?;
        let instance = &truth.key.world.instances[planted as usize];
        if instance.table != truth.table {
            return None;
        }
        let record = record_of(instance.kind);
        let tally = DefectRepair {
            truth,
            rows: &rows,
            planted,
            record,
            lost: dropped.count,
        }
        .tally();
        Some(CleaningEvidence {
            finding: finding.id.clone(),
            what: match &truth.table {
                Some(table) => format!("{} (table {table})", record.title),
                None => record.title.to_owned(),
            },
            repair: repair_words(record).to_owned(),
            counted: tally.counted(record),
            repaired: share(tally.repaired, tally.of),
            acted_on: share(tally.acted_on, tally.of),
            precision: tally.precision(),
            f1: tally.f1(),
            error: tally.error(),
        })
    });
    let (all, damaged) = damage(truth, &rows);
    Cleaning {
        defects: defects.collect(),
        damage: all,
        damaged,
        // In a sample, omitted rows cannot be distinguished from dropped ones.
        dropped: (!is_sample(truth, cleaned)).then_some(dropped),
        notes: notes(truth, &rows, cleaned),
    }
}

/// The correct repair of a defect, in a few words.
fn repair_words(record: &KindRecord) -> &'static str {
    match (record.repair, record.operation) {
        (_, effect) if effect.adds_rows() => "one row of each kept",
        (Repair::Drop, _) => "rows dropped",
        (Repair::DropColumn, _) => "the column left out",
        (Repair::Source | Repair::Leave, _) => "nothing to repair; mention it in the report",
        (Repair::Exact, DefectOperation::Replace) => "marked as missing",
        (Repair::Exact, DefectOperation::Respell) => "one spelling",
        (Repair::Exact, _) => "the exact value",
        (Repair::Approximate, _) => "nearly the value, or marked as missing",
        (Repair::Flag, DefectOperation::Blank) => "left missing",
        (Repair::Flag, DefectOperation::Clip) => "marked as cut off, or as missing",
        (Repair::Flag, _) => "marked as missing",
    }
}

/// One planted defect in the cleaned data.
struct DefectRepair<'a> {
    truth: &'a BundleTruth,
    rows: &'a CleanedRows<'a>,
    planted: u16,
    record: &'static KindRecord,
    /// Dropped rows in which nothing was wrong.
    lost: u64,
}

impl DefectRepair<'_> {
    fn tally(&self) -> RepairCounts {
        match self.record.operation {
            operation if operation.adds_rows() => self.groups(),
            DefectOperation::Override => self.dropped_rows(),
            // Cleaned data say nothing about rows that were never delivered, or about what should
            // stay.
            _ if matches!(self.record.repair, Repair::Source | Repair::Leave) => {
                RepairCounts::default()
            }
            _ if self.record.repair == Repair::DropColumn => self.dropped_column(),
            _ => self.cells(),
        }
    }

    /// A repeated delivery is repaired when exactly one of its rows is left, or none if the row
    /// should not exist at all.
    fn groups(&self) -> RepairCounts {
        let origins = self.truth.origins();
        let ids = self.truth.delivered.cells(&self.truth.key.row_id);
        let id = |row: usize| ids.map_or_else(String::new, |ids| ids.cell(row).show());
        // Copies share the id of their original, repeats its source position. Among repeats only
        // different ids count, so that a dropped copy is not taken for a repeat.
        let member = |row: usize| match self.record.operation {
            DefectOperation::Copy | DefectOperation::FanOut => (id(row), row.to_string()),
            _ => (self.truth.base(row).to_string(), id(row)),
        };
        let added = (0..origins.len()).filter(|row| origins[*row].added_by == Some(self.planted));
        let hit: BTreeSet<String> = added.map(|row| member(row).0).collect();
        let doomed = self.doomed();
        let mut groups: BTreeMap<String, (bool, BTreeMap<String, bool>)> = BTreeMap::new();
        // Only rows with a group have copies.
        for row in (0..origins.len()).filter(|row| origins[*row].group.is_some()) {
            let (group, name) = member(row);
            if hit.contains(&group) {
                let (may_go, members) = groups.entry(group).or_default();
                *may_go |= doomed.contains(&self.truth.base(row));
                *members.entry(name).or_default() |= self.rows.kept(row);
            }
        }
        let mut tally = RepairCounts::default();
        for (may_go, members) in groups.into_values() {
            let left = members.values().filter(|left| **left).count();
            tally.add(left == 1 || (left == 0 && may_go), left < members.len());
            let [surplus, gone] = [members.len() - 1, members.len() - left];
            let [wrongly, of_them] = [usize::from(left == 0 && !may_go), gone.min(surplus)];
            tally.flag(of_them as u64, wrongly as u64, (surplus - of_them) as u64);
        }
        tally.flag(0, self.lost, 0);
        tally
    }

    /// Source rows that should not exist, whatever else happened to them.
    fn doomed(&self) -> BTreeSet<usize> {
        let instances = &self.truth.key.world.instances;
        let drops = |number: &u16| {
            let instance = instances.get(*number as usize);
            instance.is_some_and(|one| record_of(one.kind).operation == DefectOperation::Override)
        };
        let touches = self.truth.touches().iter();
        touches
            .filter(|touch| touch.instances.iter().any(drops))
            .map(|touch| self.truth.base(touch.row))
            .collect()
    }

    /// Rows that should not exist are repaired when they were dropped.
    fn dropped_rows(&self) -> RepairCounts {
        let mut rows: BTreeMap<usize, bool> = BTreeMap::new();
        for touch in self.touches() {
            let changed = self.rows.column(touch).is_some_and(|column| {
                !column.transformed()
                    && matches!(self.rows.fate(touch.row, column),
                        Fate::Kept(cell) if column.differs(touch.row, &cell))
            });
            *rows.entry(touch.row).or_default() |= changed;
        }
        let mut tally = RepairCounts::default();
        for (row, changed) in rows {
            let gone = !self.rows.kept(row);
            tally.add(gone, gone || changed);
            tally.flag(u64::from(gone), 0, u64::from(!gone));
        }
        tally.flag(0, self.lost, 0);
        tally
    }

    /// A column that should not be used is repaired when it was dropped.
    fn dropped_column(&self) -> RepairCounts {
        let mut tally = RepairCounts::default();
        for name in &self.instance().columns {
            let kept = self.rows.shared().any(|column| column.name == name);
            tally.add(!kept, !kept);
        }
        tally
    }

    fn cells(&self) -> RepairCounts {
        let canonical = self.canonical();
        let doomed = self.doomed();
        let mut tally = RepairCounts::default();
        for touch in self.touches() {
            let Some(column) = self.rows.column(touch) else {
                continue;
            };
            let cell = match self.rows.fate(touch.row, column) {
                Fate::Dropped => {
                    tally.rows.push(touch.row);
                    // It was dropped, which is right only if another defect requires it.
                    tally.add(doomed.contains(&self.truth.base(touch.row)), true);
                    continue;
                }
                Fate::Unknown => continue,
                Fate::Kept(cell) => cell,
            };
            let spelling = self.record.operation == DefectOperation::Respell;
            // A spelling is compared with other cells of the same level, so it does not matter how
            // all of them were rewritten; numbers of a transformed column have nothing to be
            // compared with.
            if column.transformed() && !spelling {
                continue;
            }
            tally.rows.push(touch.row);
            let merged = canonical.get(column.name).is_some_and(|one| *one == cell);
            let repaired = merged || self.repaired(touch.row, column, &cell);
            let rewritten = merged && column.transformed();
            tally.add(repaired, rewritten || column.differs(touch.row, &cell));
            if !column.transformed() {
                let clean = column.surface.cell(self.truth.base(touch.row));
                tally.beside(column, [&column.delivered.cell(touch.row), &cell, &clean]);
            }
        }
        let columns = self.rows.shared().filter(|column| !column.transformed());
        let own = |column: &&CleanedColumn<'_>| {
            self.instance()
                .columns
                .iter()
                .any(|name| name == column.name)
        };
        let beside: Vec<u64> = columns.filter(own).map(|column| column.changed).collect();
        if !beside.is_empty() {
            let missed = tally.of - tally.acted_on;
            tally.flag(tally.acted_on, beside.iter().sum(), missed);
        }
        tally
    }

    /// Whether a cell is correct.
    fn repaired(&self, row: usize, column: &CleanedColumn<'_>, cell: &Cell) -> bool {
        let surface = column.surface.cell(self.truth.base(row));
        if same(cell, &surface, column.half_digit) {
            return true;
        }
        match self.record.operation {
            _ if matches!(self.record.repair, Repair::Flag | Repair::Approximate) => {
                *cell == Cell::Missing
            }
            DefectOperation::Replace | DefectOperation::Blank => *cell == Cell::Missing,
            DefectOperation::Scale => {
                // Nobody can restore what the defect rounded away.
                let inverse = number(&column.delivered.cell(row))
                    .zip(self.instance().value)
                    .map(|(delivered, factor)| delivered / factor);
                let found = number(cell).zip(inverse);
                found.is_some_and(|(found, inverse)| near(found, inverse, column.half_digit))
            }
            _ => false,
        }
    }

    /// For each column, how untouched cells of the level with several spellings are mostly written
    /// now.
    fn canonical(&self) -> BTreeMap<&str, Cell> {
        let mut found = BTreeMap::new();
        let Some((level, _)) = &self.instance().spellings else {
            return found;
        };
        for column in self.rows.shared() {
            if !self
                .instance()
                .columns
                .iter()
                .any(|name| name == column.name)
            {
                continue;
            }
            let mut counts: BTreeMap<String, (usize, Cell)> = BTreeMap::new();
            for row in self.truth.originals() {
                if let Cell::Text(text) = column.delivered.cell(*row)
                    && *text == **level
                    && let Fate::Kept(cell) = self.rows.fate(*row, column)
                {
                    counts.entry(cell.show()).or_insert((0, cell)).0 += 1;
                }
            }
            let most = counts.into_values().max_by_key(|(count, _)| *count);
            found.extend(most.map(|(_, cell)| (column.name, cell)));
        }
        found
    }

    fn instance(&self) -> &Instance {
        &self.truth.key.world.instances[self.planted as usize]
    }

    /// Cells of original rows that the defect changed.
    fn touches(&self) -> impl Iterator<Item = &Touch> {
        let touches = self.truth.touches().iter();
        touches.filter(|touch| {
            touch.instances.contains(&self.planted)
                && self.truth.origins()[touch.row].source.is_some()
        })
    }
}

fn notes(truth: &BundleTruth, rows: &CleanedRows<'_>, cleaned: &CleanedTable) -> Vec<String> {
    let mut notes = Vec::new();
    let data = match &truth.table {
        Some(table) => format!("the cleaned data of `{table}`"),
        None => "the cleaned data".to_owned(),
    };
    let transformed: Vec<String> = rows
        .shared()
        .filter(|column| column.transformed())
        .map(|column| format!("`{}`", column.name))
        .collect();
    if !transformed.is_empty() {
        notes.push(format!(
            "{data}: {} transformed as a whole, so single cells are not compared",
            transformed.join(", ")
        ));
    }
    let gone: BTreeSet<&str> = truth
        .touches()
        .iter()
        .filter_map(|touch| rows.column(touch))
        .filter(|column| column.cleaned.is_none())
        .map(|column| column.name)
        .collect();
    for name in gone {
        notes.push(format!(
            "{data}: no column `{name}`, so its defects are not judged"
        ));
    }
    if is_sample(truth, cleaned) {
        notes.push(format!(
            "{data}: only {:.0} % of the delivered rows, so removed rows cannot be distinguished from rows outside a sample",
            100.0 * kept(truth, cleaned)
        ));
    }
    notes
}
