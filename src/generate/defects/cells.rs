//! Defects that change single values.

use crate::scenario::{ColumnKind, Marginal};
use crate::table::{Cell, Text};

use super::edit::{BlockEdit, Planting};
use crate::generate::columns::marginals::marginal_of;
use crate::generate::columns::rounding::rounded;

impl BlockEdit<'_> {
    pub(super) fn scale(&mut self, planting: &Planting<'_>) {
        let factor = planting.instance.value.unwrap_or(1.0);
        let columns = self.places(planting.instance);
        for (row, dust) in self.hit(planting) {
            let dust = (dust - 0.5) * fine(factor);
            for column in &columns {
                let cell = match self.cell(row, *column) {
                    // The finer unit shows digits that the coarser one hides.
                    Cell::Whole(value) => {
                        Cell::Whole(((value as f64 + dust) * factor).round() as i64)
                    }
                    Cell::Real(value) => Cell::Real(rounded(
                        (value + dust * 0.1 * self.step(*column)) * factor,
                        self.digits_after(*column, factor),
                    )),
                    other => other,
                };
                self.put(planting.number, row, *column, cell);
            }
        }
    }

    /// Integer overflow of a counter with that many values: it wraps from half of them to negative.
    pub(super) fn wrap(&mut self, planting: &Planting<'_>) {
        let size = planting.instance.value.unwrap_or(f64::INFINITY);
        let columns = self.places(planting.instance);
        let over = |value: f64| {
            let half = 0.5 * size;
            (value + half).rem_euclid(size) - half
        };
        for (row, _) in self.hit(planting) {
            for column in &columns {
                let cell = match self.cell(row, *column) {
                    Cell::Whole(value) => Cell::Whole(over(value as f64).round() as i64),
                    Cell::Real(value) => Cell::Real(rounded(over(value), self.digits_of(*column))),
                    other => other,
                };
                self.put(planting.number, row, *column, cell);
            }
        }
    }

    pub(super) fn clip(&mut self, planting: &Planting<'_>) {
        let limit = planting.instance.value.unwrap_or(f64::INFINITY);
        self.rewrite_numbers(planting, |value| value.min(limit));
    }

    pub(super) fn round(&mut self, planting: &Planting<'_>) {
        let step = planting.instance.value.unwrap_or(1.0);
        self.rewrite_numbers(planting, |value| rounded((value / step).round() * step, 6));
    }

    pub(super) fn replace(&mut self, planting: &Planting<'_>) {
        let planted = planting.instance.value.unwrap_or(0.0);
        self.rewrite_numbers(planting, |_| planted);
    }

    fn rewrite_numbers(&mut self, planting: &Planting<'_>, new: impl Fn(f64) -> f64) {
        let columns = self.places(planting.instance);
        for (row, _) in self.hit(planting) {
            for column in &columns {
                let cell = match self.cell(row, *column) {
                    Cell::Whole(value) => Cell::Whole(new(value as f64).round() as i64),
                    Cell::Real(value) => Cell::Real(new(value)),
                    other => other,
                };
                self.put(planting.number, row, *column, cell);
            }
        }
    }

    pub(super) fn blank(&mut self, planting: &Planting<'_>) {
        let columns = self.places(planting.instance);
        for (row, _) in self.hit(planting) {
            for column in &columns {
                self.put(planting.number, row, *column, Cell::Missing);
            }
        }
    }

    pub(super) fn swap(&mut self, planting: &Planting<'_>) {
        let columns = self.places(planting.instance);
        let [left, right] = columns[..] else { return };
        self.of_one_type(&columns);
        for (row, _) in self.hit(planting) {
            let (first, second) = (self.cell(row, left), self.cell(row, right));
            self.put(planting.number, row, left, second);
            self.put(planting.number, row, right, first);
        }
    }

    /// Shift values one column to the right, as after an unquoted comma. The first column is left
    /// empty, and the last value is lost.
    pub(super) fn shift(&mut self, planting: &Planting<'_>) {
        let columns = self.places(planting.instance);
        self.of_one_type(&columns);
        for (row, _) in self.hit(planting) {
            for pair in columns.windows(2).rev() {
                let cell = self.cell(row, pair[0]);
                self.put(planting.number, row, pair[1], cell);
            }
            if let Some(first) = columns.first() {
                self.put(planting.number, row, *first, Cell::Missing);
            }
        }
    }

    /// Leak the row's archetype into a category, correct with a given probability.
    pub(super) fn leak(&mut self, planting: &Planting<'_>) {
        let right = planting.instance.value.unwrap_or(1.0);
        for column in self.places(planting.instance) {
            let levels = self.levels_of(column);
            if levels.is_empty() {
                continue;
            }
            for (row, dust) in self.hit(planting) {
                let kind = self.target.source.latents.sampled[self.base[row]] as usize;
                // A wrong level is one of the others, so the share of correct ones is as stated.
                let pick = if dust < right || levels.len() < 2 {
                    kind
                } else {
                    let others = (levels.len() - 1) as f64;
                    kind + 1 + ((dust - right) / (1.0 - right) * others) as usize
                };
                let level = levels[pick % levels.len()].clone();
                self.put(planting.number, row, column, Cell::Text(level));
            }
        }
    }

    /// Level names of a category.
    pub(super) fn levels_of(&self, column: usize) -> Vec<Text> {
        let name = self.columns[column].name;
        match self.target.plan(name).map(|plan| &plan.kind) {
            Some(ColumnKind::Category { levels, .. }) => levels
                .iter()
                .map(|level| Text::from(level.name.as_str()))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Decimals of a column.
    fn digits_of(&self, column: usize) -> u32 {
        let plan = self.target.plan(self.columns[column].name);
        plan.map_or(0, |plan| match &plan.kind {
            ColumnKind::Derived { digits, .. } => *digits,
            _ => marginal_of(plan).map_or(0, Marginal::digits),
        })
    }

    /// Ten times the last digit of a column of reals.
    fn step(&self, column: usize) -> f64 {
        10.0 * libm::pow(10.0, -f64::from(self.digits_of(column)))
    }

    /// Decimals after conversion to a unit `factor` times finer: the number of significant digits
    /// stays the same. A factor near 1 must not show in the decimals.
    fn digits_after(&self, column: usize, factor: f64) -> u32 {
        let gone = libm::round(libm::log10(factor)) as i32;
        let left = i64::from(self.digits_of(column)) - i64::from(gone);
        left.clamp(0, 9) as u32
    }
}

/// How much of a coarse step the finer unit reveals; a coarser unit reveals nothing.
fn fine(factor: f64) -> f64 {
    if factor > 1.0 { 0.98 } else { 0.0 }
}
