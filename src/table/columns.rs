//! A table: named columns of equal length.

use super::{Cell, Cells};

/// One named column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name, unique in the table.
    pub name: String,
    /// Its values.
    pub cells: Cells,
}

/// Named columns of equal length, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    columns: Vec<Column>,
    rows: usize,
}

impl Table {
    /// From columns. `None` when lengths differ or a name occurs twice.
    pub fn new(columns: Vec<Column>) -> Option<Self> {
        let rows = columns.first().map_or(0, |column| column.cells.len());
        let mut names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        names.sort_unstable();
        let unique = names.windows(2).all(|pair| pair[0] != pair[1]);
        let even = columns.iter().all(|column| column.cells.len() == rows);
        (unique && even).then_some(Self { columns, rows })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Names of the columns, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The cells of the column called `name`.
    pub fn cells(&self, name: &str) -> Option<&Cells> {
        self.column(name).map(|column| &column.cells)
    }

    /// Position of the column called `name`.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// One value; missing when there is no such column or row.
    pub fn cell(&self, name: &str, row: usize) -> Cell {
        self.cells(name)
            .map_or(Cell::Missing, |cells| cells.cell(row))
    }

    /// The rows at `rows`, in that order.
    ///
    /// # Panics
    /// When a position is past the last row: positions come from our own code, never from input.
    #[must_use]
    pub fn pick(&self, rows: &[usize]) -> Self {
        let columns = self.columns.iter().map(|column| Column {
            name: column.name.clone(),
            cells: column.cells.pick(rows),
        });
        Self {
            columns: columns.collect(),
            rows: rows.len(),
        }
    }

    /// Append the rows of `other`. Returns `false` if names or types differ.
    pub fn append(&mut self, other: Self) -> bool {
        if self.columns.is_empty() {
            *self = other;
            return true;
        }
        let fits = self.columns.len() == other.columns.len()
            && self
                .columns
                .iter()
                .zip(&other.columns)
                .all(|(mine, theirs)| {
                    mine.name == theirs.name
                        && std::mem::discriminant(&mine.cells)
                            == std::mem::discriminant(&theirs.cells)
                });
        if !fits {
            return false;
        }
        self.rows += other.rows;
        for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
            mine.cells.append(theirs.cells);
        }
        true
    }

    /// The columns themselves.
    pub fn into_columns(self) -> Vec<Column> {
        self.columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(name: &str, values: &[i64]) -> Column {
        Column {
            name: name.to_owned(),
            cells: Cells::Whole(values.iter().copied().map(Some).collect()),
        }
    }

    #[test]
    fn columns_of_different_length_or_equal_name_are_no_table() {
        assert!(Table::new(vec![whole("a", &[1]), whole("b", &[1, 2])]).is_none());
        assert!(Table::new(vec![whole("a", &[1]), whole("a", &[2])]).is_none());
    }

    #[test]
    fn rows_are_picked_and_appended_in_order() {
        let mut table = Table::new(vec![whole("a", &[1, 2, 3])]).unwrap();
        let last = table.pick(&[2, 0]);
        assert_eq!(last.cell("a", 0), Cell::Whole(3));
        assert!(table.append(last));
        assert_eq!(table.rows(), 5);
        assert!(!table.append(Table::new(vec![whole("b", &[1])]).unwrap()));
        assert_eq!(table.rows(), 5);
    }
}
