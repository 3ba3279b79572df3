//! Groups that may overlap.

/// Each row belongs to any number of groups; a row in none was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    rows: Vec<Vec<u32>>,
    groups: usize,
}

impl Cover {
    /// From the group numbers of each row, in any order. Groups are numbered anew from 0, in the
    /// order of the numbers given; a group given twice counts once.
    ///
    /// ```
    /// let cover = drumlin::labels::Cover::from_codes(vec![vec![7, 2], vec![], vec![2, 2]]);
    /// assert_eq!((cover.row(0), cover.row(2), cover.groups()), (&[0, 1][..], &[0][..], 2));
    /// ```
    pub fn from_codes(mut rows: Vec<Vec<u32>>) -> Self {
        let mut known: Vec<u32> = rows.iter().flatten().copied().collect();
        known.sort_unstable();
        known.dedup();
        for row in &mut rows {
            row.sort_unstable();
            row.dedup();
            for code in row {
                *code = known.partition_point(|other| other < code) as u32;
            }
        }
        Self {
            rows,
            groups: known.len(),
        }
    }

    /// Groups of one row, ascending; none when the row was left out.
    pub fn row(&self, row: usize) -> &[u32] {
        &self.rows[row]
    }

    /// Number of rows, answered or not.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.groups
    }
}
