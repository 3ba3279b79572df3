//! What is counted in all rows of a table of which only a sample is kept.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::super::Cells;
use super::super::kinds::as_real;

/// Different values that are counted one by one; more are estimated.
const ONE_BY_ONE: usize = 65_536;
/// Two to this many registers of an estimate: its standard error is 1.04 over their root, 0.8 %.
const REGISTERS: u32 = 14;
/// Different rows that are held at once to count those that repeat.
const HELD: usize = 1 << 20;
/// So many failures, if they are most, and a column is no longer tried as numbers.
const TRIES: u64 = 1_000;

/// A hash that is the same everywhere.
fn hash(bytes: &[u8]) -> u64 {
    FixedState::with_seed(1).hash_one(bytes)
}

/// How many different values there are, in bounded memory.
///
/// Flajolet, Fusy, Gandouet & Meunier (2007), *`HyperLogLog`*, past 65,536 of them; exact up to there, but for
/// two values that share a hash of 64 bits.
#[derive(Debug, Clone, Default)]
struct Distinct {
    seen: HashSet<u64, FixedState>,
    registers: Vec<u8>,
}

impl Distinct {
    fn add(&mut self, hash: u64) {
        if !self.registers.is_empty() {
            self.register(hash);
        } else if self.seen.insert(hash) && self.seen.len() > ONE_BY_ONE {
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

/// How many rows repeat an earlier one, in bounded memory: past a million different rows by those whose hash
/// ends in zeros. Copies share a hash, so each is seen with its original or not at all.
#[derive(Debug, Clone, Default)]
struct Repeats {
    held: HashMap<u64, u32, FixedState>,
    zeros: u32,
}

impl Repeats {
    fn add(&mut self, hash: u64) {
        if hash.trailing_zeros() < self.zeros {
            return;
        }
        *self.held.entry(hash).or_insert(0) += 1;
        while self.held.len() > HELD {
            self.zeros += 1;
            let zeros = self.zeros;
            self.held.retain(|hash, _| hash.trailing_zeros() >= zeros);
        }
    }

    fn count(&self) -> usize {
        let more: usize = self.held.values().map(|times| *times as usize - 1).sum();
        more << self.zeros
    }
}

/// Numbers of a column that are finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extremes {
    /// How many there are.
    pub count: usize,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// Their mean.
    pub mean: f64,
}

/// One column, counted in all rows.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeColumn {
    /// Rows without a value.
    pub missing: usize,
    /// Different values.
    pub distinct: usize,
    /// Whether that is an estimate, of which the standard error is under 1 %.
    pub estimated: bool,
    /// Where its numbers lie, if most of its values are numbers.
    pub numbers: Option<Extremes>,
}

/// What is known of all rows of a table of which a sample was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// All rows.
    pub rows: usize,
    /// Places in the file, from 0, of the rows that were kept.
    pub kept: Vec<u32>,
    /// Rows that repeat an earlier one.
    pub repeated_rows: usize,
    /// Whether that is an estimate.
    pub repeats_estimated: bool,
    /// Columns, in order.
    pub columns: Vec<WholeColumn>,
}

/// One column while it is counted.
#[derive(Debug, Clone, Default)]
struct Column {
    missing: usize,
    distinct: Distinct,
    numbers: usize,
    failed: u64,
    given_up: bool,
    min: f64,
    max: f64,
    sum: f64,
}

impl Column {
    fn number(&mut self, value: f64) {
        if self.numbers == 0 {
            (self.min, self.max) = (value, value);
        }
        self.min = self.min.min(value);
        self.max = self.max.max(value);
        self.sum += value;
        self.numbers += 1;
    }

    /// Count a field; its hash.
    fn field(&mut self, field: &[u8]) -> u64 {
        if field.is_empty() {
            self.missing += 1;
            return 0;
        }
        let hash = hash(field);
        self.distinct.add(hash);
        if !self.given_up {
            if let Some(value) = std::str::from_utf8(field).ok().and_then(as_real) {
                self.number(value);
            } else {
                self.failed += 1;
                self.given_up = self.failed >= TRIES && self.failed as usize > self.numbers;
            }
        }
        hash
    }
}

/// Counts of all rows, while they come.
#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: usize,
    repeats: Repeats,
    columns: Vec<Column>,
}

impl Tally {
    pub(super) fn of(columns: usize) -> Self {
        Self {
            columns: vec![Column::default(); columns],
            ..Self::default()
        }
    }

    /// Rows so far.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Count a row of text; fields past the columns do not count.
    pub(super) fn record(&mut self, record: &csv::ByteRecord) {
        let mut row = 0_u64;
        for (at, column) in self.columns.iter_mut().enumerate() {
            row = mixed(row, column.field(record.get(at).unwrap_or_default()));
        }
        self.repeats.add(row);
        self.rows += 1;
    }

    /// Count the rows of a table with the columns that it was made for.
    pub(super) fn table(&mut self, table: &super::super::Table) {
        let mut rows = vec![0_u64; table.rows()];
        for (column, tally) in table.columns().iter().zip(&mut self.columns) {
            tally.missing += column.cells.missing();
            match &column.cells {
                Cells::Real(values) => each(values, &mut rows, tally, |x, tally| {
                    // Adding zero makes one value of 0.0 and -0.0.
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

    /// What was counted, with the places of the rows that were kept.
    pub(super) fn whole(self, kept: Vec<u32>) -> Whole {
        let columns = self.columns.into_iter().map(|column| WholeColumn {
            missing: column.missing,
            distinct: column.distinct.count(),
            estimated: !column.distinct.registers.is_empty(),
            numbers: (!column.given_up && column.numbers > 0).then(|| Extremes {
                count: column.numbers,
                min: column.min,
                max: column.max,
                mean: column.sum / column.numbers as f64,
            }),
        });
        Whole {
            rows: self.rows,
            repeated_rows: self.repeats.count(),
            repeats_estimated: self.repeats.zeros > 0,
            columns: columns.collect(),
            kept,
        }
    }
}

/// Count each value of a column, and mix it into the hash of its row.
fn each<T>(
    values: &[Option<T>],
    rows: &mut [u64],
    tally: &mut Column,
    count: impl Fn(&T, &mut Column) -> u64,
) {
    for (row, value) in rows.iter_mut().zip(values) {
        let hash = value.as_ref().map_or(0, |value| count(value, tally));
        if value.is_some() {
            tally.distinct.add(hash);
        }
        *row = mixed(*row, hash);
    }
}

/// A row's hash with one more value: order counts.
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
        let mut tally = Tally::of(2);
        for row in 0..3_000 {
            let number = f64::from(row) - 5.0;
            tally.record(&record([&number.to_string(), "word"]));
        }
        tally.record(&record(["", "x"]));
        let whole = tally.whole(Vec::new());
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
