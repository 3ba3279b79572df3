//! A hash of each row, to find rows that occur more than once.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Cells, Table, Text};

impl Table {
    /// One 64-bit hash per row: at a million rows, the probability that two different rows collide
    /// is below one in ten million.
    pub(crate) fn row_hashes(&self) -> Vec<u64> {
        let mut rows = vec![0_u64; self.rows()];
        for column in self.columns() {
            match &column.cells {
                Cells::Real(values) => mix(&mut rows, values, |x| (x + 0.0).to_bits()),
                Cells::Whole(values) | Cells::Time(values) => mix(&mut rows, values, |x| *x as u64),
                Cells::Flag(values) => mix(&mut rows, values, |x| u64::from(*x)),
                Cells::Text(values) => mix(&mut rows, values, Text::clone),
            }
        }
        rows
    }
}

fn mix<T, C: Hash>(rows: &mut [u64], values: &[Option<T>], code: impl Fn(&T) -> C) {
    for (row, value) in rows.iter_mut().zip(values) {
        let mut hasher = DefaultHasher::new();
        (*row, value.as_ref().map(&code)).hash(&mut hasher);
        *row = hasher.finish();
    }
}
