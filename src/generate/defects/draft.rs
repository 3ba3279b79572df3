//! A column under way.

use std::ops::Range;

use crate::table::{Cell, Cells, Column};

/// A column under way: the source's own cells until something in it changes. Most columns of most
/// blocks stay untouched, and are copied once, into their final order.
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

    /// Cells of the column's type as it is by now.
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

    /// The cells of all rows so far, to be changed.
    pub(super) fn own(&mut self, base: &[usize]) -> &mut Cells {
        self.changed
            .get_or_insert_with(|| self.source.pick_runs(&runs(base)))
    }

    /// Row `row` comes again, at the end.
    pub(super) fn push_copy(&mut self, row: usize) {
        if let Some(cells) = &mut self.changed {
            cells.push_copy(row);
        }
    }

    /// The rows in their final order.
    pub(super) fn finish(self, order: &Order) -> Column {
        let cells = match self.changed {
            Some(cells) if order.as_they_are => cells,
            Some(cells) => cells.pick_runs(&order.rows),
            None => self.source.pick_runs(&order.base),
        };
        Column {
            name: self.name.to_owned(),
            cells,
        }
    }
}

/// The order in which rows are delivered, found once for all columns.
pub(super) struct Order {
    /// The rows under way, as they come, run by run.
    rows: Vec<Range<usize>>,
    /// Whether those are all, in the order in which they stand.
    as_they_are: bool,
    /// Their source rows, run by run: mostly long ones, which are copied in one go.
    base: Vec<Range<usize>>,
}

impl Order {
    /// `base` has the source row of each row under way.
    pub(super) fn new(rows: &[usize], base: &[usize]) -> Self {
        let sources: Vec<usize> = rows.iter().map(|row| base[*row]).collect();
        Self {
            as_they_are: rows.len() == base.len()
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
