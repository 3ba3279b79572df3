//! The type of a column, by the majority of its values.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::super::kinds::{as_flag, as_real, as_whole};
use super::super::{Cells, Column, Table, Text, parse_time};

/// Values of another type than their column and how often they occur, the most frequent first.
type WrongType = Vec<(Text, usize)>;

/// Each column as the narrowest type that more than half of its values parse as, with the values that do not.
pub(super) fn typed(names: Vec<String>, fields: Vec<Vec<Option<Text>>>) -> (Table, Vec<WrongType>) {
    let columns: Vec<(Column, WrongType)> = names
        .into_par_iter()
        .zip(fields)
        .map(|(name, values)| {
            let (cells, unread) = column(values);
            (Column { name, cells }, unread)
        })
        .collect();
    let (columns, unread): (Vec<Column>, Vec<WrongType>) = columns.into_iter().unzip();
    // Names are unique and columns equally long.
    (Table::new(columns).unwrap_or_default(), unread)
}

fn column(values: Vec<Option<Text>>) -> (Cells, WrongType) {
    let distinct = DistinctValues::of(&values);
    if let Some((read, unread)) = distinct.parsed(as_flag) {
        return (Cells::Flag(read), unread);
    }
    if let Some((reals, unread)) = distinct.parsed(as_real) {
        // Integers, if all numbers are.
        return match distinct.parsed(as_whole) {
            Some((whole, left)) if left.len() == unread.len() => (Cells::Whole(whole), left),
            _ => (Cells::Real(reals), unread),
        };
    }
    match distinct.parsed(parse_time) {
        Some((read, unread)) => (Cells::Time(read), unread),
        None => (Cells::Text(values), Vec::new()),
    }
}

/// The distinct values of a column.
struct DistinctValues<'a> {
    /// Each value and how often it occurs.
    distinct: Vec<(&'a Text, usize)>,
    /// Position in `distinct` of the value of each row.
    codes: Vec<Option<u32>>,
}

impl<'a> DistinctValues<'a> {
    fn of(values: &'a [Option<Text>]) -> Self {
        let mut places: HashMap<&str, u32, FixedState> = HashMap::default();
        let mut distinct: Vec<(&Text, usize)> = Vec::new();
        let mut codes = Vec::with_capacity(values.len());
        for value in values {
            codes.push(value.as_ref().map(|value| {
                let place = *places.entry(value).or_insert_with(|| {
                    distinct.push((value, 0));
                    (distinct.len() - 1) as u32
                });
                distinct[place as usize].1 += 1;
                place
            }));
        }
        Self { distinct, codes }
    }

    /// The parsed values, and those that `parse` rejects; none if it rejects half or more, or if
    /// most of them are codes such as 007.
    fn parsed<T: Copy>(
        &self,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<(Vec<Option<T>>, WrongType)> {
        let all: usize = self.distinct.iter().map(|(_, count)| count).sum();
        let [mut failed, mut codes] = [0; 2];
        let mut known = Vec::with_capacity(self.distinct.len());
        let mut unread: WrongType = Vec::new();
        for (value, count) in &self.distinct {
            let read = parse(value);
            if read.is_none() {
                failed += count;
                codes += if is_code(value) { *count } else { 0 };
                if 2 * failed >= all {
                    return None;
                }
                unread.push(((*value).clone(), *count));
            }
            known.push(read);
        }
        if all == 0 || (failed > 0 && 2 * codes > failed) {
            return None;
        }
        unread.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let read = |code: &Option<u32>| code.and_then(|code| known[code as usize]);
        Some((self.codes.iter().map(read).collect(), unread))
    }
}

/// Digits with a leading zero: 007.
fn is_code(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}
