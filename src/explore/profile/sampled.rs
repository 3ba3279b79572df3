//! Facts about a long table, of which a sample was looked at.

use serde::Serialize;

use crate::table::Whole;
use crate::text::thousands;

use super::{ColumnProfile, Profile};

/// A sample of the rows of a long table. Rows, missing values, extremes and means are counted in all of them;
/// numbers of different values and of repeated rows past what can be held are estimates; all else is of the sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sampled {
    /// Rows of the sample.
    pub rows: usize,
    /// How far a share or the rank of a quantile may be off, as a share of the rows: in 95 of 100 samples no
    /// rank of a column is further off (Dvoretzky, Kiefer & Wolfowitz 1956; Massart 1990, doi:10.1214/aop/1176990746).
    pub rank_error: f64,
    /// Whether the number of repeated rows is an estimate.
    pub repeats_estimated: bool,
}

impl Profile {
    /// Put what is known of all rows in place of what the sample says.
    pub(super) fn of_all(&mut self, whole: &Whole) {
        let rows = self.rows;
        self.sampled = Some(Sampled {
            rows,
            rank_error: (f64::ln(2.0 / 0.05) / (2.0 * rows.max(1) as f64)).sqrt(),
            repeats_estimated: whole.repeats_estimated,
        });
        self.rows = whole.rows;
        self.repeated_rows = whole.repeated_rows;
        for (facts, known) in self.columns.iter_mut().zip(&whole.columns) {
            facts.missing = known.missing;
            facts.missing_share = known.missing as f64 / whole.rows.max(1) as f64;
            // What does not read as the rest is counted among all values, and not in the sample.
            let most = whole.rows - known.missing;
            facts.distinct = known.distinct.max(facts.distinct).min(most);
            facts.distinct_estimated = known.estimated;
            if let (Some(numbers), Some(known)) = (&mut facts.numbers, known.numbers) {
                (numbers.min, numbers.max, numbers.mean) = (known.min, known.max, known.mean);
            }
        }
    }
}

impl ColumnProfile {
    /// Said of values of which none is there twice.
    pub fn no_value_twice(&self) -> &'static str {
        if self.distinct_estimated {
            "no value twice in the sample"
        } else {
            "no value twice"
        }
    }

    /// The number of different values, in words.
    pub fn distinct_words(&self) -> String {
        let about = if self.distinct_estimated { "≈" } else { "" };
        format!("{about}{}", thousands(self.distinct))
    }
}
