//! One statistic of a column over the time of the table.

use rayon::prelude::*;

use crate::table::{Cells, Table};

use super::histogram::quantile;
use super::types::{ColumnProfile, LEAST_SHARE, Profile, TimeTrend};

/// Number of equal parts of the time span.
const PARTS: usize = 24;
/// Minimum share of rows with a time, for a column to be the time of the table.
const MOST_MISSING: f64 = 0.5;
/// Parts span this quantile of the times to one minus it: a date of 1970 must not squeeze the rest.
const EDGE: f64 = 0.005;

/// The time of a table, in parts.
pub(super) struct TimeAxis {
    /// Its column.
    at: usize,
    /// Part of each row; none if the time is missing or far off.
    parts: Vec<Option<u8>>,
}

impl TimeAxis {
    /// The first column of times that is present in half of the rows and not constant; none without
    /// one.
    pub(super) fn of(table: &Table) -> Option<Self> {
        let columns = table.columns().iter().enumerate();
        columns
            .filter_map(|(at, column)| match &column.cells {
                Cells::Time(times) => Some((at, times)),
                _ => None,
            })
            .find_map(|(at, times)| Self::of_times(at, times))
    }

    fn of_times(at: usize, times: &[Option<i64>]) -> Option<Self> {
        let mut sorted: Vec<f64> = times.iter().flatten().map(|time| *time as f64).collect();
        if (sorted.len() as f64) < MOST_MISSING * times.len() as f64 || sorted.is_empty() {
            return None;
        }
        sorted.sort_unstable_by(f64::total_cmp);
        let [from, to] = [EDGE, 1.0 - EDGE].map(|p| quantile(&sorted, p));
        let part = |time: &Option<i64>| {
            let place = ((*time)? as f64 - from) / (to - from);
            let inside = (0.0..=1.0).contains(&place);
            inside.then(|| ((place * PARTS as f64) as u8).min(PARTS as u8 - 1))
        };
        (to > from).then(|| Self {
            at,
            parts: times.iter().map(part).collect(),
        })
    }

    /// Add the trend of every column that has one to its facts.
    pub(super) fn fill(&self, table: &Table, profile: &mut Profile) {
        profile.time_column = Some(table.columns()[self.at].name.clone());
        let columns = profile.columns.par_iter_mut().enumerate();
        columns.for_each(|(at, facts)| {
            facts.time_trend = self.strip(at, &table.columns()[at].cells, facts);
        });
    }

    fn strip(&self, at: usize, cells: &Cells, facts: &ColumnProfile) -> Option<TimeTrend> {
        let shares = |what, is: &dyn Fn(usize) -> Option<bool>| TimeTrend {
            statistic: what,
            values: self.shares(is),
            from: 0.0,
            to: 1.0,
            log: false,
        };
        match cells {
            Cells::Time(_) if at == self.at => {
                let rows = self.rows();
                let most = rows.iter().copied().max().unwrap_or(0);
                Some(TimeTrend {
                    statistic: "rows",
                    values: rows.into_iter().map(|rows| Some(rows as f64)).collect(),
                    from: 0.0,
                    to: most as f64,
                    log: false,
                })
            }
            Cells::Time(_) => None,
            Cells::Flag(flags) => Some(shares("share of true", &|row| flags[row])),
            Cells::Text(texts) => {
                let most = facts.most_frequent.first()?;
                if most.share < LEAST_SHARE || most.count < 2 {
                    return None;
                }
                // Displayed texts are truncated, and truncated texts are rarely the most frequent.
                let same = |row: usize| texts[row].as_ref().map(|text| *text == *most.value);
                Some(shares("share of the most frequent value", &same))
            }
            Cells::Real(_) | Cells::Whole(_) => {
                let numbers = facts.numbers.as_ref()?;
                let value = |row: usize| match cells {
                    Cells::Real(values) => values[row].filter(|value| value.is_finite()),
                    Cells::Whole(values) => values[row].map(|value| value as f64),
                    _ => None,
                };
                Some(TimeTrend {
                    statistic: "median",
                    values: self.medians(value),
                    from: numbers.p1,
                    to: numbers.p99,
                    log: numbers.p1 > 0.0 && facts.histogram.as_ref().is_some_and(|one| one.log),
                })
            }
        }
    }

    fn rows(&self) -> Vec<usize> {
        let mut rows = vec![0; PARTS];
        for part in self.parts.iter().flatten() {
            rows[usize::from(*part)] += 1;
        }
        rows
    }

    fn shares(&self, is: &dyn Fn(usize) -> Option<bool>) -> Vec<Option<f64>> {
        let mut counts = vec![(0_usize, 0_usize); PARTS];
        for (row, part) in self.parts.iter().enumerate() {
            if let (Some(part), Some(is)) = (part, is(row)) {
                let (hits, all) = &mut counts[usize::from(*part)];
                *hits += usize::from(is);
                *all += 1;
            }
        }
        let share = |(hits, all): (usize, usize)| (all > 0).then(|| hits as f64 / all as f64);
        counts.into_iter().map(share).collect()
    }

    fn medians(&self, value: impl Fn(usize) -> Option<f64>) -> Vec<Option<f64>> {
        let mut values: Vec<Vec<f64>> = vec![Vec::new(); PARTS];
        for (row, part) in self.parts.iter().enumerate() {
            if let (Some(part), Some(value)) = (part, value(row)) {
                values[usize::from(*part)].push(value);
            }
        }
        let median = |mut values: Vec<f64>| {
            let middle = values.len().checked_sub(1)? / 2;
            // The lower of the two middle values, which occurs in the data.
            Some(*values.select_nth_unstable_by(middle, f64::total_cmp).1)
        };
        values.into_iter().map(median).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::profile;
    use super::*;
    use crate::table::{Column, DAY};

    fn table(rows: usize) -> Table {
        let late = |row: usize| 2 * row >= rows;
        let column = |name: &str, cells| Column {
            name: name.to_owned(),
            cells,
        };
        Table::new(vec![
            column("born", Cells::Time(vec![None; rows])),
            column(
                "at",
                Cells::Time((0..rows).map(|row| Some(row as i64 * DAY)).collect()),
            ),
            column(
                "x",
                Cells::Whole(
                    (0..rows)
                        .map(|row| Some(if late(row) { 10 } else { 2 }))
                        .collect(),
                ),
            ),
            column(
                "plan",
                Cells::Text(
                    (0..rows)
                        .map(|row| Some(if late(row) && row % 3 == 0 { "b" } else { "a" }.into()))
                        .collect(),
                ),
            ),
            column(
                "on",
                Cells::Flag(
                    (0..rows)
                        .map(|row| (row % 5 > 0).then(|| late(row)))
                        .collect(),
                ),
            ),
            column(
                "id",
                Cells::Text((0..rows).map(|row| Some(format!("{row}").into())).collect()),
            ),
        ])
        .unwrap()
    }

    #[test]
    fn a_step_in_time_is_a_step_in_the_strip() {
        let found = profile(&table(960));
        assert_eq!(found.time_column.as_deref(), Some("at"));
        let strip = |name: &str| {
            found
                .columns
                .iter()
                .find(|one| one.name == name)
                .unwrap()
                .time_trend
                .clone()
        };
        let x = strip("x").unwrap();
        assert_eq!(
            (x.statistic, x.values[0], x.values[23]),
            ("median", Some(2.0), Some(10.0))
        );
        let plan = strip("plan").unwrap();
        assert_eq!(plan.values[0], Some(1.0));
        assert!((plan.values[23].unwrap() - 2.0 / 3.0).abs() < 0.02);
        assert_eq!(strip("on").unwrap().values[20], Some(1.0));
        let rows = strip("at").unwrap();
        assert!(
            rows.values
                .iter()
                .all(|rows| (38.0..=40.0).contains(&rows.unwrap())),
            "{rows:?}"
        );
        assert_eq!((strip("born"), strip("id")), (None, None));
    }

    #[test]
    fn no_time_that_moves_no_strip() {
        assert_eq!(profile(&table(1)).time_column, None);
        assert_eq!(profile(&Table::default()).time_column, None);
    }
}
