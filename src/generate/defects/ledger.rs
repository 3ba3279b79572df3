//! Which cells of the rows under way were touched, and by whom.

use crate::generate::block::Touch;

/// Per column and row, who touched the cell. The same few lists of instances occur again and again,
/// so a cell holds the number of its list: two bytes, and only in columns that are touched at all.
#[derive(Debug)]
pub(super) struct Ledger {
    /// Per column, the number of each row's list; empty while nothing of the column is touched,
    /// and rows behind the end are not.
    columns: Vec<Vec<u16>>,
    /// Lists of instances, in order; the first one is empty.
    lists: Vec<Vec<u16>>,
}

impl Ledger {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            columns: vec![Vec::new(); columns],
            lists: vec![Vec::new()],
        }
    }

    /// Whether a cell was touched.
    pub(super) fn holds(&self, row: usize, column: usize) -> bool {
        self.list(row, column) != 0
    }

    /// Instance `number` touched a cell of a table that has `rows` rows by now.
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

    /// Row `added` is equal to `row`.
    pub(super) fn copy(&mut self, row: usize, added: usize) {
        for column in &mut self.columns {
            if let Some(list) = column.get(row).copied().filter(|list| *list != 0) {
                column.resize(added + 1, 0);
                column[added] = list;
            }
        }
    }

    /// What was touched when the rows are delivered in this order, by row and column.
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
