//! Facts about a long table of which a sample was used.

use crate::table::FullTable;

use crate::explore::types::{Profile, SampleInfo};

impl Profile {
    /// Replace facts from the sample by those counted over all rows.
    pub(super) fn of_all(&mut self, whole: &FullTable) {
        let rows = self.rows;
        self.sample = Some(SampleInfo {
            rows,
            rank_error: (f64::ln(2.0 / 0.05) / (2.0 * rows.max(1) as f64)).sqrt(),
            repeats_estimated: whole.repeats_estimated,
        });
        self.rows = whole.rows;
        self.repeated_rows = whole.repeated_rows;
        for (facts, known) in self.columns.iter_mut().zip(&whole.columns) {
            facts.missing = known.missing;
            facts.missing_share = known.missing as f64 / whole.rows.max(1) as f64;
            // Values of the wrong type are counted over all rows, not in the sample.
            let most = whole.rows - known.missing;
            facts.distinct = known.distinct.max(facts.distinct).min(most);
            facts.distinct_estimated = known.estimated;
            if let (Some(numbers), Some(known)) = (&mut facts.numbers, known.numbers) {
                (numbers.min, numbers.max, numbers.mean) = (known.min, known.max, known.mean);
            }
        }
    }
}
