//! The cleaned data beside the delivered ones, column by column.

use rayon::prelude::*;

use super::super::BundleTruth;
use super::cells::{half_digit, same};
use crate::generate::Touch;
use crate::measure::sd;
use crate::submission::CleanedTable;
use crate::table::{Cell, Cells};

/// The cleaned data, found by delivered row and column.
pub(super) struct CleanedRows<'a> {
    truth: &'a BundleTruth,
    /// CleanedTable row of each delivered row; none for a row that was dropped.
    place: Vec<Option<usize>>,
    /// One per delivered column, in order.
    columns: Vec<CleanedColumn<'a>>,
}

/// One delivered column beside the cleaned one of the same name.
pub(super) struct CleanedColumn<'a> {
    pub(super) name: &'a str,
    pub(super) delivered: &'a Cells,
    pub(super) surface: &'a Cells,
    /// Missing when the cleaned data have no such column.
    pub(super) cleaned: Option<&'a Cells>,
    /// Half of the last digit that it is printed with.
    pub(super) half_digit: f64,
    /// Standard deviation of the clean column; none where it has no numbers, or no defect touched it.
    pub(super) deviation: Option<f64>,
    /// Cells in kept rows that no defect touched, and how many of them are other than delivered.
    pub(super) untouched: u64,
    pub(super) changed: u64,
}

/// What became of one delivered cell.
pub(super) enum Fate {
    /// Its row is gone.
    Dropped,
    /// It is there.
    Kept(Cell),
    /// Its column is gone.
    Unknown,
}

impl<'a> CleanedRows<'a> {
    pub(super) fn new(truth: &'a BundleTruth, cleaned: &'a CleanedTable) -> Self {
        let mut place = vec![None; truth.delivered.rows()];
        for (row, delivered) in cleaned.rows.iter().enumerate() {
            place[*delivered] = Some(row);
        }
        let columns = truth.delivered.columns().par_iter().enumerate();
        let columns = columns.filter_map(|(at, column)| {
            let surface = truth.surface.cells(&column.name)?;
            let touched = touched(truth, at);
            // Of a million rows it is a copy, so only where something may be off.
            let off = touched.contains(&true);
            let mut beside = CleanedColumn {
                name: &column.name,
                delivered: &column.cells,
                surface,
                cleaned: cleaned.table.cells(&column.name),
                half_digit: half_digit(surface),
                deviation: off.then(|| deviation(surface)).flatten(),
                untouched: 0,
                changed: 0,
            };
            beside.count(&place, &touched);
            Some(beside)
        });
        Self {
            columns: columns.collect(),
            place,
            truth,
        }
    }

    /// The columns that both tables have, without the row id: rows were matched by it.
    pub(super) fn shared(&self) -> impl Iterator<Item = &CleanedColumn<'a>> {
        let row_id = self.truth.key.row_id.as_str();
        let columns = self.columns.iter();
        columns.filter(move |column| column.name != row_id && column.cleaned.is_some())
    }

    /// The column of a changed cell.
    pub(super) fn column(&self, touch: &Touch) -> Option<&CleanedColumn<'a>> {
        let name = &self.truth.delivered.columns()[touch.column].name;
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether a delivered row is in the cleaned data.
    pub(super) fn kept(&self, delivered: usize) -> bool {
        self.place[delivered].is_some()
    }

    /// What became of a delivered cell.
    pub(super) fn fate(&self, delivered: usize, column: &CleanedColumn<'_>) -> Fate {
        match (self.place[delivered], column.cleaned) {
            (None, _) => Fate::Dropped,
            (Some(_), None) => Fate::Unknown,
            (Some(row), Some(cells)) => Fate::Kept(cells.cell(row)),
        }
    }
}

impl CleanedColumn<'_> {
    /// Whether it was changed as a whole, by a logarithm say: then its cells cannot be compared.
    pub(super) fn transformed(&self) -> bool {
        2 * self.changed > self.untouched
    }

    /// Whether a cleaned cell is other than the delivered one.
    pub(super) fn differs(&self, delivered: usize, cleaned: &Cell) -> bool {
        // Rounding leaves whole numbers as they are.
        let slack = match self.delivered {
            Cells::Whole(_) => 0.0,
            _ => self.half_digit,
        };
        !same(cleaned, &self.delivered.cell(delivered), slack)
    }

    fn count(&mut self, place: &[Option<usize>], touched: &[bool]) {
        let Some(cleaned) = self.cleaned else { return };
        for (delivered, row) in place.iter().enumerate() {
            if let Some(row) = row
                && !touched[delivered]
            {
                self.untouched += 1;
                self.changed += u64::from(self.differs(delivered, &cleaned.cell(*row)));
            }
        }
    }
}

/// Standard deviation of a column of numbers.
fn deviation(cells: &Cells) -> Option<f64> {
    let numbers: Vec<f64> = cells.numbers()?.into_iter().flatten().collect();
    sd(&numbers)
}

/// Per delivered row, whether a defect changed its cell in this column.
fn touched(truth: &BundleTruth, column: usize) -> Vec<bool> {
    let mut touched = vec![false; truth.delivered.rows()];
    for touch in truth.touches() {
        touched[touch.row] |= touch.column == column;
    }
    touched
}
