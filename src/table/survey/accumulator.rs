//! Counts over all rows of a table of which only a sample is kept.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::super::Cells;
use super::super::kinds::as_real;

/// Distinct values that are counted exactly; more are estimated.
const MOST_EXACT: usize = 65_536;
/// Log2 of the number of registers of an estimate; its standard error is 1.04 over the root of their number, 0.8 %.
const REGISTERS: u32 = 14;
/// Distinct rows in memory at once to count duplicates.
const HELD: usize = 1 << 20;
/// After this many failures, if they are the majority, a column is no longer parsed as numbers.
const TRIES: u64 = 1_000;

/// A hash with a fixed seed.
fn hash(bytes: &[u8]) -> u64 {
    FixedState::with_seed(1).hash_one(bytes)
}

/// Counts distinct values in bounded memory.
///
/// Flajolet, Fusy, Gandouet & Meunier (2007), *`HyperLogLog`*, above 65,536 of them; exact below, unless
/// two values share a hash of 64 bits.
#[derive(Debug, Clone, Default)]
struct Distinct {
    seen: HashSet<u64, FixedState>,
    registers: Vec<u8>,
}

impl Distinct {
    fn add(&mut self, hash: u64) {
        if !self.registers.is_empty() {
            self.register(hash);
        } else if self.seen.insert(hash) && self.seen.len() > MOST_EXACT {
            self.registers = vec![0; 1 << REGISTERS];
            let seen: Vec<u64> = std::mem::take(&mut self.seen).into_iter().collect();
            for hash in seen {
                self.register(hash);
            }
        }
    }

    fn register(&mut self, hash: u64) {
        let place = (hash >> (64 - REGISTERS)) as usize;
        let rest = (hash << REGISTERS) | (1 << (REGISTERS - 1));
        let rank = rest.leading_zeros() as u8 + 1;
        self.registers[place] = self.registers[place].max(rank);
    }

    fn count(&self) -> usize {
        if self.registers.is_empty() {
            return self.seen.len();
        }
        let m = self.registers.len() as f64;
        let powers = self
            .registers
            .iter()
            .map(|rank| libm::exp2(-f64::from(*rank)));
        (0.7213 / (1.0 + 1.079 / m) * m * m / powers.sum::<f64>()).round() as usize
    }
}

/// Counts duplicate rows in bounded memory: above a million distinct rows, only rows whose hash ends in zeros are kept.
/// Copies share a hash, so each is kept together with its original or not at all.
#[derive(Debug, Clone, Default)]
struct Repeats {
    counts: HashMap<u64, u32, FixedState>,
    zeros: u32,
}

impl Repeats {
    fn add(&mut self, hash: u64) {
        if hash.trailing_zeros() < self.zeros {
            return;
        }
        *self.counts.entry(hash).or_insert(0) += 1;
        while self.counts.len() > HELD {
            self.zeros += 1;
            let zeros = self.zeros;
            self.counts.retain(|hash, _| hash.trailing_zeros() >= zeros);
        }
    }

    fn count(&self) -> usize {
        let more: usize = self.counts.values().map(|times| *times as usize - 1).sum();
        more << self.zeros
    }
}

/// The finite numbers of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extremes {
    pub count: usize,
    pub min: f64,
    pub max: f64,
    pub mean: f64,
}

/// One column over all rows.
#[derive(Debug, Clone, PartialEq)]
pub struct FullColumn {
    pub missing: usize,
    pub distinct: usize,
    /// Whether `distinct` is an estimate, with a standard error under 1 %.
    pub estimated: bool,
    /// Its extremes and mean, if most of its values are numbers.
    pub numbers: Option<Extremes>,
}

/// Facts about all rows of a table of which a sample was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct FullTable {
    pub rows: usize,
    /// Positions in the file, from 0, of the rows in the sample.
    pub kept: Vec<u32>,
    pub repeated_rows: usize,
    pub repeats_estimated: bool,
    pub columns: Vec<FullColumn>,
}

#[derive(Debug, Clone, Default)]
struct ColumnAccumulator {
    missing: usize,
    distinct: Distinct,
    numbers: usize,
    failed: u64,
    not_numeric: bool,
    min: f64,
    max: f64,
    sum: f64,
}

impl ColumnAccumulator {
    fn number(&mut self, value: f64) {
        if self.numbers == 0 {
            (self.min, self.max) = (value, value);
        }
        self.min = self.min.min(value);
        self.max = self.max.max(value);
        self.sum += value;
        self.numbers += 1;
    }

    /// Counts a field and returns its hash.
    fn field(&mut self, field: &[u8]) -> u64 {
        if field.is_empty() {
            self.missing += 1;
            return 0;
        }
        let hash = hash(field);
        self.distinct.add(hash);
        if !self.not_numeric {
            if let Some(value) = std::str::from_utf8(field).ok().and_then(as_real) {
                self.number(value);
            } else {
                self.failed += 1;
                self.not_numeric = self.failed >= TRIES && self.failed as usize > self.numbers;
            }
        }
        hash
    }
}

#[derive(Debug, Default)]
pub(super) struct TableAccumulator {
    rows: usize,
    repeats: Repeats,
    columns: Vec<ColumnAccumulator>,
}

impl TableAccumulator {
    pub(super) fn of(columns: usize) -> Self {
        Self {
            columns: vec![ColumnAccumulator::default(); columns],
            ..Self::default()
        }
    }

    /// Rows so far.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Counts a row of text; surplus fields are ignored.
    pub(super) fn record(&mut self, record: &csv::ByteRecord) {
        let mut row = 0_u64;
        for (at, column) in self.columns.iter_mut().enumerate() {
            row = mixed(row, column.field(record.get(at).unwrap_or_default()));
        }
        self.repeats.add(row);
        self.rows += 1;
    }

    /// Counts the rows of a table with the same columns.
    pub(super) fn table(&mut self, table: &super::super::Table) {
        let mut rows = vec![0_u64; table.rows()];
        for (column, tally) in table.columns().iter().zip(&mut self.columns) {
            tally.missing += column.cells.missing();
            match &column.cells {
                Cells::Real(values) => each(values, &mut rows, tally, |x, tally| {
                    // Adding zero turns -0.0 into 0.0.
                    if x.is_finite() {
                        tally.number(*x);
                    }
                    hash(&(x + 0.0).to_le_bytes())
                }),
                Cells::Whole(values) => each(values, &mut rows, tally, |x, tally| {
                    tally.number(*x as f64);
                    hash(&x.to_le_bytes())
                }),
                Cells::Time(values) => {
                    each(values, &mut rows, tally, |x, _| hash(&x.to_le_bytes()));
                }
                Cells::Flag(values) => {
                    each(values, &mut rows, tally, |x, _| hash(&[u8::from(*x)]));
                }
                Cells::Text(values) => {
                    each(values, &mut rows, tally, |x, _| hash(x.as_bytes()));
                }
            }
        }
        for row in rows {
            self.repeats.add(row);
        }
        self.rows += table.rows();
    }

    pub(super) fn full_table(self, kept: Vec<u32>) -> FullTable {
        let columns = self.columns.into_iter().map(|column| FullColumn {
            missing: column.missing,
            distinct: column.distinct.count(),
            estimated: !column.distinct.registers.is_empty(),
            numbers: (!column.not_numeric && column.numbers > 0).then(|| Extremes {
                count: column.numbers,
                min: column.min,
                max: column.max,
                mean: column.sum / column.numbers as f64,
            }),
        });
        FullTable {
            rows: self.rows,
            repeated_rows: self.repeats.count(),
            repeats_estimated: self.repeats.zeros > 0,
            columns: columns.collect(),
            kept,
        }
    }
}

/// Counts each value of a column and mixes it into the hash of its row.
fn each<T>(
    values: &[Option<T>],
    rows: &mut [u64],
    tally: &mut ColumnAccumulator,
    count: impl Fn(&T, &mut ColumnAccumulator) -> u64,
) {
    for (row, value) in rows.iter_mut().zip(values) {
        let hash = value.as_ref().map_or(0, |value| count(value, tally));
        if value.is_some() {
            tally.distinct.add(hash);
        }
        *row = mixed(*row, hash);
    }
}

/// A row's hash with one more value; depends on the order of values.
fn mixed(row: u64, value: u64) -> u64 {
    let mixed = (row.rotate_left(23) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_are_counted_and_many_estimated() {
        for (values, within) in [
            (10_u64, 0.0),
            (65_536, 0.0),
            (80_000, 0.04),
            (1_000_000, 0.03),
        ] {
            let mut found = Distinct::default();
            for value in (0..values).chain(0..values / 2) {
                found.add(hash(&value.to_le_bytes()));
            }
            let off = (found.count() as f64 / values as f64 - 1.0).abs();
            assert!(off <= within, "{values}: {}", found.count());
        }
    }

    #[test]
    fn repeated_rows_are_counted_and_past_a_million_estimated() {
        for (rows, copies, within) in [(1_000_u64, 10_u64, 0.0), (3_000_000, 300_000, 0.03)] {
            let mut found = Repeats::default();
            for row in (0..rows).chain(0..copies) {
                found.add(mixed(1, hash(&row.to_le_bytes())));
            }
            let off = (found.count() as f64 / copies as f64 - 1.0).abs();
            assert!(off <= within, "{rows}: {}", found.count());
        }
    }

    #[test]
    fn numbers_are_followed_until_most_are_none() {
        let record = |fields: [&str; 2]| csv::ByteRecord::from(fields.to_vec());
        let mut tally = TableAccumulator::of(2);
        for row in 0..3_000 {
            let number = f64::from(row) - 5.0;
            tally.record(&record([&number.to_string(), "word"]));
        }
        tally.record(&record(["", "x"]));
        let whole = tally.full_table(Vec::new());
        let numbers = whole.columns[0].numbers.unwrap();
        assert_eq!(
            (numbers.count, numbers.min, numbers.max),
            (3_000, -5.0, 2_994.0)
        );
        assert!((numbers.mean - 1_494.5).abs() < 1e-9);
        assert_eq!(
            (whole.columns[0].missing, whole.columns[1].numbers),
            (1, None)
        );
        assert_eq!((whole.rows, whole.columns[1].distinct), (3_001, 2));
    }
}
