//! A block while defects are planted in it, with the ledger of changes.

use crate::random::Stream;
use crate::scenario::{ColumnKind, DefectOperation, record_of};
use crate::table::{Cell, Cells, Table};

use super::draft::{Draft, Order};
use super::hits::HitRows;
use super::ledger::Ledger;
use super::target::DefectTarget;
use crate::generate::block::{Block, Removal, RowOrigin};
use crate::generate::instance::Instance;

/// The delivered block: the clean table with every defect of this table applied in order.
pub(crate) fn plant(target: &DefectTarget<'_>, stream: &Stream) -> Block {
    let mut work = BlockEdit::new(target);
    for (number, instance) in target.context.world.instances.iter().enumerate() {
        if instance.table.as_deref() != target.table {
            continue;
        }
        // A stream per defect, so that adding one does not change the others.
        let stream = stream.fork(&format!("defect/{}", instance.id));
        let planting = Planting {
            number: number as u16,
            instance,
            hits: HitRows::draw(target, instance, &stream),
            stream,
        };
        work.apply(&planting);
    }
    work.finish()
}

/// One defect being planted in one block.
pub(super) struct Planting<'a> {
    pub(super) number: u16,
    pub(super) instance: &'a Instance,
    pub(super) hits: HitRows,
    pub(super) stream: Stream,
}

/// A block being edited: source rows, then added rows; ordered at the end.
pub(super) struct BlockEdit<'a> {
    pub(super) target: &'a DefectTarget<'a>,
    pub(super) columns: Vec<Draft<'a>>,
    /// Source row (in this block) of each row, or of its original.
    pub(super) base: Vec<usize>,
    pub(super) added_by: Vec<Option<u16>>,
    pub(super) removed_by: Vec<Option<u16>>,
    ledger: Ledger,
}

impl<'a> BlockEdit<'a> {
    fn new(target: &'a DefectTarget<'a>) -> Self {
        let clean = &target.source.clean;
        let rows = clean.rows();
        Self {
            target,
            columns: clean.columns().iter().map(Draft::new).collect(),
            base: (0..rows).collect(),
            added_by: vec![None; rows],
            removed_by: vec![None; rows],
            ledger: Ledger::new(clean.columns().len()),
        }
    }

    fn apply(&mut self, planting: &Planting<'_>) {
        match record_of(planting.instance.kind).operation {
            DefectOperation::Scale => self.scale(planting),
            DefectOperation::Wrap => self.wrap(planting),
            DefectOperation::Clip => self.clip(planting),
            DefectOperation::Round => self.round(planting),
            DefectOperation::Replace => self.replace(planting),
            DefectOperation::Blank => self.blank(planting),
            DefectOperation::Swap => self.swap(planting),
            DefectOperation::Shift => self.shift(planting),
            DefectOperation::Leak => self.leak(planting),
            DefectOperation::Respell => self.respell(planting),
            DefectOperation::DecimalComma => self.decimal_comma(planting),
            DefectOperation::LocalDates => self.local_dates(planting),
            DefectOperation::ShiftTime => self.shift_time(planting),
            DefectOperation::SkewTime => self.skew_time(planting),
            DefectOperation::Midnight => self.midnight(planting),
            DefectOperation::Copy => self.copy(planting),
            DefectOperation::FanOut => self.fan_out(planting),
            DefectOperation::Alike => self.alike(planting),
            DefectOperation::Repeat => self.repeat(planting),
            DefectOperation::Override => self.override_entities(planting),
            DefectOperation::Remove => self.remove(planting),
        }
    }

    /// Remaining rows that are hit, each with a uniform random number for details.
    pub(super) fn hit(&self, planting: &Planting<'_>) -> Vec<(usize, f64)> {
        (0..self.base.len())
            .filter(|row| self.removed_by[*row].is_none())
            .filter_map(|row| Some((row, planting.hits.of(self.base[row])?)))
            .collect()
    }

    /// Positions of the columns that the defect changes.
    pub(super) fn places(&self, instance: &Instance) -> Vec<usize> {
        let place = |name: &String| self.columns.iter().position(|column| column.name == *name);
        instance.columns.iter().filter_map(place).collect()
    }

    /// Position of the column of moments.
    pub(super) fn moment(&self) -> Option<usize> {
        self.position_of(|kind| matches!(kind, ColumnKind::Timestamp))
    }

    /// Position of the row's id.
    pub(super) fn id(&self) -> Option<usize> {
        self.position_of(|kind| matches!(kind, ColumnKind::Identifier { .. }))
    }

    /// Position of the first column of text.
    pub(super) fn text(&self) -> Option<usize> {
        self.position_of(|kind| matches!(kind, ColumnKind::Text))
    }

    fn position_of(&self, is: impl Fn(&ColumnKind) -> bool) -> Option<usize> {
        let plan = self.target.plans.iter().find(|plan| is(&plan.kind))?;
        self.columns
            .iter()
            .position(|column| column.name == plan.name)
    }

    /// Set a cell and record it in the ledger. Cells changed by an earlier defect stay, and setting
    /// an equal value is not a change.
    pub(super) fn put(&mut self, number: u16, row: usize, column: usize, cell: Cell) {
        if self.ledger.contains(row, column) || self.stands(row, column, &cell) {
            return;
        }
        if self.columns[column].own(&self.base).set(row, cell) {
            self.ledger.add(number, row, column, self.base.len());
        }
    }

    /// Set a cell of an added row, even if an earlier defect changed it.
    pub(super) fn change(&mut self, number: u16, row: usize, column: usize, cell: Cell) {
        if !self.stands(row, column, &cell) && self.columns[column].own(&self.base).set(row, cell) {
            self.ledger.add(number, row, column, self.base.len());
        }
    }

    /// The current value.
    pub(super) fn cell(&self, row: usize, column: usize) -> Cell {
        self.columns[column].cell(row, &self.base)
    }

    fn stands(&self, row: usize, column: usize, cell: &Cell) -> bool {
        self.cell(row, column).says_same(cell)
    }

    /// Add a copy of `row`, with its ledger entries.
    pub(super) fn add_copy(&mut self, number: u16, row: usize) -> usize {
        let added = self.base.len();
        for column in &mut self.columns {
            column.push_copy(row);
        }
        self.ledger.copy(row, added);
        self.base.push(self.base[row]);
        self.added_by.push(Some(number));
        self.removed_by.push(None);
        added
    }

    /// Remaining rows, by source row, then in order of addition. A counting sort.
    fn order(&self) -> Vec<usize> {
        let rows = 0..self.base.len();
        let there = rows.filter(|row| self.removed_by[*row].is_none());
        let mut ends = vec![0; self.target.source.clean.rows() + 1];
        for row in there.clone() {
            ends[self.base[row] + 1] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut order = vec![0; sum];
        for row in there {
            // The end of the previous source row is where the next row of this one goes.
            let place = &mut ends[self.base[row]];
            order[*place] = row;
            *place += 1;
        }
        order
    }

    /// Put added rows after their originals, omit removed ones, renumber.
    fn finish(self) -> Block {
        let order = self.order();
        let mut copies = vec![false; self.target.source.clean.rows()];
        for row in &order {
            if self.added_by[*row].is_some() {
                copies[self.base[*row]] = true;
            }
        }
        let position = |row: usize| self.target.source.first + self.base[row] as u64;
        let origins = order
            .iter()
            .map(|row| {
                let added_by = self.added_by[*row];
                RowOrigin {
                    source: added_by.is_none().then_some(position(*row)),
                    group: copies[self.base[*row]].then_some(position(*row)),
                    added_by,
                }
            })
            .collect();
        let removed = (0..self.base.len())
            .filter(|row| self.added_by[*row].is_none())
            .filter_map(|row| {
                Some(Removal {
                    source: position(row),
                    by: self.removed_by[row]?,
                })
            })
            .collect();
        let touches = self.ledger.touches(&order);
        let order = Order::new(&order, &self.base);
        let columns = self.columns.into_iter();
        let columns = columns.map(|column| column.finish(&order));
        Block {
            table: Table::new(columns.collect()).unwrap_or_default(),
            origins,
            removed,
            touches,
        }
    }

    /// Convert a column to text, so that it can hold any spelling.
    pub(super) fn as_text(&mut self, column: usize) {
        if !matches!(self.columns[column].like(), Cells::Text(_)) {
            let cells = self.columns[column].own(&self.base);
            *cells = Cells::Text(cells.texts());
        }
    }

    /// Convert numeric columns to reals unless all are whole, so that values can move between them.
    pub(super) fn of_one_type(&mut self, columns: &[usize]) {
        let whole = |at: &usize| matches!(self.columns[*at].like(), Cells::Whole(_));
        if columns.iter().all(whole) {
            return;
        }
        for at in columns {
            let cells = self.columns[*at].own(&self.base);
            if let Some(numbers) = cells.numbers() {
                *cells = Cells::Real(numbers);
            }
        }
    }
}
