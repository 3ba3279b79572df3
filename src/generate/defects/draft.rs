//! A column under way.

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
        self.changed.get_or_insert_with(|| self.source.pick(base))
    }

    /// Row `row` comes again, at the end.
    pub(super) fn push_copy(&mut self, row: usize) {
        if let Some(cells) = &mut self.changed {
            cells.push_copy(row);
        }
    }

    /// The rows at `order`, in that order.
    pub(super) fn finish(self, order: &[usize], base: &[usize]) -> Column {
        let cells = if let Some(cells) = self.changed {
            let as_they_are = order.iter().enumerate().all(|(at, row)| at == *row);
            if as_they_are && order.len() == cells.len() {
                cells
            } else {
                cells.pick(order)
            }
        } else {
            let rows: Vec<usize> = order.iter().map(|row| base[*row]).collect();
            self.source.pick(&rows)
        };
        Column {
            name: self.name.to_owned(),
            cells,
        }
    }
}
