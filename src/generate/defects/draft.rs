//! A column while defects are planted.

use std::ops::Range;

use crate::table::{Cell, Cells, Column};

/// A column that is copied only when something in it changes. Most columns of most blocks stay
/// unchanged, and are copied once, in their final order.
pub(super) struct Draft<'a> {
    pub(super) name: &'a str,
    source: &'a Cells,
    changed: Option<Cells>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(column: &'a Column) -> Self {
        Self {
            name: &column.name,
            source: &column.cells,
            changed: None,
        }
    }

    /// The current cells, or the source's; only for their type.
    pub(super) fn like(&self) -> &Cells {
        self.changed.as_ref().unwrap_or(self.source)
    }

    /// The value of row `row`; `base` has the source row of each row.
    pub(super) fn cell(&self, row: usize, base: &[usize]) -> Cell {
        match &self.changed {
            Some(cells) => cells.cell(row),
            None => self.source.cell(base[row]),
        }
    }

    /// The cells of all rows so far, mutable.
    pub(super) fn own(&mut self, base: &[usize]) -> &mut Cells {
        self.changed
            .get_or_insert_with(|| self.source.pick_runs(&runs(base)))
    }

    /// Append a copy of row `row`.
    pub(super) fn push_copy(&mut self, row: usize) {
        if let Some(cells) = &mut self.changed {
            cells.push_copy(row);
        }
    }

    pub(super) fn finish(self, order: &Order) -> Column {
        let cells = match self.changed {
            Some(cells) if order.unchanged => cells,
            Some(cells) => cells.pick_runs(&order.rows),
            None => self.source.pick_runs(&order.base),
        };
        Column {
            name: self.name.to_owned(),
            cells,
        }
    }
}

/// The order in which rows are delivered, computed once for all columns.
pub(super) struct Order {
    /// Rows in order of delivery, as runs of neighbours.
    rows: Vec<Range<usize>>,
    /// Whether these are all rows in their current order.
    unchanged: bool,
    /// Their source rows, as runs: mostly long ones, each copied at once.
    base: Vec<Range<usize>>,
}

impl Order {
    /// `base` has the source row of each row.
    pub(super) fn new(rows: &[usize], base: &[usize]) -> Self {
        let sources: Vec<usize> = rows.iter().map(|row| base[*row]).collect();
        Self {
            unchanged: rows.len() == base.len()
                && rows.iter().enumerate().all(|(at, row)| at == *row),
            base: runs(&sources),
            rows: runs(rows),
        }
    }
}

/// Rows as runs of neighbours.
fn runs(rows: &[usize]) -> Vec<Range<usize>> {
    let runs = rows.chunk_by(|row, next| row + 1 == *next);
    runs.map(|run| run[0]..run[0] + run.len()).collect()
}
