//! The cells of one column: of one type, each present or missing.

use std::ops::Range;

use super::times::{parse_time, show_time};

/// Text that is cheap to copy, since categories repeat, and so do duplicated rows. Up to 23 bytes
/// are stored inline, so ids and levels are not allocated one by one.
pub type Text = smol_str::SmolStr;

/// Builds a short text without an allocation.
pub(crate) type TextBuilder = smol_str::SmolStrBuilder;

/// The values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Floating-point numbers; never NaN or infinite when read from a file (those become missing).
    Real(Vec<Option<f64>>),
    /// Integers.
    Whole(Vec<Option<i64>>),
    /// True or false.
    Flag(Vec<Option<bool>>),
    /// Times, in milliseconds since 1970-01-01T00:00:00 UTC.
    Time(Vec<Option<i64>>),
    /// Text.
    Text(Vec<Option<Text>>),
}

/// One value of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// No value.
    Missing,
    /// A floating-point number.
    Real(f64),
    /// An integer.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// Milliseconds since 1970-01-01T00:00:00 UTC.
    Time(i64),
    /// Text.
    Text(Text),
}

impl Cells {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Real(values) => values.len(),
            Self::Whole(values) | Self::Time(values) => values.len(),
            Self::Flag(values) => values.len(),
            Self::Text(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Name of the type, as the dictionary's `stored_as` writes it.
    pub fn stored_as(&self) -> &'static str {
        match self {
            Self::Real(_) => "real",
            Self::Whole(_) => "whole",
            Self::Flag(_) => "flag",
            Self::Time(_) => "timestamp",
            Self::Text(_) => "text",
        }
    }

    /// The value in row `row`; missing if there is none, or no such row.
    pub fn cell(&self, row: usize) -> Cell {
        match self {
            Self::Real(values) => values.get(row).copied().flatten().map(Cell::Real),
            Self::Whole(values) => values.get(row).copied().flatten().map(Cell::Whole),
            Self::Time(values) => values.get(row).copied().flatten().map(Cell::Time),
            Self::Flag(values) => values.get(row).copied().flatten().map(Cell::Flag),
            Self::Text(values) => values.get(row).cloned().flatten().map(Cell::Text),
        }
        .unwrap_or(Cell::Missing)
    }

    /// Number of missing values.
    pub fn missing(&self) -> usize {
        fn holes<T>(values: &[Option<T>]) -> usize {
            values.iter().filter(|value| value.is_none()).count()
        }
        match self {
            Self::Real(values) => holes(values),
            Self::Whole(values) | Self::Time(values) => holes(values),
            Self::Flag(values) => holes(values),
            Self::Text(values) => holes(values),
        }
    }

    /// Whether the row has no value.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Real(values) => values[row].is_none(),
            Self::Whole(values) | Self::Time(values) => values[row].is_none(),
            Self::Flag(values) => values[row].is_none(),
            Self::Text(values) => values[row].is_none(),
        }
    }

    /// All numbers as `f64`; `None` for columns that hold no numbers.
    pub fn numbers(&self) -> Option<Vec<Option<f64>>> {
        match self {
            Self::Real(values) => Some(values.clone()),
            Self::Whole(values) => Some(values.iter().map(|v| v.map(|v| v as f64)).collect()),
            Self::Flag(_) | Self::Time(_) | Self::Text(_) => None,
        }
    }

    /// Each value as text, as in the CSV.
    pub fn texts(&self) -> Vec<Option<Text>> {
        match self {
            Self::Text(values) => values.clone(),
            _ => (0..self.len())
                .map(|row| match self.cell(row) {
                    Cell::Missing => None,
                    cell => Some(Text::from(cell.show())),
                })
                .collect(),
        }
    }

    /// The values of the rows at `rows`, in that order.
    ///
    /// # Panics
    /// When a position is past the last row: positions come from our own code, never from input.
    #[must_use]
    pub fn pick(&self, rows: &[usize]) -> Self {
        fn at<T: Clone>(values: &[T], rows: &[usize]) -> Vec<T> {
            rows.iter().map(|row| values[*row].clone()).collect()
        }
        match self {
            Self::Real(values) => Self::Real(at(values, rows)),
            Self::Whole(values) => Self::Whole(at(values, rows)),
            Self::Flag(values) => Self::Flag(at(values, rows)),
            Self::Time(values) => Self::Time(at(values, rows)),
            Self::Text(values) => Self::Text(at(values, rows)),
        }
    }

    /// The values of runs of rows, one run after the other: like [`Cells::pick`], but faster for
    /// many adjacent rows.
    ///
    /// # Panics
    /// When a run goes past the last row: positions come from our own code, never from input.
    #[must_use]
    pub fn pick_runs(&self, runs: &[Range<usize>]) -> Self {
        fn at<T: Clone>(values: &[T], runs: &[Range<usize>]) -> Vec<T> {
            let mut picked = Vec::with_capacity(runs.iter().map(Range::len).sum());
            for run in runs {
                picked.extend_from_slice(&values[run.clone()]);
            }
            picked
        }
        match self {
            Self::Real(values) => Self::Real(at(values, runs)),
            Self::Whole(values) => Self::Whole(at(values, runs)),
            Self::Flag(values) => Self::Flag(at(values, runs)),
            Self::Time(values) => Self::Time(at(values, runs)),
            Self::Text(values) => Self::Text(at(values, runs)),
        }
    }

    /// Set the value in row `row`. Returns `false` and does nothing if it does not fit the type or
    /// there is no such row.
    pub fn set(&mut self, row: usize, cell: Cell) -> bool {
        fn put<T>(values: &mut [Option<T>], row: usize, value: Option<T>) -> bool {
            values.get_mut(row).map(|place| *place = value).is_some()
        }
        match (self, cell) {
            (Self::Real(values), Cell::Real(value)) => put(values, row, Some(value)),
            (Self::Whole(values), Cell::Whole(value)) | (Self::Time(values), Cell::Time(value)) => {
                put(values, row, Some(value))
            }
            (Self::Flag(values), Cell::Flag(value)) => put(values, row, Some(value)),
            (Self::Text(values), Cell::Text(value)) => put(values, row, Some(value)),
            (Self::Real(values), Cell::Missing) => put(values, row, None),
            (Self::Whole(values) | Self::Time(values), Cell::Missing) => put(values, row, None),
            (Self::Flag(values), Cell::Missing) => put(values, row, None),
            (Self::Text(values), Cell::Missing) => put(values, row, None),
            _ => false,
        }
    }

    /// Append a copy of the value in row `row`.
    ///
    /// # Panics
    /// When there is no such row: positions come from our own code, never from input.
    pub fn push_copy(&mut self, row: usize) {
        match self {
            Self::Real(values) => values.push(values[row]),
            Self::Whole(values) | Self::Time(values) => values.push(values[row]),
            Self::Flag(values) => values.push(values[row]),
            Self::Text(values) => values.push(values[row].clone()),
        }
    }

    /// The same number of missing values of this type.
    #[must_use]
    pub fn holes(&self, rows: usize) -> Self {
        match self {
            Self::Real(_) => Self::Real(vec![None; rows]),
            Self::Whole(_) => Self::Whole(vec![None; rows]),
            Self::Flag(_) => Self::Flag(vec![None; rows]),
            Self::Time(_) => Self::Time(vec![None; rows]),
            Self::Text(_) => Self::Text(vec![None; rows]),
        }
    }

    /// `cell` converted to this column's type: an integer as a floating-point number, a text as the
    /// number that it shows. None if the conversion would lose something.
    pub fn fit(&self, cell: Cell) -> Option<Cell> {
        match (self, cell) {
            (_, Cell::Missing) => Some(Cell::Missing),
            (Self::Text(_), cell) => Some(Cell::Text(cell.into_text())),
            (Self::Real(_), Cell::Whole(value)) => Some(Cell::Real(value as f64)),
            (Self::Whole(_), Cell::Real(value)) => {
                (value.fract().abs() < f64::EPSILON).then_some(Cell::Whole(value as i64))
            }
            (Self::Real(_), Cell::Text(text)) => text.parse().ok().map(Cell::Real),
            (Self::Whole(_), Cell::Text(text)) => text.parse().ok().map(Cell::Whole),
            (Self::Flag(_), Cell::Text(text)) => text.parse().ok().map(Cell::Flag),
            (Self::Time(_), Cell::Text(text)) => parse_time(&text).map(Cell::Time),
            (Self::Real(_), cell @ Cell::Real(_))
            | (Self::Whole(_), cell @ Cell::Whole(_))
            | (Self::Flag(_), cell @ Cell::Flag(_))
            | (Self::Time(_), cell @ Cell::Time(_)) => Some(cell),
            _ => None,
        }
    }

    /// Append `other` to these cells. Returns `false` and does nothing if the types differ.
    pub(super) fn append(&mut self, other: Self) -> bool {
        match (self, other) {
            (Self::Real(values), Self::Real(more)) => values.extend(more),
            (Self::Whole(values), Self::Whole(more)) | (Self::Time(values), Self::Time(more)) => {
                values.extend(more);
            }
            (Self::Flag(values), Self::Flag(more)) => values.extend(more),
            (Self::Text(values), Self::Text(more)) => values.extend(more),
            _ => return false,
        }
        true
    }
}

impl Cell {
    /// Whether two values are the same regardless of type: `12`, `12.0` and the text `12` are.
    pub fn says_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Real(real), Self::Whole(whole)) | (Self::Whole(whole), Self::Real(real)) => {
                (real - *whole as f64).abs() < f64::EPSILON
            }
            (Self::Text(_), Self::Text(_)) | (Self::Missing, _) | (_, Self::Missing) => {
                self == other
            }
            (Self::Text(text), value) | (value, Self::Text(text)) => **text == *value.show(),
            _ => self == other,
        }
    }

    /// The value as [`Cell::show`] writes it.
    pub fn into_text(self) -> Text {
        match self {
            Self::Text(text) => text,
            other => Text::from(other.show()),
        }
    }

    /// The value as displayed and as in the CSV; empty when missing.
    pub fn show(&self) -> String {
        match self {
            Self::Missing => String::new(),
            Self::Real(value) => format!("{value:?}"),
            Self::Whole(value) => value.to_string(),
            Self::Flag(value) => value.to_string(),
            Self::Time(value) => show_time(*value),
            Self::Text(value) => value.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_says_fits_another_type_where_that_can_say_it() {
        let text = |text: &str| Cell::Text(text.into());
        let (reals, wholes) = (Cells::Real(Vec::new()), Cells::Whole(Vec::new()));
        let (times, flags) = (Cells::Time(Vec::new()), Cells::Flag(Vec::new()));
        assert_eq!(reals.fit(Cell::Whole(3)), Some(Cell::Real(3.0)));
        assert_eq!(wholes.fit(Cell::Real(3.0)), Some(Cell::Whole(3)));
        assert_eq!(wholes.fit(Cell::Real(3.5)), None);
        assert_eq!(wholes.fit(text("n/a")), None);
        assert_eq!(times.fit(text(&show_time(7))), Some(Cell::Time(7)));
        assert_eq!(flags.fit(text("true")), Some(Cell::Flag(true)));
        assert_eq!(flags.fit(Cell::Missing), Some(Cell::Missing));
        assert_eq!(
            Cells::Text(Vec::new()).fit(Cell::Real(3.0)),
            Some(text("3.0"))
        );
    }

    #[test]
    fn reals_are_written_so_that_they_read_back_exactly() {
        assert_eq!(Cell::Real(0.1).show(), "0.1");
        assert_eq!(Cell::Real(3.0).show(), "3.0");
    }
}
