//! Which cells were changed, and by which defects.

use crate::generate::block::Touch;

/// Per cell, the defects that changed it. There are few distinct lists of defects, so a cell has the
/// number of its list: two bytes, and only in columns with changes.
#[derive(Debug)]
pub(super) struct Ledger {
    /// Per column, the number of each row's list. Rows past the end are unchanged.
    columns: Vec<Vec<u16>>,
    /// Lists of defects; the first one is empty.
    lists: Vec<Vec<u16>>,
}

impl Ledger {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            columns: vec![Vec::new(); columns],
            lists: vec![Vec::new()],
        }
    }

    pub(super) fn contains(&self, row: usize, column: usize) -> bool {
        self.list(row, column) != 0
    }

    /// Defect `number` changed a cell; the table currently has `rows` rows.
    pub(super) fn add(&mut self, number: u16, row: usize, column: usize, rows: usize) {
        let from = self.list(row, column);
        let before = &self.lists[from];
        let with = |list: &Vec<u16>| {
            list.split_last()
                .is_some_and(|(last, first)| *last == number && first == before)
        };
        let known = self.lists.iter().position(with);
        let at = known.unwrap_or_else(|| {
            let mut list = self.lists[from].clone();
            list.push(number);
            self.lists.push(list);
            self.lists.len() - 1
        });
        let column = &mut self.columns[column];
        if column.len() < rows {
            column.resize(rows, 0);
        }
        column[row] = at as u16;
    }

    /// Row `added` is a copy of `row`.
    pub(super) fn copy(&mut self, row: usize, added: usize) {
        for column in &mut self.columns {
            if let Some(list) = column.get(row).copied().filter(|list| *list != 0) {
                column.resize(added + 1, 0);
                column[added] = list;
            }
        }
    }

    /// Changed cells when rows are delivered in this order, by row and column.
    pub(super) fn touches(&self, order: &[usize]) -> Vec<Touch> {
        let touched: Vec<usize> = (0..self.columns.len())
            .filter(|column| !self.columns[*column].is_empty())
            .collect();
        let mut touches = Vec::new();
        for (delivered, row) in order.iter().enumerate() {
            for column in &touched {
                let list = self.list(*row, *column);
                if list != 0 {
                    touches.push(Touch {
                        row: delivered,
                        column: *column,
                        instances: self.lists[list].clone(),
                    });
                }
            }
        }
        touches
    }

    fn list(&self, row: usize, column: usize) -> usize {
        self.columns[column].get(row).copied().unwrap_or_default() as usize
    }
}
