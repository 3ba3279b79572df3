//! What the cleaned data repaired, per defect, and what they damaged.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{BundleTruth, CleaningEvidence, Share};
use super::cells::{near, number, same};
use super::cleaned_columns::{CleanedColumn, CleanedRows, Fate};
use crate::explore::count;
use crate::generate::{Instance, Touch, Truth};
use crate::measure::wilson;
use crate::scenario::{Effect, KindRecord, Repair, record_of};
use crate::submission::Cleaned;
use crate::table::Cell;

/// The cleaned data beside the truth.
pub(in super::super) struct Cleaning {
    /// Per planted defect, in the order of the findings.
    pub(in super::super) defects: Vec<CleaningEvidence>,
    /// Untouched cells that were changed.
    pub(in super::super) damage: Option<Share>,
    /// What could not be compared, and why.
    pub(in super::super) notes: Vec<String>,
}

/// Fewer kept rows than this share of the delivered ones look like a sample.
const SAMPLE: f64 = 0.5;

impl Cleaning {
    /// Nothing was submitted.
    pub(in super::super) fn none() -> Self {
        Self {
            defects: Vec::new(),
            damage: None,
            notes: Vec::new(),
        }
    }
}

/// Hold cleaned data against the ledger of the table that they are of.
pub(in super::super) fn compare_cleaned(truth: &BundleTruth, cleaned: &Cleaned) -> Cleaning {
    let rows = CleanedRows::new(truth, cleaned);
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
        let tally = Desk {
            truth,
            rows: &rows,
            planted,
            record,
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
        })
    });
    let comparable = || rows.shared().filter(|column| !column.transformed());
    let untouched = comparable().map(|column| column.untouched).sum();
    let changed = comparable().map(|column| column.changed).sum();
    Cleaning {
        defects: defects.collect(),
        damage: (untouched > 0).then(|| share(changed, untouched)),
        notes: notes(truth, &rows, cleaned),
    }
}

/// What would repair a defect, in a few words.
fn repair_words(record: &KindRecord) -> &'static str {
    match (record.repair, record.effect) {
        (_, effect) if effect.adds_rows() => "one row of each kept",
        (Repair::Drop, _) => "rows dropped",
        (Repair::DropColumn, _) => "the column left out",
        (Repair::Source | Repair::Leave, _) => "nothing to repair; said in the report",
        (Repair::Exact, Effect::Replace) => "marked as missing",
        (Repair::Exact, Effect::Respell) => "one spelling",
        (Repair::Exact, _) => "the exact value",
        (Repair::Approximate, _) => "nearly the value, or marked as missing",
        (Repair::Flag, Effect::Blank) => "left missing",
        (Repair::Flag, Effect::Clip) => "marked as cut off, or as missing",
        (Repair::Flag, _) => "marked as missing",
    }
}

/// What of a defect was repaired and acted on.
#[derive(Default)]
struct Tally {
    repaired: u64,
    acted_on: u64,
    of: u64,
    /// Delivered rows whose cells were counted.
    rows: Vec<usize>,
}

impl Tally {
    /// What was counted, in words; a cell is seldom alone in its row.
    fn counted(&self, record: &KindRecord) -> String {
        let named = |one: &str, many: &str| {
            let of = count(self.of as usize);
            format!("{of} {}", if self.of == 1 { one } else { many })
        };
        match record.effect {
            effect if effect.adds_rows() => named("group of copies", "groups of copies"),
            Effect::Override => named("row", "rows"),
            _ if record.repair == Repair::DropColumn => named("column", "columns"),
            _ => {
                let mut rows = self.rows.clone();
                rows.sort_unstable();
                rows.dedup();
                match rows.len() as u64 {
                    few if few == self.of => named("cell", "cells"),
                    1 => format!("{} in one row", named("cell", "cells")),
                    few => format!("{} in {} rows", named("cell", "cells"), count(few as usize)),
                }
            }
        }
    }

    fn add(&mut self, repaired: bool, acted_on: bool) {
        self.repaired += u64::from(repaired);
        self.acted_on += u64::from(acted_on);
        self.of += 1;
    }
}

/// One planted defect beside the cleaned data.
struct Desk<'a> {
    truth: &'a BundleTruth,
    rows: &'a CleanedRows<'a>,
    planted: u16,
    record: &'static KindRecord,
}

impl Desk<'_> {
    fn tally(&self) -> Tally {
        match self.record.effect {
            effect if effect.adds_rows() => self.groups(),
            Effect::Override => self.dropped_rows(),
            // What was never delivered, or should be left, no cleaned data can tell of.
            _ if matches!(self.record.repair, Repair::Source | Repair::Leave) => Tally::default(),
            _ if self.record.repair == Repair::DropColumn => self.dropped_column(),
            _ => self.cells(),
        }
    }

    /// A repeated delivery is repaired when exactly one row of it is left; or none, where the
    /// row should not be there at all.
    fn groups(&self) -> Tally {
        let origins = self.truth.origins();
        let ids = self.truth.delivered.cells(&self.truth.key.row_id);
        let id = |row: usize| ids.map_or_else(String::new, |ids| ids.cell(row).show());
        // Copies share the id of their original, repeats its source position. Among repeats only
        // different ids count, so that a copy that was dropped is not taken for a repeat.
        let member = |row: usize| match self.record.effect {
            Effect::Copy | Effect::FanOut => (id(row), row.to_string()),
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
        let mut tally = Tally::default();
        for (may_go, members) in groups.into_values() {
            let left = members.values().filter(|left| **left).count();
            tally.add(left == 1 || (left == 0 && may_go), left < members.len());
        }
        tally
    }

    /// Source rows that should not be there, whatever else happened to them.
    fn doomed(&self) -> BTreeSet<usize> {
        let instances = &self.truth.key.world.instances;
        let drops = |number: &u16| {
            let instance = instances.get(*number as usize);
            instance.is_some_and(|one| record_of(one.kind).effect == Effect::Override)
        };
        let touches = self.truth.touches().iter();
        touches
            .filter(|touch| touch.instances.iter().any(drops))
            .map(|touch| self.truth.base(touch.row))
            .collect()
    }

    /// Rows that should not be there are repaired when they are gone.
    fn dropped_rows(&self) -> Tally {
        let mut rows: BTreeMap<usize, bool> = BTreeMap::new();
        for touch in self.touches() {
            let changed = self.rows.column(touch).is_some_and(|column| {
                !column.transformed()
                    && matches!(self.rows.fate(touch.row, column),
                        Fate::Kept(cell) if column.differs(touch.row, &cell))
            });
            *rows.entry(touch.row).or_default() |= changed;
        }
        let mut tally = Tally::default();
        for (row, changed) in rows {
            let gone = !self.rows.kept(row);
            tally.add(gone, gone || changed);
        }
        tally
    }

    /// A column that should not be used is repaired when it is gone.
    fn dropped_column(&self) -> Tally {
        let mut tally = Tally::default();
        for name in &self.instance().columns {
            let kept = self.rows.shared().any(|column| column.name == name);
            tally.add(!kept, !kept);
        }
        tally
    }

    fn cells(&self) -> Tally {
        let canonical = self.canonical();
        let doomed = self.doomed();
        let mut tally = Tally::default();
        for touch in self.touches() {
            let Some(column) = self.rows.column(touch) else {
                continue;
            };
            let cell = match self.rows.fate(touch.row, column) {
                Fate::Dropped => {
                    tally.rows.push(touch.row);
                    // Gone, and rightly so only if another defect asks for it.
                    tally.add(doomed.contains(&self.truth.base(touch.row)), true);
                    continue;
                }
                Fate::Unknown => continue,
                Fate::Kept(cell) => cell,
            };
            let spelling = self.record.effect == Effect::Respell;
            // A spelling is compared with its equals, so it does not matter how all of them were
            // rewritten; numbers of a column on another scale have nothing to be compared with.
            if column.transformed() && !spelling {
                continue;
            }
            tally.rows.push(touch.row);
            let merged = canonical.get(column.name).is_some_and(|one| *one == cell);
            let repaired = merged || self.repaired(touch.row, column, &cell);
            let rewritten = merged && column.transformed();
            tally.add(repaired, rewritten || column.differs(touch.row, &cell));
        }
        tally
    }

    /// Whether a cell is as it should be.
    fn repaired(&self, row: usize, column: &CleanedColumn<'_>, cell: &Cell) -> bool {
        let surface = column.surface.cell(self.truth.base(row));
        if same(cell, &surface, column.half_digit) {
            return true;
        }
        match self.record.effect {
            _ if matches!(self.record.repair, Repair::Flag | Repair::Approximate) => {
                *cell == Cell::Missing
            }
            Effect::Replace | Effect::Blank => *cell == Cell::Missing,
            Effect::Scale => {
                // What the slip rounded away nobody can bring back.
                let inverse = number(&column.delivered.cell(row))
                    .zip(self.instance().value)
                    .map(|(delivered, factor)| delivered / factor);
                let found = number(cell).zip(inverse);
                found.is_some_and(|(found, inverse)| near(found, inverse, column.half_digit))
            }
            _ => false,
        }
    }

    /// Per column, how untouched cells of the level that was spelled in several ways are
    /// written now: mostly so.
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

    /// Cells of original rows that it changed.
    fn touches(&self) -> impl Iterator<Item = &Touch> {
        let touches = self.truth.touches().iter();
        touches.filter(|touch| {
            touch.instances.contains(&self.planted)
                && self.truth.origins()[touch.row].source.is_some()
        })
    }
}

fn notes(truth: &BundleTruth, rows: &CleanedRows<'_>, cleaned: &Cleaned) -> Vec<String> {
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
            "{data}: {} changed as a whole, so single cells are not compared",
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
            "{data}: no column `{name}`, so nothing follows for what was in it"
        ));
    }
    let share = cleaned.rows.len() as f64 / truth.delivered.rows().max(1) as f64;
    if share < SAMPLE {
        notes.push(format!(
            "{data}: {:.0} % of the delivered rows; rows that were left out look the \
             same as rows that were dropped",
            100.0 * share
        ));
    }
    notes
}

fn share(count: u64, of: u64) -> Share {
    Share {
        count,
        of,
        interval: wilson(count, of),
    }
}
