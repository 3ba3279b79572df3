//! What the fields of a column read as, by most of them.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::super::kinds::{as_flag, as_real, as_whole};
use super::super::{Cells, Column, Table, Text, parse_time};

/// What did not read, and how often it occurs; the most frequent first.
type Unread = Vec<(Text, usize)>;

/// Every column of the narrowest type that more than half of its values read as, and what did not.
pub(super) fn typed(names: Vec<String>, fields: Vec<Vec<Option<Text>>>) -> (Table, Vec<Unread>) {
    let columns: Vec<(Column, Unread)> = names
        .into_par_iter()
        .zip(fields)
        .map(|(name, values)| {
            let (cells, unread) = column(values);
            (Column { name, cells }, unread)
        })
        .collect();
    let (columns, unread): (Vec<Column>, Vec<Unread>) = columns.into_iter().unzip();
    // Names are different, and columns as long as one another.
    (Table::new(columns).unwrap_or_default(), unread)
}

fn column(values: Vec<Option<Text>>) -> (Cells, Unread) {
    let coded = Coded::of(&values);
    if let Some((read, unread)) = coded.read(as_flag) {
        return (Cells::Flag(read), unread);
    }
    if let Some((reals, unread)) = coded.read(as_real) {
        // Whole where no number is of another kind.
        return match coded.read(as_whole) {
            Some((whole, left)) if left.len() == unread.len() => (Cells::Whole(whole), left),
            _ => (Cells::Real(reals), unread),
        };
    }
    match coded.read(parse_time) {
        Some((read, unread)) => (Cells::Time(read), unread),
        None => (Cells::Text(values), Vec::new()),
    }
}

/// Values of a column, each different one once.
struct Coded<'a> {
    /// And how often it occurs.
    distinct: Vec<(&'a Text, usize)>,
    /// Which of them each row has; none where it has none.
    codes: Vec<Option<u32>>,
}

impl<'a> Coded<'a> {
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

    /// What `parse` reads of it, and what it does not; none where it does not read most, or where what it does not
    /// read are codes such as 007.
    fn read<T: Copy>(&self, parse: impl Fn(&str) -> Option<T>) -> Option<(Vec<Option<T>>, Unread)> {
        let all: usize = self.distinct.iter().map(|(_, count)| count).sum();
        let [mut failed, mut codes] = [0; 2];
        let mut known = Vec::with_capacity(self.distinct.len());
        let mut unread: Unread = Vec::new();
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

/// Digits with a zero in front: 007.
fn is_code(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}
