//! How the careful baseline repairs what generic checks find.

use crate::checks::{Check, Hit, repeats, run};
use crate::table::{Cells, Column, Table};
use crate::text::{number, thousands};

use super::numeric_columns::{NumericColumn, numbers};
use super::repair_log::log_row;
use super::text_repairs::one_form;
use super::unit_repairs::{exchange, rescale};

/// A table repaired as far as generic checks lead.
pub(super) struct Repaired {
    /// All rows, with each column in one format: numbers as numbers, consistent levels and time
    /// zones.
    table: Table,
    /// Positions of the rows that are kept.
    pub(super) kept: Vec<usize>,
    /// The numeric columns that are kept, for all rows.
    pub(super) numbers: Vec<NumericColumn>,
    /// What was done: column (empty for whole rows), kind, rows, action.
    pub(super) done: Vec<[String; 4]>,
    /// Problems that were found but not repaired.
    pub(super) left: Vec<Hit>,
}

/// A larger share of rows is not dropped because of a single check.
const MOST_ROWS: f64 = 0.2;
/// How many times as frequent as the next value a placeholder must be.
const ONE_SPIKE: f64 = 2.0;
/// A column with a larger share of missing values is dropped.
const MOST_GAPS: f64 = 0.5;

/// Repair a delivered table whose row ids are in `row_id`.
pub(super) fn repair(table: &Table, row_id: &str) -> Repaired {
    let mut work = TableRepair {
        kept: vec![true; table.rows()],
        numbers: Vec::new(),
        rounded: Vec::new(),
        done: Vec::new(),
    };
    let found = run(table);
    let (mended, forms) = one_form(table, row_id, &found);
    // The new numbers may have problems of their own.
    let mut hits = if forms.is_empty() {
        found
    } else {
        run(&mended)
    };
    work.done.extend(forms);
    work.numbers = numbers(&mended);
    work.drop_rows("duplicate", &repeats(&mended, Some(row_id)));
    // Strongest first: a hit explained by one repair is not repaired again.
    hits.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    work.rounded = rounded(&hits);
    work.exchanges(&hits);
    let looks: [fn(&mut TableRepair, &Hit); 4] = [
        TableRepair::placeholders,
        TableRepair::units,
        TableRepair::rows,
        TableRepair::columns,
    ];
    for kind in looks {
        for hit in &hits {
            kind(&mut work, hit);
        }
    }
    work.columns_with_gaps();
    let spoken: Vec<String> = work.done.iter().map(|done| done[0].clone()).collect();
    let left = hits.into_iter().filter(|hit| odd(hit, &spoken));
    Repaired {
        table: mended,
        kept: (0..table.rows()).filter(|row| work.kept[*row]).collect(),
        numbers: work.numbers,
        done: work.done,
        left: left.collect(),
    }
}

impl Repaired {
    /// The cleaned data: the kept rows and columns, with repaired numbers.
    pub(super) fn cleaned(&self, row_id: &str) -> Vec<Column> {
        let columns = self.table.columns().iter();
        let columns = columns.filter_map(|column| {
            let kept = column.cells.pick(&self.kept);
            let cells = match kept.numbers().filter(|_| column.name != row_id) {
                None => kept,
                Some(delivered) => {
                    let number = self.numbers.iter().find(|one| one.name == column.name)?;
                    let mended = self.kept.iter().map(|row| number.values[*row]);
                    let mended = mended.map(|value| (!value.is_nan()).then_some(value));
                    let mended: Vec<Option<f64>> = mended.collect();
                    if mended == delivered {
                        kept
                    } else {
                        like(&kept, mended)
                    }
                }
            };
            Some(Column {
                name: column.name.clone(),
                cells,
            })
        });
        columns.collect()
    }
}

/// Numbers as they were stored: integers, if they still are.
fn like(stored: &Cells, numbers: Vec<Option<f64>>) -> Cells {
    /// Integers are exact up to here.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = |value: &f64| value.fract() == 0.0 && value.abs() < EXACT;
    if matches!(stored, Cells::Whole(_)) && numbers.iter().flatten().all(whole) {
        let numbers = numbers.into_iter();
        Cells::Whole(
            numbers
                .map(|value| value.map(|value| value as i64))
                .collect(),
        )
    } else {
        Cells::Real(numbers)
    }
}

/// Columns in which several values are about equally frequent spikes: people round to them, so they
/// were measured. `hits` are sorted, strongest first.
fn rounded(hits: &[Hit]) -> Vec<String> {
    let spikes: Vec<&Hit> = hits
        .iter()
        .filter(|hit| hit.check == Check::Spike && hit.at.as_deref() != Some("0"))
        .collect();
    let mut names: Vec<String> = spikes.iter().flat_map(|hit| hit.columns.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| {
        let mut strengths = spikes
            .iter()
            .filter(|hit| hit.columns.contains(name))
            .map(|hit| hit.strength);
        let most = strengths.next().unwrap_or(0.0);
        strengths.next().is_some_and(|next| most < ONE_SPIKE * next)
    });
    names
}

/// Whether a hit is worth reporting next to the repairs.
fn odd(hit: &Hit, repaired: &[String]) -> bool {
    let about_rows = matches!(
        hit.check,
        Check::RepeatedRows | Check::RepeatedId | Check::NearRepeats | Check::NarrowEntity
    );
    let first = hit.columns.first();
    !about_rows && !first.is_some_and(|column| repaired.contains(column))
}

/// A table being repaired.
struct TableRepair {
    kept: Vec<bool>,
    numbers: Vec<NumericColumn>,
    /// Columns with rounded values and therefore many spikes.
    rounded: Vec<String>,
    done: Vec<[String; 4]>,
}

impl TableRepair {
    fn place(&self, hit: &Hit) -> Option<usize> {
        let name = hit.columns.first()?;
        self.numbers.iter().position(|number| number.name == *name)
    }

    fn number(&mut self, hit: &Hit) -> Option<&mut NumericColumn> {
        let at = self.place(hit)?;
        self.numbers.get_mut(at)
    }

    fn drop_rows(&mut self, kind: &str, rows: &[usize]) {
        let new = rows.iter().filter(|row| self.kept[**row]).count();
        if new == 0 || rows.len() as f64 > MOST_ROWS * self.kept.len() as f64 {
            return;
        }
        for row in rows {
            self.kept[*row] = false;
        }
        let rows = format!("{} rows", thousands(new));
        self.done
            .push(["", kind, &rows, "dropped"].map(str::to_owned));
    }

    /// Placeholders and impossible values become missing.
    fn placeholders(&mut self, hit: &Hit) {
        let rounded = hit.columns.first();
        let rounded = rounded.is_some_and(|column| self.rounded.contains(column));
        let kind = match hit.check {
            Check::Spike if rounded => return,
            // If zero is very frequent, it is usually a real value.
            Check::Spike if hit.at.as_deref() != Some("0") => "sentinel",
            Check::TypeLimit => "limit",
            Check::Range if hit.at.as_deref() == Some("below 0") => "impossible",
            _ => return,
        };
        let Some(rows) = &hit.rows else { return };
        let Some(number) = self.number(hit) else {
            return;
        };
        for row in rows {
            number.values[*row] = f64::NAN;
        }
        let done = log_row(&hit.columns[0], kind, hit, "set to missing");
        self.done.push(done);
    }

    /// Two columns whose levels at one source are swapped compared with elsewhere: their cells are
    /// exchanged in the rows where that fits better.
    fn exchanges(&mut self, hits: &[Hit]) {
        let shifts = || hits.iter().filter(|hit| hit.check == Check::LevelShift);
        for one in shifts() {
            for other in shifts() {
                let same = one.columns.get(1) == other.columns.get(1) && one.at == other.at;
                if !same || one.columns[0] >= other.columns[0] {
                    continue;
                }
                let (Some(rows), Some(a), Some(b)) =
                    (&one.rows, self.place(one), self.place(other))
                else {
                    continue;
                };
                let moved = exchange(&mut self.numbers, [a, b], rows);
                if moved > 0 {
                    let action = format!(
                        "exchanged with `{}` in {} rows",
                        other.columns[0],
                        thousands(moved)
                    );
                    self.done
                        .push(log_row(&one.columns[0], "exchanged", one, &action));
                }
            }
        }
    }

    /// Rows in another unit are converted to the unit of the others.
    fn units(&mut self, hit: &Hit) {
        let apart = matches!(hit.check, Check::LevelShift | Check::TwoModes)
            || (hit.check == Check::Range && hit.at.as_deref() != Some("below 0"));
        let (true, Some(rows)) = (apart, &hit.rows) else {
            return;
        };
        let Some(number) = self.number(hit) else {
            return;
        };
        // A single repeated value far from all others is a placeholder, whatever the unit.
        let there: Vec<f64> = rows
            .iter()
            .map(|row| number.values[*row])
            .filter(|value| !value.is_nan())
            .collect();
        let far = matches!(hit.check, Check::Range | Check::TwoModes);
        if there.is_empty() {
            return;
        }
        if far
            && there
                .windows(2)
                .all(|two| two[0].total_cmp(&two[1]).is_eq())
        {
            for row in rows {
                number.values[*row] = f64::NAN;
            }
            let done = log_row(&hit.columns[0], "sentinel", hit, "set to missing");
            self.done.push(done);
            return;
        }
        let Some((factor, moved)) = rescale(&mut number.values, rows) else {
            return;
        };
        let action = format!(
            "multiplied by {} in {} rows",
            number_of(factor),
            thousands(moved)
        );
        let done = log_row(&hit.columns[0], "unit", hit, &action);
        self.done.push(done);
    }

    /// Rows that repeat others, and rows of entities that are not people, are dropped.
    fn rows(&mut self, hit: &Hit) {
        let kind = match hit.check {
            Check::NearRepeats => "near duplicate",
            Check::CrowdedRows => "retry",
            Check::NarrowEntity => "script or test account",
            _ => return,
        };
        if let Some(rows) = &hit.rows {
            self.drop_rows(kind, rows);
        }
    }

    /// Columns that duplicate others, or count the rows, are dropped.
    fn columns(&mut self, hit: &Hit) {
        let out = match hit.check {
            Check::Redundant => hit.columns.get(1),
            Check::TellsAll | Check::RowOrder => hit.columns.first(),
            _ => None,
        };
        let Some(name) = out else { return };
        let before = self.numbers.len();
        self.numbers.retain(|number| number.name != *name);
        if self.numbers.len() < before {
            let done = log_row(name, "redundant", hit, "left out");
            self.done.push(done);
        }
    }

    fn columns_with_gaps(&mut self) {
        let rows = self.kept.len();
        let (empty, there): (Vec<NumericColumn>, Vec<NumericColumn>) = self
            .numbers
            .drain(..)
            .partition(|number| number.missing() > MOST_GAPS);
        self.numbers = there;
        for number in empty {
            let gaps = format!(
                "{} rows",
                thousands((number.missing() * rows as f64).round() as usize)
            );
            self.done
                .push([&number.name, "missing", &gaps, "left out"].map(str::to_owned));
        }
    }
}

fn number_of(factor: f64) -> String {
    if factor < 1.0 {
        format!("1/{}", number(1.0 / factor))
    } else {
        number(factor)
    }
}
