//! A hard grouping of rows.

use std::collections::BTreeMap;

/// Each row belongs to one group or is unanswered (`None`).
///
/// Groups are numbered from 0 in the sorted order of their names, so that equal groupings with
/// equal names are equal values, whatever the order of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    codes: Vec<Option<u32>>,
    names: Vec<String>,
}

impl Partition {
    /// From one label per row; `None` means unanswered.
    pub fn from_labels<S: AsRef<str>>(labels: &[Option<S>]) -> Self {
        let mut index: BTreeMap<&str, u32> = BTreeMap::new();
        for label in labels.iter().flatten() {
            index.entry(label.as_ref()).or_insert(0);
        }
        for (code, slot) in index.values_mut().enumerate() {
            *slot = code as u32;
        }
        let codes = labels
            .iter()
            .map(|label| label.as_ref().map(|label| index[label.as_ref()]))
            .collect();
        let names = index.into_keys().map(str::to_owned).collect();
        Self { codes, names }
    }

    /// From group numbers `0..names.len()`; a number past the last name counts as unanswered.
    pub fn from_codes(codes: Vec<Option<u32>>, names: Vec<String>) -> Self {
        let known = names.len() as u32;
        let codes = codes
            .into_iter()
            .map(|code| code.filter(|code| *code < known))
            .collect();
        Self { codes, names }
    }

    /// Group number of each row.
    pub fn codes(&self) -> &[Option<u32>] {
        &self.codes
    }

    /// Names of the groups, by number.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Number of rows, answered or not.
    pub fn rows(&self) -> usize {
        self.codes.len()
    }

    /// Number of named groups (some may be empty after [`Partition::pick`]).
    pub fn groups(&self) -> usize {
        self.names.len()
    }

    /// Number of rows in each group.
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.names.len()];
        for code in self.codes.iter().flatten() {
            sizes[*code as usize] += 1;
        }
        sizes
    }

    /// Number of rows that have a group.
    pub fn answered(&self) -> usize {
        self.codes.iter().flatten().count()
    }

    /// The same grouping of the rows at `rows`, in that order.
    ///
    /// # Panics
    /// When a position is past the last row: positions come from our own code, never from input.
    #[must_use]
    pub fn pick(&self, rows: &[usize]) -> Self {
        Self {
            codes: rows.iter().map(|row| self.codes[*row]).collect(),
            names: self.names.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbered_by_name_not_by_first_appearance() {
        let partition = Partition::from_labels(&[Some("b"), None, Some("a"), Some("b")]);
        assert_eq!(partition.codes(), &[Some(1), None, Some(0), Some(1)]);
        assert_eq!(partition.names(), &["a", "b"]);
        assert_eq!(partition.sizes(), vec![1, 2]);
        assert_eq!(partition.answered(), 3);
    }
}
