//! Planting defects in a block, and keeping the ledger closed.

use std::collections::BTreeMap;

use crate::random::{Draws, Stream};
use crate::table::{Cell, Cells, Column, Table, Text};

use super::block::{Block, RowOrigin, SourceBlock, Touch};
use super::catalogue::{Effect, record_of};
use super::setup::Setup;
use super::surface::rounded;
use super::world::Instance;

/// A retry storm repeats a row this many times, at least and at most.
const REPEATS: (usize, usize) = (3, 6);
/// A program sends this text.
const BOT_TEXT: &str = "ping";

/// The delivered block: the surface with every instance applied in order.
pub(super) fn plant(setup: &Setup, stream: &Stream, source: &SourceBlock) -> Block {
    let mut work = Work::new(setup, source);
    for (number, instance) in setup.world.instances.iter().enumerate() {
        let draws = stream.fork(&format!("defect/{}", instance.id)).draws();
        work.apply(number as u16, instance, draws);
    }
    work.finish()
}

/// Rows under way: source rows first, added rows behind, put in order at the end.
struct Work<'a> {
    setup: &'a Setup,
    source: &'a SourceBlock,
    columns: Vec<Column>,
    /// Source row (in this block) of each row, its own or its original's.
    base: Vec<usize>,
    added_by: Vec<Option<u16>>,
    touches: BTreeMap<(usize, usize), Vec<u16>>,
}

impl<'a> Work<'a> {
    fn new(setup: &'a Setup, source: &'a SourceBlock) -> Self {
        let rows = source.surface.rows();
        Self {
            setup,
            source,
            columns: source.surface.columns().to_vec(),
            base: (0..rows).collect(),
            added_by: vec![None; rows],
            touches: BTreeMap::new(),
        }
    }

    fn apply(&mut self, number: u16, instance: &Instance, mut draws: Draws) {
        let reach = self.reach(instance);
        let rolls = self.rolls(&mut draws.clone());
        match record_of(instance.kind).effect {
            Effect::Scale => self.scale(number, instance, &reach, &rolls),
            Effect::Replace => self.replace(number, instance, &reach, &rolls),
            Effect::Blank => self.blank(number, instance, &reach, &rolls),
            Effect::Respell => self.respell(number, instance, &rolls),
            Effect::ShiftTime => self.shift_time(number, instance, &reach, &rolls),
            Effect::Copy => self.copy(number, instance, &reach, &mut draws),
            Effect::Repeat => self.repeat(number, instance, &reach, &mut draws),
            Effect::Override => self.override_entities(number, instance, &reach, &rolls),
        }
    }

    /// Whether each row is in reach: of the source's level, and of the entities, where given. By
    /// the surface, so that another defect on the source column does not hide rows.
    fn reach(&self, instance: &Instance) -> Vec<bool> {
        let source = instance.source.as_ref().and_then(|source| {
            let cells = self.source.surface.cells(&source.column)?;
            Some((cells.texts(), source.level.as_str()))
        });
        self.base
            .iter()
            .map(|base| {
                let level = source
                    .as_ref()
                    .is_none_or(|(texts, level)| texts[*base].as_deref() == Some(*level));
                let entity = instance.entities.is_empty()
                    || instance
                        .entities
                        .contains(&self.source.latents.entities[*base]);
                level && entity
            })
            .collect()
    }

    /// Two uniform numbers for every source row. A copy shares those of its original, so that
    /// what happens later happens to both: rows delivered twice stay equal.
    fn rolls(&self, draws: &mut Draws) -> Vec<(f64, f64)> {
        let rows = self.source.surface.rows();
        (0..rows)
            .map(|_| (draws.uniform(), draws.uniform()))
            .collect()
    }

    fn places(&self, instance: &Instance) -> Vec<usize> {
        instance
            .columns
            .iter()
            .filter_map(|name| self.columns.iter().position(|column| column.name == *name))
            .collect()
    }

    fn position_of(&self, kind: &str) -> Option<usize> {
        let plan = self
            .setup
            .scenario
            .columns
            .iter()
            .find(|c| c.kind.word() == kind)?;
        self.columns
            .iter()
            .position(|column| column.name == plan.name)
    }

    /// Put `cell` in its place and in the ledger. An instance leaves alone what an earlier one
    /// changed, and a change that changes nothing is none.
    fn put(&mut self, number: u16, row: usize, column: usize, cell: Cell) {
        if self.touches.contains_key(&(row, column)) || self.columns[column].cells.cell(row) == cell
        {
            return;
        }
        if set(&mut self.columns[column].cells, row, cell) {
            self.touches.insert((row, column), vec![number]);
        }
    }

    fn scale(&mut self, number: u16, instance: &Instance, reach: &[bool], rolls: &[(f64, f64)]) {
        let factor = instance.value.unwrap_or(1.0);
        let columns = self.places(instance);
        for (row, reached) in reach.iter().enumerate() {
            let (roll, dust) = rolls[self.base[row]];
            let (hit, dust) = (roll < instance.rate, dust - 0.5);
            for column in columns.iter().filter(|_| *reached && hit) {
                let cell = match self.columns[*column].cells.cell(row) {
                    // The finer unit shows digits that the coarser one rounds away.
                    Cell::Whole(value) => {
                        Cell::Whole(((value as f64 + dust * fine(factor)) * factor).round() as i64)
                    }
                    Cell::Real(value) => Cell::Real(rounded(
                        (value + dust * fine(factor) * 0.1) * factor,
                        if factor < 1.0 { 4 } else { 0 },
                    )),
                    other => other,
                };
                self.put(number, row, *column, cell);
            }
        }
    }

    fn replace(&mut self, number: u16, instance: &Instance, reach: &[bool], rolls: &[(f64, f64)]) {
        let value = instance.value.unwrap_or(0.0);
        let columns = self.places(instance);
        for (row, reached) in reach.iter().enumerate() {
            let hit = rolls[self.base[row]].0 < instance.rate;
            for column in columns.iter().filter(|_| *reached && hit) {
                let cell = match self.columns[*column].cells {
                    Cells::Whole(_) => Cell::Whole(value.round() as i64),
                    _ => Cell::Real(value),
                };
                self.put(number, row, *column, cell);
            }
        }
    }

    fn blank(&mut self, number: u16, instance: &Instance, reach: &[bool], rolls: &[(f64, f64)]) {
        let columns = self.places(instance);
        for (row, reached) in reach.iter().enumerate() {
            let hit = rolls[self.base[row]].0 < instance.rate;
            for column in columns.iter().filter(|_| *reached && hit) {
                self.put(number, row, *column, Cell::Missing);
            }
        }
    }

    fn respell(&mut self, number: u16, instance: &Instance, rolls: &[(f64, f64)]) {
        let Some((level, variants)) = &instance.spellings else {
            return;
        };
        let variants: Vec<Text> = variants
            .iter()
            .map(|text| Text::from(text.as_str()))
            .collect();
        for column in self.places(instance) {
            for row in 0..self.base.len() {
                let (roll, pick) = rolls[self.base[row]];
                let hit = roll < instance.rate;
                let pick = ((pick * variants.len() as f64) as usize).min(variants.len() - 1);
                let same =
                    self.columns[column].cells.cell(row) == Cell::Text(Text::from(level.as_str()));
                if hit && same {
                    self.put(number, row, column, Cell::Text(variants[pick].clone()));
                }
            }
        }
    }

    fn shift_time(
        &mut self,
        number: u16,
        instance: &Instance,
        reach: &[bool],
        rolls: &[(f64, f64)],
    ) {
        let Some(column) = self.position_of("timestamp") else {
            return;
        };
        let shift = (instance.value.unwrap_or(0.0) * 3_600_000.0) as i64;
        for (row, reached) in reach.iter().enumerate() {
            let hit = rolls[self.base[row]].0 < instance.rate;
            if let (true, true, Cell::Time(moment)) =
                (*reached, hit, self.columns[column].cells.cell(row))
            {
                self.put(number, row, column, Cell::Time(moment + shift));
            }
        }
    }

    fn copy(&mut self, number: u16, instance: &Instance, reach: &[bool], draws: &mut Draws) {
        for (row, reached) in reach.iter().enumerate() {
            let hit = draws.chance(instance.rate);
            if hit && *reached && self.added_by[row].is_none() {
                self.add_copy(number, row);
            }
        }
    }

    fn repeat(&mut self, number: u16, instance: &Instance, reach: &[bool], draws: &mut Draws) {
        let reached = reach.iter().filter(|reached| **reached).count().max(1) as f64;
        let mean = (REPEATS.0 + REPEATS.1) as f64 / 2.0;
        let chance = instance.rate * reach.len() as f64 / (mean * reached);
        let (id, time) = (
            self.position_of("identifier"),
            self.position_of("timestamp"),
        );
        // A repeated call takes a moment more or less: whatever is measured in milliseconds.
        let plans = &self.setup.scenario.columns;
        let timed = plans.iter().find(|plan| plan.unit == "ms");
        let timed = timed.and_then(|plan| self.columns.iter().position(|c| c.name == plan.name));
        for (row, reached) in reach.iter().enumerate() {
            let hit = draws.chance(chance);
            let copies = REPEATS.0 + draws.index(REPEATS.1 - REPEATS.0 + 1);
            let mut later = 0;
            for copy in 1..=copies {
                later += draws.between(350.0, 2_600.0) as i64;
                let wobble = draws.between(0.97, 1.04);
                // A copy of a row is not sent on its own.
                if !(hit && *reached) || self.added_by[row].is_some() {
                    continue;
                }
                let added = self.add_copy(number, row);
                if let Some(id) = id {
                    let name = self
                        .setup
                        .copy_id(self.source.first + self.base[row] as u64, copy as u64);
                    self.change(number, added, id, Cell::Text(name));
                }
                if let Some((time, Cell::Time(moment))) =
                    time.map(|time| (time, self.columns[time].cells.cell(row)))
                {
                    self.change(number, added, time, Cell::Time(moment + later));
                }
                if let Some((timed, Cell::Whole(value))) =
                    timed.map(|at| (at, self.columns[at].cells.cell(row)))
                {
                    let value = (value as f64 * wobble).round() as i64;
                    self.change(number, added, timed, Cell::Whole(value));
                }
            }
        }
    }

    fn override_entities(
        &mut self,
        number: u16,
        instance: &Instance,
        reach: &[bool],
        rolls: &[(f64, f64)],
    ) {
        let level = instance.value.unwrap_or(0.0);
        let columns = self.places(instance);
        let text = self.position_of("text");
        for (row, _) in reach.iter().enumerate().filter(|(_, reached)| **reached) {
            for column in &columns {
                let wobble = 0.998 + 0.004 * rolls[self.base[row]].0;
                let value = (level * wobble).round();
                let cell = match self.columns[*column].cells {
                    Cells::Whole(_) => Cell::Whole(value as i64),
                    _ => Cell::Real(value),
                };
                self.put(number, row, *column, cell);
            }
            if let Some(text) = text {
                self.put(number, row, text, Cell::Text(Text::from(BOT_TEXT)));
            }
        }
    }

    /// Change a cell of an added row, whatever touched it before.
    fn change(&mut self, number: u16, row: usize, column: usize, cell: Cell) {
        if self.columns[column].cells.cell(row) != cell
            && set(&mut self.columns[column].cells, row, cell)
        {
            self.touches.entry((row, column)).or_default().push(number);
        }
    }

    /// Add a row that is equal to `row`, ledger and all.
    fn add_copy(&mut self, number: u16, row: usize) -> usize {
        let added = self.base.len();
        for (place, column) in self.columns.iter_mut().enumerate() {
            push_copy(&mut column.cells, row);
            if let Some(instances) = self.touches.get(&(row, place)).cloned() {
                self.touches.insert((added, place), instances);
            }
        }
        self.base.push(self.base[row]);
        self.added_by.push(Some(number));
        added
    }

    /// Put added rows behind their originals and number everything anew.
    fn finish(self) -> Block {
        let mut order: Vec<usize> = (0..self.base.len()).collect();
        order.sort_by_key(|row| (self.base[*row], *row));
        let mut copies = vec![false; self.source.surface.rows()];
        for (row, added) in self.added_by.iter().enumerate() {
            if added.is_some() {
                copies[self.base[row]] = true;
            }
        }
        let mut place = vec![0; order.len()];
        for (delivered, row) in order.iter().enumerate() {
            place[*row] = delivered;
        }
        let origins = order
            .iter()
            .map(|row| {
                let base = self.base[*row];
                let position = self.source.first + base as u64;
                let added_by = self.added_by[*row];
                RowOrigin {
                    source: added_by.is_none().then_some(position),
                    group: copies[base].then_some(position),
                    added_by,
                }
            })
            .collect();
        let mut touches: Vec<Touch> = self
            .touches
            .into_iter()
            .map(|((row, column), instances)| Touch {
                row: place[row],
                column,
                instances,
            })
            .collect();
        touches.sort_by_key(|touch| (touch.row, touch.column));
        let columns = self.columns.into_iter().map(|column| Column {
            cells: column.cells.pick(&order),
            name: column.name,
        });
        Block {
            table: Table::new(columns.collect()).unwrap_or_default(),
            origins,
            touches,
        }
    }
}

/// How much of a coarse step the finer unit shows; slips to a coarser unit show nothing new.
fn fine(factor: f64) -> f64 {
    if factor > 1.0 { 0.98 } else { 0.0 }
}

/// Set one cell; `false` when the cell does not fit the column's type.
fn set(cells: &mut Cells, row: usize, cell: Cell) -> bool {
    match (cells, cell) {
        (Cells::Real(values), Cell::Real(value)) => values[row] = Some(value),
        (Cells::Whole(values), Cell::Whole(value)) | (Cells::Time(values), Cell::Time(value)) => {
            values[row] = Some(value);
        }
        (Cells::Flag(values), Cell::Flag(value)) => values[row] = Some(value),
        (Cells::Text(values), Cell::Text(value)) => values[row] = Some(value),
        (Cells::Real(values), Cell::Missing) => values[row] = None,
        (Cells::Whole(values) | Cells::Time(values), Cell::Missing) => values[row] = None,
        (Cells::Flag(values), Cell::Missing) => values[row] = None,
        (Cells::Text(values), Cell::Missing) => values[row] = None,
        _ => return false,
    }
    true
}

fn push_copy(cells: &mut Cells, row: usize) {
    match cells {
        Cells::Real(values) => values.push(values[row]),
        Cells::Whole(values) | Cells::Time(values) => values.push(values[row]),
        Cells::Flag(values) => values.push(values[row]),
        Cells::Text(values) => values.push(values[row].clone()),
    }
}
