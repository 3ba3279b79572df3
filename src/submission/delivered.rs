//! The delivered rows, by id.

use std::collections::HashMap;

use crate::table::{Cells, ChildFile, DataFolder, TableError, Text, read_table};

/// Row ids of the delivered table in order, and the names of its columns.
#[derive(Debug, Clone)]
pub struct DeliveredRows {
    row_id: String,
    columns: Vec<String>,
    /// Number of the id of each row: ids repeat where the delivered data repeat them.
    rows: Vec<Option<u32>>,
    /// Number of each id. Never iterated: the order of a hash map is random.
    numbers: HashMap<Text, u32>,
    /// How many rows have each id.
    counts: Vec<u32>,
    /// The other tables; their rows are read when a submission needs them.
    children: Vec<ChildFile>,
}

impl DeliveredRows {
    /// From a candidate's folder.
    pub fn of(folder: &DataFolder) -> Self {
        let none = Cells::Text(Vec::new());
        let cells = folder.table.cells(&folder.row_id).unwrap_or(&none);
        let columns = folder.table.names().map(str::to_owned);
        Self {
            children: folder.children.clone(),
            ..Self::new(&folder.row_id, &cells.texts(), columns.collect())
        }
    }

    /// Of a child table, read from its file; none when it has no row id.
    pub(super) fn of_child(child: &ChildFile) -> Result<Option<Self>, TableError> {
        let table = read_table(&child.file)?;
        let ids = child
            .row_id
            .as_ref()
            .and_then(|id| Some((id, table.cells(id)?)));
        Ok(ids.map(|(id, cells)| Self::new(id, &cells.texts(), child.columns.clone())))
    }

    /// From the row ids in order, the name of their column, and the names of all columns.
    pub fn new(row_id: &str, ids: &[Option<Text>], columns: Vec<String>) -> Self {
        let mut numbers = HashMap::with_capacity(ids.len());
        let mut counts = Vec::new();
        let rows = ids.iter().map(|id| {
            let id = id.as_ref()?;
            let number = *numbers.entry(id.clone()).or_insert_with(|| {
                counts.push(0);
                counts.len() as u32 - 1
            });
            counts[number as usize] += 1;
            Some(number)
        });
        Self {
            row_id: row_id.to_owned(),
            columns,
            rows: rows.collect(),
            numbers,
            counts,
            children: Vec::new(),
        }
    }

    /// Number of delivered rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing was delivered.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Name of the row id column.
    pub fn row_id(&self) -> &str {
        &self.row_id
    }

    /// Names of the delivered columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The delivered child tables.
    pub(super) fn children(&self) -> &[ChildFile] {
        &self.children
    }

    /// Accepted names of a column: its own, with or without the name of its child table.
    pub(super) fn accepted_column_names(&self) -> Vec<String> {
        let mut names = self.columns.clone();
        for child in &self.children {
            let with_table = child.columns.iter();
            names.extend(with_table.map(|column| format!("{}.{column}", child.name)));
            names.extend_from_slice(&child.columns);
        }
        names
    }

    /// Number of distinct ids.
    pub(super) fn ids(&self) -> usize {
        self.counts.len()
    }

    /// Number of an id, from 0 in order of first appearance.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// How many delivered rows have the id of this number.
    pub(super) fn count(&self, number: u32) -> usize {
        self.counts[number as usize] as usize
    }

    /// One value per row from one value per id.
    pub(super) fn spread<T: Clone>(&self, by_id: &[Option<T>]) -> Vec<Option<T>> {
        let value = |number: &Option<u32>| by_id[(*number)? as usize].clone();
        self.rows.iter().map(value).collect()
    }

    /// Delivered positions of each id, in order: those of id `n` are
    /// `positions[starts[n]..starts[n + 1]]`.
    pub(super) fn positions(&self) -> (Vec<usize>, Vec<usize>) {
        let mut starts = vec![0];
        for count in &self.counts {
            starts.push(starts[starts.len() - 1] + *count as usize);
        }
        let mut next = starts.clone();
        let mut positions = vec![0; starts[self.counts.len()]];
        for (row, number) in self.rows.iter().enumerate() {
            if let Some(number) = number {
                let slot = &mut next[*number as usize];
                positions[*slot] = row;
                *slot += 1;
            }
        }
        (starts, positions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_ids_share_a_number_and_keep_their_positions() {
        let ids = ["x", "y", "x"].map(|id| Some(Text::from(id)));
        let rows = DeliveredRows::new("id", &ids, vec!["id".to_owned()]);
        assert_eq!((rows.len(), rows.ids()), (3, 2));
        assert_eq!(rows.spread(&[Some(1), None]), vec![Some(1), None, Some(1)]);
        assert_eq!(rows.positions(), (vec![0, 2, 3], vec![0, 2, 1]));
    }
}
