//! The cleaned data compared with the delivered data, column by column.

use rayon::prelude::*;

use super::super::BundleTruth;
use super::cells::{half_digit, same};
use crate::generate::Touch;
use crate::measure::sd;
use crate::submission::CleanedTable;
use crate::table::{Cell, Cells};

/// The cleaned data, indexed by delivered row and column.
pub(super) struct CleanedRows<'a> {
    truth: &'a BundleTruth,
    /// Row in the cleaned data of each delivered row; none for a row that was dropped.
    place: Vec<Option<usize>>,
    /// One per delivered column, in order.
    columns: Vec<CleanedColumn<'a>>,
}

/// One delivered column with the cleaned one of the same name.
pub(super) struct CleanedColumn<'a> {
    pub(super) name: &'a str,
    pub(super) delivered: &'a Cells,
    pub(super) surface: &'a Cells,
    /// None if the cleaned data have no such column.
    pub(super) cleaned: Option<&'a Cells>,
    /// Half a unit of its last printed digit.
    pub(super) half_digit: f64,
    /// Standard deviation of the clean column; none if it has no numbers, or no defect touched it.
    pub(super) deviation: Option<f64>,
    /// Number of cells in kept rows that no defect touched, and how many of them were changed.
    pub(super) untouched: u64,
    pub(super) changed: u64,
}

/// What happened to one delivered cell.
pub(super) enum Fate {
    /// Its row was dropped.
    Dropped,
    /// It is present.
    Kept(Cell),
    /// Its column was dropped.
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
            // It copies up to a million rows, so only if there is something to compare.
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

    /// The columns in both tables, without the row id, by which rows were matched.
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

    /// What happened to a delivered cell.
    pub(super) fn fate(&self, delivered: usize, column: &CleanedColumn<'_>) -> Fate {
        match (self.place[delivered], column.cleaned) {
            (None, _) => Fate::Dropped,
            (Some(_), None) => Fate::Unknown,
            (Some(row), Some(cells)) => Fate::Kept(cells.cell(row)),
        }
    }
}

impl CleanedColumn<'_> {
    /// Whether the whole column was transformed, by a logarithm for example: its cells cannot be
    /// compared.
    pub(super) fn transformed(&self) -> bool {
        2 * self.changed > self.untouched
    }

    /// Whether a cleaned cell differs from the delivered one.
    pub(super) fn differs(&self, delivered: usize, cleaned: &Cell) -> bool {
        // Rounding does not change integers.
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
