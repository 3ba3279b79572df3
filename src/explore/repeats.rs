//! Rows that are there more than once.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::table::{Cells, Table};

/// Rows less different rows, by a hash of 64 bits: at a million rows the chance that two
/// different rows share one is under one in ten million.
pub(super) fn repeated_rows(table: &Table) -> usize {
    if table.columns().is_empty() {
        return 0;
    }
    let mut rows = vec![0_u64; table.rows()];
    for column in table.columns() {
        match &column.cells {
            Cells::Real(values) => mix(&mut rows, values, |x| (x + 0.0).to_bits()),
            Cells::Whole(values) | Cells::Time(values) => mix(&mut rows, values, |x| *x as u64),
            Cells::Flag(values) => mix(&mut rows, values, |x| u64::from(*x)),
            Cells::Text(values) => mix(&mut rows, values, |x| {
                let mut hasher = DefaultHasher::new();
                x.hash(&mut hasher);
                hasher.finish()
            }),
        }
    }
    rows.sort_unstable();
    let all = rows.len();
    rows.dedup();
    all - rows.len()
}

fn mix<T>(rows: &mut [u64], values: &[Option<T>], code: impl Fn(&T) -> u64) {
    for (row, value) in rows.iter_mut().zip(values) {
        let mut hasher = DefaultHasher::new();
        (*row, value.as_ref().map(&code)).hash(&mut hasher);
        *row = hasher.finish();
    }
}
