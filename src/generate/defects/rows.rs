//! Defects that add or remove rows.

use crate::random::Draws;
use crate::scenario::ColumnKind;
use crate::table::{Cell, Text};

use super::edit::{BlockEdit, Planting};

/// Range of repeats of a row in a retry storm.
const REPEATS: (usize, usize) = (3, 6);
/// Number of the copy in its id; repeats use the numbers from 1.
const SECOND_ENTRY: u64 = 9;
/// Probability of each further copy in a join.
const ANOTHER: f64 = 0.35;
/// Most copies of a row in a join.
const MOST_COPIES: usize = 6;
/// Range of minutes until something is entered again.
const MINUTES: (f64, f64) = (2.0, 55.0);

impl BlockEdit<'_> {
    pub(super) fn copy(&mut self, planting: &Planting<'_>) {
        for row in self.originals(planting) {
            self.add_copy(planting.number, row);
        }
    }

    /// A join with a table that has several rows for some keys: copies with the same id, and another
    /// level in the joined column.
    pub(super) fn fan_out(&mut self, planting: &Planting<'_>) {
        let joined = self.places(planting.instance);
        let levels: Vec<Vec<Text>> = joined.iter().map(|at| self.levels_of(*at)).collect();
        for row in self.originals(planting) {
            let mut draws = self.own_draws(planting, row);
            let mut copies = 1;
            while copies < MOST_COPIES && draws.chance(ANOTHER) {
                copies += 1;
            }
            for _ in 0..copies {
                let added = self.add_copy(planting.number, row);
                for (column, levels) in joined.iter().zip(&levels) {
                    if let Some(level) = levels.get(draws.index(levels.len().max(1))) {
                        self.change(planting.number, added, *column, Cell::Text(level.clone()));
                    }
                }
            }
        }
    }

    /// The same thing entered again: another id, some minutes later, with a typo.
    pub(super) fn alike(&mut self, planting: &Planting<'_>) {
        let (id, time, text) = (self.id(), self.moment(), self.text());
        let numbers: Vec<usize> = self.measured();
        for row in self.originals(planting) {
            let mut draws = self.own_draws(planting, row);
            let later = (draws.between(MINUTES.0, MINUTES.1) * 60_000.0) as i64;
            let added = self.add_copy(planting.number, row);
            if let Some(id) = id {
                let position = self.target.source.first + self.base[row] as u64;
                let name = self.target.ids.of_copy(position, SECOND_ENTRY);
                self.change(planting.number, added, id, Cell::Text(name));
            }
            if let Some((time, Cell::Time(moment))) = time.map(|time| (time, self.cell(row, time)))
            {
                self.change(planting.number, added, time, Cell::Time(moment + later));
            }
            if let Some((text, Cell::Text(written))) = text.map(|text| (text, self.cell(row, text)))
            {
                let slipped = Text::from(with_typo(&written, &mut draws));
                self.change(planting.number, added, text, Cell::Text(slipped));
            }
            // One number slightly different.
            if let Some(column) = numbers.get(draws.index(numbers.len().max(1))) {
                let by = draws.between(0.94, 1.06);
                if let Cell::Whole(value) = self.cell(row, *column) {
                    let value = (value as f64 * by).round() as i64;
                    self.change(planting.number, added, *column, Cell::Whole(value));
                }
            }
        }
    }

    pub(super) fn repeat(&mut self, planting: &Planting<'_>) {
        let reached = planting
            .hits
            .reached
            .iter()
            .filter(|reached| **reached)
            .count();
        let mean = (REPEATS.0 + REPEATS.1) as f64 / 2.0;
        let chance = planting.instance.rate * planting.hits.reached.len() as f64
            / (mean * reached.max(1) as f64);
        let (id, time) = (self.id(), self.moment());
        // Repeated calls differ in their durations, which are measured in milliseconds.
        let timed = self.target.plans.iter().find(|plan| plan.unit == "ms");
        let timed = timed.and_then(|plan| self.columns.iter().position(|c| c.name == plan.name));
        // Copies are not repeated.
        let rows: Vec<usize> = (0..self.base.len())
            .filter(|row| self.added_by[*row].is_none() && self.removed_by[*row].is_none())
            .filter(|row| planting.hits.reached[self.base[*row]])
            .collect();
        for row in rows {
            let mut draws = self.own_draws(planting, row);
            if !draws.chance(chance) {
                continue;
            }
            let copies = REPEATS.0 + draws.index(REPEATS.1 - REPEATS.0 + 1);
            let mut later = 0;
            for copy in 1..=copies {
                later += draws.between(350.0, 2_600.0) as i64;
                let wobble = draws.between(0.97, 1.04);
                let added = self.add_copy(planting.number, row);
                if let Some(id) = id {
                    let position = self.target.source.first + self.base[row] as u64;
                    let name = self.target.ids.of_copy(position, copy as u64);
                    self.change(planting.number, added, id, Cell::Text(name));
                }
                if let Some((time, Cell::Time(moment))) =
                    time.map(|time| (time, self.cell(row, time)))
                {
                    self.change(planting.number, added, time, Cell::Time(moment + later));
                }
                if let Some((timed, Cell::Whole(value))) = timed.map(|at| (at, self.cell(row, at)))
                {
                    let value = (value as f64 * wobble).round() as i64;
                    self.change(planting.number, added, timed, Cell::Whole(value));
                }
            }
        }
    }

    pub(super) fn remove(&mut self, planting: &Planting<'_>) {
        for (row, _) in self.hit(planting) {
            self.removed_by[row] = Some(planting.number);
        }
    }

    /// Rows that are hit, without copies: copying a copy would deliver a row three times.
    fn originals(&self, planting: &Planting<'_>) -> Vec<usize> {
        let hit = self.hit(planting).into_iter().map(|(row, _)| row);
        hit.filter(|row| self.added_by[*row].is_none()).collect()
    }

    /// Random draws per row, so that rows are independent of each other.
    fn own_draws(&self, planting: &Planting<'_>, row: usize) -> Draws {
        planting.stream.block(self.base[row] as u64).draws()
    }

    /// Columns of counts.
    fn measured(&self) -> Vec<usize> {
        let plans = self.target.plans.iter();
        let counts = plans.filter(|plan| matches!(plan.kind, ColumnKind::Count(_)));
        let place = |name: &String| self.columns.iter().position(|column| column.name == *name);
        counts.filter_map(|plan| place(&plan.name)).collect()
    }
}

/// One letter dropped, doubled, or swapped with its neighbour.
fn with_typo(text: &str, draws: &mut Draws) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let kind = draws.index(3);
    // Never the first letter.
    let at = 1 + draws.index(letters.len().saturating_sub(2).max(1));
    if at + 1 >= letters.len() {
        return format!("{text} ");
    }
    match kind {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}
